"""Evidence of last time: shown under its question, and attached when the answer is confirmed, or one by one."""

from __future__ import annotations

from datetime import date

import pytest

from section11.errors import NotAvailableError, NotPermittedError, StaleAnswerError
from section11.services.attaching import QuestionPlace, attach_evidence, detach_evidence, evidence_of_return
from section11.services.cycles import create_cycle, open_cycle
from section11.services.earlier_evidence import confirm_answer, earlier_evidence
from section11.services.evidence import replace_link
from section11.services.scrutiny import read_return
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.trail import verify_trail
from tests.services.builders import (
    FIRE,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    a_town,
    answer,
    event_names,
    events,
    in_progress,
    open_a_cycle,
    stored_answers,
    stored_assessment,
    submitted,
)
from tests.services.evidence_builders import a_file, a_link
from tests.services.test_earlier_actions import write_next_set

NEXT_RETURN = f"2028.{POLICE}"
S1_1, S2_1 = (QuestionPlace(NEXT_RETURN, question_id) for question_id in ("S1.1", "S2.1"))


@pytest.fixture
def town(town):
    """The police returned in 2026 with a policy and a link under S1.1, and the same policy under S2.1."""
    policy = a_file(town.office, town.contributor)
    a_link(town.office, town.contributor)
    attach_evidence(town.office, town.contributor, QuestionPlace(POLICE_RETURN, "S2.1"), policy.id)
    submitted(town)
    town.office.clock.move(days=700)
    return town


def open_next(town):
    open_a_cycle(town, name="2028", due=date(2028, 3, 31))


def shown(town, user=None):
    found = earlier_evidence(town.office, user or town.contributor, NEXT_RETURN)
    return {key: [(one.item.title, one.cycle.name, one.revision) for one in lines] for key, lines in found.items()}


def attached(town):
    found = evidence_of_return(town.office, town.contributor, NEXT_RETURN)
    return {question_id: [one.title for one in items] for question_id, items in found.items()}


def confirm(town, question_id="S1.1", user=None, version=1):
    return confirm_answer(
        town.office, user or town.contributor, NEXT_RETURN, question_id, expected_version=version
    )  # fmt: skip


POLICY_LINE, LINK_LINE = ("Safeguarding policy", "2026", 1), ("Training record", "2026", 1)


def test_confirming_what_a_colleague_changed_meanwhile_is_refused_and_attaches_nothing(town):
    open_next(town)
    answer(town, town.contributor, NEXT_RETURN, "S1.1", evidence="New words")
    trace = event_names(town, NEXT_RETURN)

    with pytest.raises(StaleAnswerError):
        confirm(town)

    assert attached(town) == {}
    assert stored_answers(town, NEXT_RETURN)["S1.1"].evidence == "New words"
    assert event_names(town, NEXT_RETURN) == trace


def test_what_stood_under_an_answer_last_time_is_shown_with_its_cycle_and_attached_to_nothing(town):
    open_next(town)

    assert shown(town) == {"S1.1": [POLICY_LINE, LINK_LINE], "S2.1": [POLICY_LINE]}
    assert attached(town) == {}
    assert stored_assessment(town, NEXT_RETURN).status == "not_started"


def test_confirming_an_answer_attaches_its_evidence_and_leaves_the_others_alone(town):
    open_next(town)

    confirmed = confirm(town)

    assert (confirmed.carried_from, confirmed.version) == (None, 2)
    assert attached(town) == {"S1.1": ["Safeguarding policy", "Training record"]}
    assert shown(town) == {"S2.1": [POLICY_LINE]}
    assert stored_answers(town, NEXT_RETURN)["S2.1"].carried_from == "2026"
    assert event_names(town, NEXT_RETURN) == [
        "carried_forward", "answer_saved", "assessment_started", "evidence_attached", "evidence_attached",
    ]  # fmt: skip
    assert verify_trail(town.office, town.admin).faults == ()


def test_changing_an_answer_attaches_nothing_by_itself(town):
    open_next(town)

    answer(town, town.contributor, NEXT_RETURN, "S1.1", rating="partly_met")

    assert attached(town) == {}
    assert shown(town)["S1.1"] == [POLICY_LINE, LINK_LINE]


