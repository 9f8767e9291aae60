"""The register of the partnership's actions, its totals counted by hand, and verifying by sample."""

from dataclasses import replace
from datetime import date

import pytest

from section11.domain.actions import ActionStatus, Report
from section11.domain.answers import Action
from section11.errors import ActionMoveNotAllowedError, BadInputError, NotPermittedError, StaleActionError
from section11.reports.action_figures import ActionTotals
from section11.services.action_register import (
    action_register,
    not_yet_done,
    updates_about,
    verify_action,
)
from section11.services.actions import drop_action, finish_action, update_action
from section11.services.answering import save_action
from section11.services.exports import export_figures
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    MINDER_RETURN,
    POLICE_RETURN,
    answer_everything,
    event_names,
    events,
    open_a_cycle,
    promise,
    submitted_with_an_action,
    tracked_action,
)

EARLIER_RETURN = "2024.riverdale-police"


def return_with(town, people, assessment_id, dues):
    """Submit a return that promises one action for each question, due on these days."""
    writer, approver = people
    answer_everything(town, writer, assessment_id)
    for question_id, due in dues.items():
        save_action(town.office, writer, assessment_id, Action(question_id, f"Work on {question_id}", "Head", due))
    send_for_sign_off(town.office, writer, assessment_id)
    sign_off(town.office, approver, assessment_id, agreed=True)


@pytest.fixture
def a_year_later(town):
    """Six actions that count, a month after they were promised; today is 1 April 2026.

    Police 2024: S1.1 overdue, S1.2 open. Police 2026: S1.1 verified, S2.1 done. Fire 2026: S1.1 overdue,
    S2.2 dropped. The childminder has promised one too and has not submitted.
    """
    police, fire = (town.contributor, town.approver), (town.fire_contributor, town.fire_approver)
    soon, far = date(2026, 3, 31), date(2026, 9, 30)
    open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    return_with(town, police, EARLIER_RETURN, {"S1.1": soon, "S1.2": far})
    return_with(town, police, POLICE_RETURN, {"S1.1": soon, "S2.1": soon})
    return_with(town, fire, FIRE_RETURN, {"S1.1": soon, "S2.2": far})
    promise(town, town.minder, MINDER_RETURN)
    for question_id in ("S1.1", "S2.1"):
        action_id = tracked_action(town, POLICE_RETURN, question_id).id
        finish_action(town.office, town.contributor, action_id, Report("Held", f"Register of {question_id}"))
    verify_action(town.office, town.scrutiny, tracked_action(town, POLICE_RETURN).id, Report("Read the register"))
    drop_action(town.office, town.fire_contributor, tracked_action(town, FIRE_RETURN, "S2.2").id, Report("Merged"))
    town.office.clock.move(days=30)
    return town


def test_the_totals_of_every_cycle_are_those_counted_by_hand(a_year_later):
    figures = action_register(a_year_later.office, a_year_later.scrutiny).figures

    assert figures.total == ActionTotals(n=6, open=3, overdue=2, done=1, verified=1, dropped=1)
    assert [(row.name, row.totals) for row in figures.organisations] == [
        ("Riverdale Fire and Rescue", ActionTotals(n=2, open=1, overdue=1, dropped=1)),
        ("Riverdale Police", ActionTotals(n=4, open=2, overdue=1, done=1, verified=1)),
    ]
    assert [(row.standard_id, row.heading, row.totals) for row in figures.standards] == [
        ("S1", "1. Leadership", ActionTotals(n=4, open=3, overdue=2, verified=1)),
        ("S2", "2. Listening", ActionTotals(n=2, done=1, dropped=1)),
    ]


def test_one_cycle_has_its_own_actions_and_the_same_numbers_as_the_figures(a_year_later):
    town = a_year_later
    figures = action_register(town.office, town.scrutiny, CYCLE).figures
    exported = export_figures(town.office, town.scrutiny, CYCLE)["actions"]

    assert figures.total == ActionTotals(n=4, open=1, overdue=1, done=1, verified=1, dropped=1)
    assert {key: exported[key] for key in ("n", "open", "overdue", "done", "verified", "dropped")} == {
        "n": 4, "open": 1, "overdue": 1, "done": 1, "verified": 1, "dropped": 1,
    }  # fmt: skip
    assert [(row["id"], row["n"], row["overdue"]) for row in exported["by_organisation"]] == [
        ("riverdale-fire", 2, 1),
        ("riverdale-police", 2, 0),
    ]
    assert [(row["set"], row["standard"], row["n"]) for row in exported["by_standard"]] == [
        ("small-set", "S1", 2),
        ("small-set", "S2", 2),
    ]
    assert action_register(town.office, town.scrutiny, "2024").figures.total == ActionTotals(n=2, open=2, overdue=1)


