"""Signing: a complete return goes to an approver, who signs a declaration that somebody else's work stands behind."""

from datetime import UTC, date, datetime

import pytest

from section11.domain.answers import Action
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError, TransitionNotAllowedError
from section11.reports.return_rates import Timing, timing_of
from section11.services.answering import save_action, view_assessment
from section11.services.collating import collate, return_rates
from section11.services.declarations import DECLARATION
from section11.services.signing import missing_in, send_for_sign_off, sign_off, signed_versions, take_back
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
    promise,
    stored_assessment,
    submitted,
)


def status(town, assessment_id=POLICE_RETURN):
    return stored_assessment(town, assessment_id).status


def test_a_return_with_gaps_is_not_sent_and_the_list_says_what_is_missing_in_the_order_of_the_form(sqlite_town):
    town = sqlite_town
    answer(town, town.contributor, POLICE_RETURN, "S1.2", rating="fully_met")
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(BadInputError, match=r"3 things are still missing, first question S1\.1\."):
        send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    missing = missing_in(view_assessment(town.office, town.contributor, POLICE_RETURN))
    assert [one.question_id for one in missing] == ["S1.1", "S2.1", "S2.2"]
    assert status(town) is AssessmentStatus.IN_PROGRESS
    assert event_names(town, POLICE_RETURN) == trace


@pytest.mark.parametrize(("rating", "needs_action"), [("mostly_met", False), ("partly_met", True), ("not_met", True)])
def test_an_essential_question_in_the_lowest_half_needs_a_complete_action(sqlite_town, rating, needs_action):
    town = sqlite_town
    answer_everything(town, town.contributor, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating=rating)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", rating="not_met")  # not essential: no action needed

    if needs_action:
        incomplete = Action("S1.1", "Train every manager", "", date(2026, 9, 30))
        save_action(town.office, town.contributor, POLICE_RETURN, incomplete)
        with pytest.raises(BadInputError, match=r"1 thing is still missing, first question S1\.1\."):
            send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
        promise(town, town.contributor, POLICE_RETURN)
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF


def test_the_approver_signs_the_declaration_and_the_trail_keeps_its_words(town):
    awaiting_sign_off(town)
    town.office.clock.move(days=1)

    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    signed = stored_assessment(town, POLICE_RETURN)
    at = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert (signed.status, signed.signed_at, signed.signed_by) == (AssessmentStatus.SUBMITTED, at, town.approver.id)
    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert (event.name, event.actor, event.at) == ("signed_off", town.approver.id, at)
    [snapshot] = signed_versions(town.office, town.contributor, POLICE_RETURN)
    assert event.details == {"declaration": DECLARATION, "late": False, "sha256": snapshot.sha256}


def test_without_agreement_nothing_is_signed(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(BadInputError, match="Tick the declaration"):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=False)

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF
    assert event_names(town, POLICE_RETURN) == trace


def test_a_contributor_sends_but_does_not_sign_or_take_back(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="an approver"):
        sign_off(town.office, town.contributor, POLICE_RETURN, agreed=True)
    with pytest.raises(NotPermittedError):
        take_back(town.office, town.contributor, POLICE_RETURN)

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF
    assert event_names(town, POLICE_RETURN) == trace


def test_the_only_author_does_not_sign_their_own_work(town):
    answer_everything(town, town.approver, POLICE_RETURN)
    send_for_sign_off(town.office, town.approver, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="You wrote every answer yourself"):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF
    take_back(town.office, town.approver, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S2.1", evidence="Checked by a colleague.")
    send_for_sign_off(town.office, town.approver, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)
    assert status(town) is AssessmentStatus.SUBMITTED


def test_where_the_type_allows_it_the_only_author_signs(sqlite_town):
    town = sqlite_town
    answer_everything(town, town.minder, MINDER_RETURN)
    send_for_sign_off(town.office, town.minder, MINDER_RETURN)

    sign_off(town.office, town.minder, MINDER_RETURN, agreed=True)

    assert status(town, MINDER_RETURN) is AssessmentStatus.SUBMITTED


@pytest.mark.parametrize(
    ("days", "late", "timing"),
    [(29, False, Timing.ON_TIME), (30, True, Timing.LATE)],
    ids=["on the day", "a day after"],
)
def test_a_return_is_late_from_the_day_after_it_was_due(town, days, late, timing):
    awaiting_sign_off(town)
    town.office.clock.move(days=days)  # from 2 March; due on 31 March

    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert events(town, f"assessment:{POLICE_RETURN}")[-1].details["late"] is late
    collated = collate(town.office, town.scrutiny, CYCLE)
    [police] = [one for one in collated.returns if one.assessment_id == POLICE_RETURN]
    assert timing_of(police, collated.cycle.due, collated.taken_at.date()) is timing
    assert return_rates(town.office, town.admin, CYCLE).overall.late == int(late)


@pytest.mark.parametrize(
    ("brought_to", "allowed"),
    [
        (lambda town: None, set()),
        (in_progress, {"send"}),
        (awaiting_sign_off, {"take_back", "sign"}),
        (submitted, set()),
        (handed_back, set()),
    ],
    ids=["not started", "in progress", "awaiting sign-off", "submitted", "handed back"],
)
def test_each_step_is_taken_only_from_its_own_status(sqlite_town, brought_to, allowed):
    town = sqlite_town
    brought_to(town)
    before, trace = stored_assessment(town, POLICE_RETURN), event_names(town, POLICE_RETURN)
    steps = {
        "send": lambda: send_for_sign_off(town.office, town.contributor, POLICE_RETURN),
        "take_back": lambda: take_back(town.office, town.approver, POLICE_RETURN),
        "sign": lambda: sign_off(town.office, town.approver, POLICE_RETURN, agreed=True),
    }

    for name in steps.keys() - allowed:
        with pytest.raises(TransitionNotAllowedError):
            steps[name]()

    assert stored_assessment(town, POLICE_RETURN) == before
    assert event_names(town, POLICE_RETURN) == trace


def test_taking_back_opens_the_return_for_changes_again(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)

    take_back(town.office, town.approver, POLICE_RETURN)

    assert answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More").evidence == "More"
    assert event_names(town, POLICE_RETURN)[-2:] == ["taken_back", "answer_saved"]
