"""Handing back and reopening: with a reason and the questions, logged when late; only what changed is read again."""

from datetime import date

import pytest

from section11.domain.hand_backs import HandBackKind, concerned_first
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError, TransitionNotAllowedError
from section11.services.answering import view_assessment
from section11.services.changes import changes_since_last_time
from section11.services.cycles import close_cycle
from section11.services.scrutiny import hand_back, list_own_returns, reopen
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    MINDER_RETURN,
    POLICE_RETURN,
    answer,
    answer_everything,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    in_progress,
    stored_assessment,
    submitted,
)

Status = AssessmentStatus


def status(town):
    return stored_assessment(town, POLICE_RETURN).status


def moved_to(town, status):
    """Moderation is another service's, so its moves are written here."""
    submitted(town)
    with town.office.store.writing() as work:
        work.assessments.set_status(POLICE_RETURN, status)
        work.commit()


@pytest.mark.parametrize("give_back", [hand_back, reopen])
@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\x00"])
def test_without_a_reason_nothing_is_given_back(sqlite_town, give_back, reason):
    town = sqlite_town
    submitted(town)
    before, trace = stored_assessment(town, POLICE_RETURN), event_names(town, POLICE_RETURN)

    with pytest.raises(BadInputError, match="Say what needs more work"):
        give_back(town.office, town.scrutiny, POLICE_RETURN, reason)

    assert stored_assessment(town, POLICE_RETURN) == before
    assert event_names(town, POLICE_RETURN) == trace


@pytest.mark.parametrize("give_back", [hand_back, reopen])
def test_a_question_that_is_not_asked_of_the_organisation_is_refused_and_leaves_no_trace(sqlite_town, give_back):
    town = sqlite_town
    answer_everything(town, town.minder, MINDER_RETURN)
    send_for_sign_off(town.office, town.minder, MINDER_RETURN)
    sign_off(town.office, town.minder, MINDER_RETURN, agreed=True)
    trace = event_names(town, MINDER_RETURN)

    for question_id in ("S2.2", "S9.9"):
        with pytest.raises(BadInputError, match=f"{question_id} is not asked of Lily Lane Childminding"):
            give_back(town.office, town.scrutiny, MINDER_RETURN, "More", ["S1.1", question_id])

    assert event_names(town, MINDER_RETURN) == trace


def test_the_questions_are_kept_once_and_in_the_order_of_the_form(town):
    submitted(town)

    given = hand_back(town.office, town.scrutiny, POLICE_RETURN, " Say more. ", ["S2.1", "S1.1", "S2.1"])

    view = view_assessment(town.office, town.contributor, POLICE_RETURN)
    assert view.hand_back == given
    assert (given.number, given.kind, given.by) == (1, HandBackKind.HAND_BACK, town.scrutiny.id)
    assert (given.reason, given.question_ids) == ("Say more.", ("S1.1", "S2.1"))
    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert event.name == "handed_back"
    assert event.details == {"reason": "Say more.", "questions": ["S1.1", "S2.1"], "cycle_closed": False}


@pytest.mark.parametrize("start", [Status.SUBMITTED, Status.MODERATED, Status.RELEASED])
def test_scrutiny_reopens_a_return_from_every_later_status(town, start):
    moved_to(town, start)

    reopen(town.office, town.scrutiny, POLICE_RETURN, "A serious incident came to light.", ["S1.2"])

    assert status(town) is Status.REOPENED
    assert event_names(town, POLICE_RETURN)[-1] == "reopened"
    answer(town, town.contributor, POLICE_RETURN, "S1.2", evidence="What we learned")
    assert status(town) is Status.IN_PROGRESS
    assert event_names(town, POLICE_RETURN)[-1] == "assessment_resumed"


@pytest.mark.parametrize("brought_to", [lambda town: None, in_progress, awaiting_sign_off, handed_back])
def test_a_return_that_is_with_its_organisation_is_not_given_back(sqlite_town, brought_to):
    town = sqlite_town
    brought_to(town)
    before = stored_assessment(town, POLICE_RETURN)

    for give_back in (hand_back, reopen):
        with pytest.raises(TransitionNotAllowedError):
            give_back(town.office, town.scrutiny, POLICE_RETURN, "More")

    assert stored_assessment(town, POLICE_RETURN) == before


def test_a_released_return_is_reopened_and_not_handed_back(sqlite_town):
    moved_to(sqlite_town, Status.RELEASED)

    with pytest.raises(TransitionNotAllowedError):
        hand_back(sqlite_town.office, sqlite_town.scrutiny, POLICE_RETURN, "More")