def test_overdue_actions_stand_first_and_drafts_are_not_there(a_year_later):
    lines = action_register(a_year_later.office, a_year_later.scrutiny).lines

    assert [line.is_overdue for line in lines] == [True, True, False, False, False, False]
    assert "Lily Lane Childminding" not in {line.organisation.name for line in lines}


def test_actions_of_a_return_that_was_handed_back_are_out_of_sight_until_it_comes_back(town):
    action_id = submitted_with_an_action(town)
    finish_action(town.office, town.contributor, action_id, Report("", "Register"))
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more about S1.1.")

    assert action_register(town.office, town.scrutiny).lines == ()
    with pytest.raises(NotPermittedError, match="has not submitted this return"):
        verify_action(town.office, town.scrutiny, action_id, Report())


def test_updates_come_with_the_post_or_name_of_who_wrote_them(a_year_later):
    town = a_year_later
    lines = [one for one in action_register(town.office, town.scrutiny).lines if one.action.completion]

    told = updates_about(town.office, town.scrutiny, lines)

    assert {one.action.question_id: [who for _update, who in one.updates] for one in told} == {
        "S1.1": ["scrutiny_lead of riverdale", "contributor of riverdale-police"],
        "S2.1": ["contributor of riverdale-police"],
    }


def test_only_what_was_marked_as_done_can_be_verified(town):
    action_id = submitted_with_an_action(town)

    with pytest.raises(ActionMoveNotAllowedError, match="This action is open, so it cannot be verified now"):
        verify_action(town.office, town.scrutiny, action_id, Report())


def test_what_changed_after_it_was_read_is_not_verified(town):
    action_id = submitted_with_an_action(town)
    finish_action(town.office, town.contributor, action_id, Report("", "Register"))
    update_action(town.office, town.contributor, action_id, Report("", "Another register"))

    with pytest.raises(StaleActionError, match="Nothing was saved"):
        verify_action(town.office, town.scrutiny, action_id, Report("Seen", seen_updates=1))

    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.DONE


def test_not_yet_done_needs_a_reason_and_opens_the_action_again(town):
    action_id = submitted_with_an_action(town)
    finish_action(town.office, town.contributor, action_id, Report("", "Register"))
    names = event_names(town, POLICE_RETURN)

    with pytest.raises(BadInputError, match="Say what is still missing"):
        not_yet_done(town.office, town.scrutiny, action_id, Report())
    assert event_names(town, POLICE_RETURN) == names
    not_yet_done(town.office, town.scrutiny, action_id, Report("Two managers are missing"))

    assert tracked_action(town, POLICE_RETURN).status is ActionStatus.OPEN
    last = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert (last.name, last.details["words"]) == ("action_not_yet_done", "Two managers are missing")


def test_scrutiny_cannot_write_the_organisations_words(town):
    action_id = submitted_with_an_action(town)
    finish_action(town.office, town.contributor, action_id, Report("", "Register", "Safer"))

    verify_action(town.office, town.scrutiny, action_id, Report("Seen", "Mine", "Mine too"))

    stored = tracked_action(town, POLICE_RETURN)
    assert (stored.status, stored.completion, stored.change) == (ActionStatus.VERIFIED, "Register", "Safer")


def test_a_sample_holds_completed_actions_only_and_is_the_same_when_looked_at_again(a_year_later):
    town = a_year_later

    first = action_register(town.office, town.scrutiny, CYCLE).sample_for(town.scrutiny, 5)

    assert {line.action.status for line in first} == {ActionStatus.DONE, ActionStatus.VERIFIED}
    assert len(first) == 2
    again = action_register(town.office, town.scrutiny, CYCLE)
    assert again.sample_for(town.scrutiny, 5) == first
    assert again.sample_for(town.scrutiny, 1) == first[:1]


def test_an_action_of_a_question_that_is_no_longer_asked_is_in_no_figure(a_year_later):
    """The police turn out to be a childminder: S2.2 is not asked of those, and theirs is S2.1 and S1.1."""
    town = a_year_later
    with town.office.store.writing() as work:
        row = next(one for one in work.assessments.in_cycle(CYCLE) if one.assessment.id == FIRE_RETURN)
        work.assessments.set_type(FIRE_RETURN, "childminder", replace(row.progress, asked=3))
        work.commit()

    register = action_register(town.office, town.scrutiny, CYCLE)

    assert register.figures.total == ActionTotals(n=3, open=1, overdue=1, done=1, verified=1)
    assert export_figures(town.office, town.scrutiny, CYCLE)["actions"]["n"] == 3
