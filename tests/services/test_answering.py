"""Answering: every change is saved at once, versions decide, and the progress kept is always true."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from section11.domain.answers import LONGEST_TEXT, Action, Answer, Marker
from section11.domain.assessments import Progress, progress_of
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, NotPermittedError, Section11Error, StaleAnswerError
from section11.services.answering import save_action, save_answer, view_assessment
from section11.services.signing import missing_in
from tests.services.builders import (
    MINDER_RETURN,
    POLICE_RETURN,
    QUESTIONS,
    answer,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    in_progress,
    kept_progress,
    promise,
    stored_actions,
    stored_answers,
    stored_assessment,
    submitted,
)


def save(town, question_id="S1.1", *, version=0, user=None, to=POLICE_RETURN, **changes):
    return save_answer(town.office, user or town.contributor, to, question_id, expected_version=version, **changes)


def test_the_first_answer_starts_the_return_and_says_who_saved_what_and_when(town):
    saved = save(town, rating="fully_met", evidence="Minutes of the board")

    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    expected = Answer("S1.1", "fully_met", evidence="Minutes of the board", version=1, updated_at=at)
    assert saved == replace(expected, updated_by=town.contributor.id)
    assert stored_answers(town, POLICE_RETURN) == {"S1.1": saved}
    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.IN_PROGRESS
    assert kept_progress(town, POLICE_RETURN) == Progress(settled=1, asked=4)
    assert sorted(event_names(town, POLICE_RETURN)) == ["answer_saved", "assessment_started"]
    [event] = [one for one in events(town, f"assessment:{POLICE_RETURN}") if one.name == "answer_saved"]
    changed = {"rating": "fully_met", "evidence": "Minutes of the board"}
    assert (event.actor, event.at) == (town.contributor.id, at)
    assert event.details == {"question": "S1.1", "version": 1, "changed": changed}


def test_each_save_changes_only_what_was_changed_and_raises_version_and_revision_by_one(town):
    save(town, rating="fully_met", evidence="Minutes")
    before = stored_assessment(town, POLICE_RETURN).revision

    saved = save(town, version=1, user=town.approver, impact="Faster referrals")

    assert (saved.rating, saved.evidence, saved.impact, saved.version) == (
        "fully_met", "Minutes", "Faster referrals", 2,
    )  # fmt: skip
    assert saved.updated_by == town.approver.id
    assert stored_assessment(town, POLICE_RETURN).revision == before + 1
    assert events(town, f"assessment:{POLICE_RETURN}")[-1].details["changed"] == {"impact": "Faster referrals"}


@pytest.mark.parametrize(("expected", "stored"), [(0, 1), (2, 1), (-1, 1)])
def test_a_stale_version_overwrites_nothing_and_names_both_versions(town, expected, stored):
    theirs = save(town, rating="fully_met", evidence="Theirs")
    trace = events(town, f"assessment:{POLICE_RETURN}")

    with pytest.raises(StaleAnswerError) as refused:
        save(town, version=expected, user=town.approver, evidence="Mine")

    assert (refused.value.expected_version, refused.value.stored_version) == (expected, stored)
    assert stored_answers(town, POLICE_RETURN) == {"S1.1": theirs}
    assert events(town, f"assessment:{POLICE_RETURN}") == trace


@pytest.mark.parametrize("version", [0, 1])
def test_of_racing_saves_exactly_one_wins_and_the_others_are_told(town, version):
    if version:
        save(town, evidence="The first")
    trace = len(event_names(town, POLICE_RETURN))
    barrier = Barrier(4)

    def race(number):
        barrier.wait()
        try:
            return save(town, version=version, evidence=f"Runner {number}").evidence
        except StaleAnswerError as error:
            return error

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(race, range(4)))

    winners = [one for one in results if isinstance(one, str)]
    assert len(winners) == 1
    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.evidence, stored.version) == (winners[0], version + 1)
    started = 0 if version else 1
    assert len(event_names(town, POLICE_RETURN)) == trace + 1 + started


def test_colleagues_saving_different_questions_at_once_lose_nothing(town):
    barrier = Barrier(4)

    def race(question_id):
        barrier.wait()
        return save(town, question_id, rating="fully_met").version

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(race, QUESTIONS)) == [1, 1, 1, 1]

    assert set(stored_answers(town, POLICE_RETURN)) == set(QUESTIONS)
    assert kept_progress(town, POLICE_RETURN) == Progress(settled=4, asked=4)
    assert event_names(town, POLICE_RETURN).count("assessment_started") == 1


def test_saving_what_is_stored_already_changes_nothing_and_writes_no_event(town):
    first = save(town, rating="fully_met", evidence="Minutes")
    before, trace = stored_assessment(town, POLICE_RETURN), event_names(town, POLICE_RETURN)

    assert save(town, version=1, user=town.approver, rating="fully_met", evidence="Minutes") == first

    assert stored_assessment(town, POLICE_RETURN) == before
    assert event_names(town, POLICE_RETURN) == trace


def test_leaving_a_question_empty_does_not_start_the_return(sqlite_town):
    town = sqlite_town
    save(town, evidence="", rating=None)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.NOT_STARTED
    assert event_names(town, POLICE_RETURN) == []


def test_a_rating_takes_away_the_marker_and_the_other_way_round(sqlite_town):
    town = sqlite_town
    save(town, rating="fully_met")
    marked = save(town, version=1, marker=Marker.NOT_APPLICABLE, reason="We have no premises.")
    rated = save(town, version=2, rating="not_met")

    assert (marked.rating, marked.marker) == (None, Marker.NOT_APPLICABLE)
    assert (rated.rating, rated.marker) == ("not_met", None)


def test_not_applicable_counts_as_settled_but_is_missing_its_reason_and_dont_know_yet_does_not_count(sqlite_town):
    town = sqlite_town
    in_progress(town)
    save(town, "S1.1", version=1, marker=Marker.NOT_APPLICABLE)
    save(town, "S1.2", version=1, marker=Marker.DONT_KNOW_YET)

    assert kept_progress(town, POLICE_RETURN) == Progress(settled=3, asked=4)
    missing = missing_in(view_assessment(town.office, town.contributor, POLICE_RETURN))
    assert [(one.question_id, one.message) for one in missing] == [
        ("S1.1", "Marked not applicable without a reason. Say why."),
        ("S1.2", "Marked “Don't know yet”. Choose a rating."),
    ]

    save(town, "S1.1", version=2, reason="We have no premises.")
    missing = missing_in(view_assessment(town.office, town.contributor, POLICE_RETURN))
    assert [one.question_id for one in missing] == ["S1.2"]


@pytest.mark.parametrize("field", ["reason", "evidence", "impact"])
def test_a_text_of_32_767_characters_is_kept_and_one_more_is_refused(sqlite_town, field):
    town = sqlite_town
    assert LONGEST_TEXT == 32_767
    save(town, **{field: "x" * 32_767})

    with pytest.raises(BadInputError, match="32,768"):
        save(town, version=1, **{field: "y" * 32_768})

    assert getattr(stored_answers(town, POLICE_RETURN)["S1.1"], field) == "x" * 32_767


@pytest.mark.parametrize(
    ("question_id", "changes"),
    [
        ("S1.1", {"rating": "excellent"}),
        ("S1.1", {"rating": "Fully met"}),
        ("S1.1", {"rating": ""}),
        ("S9.9", {"rating": "fully_met"}),
        ("", {"rating": "fully_met"}),
    ],
)
def test_an_unknown_rating_or_question_is_refused_and_leaves_no_trace(sqlite_town, question_id, changes):
    town = sqlite_town
    with pytest.raises((BadInputError, NotAvailableError)):
        save(town, question_id, **changes)

    assert stored_answers(town, POLICE_RETURN) == {}
    assert event_names(town, POLICE_RETURN) == []


def test_a_question_that_is_not_asked_of_the_type_is_refused_for_answers_and_actions(sqlite_town):
    town = sqlite_town
    with pytest.raises(BadInputError, match=r"S2\.2 is not asked of Lily Lane Childminding"):
        save(town, "S2.2", user=town.minder, to=MINDER_RETURN, rating="fully_met")
    with pytest.raises(BadInputError):
        promise(town, town.minder, MINDER_RETURN, "S2.2")

    assert kept_progress(town, MINDER_RETURN) == Progress(settled=0, asked=3)
    assert event_names(town, MINDER_RETURN) == []


@pytest.mark.parametrize("brought_to", [awaiting_sign_off, submitted])
def test_no_change_is_taken_while_the_return_awaits_sign_off_or_is_submitted(sqlite_town, brought_to):
    town = sqlite_town
    brought_to(town)
    before, trace = stored_answers(town, POLICE_RETURN), event_names(town, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="cannot be changed now"):
        save(town, version=1, evidence="Too late")
    with pytest.raises(NotPermittedError):
        promise(town, town.contributor, POLICE_RETURN)

    assert stored_answers(town, POLICE_RETURN) == before
    assert stored_actions(town, POLICE_RETURN) == {}
    assert event_names(town, POLICE_RETURN) == trace
    assert not view_assessment(town.office, town.contributor, POLICE_RETURN).can_edit


def test_the_first_change_after_a_hand_back_moves_the_return_to_in_progress(town):
    handed_back(town)
    assert view_assessment(town.office, town.contributor, POLICE_RETURN).can_edit

    save(town, version=1, evidence="More about S1.1")

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.IN_PROGRESS
    assert event_names(town, POLICE_RETURN)[-2:] == ["answer_saved", "assessment_resumed"]


def test_a_zero_byte_in_a_text_is_left_out_or_refused_in_words(town):
    """PostgreSQL keeps no zero byte; a person must never meet a database error."""
    for changes in ({"evidence": "before\0after"}, {"rating": "fully\0met"}):
        try:
            save(town, **changes)
        except Section11Error:
            continue
        assert "\0" not in stored_answers(town, POLICE_RETURN)["S1.1"].evidence
    try:
        save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.2", what="before\0after"))
    except Section11Error:
        return
    assert "\0" not in stored_actions(town, POLICE_RETURN)["S1.2"].what


def test_a_zero_byte_in_an_address_is_not_available_like_any_other_made_up_one(town):
    with pytest.raises(NotAvailableError):
        view_assessment(town.office, town.contributor, "2026.\0police")


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(QUESTIONS),
            st.one_of(
                st.fixed_dictionaries({"rating": st.sampled_from(["fully_met", "not_met", None])}),
                st.fixed_dictionaries({"marker": st.sampled_from([*Marker, None])}),
                st.fixed_dictionaries({"evidence": st.sampled_from(["", "Minutes"])}),
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
@settings(max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_progress_kept_equals_a_recount_after_any_changes(sqlite_town, steps):
    for question_id, changes in steps:
        answer(sqlite_town, sqlite_town.contributor, POLICE_RETURN, question_id, **changes)

    view = view_assessment(sqlite_town.office, sqlite_town.contributor, POLICE_RETURN)
    recount = progress_of(tuple(view.standards_set.all_questions()), view.organisation.type, view.answers)
    assert kept_progress(sqlite_town, POLICE_RETURN) == recount