def test_after_the_close_a_return_is_reopened_answered_and_signed_late_and_all_of_it_is_logged(town):
    submitted(town)
    close_cycle(town.office, town.admin, CYCLE)
    town.office.clock.move(days=60)

    reopen(town.office, town.scrutiny, POLICE_RETURN, "Say more about S1.1.", ["S1.1"])
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More about it")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert status(town) is Status.SUBMITTED
    by_name = {one.name: one.details for one in events(town, f"assessment:{POLICE_RETURN}")}
    assert by_name["reopened"]["cycle_closed"] is True
    assert by_name["signed_off"]["late"] is True


def test_the_organisation_sees_the_request_until_it_has_signed_again(town):
    submitted(town)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.", ["S2.1"])
    answer(town, town.contributor, POLICE_RETURN, "S2.1", evidence="More")

    in_work = view_assessment(town.office, town.contributor, POLICE_RETURN)
    assert in_work.hand_back is not None
    assert in_work.assessment.hand_back_reason == "Say more."
    [(_cycle, line)] = list_own_returns(town.office, town.contributor)
    assert line.assessment.hand_back_reason == "Say more."
    first = concerned_first(in_work.standards_set.standards, in_work.hand_back)
    assert [one.id for one in first] == ["S2", "S1"]

    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    assert view_assessment(town.office, town.approver, POLICE_RETURN).hand_back == in_work.hand_back
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    signed = view_assessment(town.office, town.contributor, POLICE_RETURN)
    assert signed.hand_back is None
    assert signed.assessment.hand_back_reason == ""
    assert [one.id for one in concerned_first(signed.standards_set.standards, None)] == ["S1", "S2"]


def test_two_questions_are_handed_back_answered_and_signed_and_scrutiny_sees_exactly_two_differences(town):
    submitted(town)
    assert changes_since_last_time(town.office, town.scrutiny, POLICE_RETURN) is None
    town.office.clock.move(days=3)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Who reviewed it, and what came of it?", ["S1.1", "S2.1"])
    answer(
        town, town.contributor, POLICE_RETURN, "S1.1", evidence="Reviewed by the board and the forum in January 2026."
    )
    answer(town, town.contributor, POLICE_RETURN, "S2.1", rating="mostly_met", impact="Fewer missed visits.")
    # Saved twice and back as it was: no difference.
    answer(town, town.contributor, POLICE_RETURN, "S2.2", impact="A slip")
    answer(town, town.contributor, POLICE_RETURN, "S2.2", impact="")
    with pytest.raises(NotPermittedError):
        changes_since_last_time(town.office, town.scrutiny, POLICE_RETURN)
    town.office.clock.move(days=4)
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    changes = changes_since_last_time(town.office, town.scrutiny, POLICE_RETURN)

    assert changes is not None
    assert (changes.signed_before.date(), changes.signed_again.date()) == (date(2026, 3, 2), date(2026, 3, 9))
    assert changes.hand_back is not None
    assert changes.hand_back.question_ids == ("S1.1", "S2.1")
    seen = {one.question.id: [(f.title, f.before, f.after) for f in one.fields] for one in changes.answers}
    assert seen == {
        "S1.1": [
            (
                "Evidence",
                "Reviewed by the board in January 2026.",
                "Reviewed by the board and the forum in January 2026.",
            )
        ],
        "S2.1": [("Rating", "Fully met", "Mostly met"), ("Impact on children", "", "Fewer missed visits.")],
    }
    [evidence] = changes.answers[0].fields
    assert evidence.parts is not None
    assert [(one.gone, one.come) for one in evidence.parts] == [
        ("Reviewed by the board", "Reviewed by the board"),
        ("", "and the forum"),
        ("in January 2026.", "in January 2026."),
    ]


def test_differences_are_those_between_the_last_two_signatures(sqlite_town):
    town = sqlite_town
    submitted(town)
    for words in ("Second", "Third"):
        hand_back(town.office, town.scrutiny, POLICE_RETURN, f"{words} round")
        answer(town, town.contributor, POLICE_RETURN, "S1.1", impact=words)
        send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    changes = changes_since_last_time(town.office, town.scrutiny, POLICE_RETURN)

    assert changes is not None
    assert changes.hand_back is not None
    assert (changes.hand_back.number, changes.hand_back.reason) == (2, "Third round")
    [changed] = changes.answers
    assert [(one.title, one.before, one.after) for one in changed.fields] == [("Impact on children", "Second", "Third")]
