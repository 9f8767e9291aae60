"""Merging a file into what is stored: untouched is left alone, changed twice is asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.domain.merging import RATED_FIELDS, ProposedChange, apply_changes, merge_returns

OLD = (Answer("S1.1", rating="partly_met", evidence="Old", version=3), Action("S1.1", "Train", "Head"))


def with_evidence(text):
    return (replace(OLD[0], evidence=text), OLD[1])


def merge_of(base, stored, incoming):
    return merge_returns({"S1.1": base}, {"S1.1": stored}, {"S1.1": incoming})


@pytest.mark.parametrize(
    ("base", "stored", "incoming", "proposed", "conflict"),
    [
        ("Old", "Old", "Old", False, False),
        ("Old", "Old", "New", True, False),
        ("Old", "Screen", "Old", False, False),
        ("Old", "New", "New", False, False),
        ("Old", "Screen", "File", True, True),
        ("Old", "Old", "", True, False),
        ("Old", "", "New", True, True),
        ("Old", "Screen", "", True, True),
        ("", "", "First", True, False),
        ("a\r\nb", "a\nb ", "a\nb", False, False),
    ],
)
def test_the_three_way_table(base, stored, incoming, proposed, conflict):
    changes = merge_of(with_evidence(base), with_evidence(stored), with_evidence(incoming))

    assert changes == ([ProposedChange("S1.1", "evidence", stored, incoming, base, conflict)] if proposed else [])


def test_every_field_is_compared_on_its_own():
    new = (
        Answer("S1.1", marker=Marker.NOT_APPLICABLE, reason="None here", evidence="New", impact="Much", version=3),
        Action("S1.1", "Teach", "Deputy", date(2026, 12, 1)),
    )
    changes = merge_of(OLD, OLD, new)

    assert [(change.field, change.stored, change.incoming) for change in changes] == [
        ("rating", "partly_met", Marker.NOT_APPLICABLE),
        ("reason", "", "None here"),
        ("evidence", "Old", "New"),
        ("impact", "", "Much"),
        ("action", "Train", "Teach"),
        ("owner", "Head", "Deputy"),
        ("due", None, date(2026, 12, 1)),
    ]
    assert not any(change.conflict for change in changes)
    assert set(RATED_FIELDS) - {change.field for change in changes} == {"confirmed"}


def test_a_question_that_is_not_in_the_file_is_left_alone():
    assert merge_returns({"S1.1": OLD}, {"S1.1": OLD}, {}) == []


def test_without_a_base_what_differs_is_a_conflict_and_what_is_new_is_not():
    changes = merge_returns({}, {"S1.1": with_evidence("Screen")}, {"S1.1": with_evidence("File")})
    new = merge_returns({}, {}, {"S1.1": (Answer("S1.1", evidence="File"), Action("S1.1"))})

    assert [(change.field, change.conflict) for change in changes] == [("evidence", True)]
    assert [(change.field, change.conflict) for change in new] == [("evidence", False)]


def test_applying_everything_makes_the_stored_answer_what_the_file_says():
    new = (
        Answer("S1.1", marker=Marker.DONT_KNOW_YET, evidence="New", version=3),
        Action("S1.1", "Train", "Head", date(2026, 12, 1)),
    )

    assert apply_changes({"S1.1": OLD}, merge_of(OLD, OLD, new)) == {"S1.1": new}


def test_a_rating_in_place_of_a_marker_removes_the_marker():
    marked = (Answer("S1.1", marker=Marker.DONT_KNOW_YET), Action("S1.1"))
    rated = (Answer("S1.1", rating="fully_met"), Action("S1.1"))

    assert apply_changes({"S1.1": marked}, merge_of(marked, marked, rated)) == {"S1.1": rated}


def test_what_is_kept_stays_and_only_changed_questions_come_back():
    stored = {"S1.1": with_evidence("Screen"), "S1.2": (Answer("S1.2"), Action("S1.2"))}
    incoming = {"S1.1": with_evidence("File"), "S1.2": (Answer("S1.2", impact="Much"), Action("S1.2"))}
    changes = merge_returns({"S1.1": OLD}, stored, incoming)

    assert apply_changes(stored, changes, keep_stored={("S1.1", "evidence")}) == {"S1.2": incoming["S1.2"]}


def test_the_version_stays_the_stored_one():
    stored = (replace(OLD[0], version=7), OLD[1])
    changes = merge_of(OLD, stored, with_evidence("New"))

    assert apply_changes({"S1.1": stored}, changes)["S1.1"][0] == replace(OLD[0], evidence="New", version=7)


def test_confirming_in_the_file_confirms_an_answer_brought_forward():
    carried = (replace(OLD[0], carried_from="2024"), OLD[1])
    changes = merge_of(carried, carried, OLD)

    assert changes == [ProposedChange("S1.1", "confirmed", False, True, False, conflict=False)]
    assert apply_changes({"S1.1": carried}, changes) == {"S1.1": OLD}


def test_an_answer_changed_in_the_file_is_confirmed_but_a_changed_action_confirms_nothing():
    carried = (replace(OLD[0], carried_from="2024"), OLD[1])
    answer_changed = (replace(carried[0], impact="Much"), OLD[1])
    action_changed = (carried[0], replace(OLD[1], owner="Deputy"))

    by_answer = apply_changes({"S1.1": carried}, merge_of(carried, carried, answer_changed))
    by_action = apply_changes({"S1.1": carried}, merge_of(carried, carried, action_changed))

    assert by_answer["S1.1"][0].carried_from is None
    assert by_action["S1.1"][0].carried_from == "2024"


@pytest.mark.parametrize(
    ("stored", "incoming", "said"),
    [
        (Answer("P.1", value="12"), Answer("P.1", value="14"), ("14", None)),
        (Answer("P.1", value="12"), Answer("P.1", marker=Marker.DONT_KNOW_YET), (None, Marker.DONT_KNOW_YET)),
        (Answer("P.1", marker=Marker.DONT_KNOW_YET), Answer("P.1", value="14"), ("14", None)),
        (Answer("P.1", value="12"), Answer("P.1"), (None, None)),
    ],
)
def test_a_value_and_a_marker_never_stand_together(stored, incoming, said):
    before = {"P.1": (stored, Action("P.1"))}
    changes = merge_returns(before, before, {"P.1": (incoming, Action("P.1"))}, not_rated={"P.1"})
    answer, _ = apply_changes(before, changes)["P.1"]

    assert [change.field for change in changes] == ["value"]
    assert (answer.value, answer.marker) == said