def test_evidence_is_attached_one_by_one_before_or_without_confirming(town):
    open_next(town)
    policy = earlier_evidence(town.office, town.contributor, NEXT_RETURN)["S1.1"][0].item

    attach_evidence(town.office, town.contributor, S1_1, policy.id)

    assert attached(town) == {"S1.1": ["Safeguarding policy"]}
    assert shown(town) == {"S1.1": [LINK_LINE], "S2.1": [POLICY_LINE]}
    assert stored_answers(town, NEXT_RETURN)["S1.1"].carried_from == "2026"

    confirm(town)

    assert attached(town) == {"S1.1": ["Safeguarding policy", "Training record"]}


def test_what_was_taken_off_after_confirming_is_offered_again_and_not_attached_again(town):
    open_next(town)
    confirm(town)
    [policy, _link] = evidence_of_return(town.office, town.contributor, NEXT_RETURN)["S1.1"]
    detach_evidence(town.office, town.contributor, S1_1, policy.id)

    confirm(town, version=2)

    assert attached(town) == {"S1.1": ["Training record"]}
    assert shown(town)["S1.1"] == [POLICY_LINE]


def test_a_newer_revision_is_what_is_attached_and_the_one_signed_then_is_named(town):
    open_next(town)
    link = earlier_evidence(town.office, town.contributor, NEXT_RETURN)["S1.1"][1].item
    replace_link(town.office, town.contributor, link.id, "https://intranet.example/training-2028")

    [_policy, found] = earlier_evidence(town.office, town.contributor, NEXT_RETURN)["S1.1"]
    confirm(town)

    assert (found.revision, found.item.latest.number) == (1, 2)
    assert [one.details["revision"] for one in events(town, f"assessment:{NEXT_RETURN}")[-2:]] == [1, 2]


def test_scrutiny_reads_of_it_only_what_was_attached_anew(town):
    open_next(town)
    confirm(town)
    for question_id in ("S1.2", "S2.1", "S2.2"):
        answer(town, town.contributor, NEXT_RETURN, question_id)
    send_for_sign_off(town.office, town.contributor, NEXT_RETURN)
    sign_off(town.office, town.approver, NEXT_RETURN, agreed=True)

    read_return(town.office, town.scrutiny, NEXT_RETURN)
    found = evidence_of_return(town.office, town.scrutiny, NEXT_RETURN)

    assert {key: len(items) for key, items in found.items()} == {"S1.1": 2}
    with pytest.raises(NotPermittedError):
        earlier_evidence(town.office, town.scrutiny, NEXT_RETURN)


def open_next_with_other_questions(town):
    cycle = create_cycle(
        town.office, town.admin, name="2028", due=date(2028, 3, 31), set_ids_by_type={"*": "next-set"},
        partnership_ids=frozenset({PARTNERSHIP}),
    )  # fmt: skip
    open_cycle(town.office, town.admin, cycle.id)


MERGED = """from: small-set
to: next-set
links: [{from: [S1.1, S2.1], to: L1.1, kind: merged}]
new: [L1.2, L2.1, L2.2]
dropped: [S1.2, S2.2]
"""


def test_a_question_that_was_merged_has_the_evidence_of_all_it_was_made_from_each_once(town):
    write_next_set(town, MERGED)
    open_next_with_other_questions(town)

    assert shown(town) == {"L1.1": [POLICY_LINE, LINK_LINE]}
    confirm(town, "L1.1")
    assert attached(town) == {"L1.1": ["Safeguarding policy", "Training record"]}


def test_a_crosswalk_says_where_evidence_belongs_now_and_confirming_a_part_attaches_it_there_alone(town):
    write_next_set(town)
    open_next_with_other_questions(town)

    before = shown(town)
    confirm(town, "L1.2")

    assert before["L1.1"] == before["L1.2"] == [POLICY_LINE, LINK_LINE]
    assert attached(town) == {"L1.2": ["Safeguarding policy", "Training record"]}
    assert shown(town)["L1.1"] == [POLICY_LINE, LINK_LINE]


def test_evidence_of_a_form_that_was_never_returned_is_not_brought(office, tmp_path):
    town = a_town(office, tmp_path)
    a_file(town.office, town.contributor)
    in_progress(town)

    open_next(town)

    assert shown(town) == {}


def test_another_organisation_sees_nothing_of_it_and_attaches_nothing(town):
    open_next(town)

    assert earlier_evidence(town.office, town.fire_contributor, f"2028.{FIRE}") == {}
    with pytest.raises(NotAvailableError):
        earlier_evidence(town.office, town.fire_contributor, NEXT_RETURN)
    with pytest.raises(NotAvailableError):
        confirm(town, user=town.fire_contributor)
    assert attached(town) == {}
