"""An organisation's actions: they outlive their cycle, and what became of them is never lost."""

from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from section11.domain.actions import ActionStatus, Report
from section11.domain.answers import Action
from section11.domain.people import Role
from section11.domain.workflow import AssessmentStatus
from section11.errors import (
    ActionMoveNotAllowedError,
    BadInputError,
    NotAvailableError,
    NotPermittedError,
    Section11Error,
    StaleActionError,
)
from section11.services.actions import (
    count_own_actions,
    drop_action,
    finish_action,
    list_own_actions,
    reopen_action,
    update_action,
)
from section11.services.answering import save_action
from section11.services.cycles import close_cycle
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off
from section11.storage.migrations import go_back, migrate
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    POLICE,
    POLICE_RETURN,
    answer,
    events,
    in_progress,
    invite,
    open_a_cycle,
    promise,
    stored_actions,
    stored_assessment,
    submitted_with_an_action,
    tracked_action,
)


def tracked(town, question_id="S1.1"):
    return tracked_action(town, POLICE_RETURN, question_id)


def updates(town, action_id):
    with town.office.store.reading() as work:
        return [(one.status, one.words) for one in work.actions.updates_of([action_id]).get(action_id, [])]


def test_a_new_action_due_before_today_is_refused_and_nothing_is_saved(town):
    with pytest.raises(BadInputError, match="due on 1 March 2026, before it began on 2 March 2026"):
        save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.1", "Train", "Head", date(2026, 3, 1)))

    assert stored_actions(town, POLICE_RETURN) == {}
    assert events(town, f"assessment:{POLICE_RETURN}") == []


def test_an_action_begins_on_the_day_it_was_first_promised_and_keeps_its_row(town):
    promise(town, town.contributor, POLICE_RETURN)
    first = tracked(town)
    town.office.clock.move(days=10)

    save_action(town.office, town.contributor, POLICE_RETURN, replace(first.promise, owner="Deputy"))

    assert tracked(town) == replace(first, owner="Deputy")
    assert first.began == date(2026, 3, 2)


def test_the_last_second_of_a_day_in_the_uk_is_the_day_it_began(town):
    town.office.clock.move(days=30, hours=14, minutes=30)  # 23:30 UTC on 1 April is 00:30 on 2 April in the UK

    promise(town, town.contributor, POLICE_RETURN)

    assert tracked(town).began == date(2026, 4, 2)


def test_every_move_writes_its_words_and_an_event(town):
    action_id = submitted_with_an_action(town)
    update_action(town.office, town.contributor, action_id, Report("Course booked", "", "Not yet"))
    finish_action(town.office, town.contributor, action_id, Report("Course held", "Register of 4 May", "Safer hiring"))
    reopen_action(town.office, town.approver, action_id, Report("Two managers are missing"))
    drop_action(town.office, town.approver, action_id, Report("The site closes"))

    assert updates(town, action_id) == [
        (ActionStatus.DROPPED, "The site closes"),
        (ActionStatus.OPEN, "Two managers are missing"),
        (ActionStatus.DONE, "Course held"),
        (ActionStatus.OPEN, "Course booked"),
    ]
    assert (tracked(town).completion, tracked(town).change) == ("Register of 4 May", "Safer hiring")
    trail = events(town, f"assessment:{POLICE_RETURN}")[-4:]
    assert [event.name for event in trail] == [
        "action_updated",
        "action_done",
        "action_reopened",
        "action_dropped",
    ]
    assert trail[1].details["completion"] == "Register of 4 May"
    assert trail[1].details["question"] == "S1.1"


def test_an_action_can_be_reported_on_after_its_return_was_signed_and_its_cycle_closed(town):
    action_id = submitted_with_an_action(town)
    close_cycle(town.office, town.admin, CYCLE)
    town.office.clock.move(days=365)

    saved = update_action(town.office, town.contributor, action_id, Report("A year later: half are trained"))

    assert (saved.status, saved.updates) == (ActionStatus.OPEN, 1)
    assert saved.updated_at == town.office.clock()


def test_what_was_promised_cannot_be_changed_once_the_return_is_signed(town):
    submitted_with_an_action(town)

    with pytest.raises(NotPermittedError, match="This return is submitted"):
        promise(town, town.contributor, POLICE_RETURN, "S1.2")
    assert set(stored_actions(town, POLICE_RETURN)) == {"S1.1"}


def test_after_a_hand_back_a_changed_promise_keeps_the_words_that_were_signed(town):
    action_id = submitted_with_an_action(town)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more about S1.1.")

    later = Action("S1.1", "Train some managers", "Head of training", date(2027, 1, 31))
    save_action(town.office, town.contributor, POLICE_RETURN, later)

    assert tracked(town).promise == later
    assert updates(town, action_id) == [
        (
            ActionStatus.OPEN,
            "What was promised was changed. Before: Train every manager (Head of training; 30 September 2026)",
        )
    ]


@pytest.mark.parametrize("move", [finish_action, drop_action])
def test_a_closed_action_is_not_rewritten_in_the_form(town, move):
    promise(town, town.contributor, POLICE_RETURN)
    move(town.office, town.contributor, tracked(town).id, Report("Words", "Register"))
    before = tracked(town)

    with pytest.raises(BadInputError, match="Open it again on the Actions page first"):
        save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.1", "Something else"))

    assert tracked(town) == before


def test_an_action_with_updates_cannot_be_emptied_in_the_form(town):
    promise(town, town.contributor, POLICE_RETURN)
    update_action(town.office, town.contributor, tracked(town).id, Report("Begun"))
    before = tracked(town)

    with pytest.raises(BadInputError, match="drop it on the Actions page"):
        save_action(town.office, town.contributor, POLICE_RETURN, Action("S1.1"))

    assert tracked(town) == before


@pytest.mark.parametrize(
    ("move", "report", "message"),
    [
        (finish_action, Report("All done"), "Say what shows that it is done"),
        (drop_action, Report(""), "Say why this action is dropped"),
        (update_action, Report("  "), "nothing new to save"),
        (update_action, Report("x" * 32_768), "at most 32,767"),
        (reopen_action, Report("Again"), "This action is open, so it cannot be opened again now"),
    ],
)
def test_a_report_that_is_refused_leaves_no_trace(town, move, report, message):
    action_id = submitted_with_an_action(town)
    before, trail = tracked(town), events(town, f"assessment:{POLICE_RETURN}")

    with pytest.raises((BadInputError, ActionMoveNotAllowedError), match=message):
        move(town.office, town.contributor, action_id, report)

    assert tracked(town) == before
    assert events(town, f"assessment:{POLICE_RETURN}") == trail
    assert updates(town, action_id) == []


def test_text_with_zero_bytes_and_formulas_is_kept_as_words(town):
    action_id = submitted_with_an_action(town)

    update_action(town.office, town.contributor, action_id, Report("=1+1\0", "<b>@x</b>"))

    assert updates(town, action_id) == [(ActionStatus.OPEN, "=1+1")]
    assert tracked(town).completion == "<b>@x</b>"


def test_an_action_that_does_not_exist_and_one_of_another_organisation_are_refused_alike(town):
    action_id = submitted_with_an_action(town)

    for someone_elses in (action_id, 10**9):
        with pytest.raises(NotAvailableError):
            update_action(town.office, town.fire_contributor, someone_elses, Report("Mine now"))


def test_two_people_who_report_at_the_same_time_both_keep_their_words_or_are_told(town):
    action_id = submitted_with_an_action(town)
    refused = []

    def report(words):
        try:
            update_action(town.office, town.contributor, action_id, Report(words, words, seen_updates=0))
        except Section11Error as error:
            refused.append(error)

    threads = [Thread(target=report, args=(f"Words {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [type(error) for error in refused] == [StaleActionError] * 5
    assert [words for _status, words in updates(town, action_id)] == [tracked(town).completion]


def test_actions_of_every_cycle_are_listed_overdue_first_and_closed_last(town):
    open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    for question_id, due in (("S1.1", date(2026, 4, 1)), ("S1.2", None), ("S2.1", date(2026, 3, 5))):
        action = Action(question_id, f"For {question_id}", "Head", due)
        save_action(town.office, town.contributor, f"2024.{POLICE}", action)
    promise(town, town.contributor, POLICE_RETURN, "S2.2")
    drop_action(town.office, town.contributor, tracked(town, "S2.2").id, Report("Not now"))
    promise(town, town.fire_contributor, FIRE_RETURN)
    town.office.clock.move(days=10)

    lines = list_own_actions(town.office, town.contributor)

    assert [(one.cycle.id, one.action.question_id, one.is_overdue) for one in lines] == [
        ("2024", "S2.1", True),
        ("2024", "S1.1", False),
        ("2024", "S1.2", False),
        ("2026", "S2.2", False),
    ]
    assert [one.standard.id for one in lines] == ["S2", "S1", "S1", "S2"]
    assert lines[3].updates[0][1] == "contributor of riverdale-police"
    [(organisation, totals)] = count_own_actions(town.office, town.contributor)
    assert (organisation.name, totals.n, totals.open, totals.overdue, totals.dropped) == (
        "Riverdale Police",
        4,
        3,
        1,
        1,
    )


def test_a_parent_reads_the_actions_of_its_sites_and_does_not_report_on_them(town):
    action_id = submitted_with_an_action(town)
    parent = invite(town.office, Role.CONTRIBUTOR, organisation_id="blue-light")

    [line] = list_own_actions(town.office, parent)

    assert (line.action.id, line.may_change) == (action_id, False)
    with pytest.raises(NotAvailableError):
        update_action(town.office, parent, action_id, Report("From above"))


def test_a_dropped_action_does_not_do_for_sign_off_and_one_that_was_opened_again_does(town):
    in_progress(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="not_met")
    promise(town, town.contributor, POLICE_RETURN)
    action_id = tracked(town).id
    drop_action(town.office, town.contributor, action_id, Report("Not now"))

    with pytest.raises(BadInputError, match="1 thing is still missing"):
        send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    reopen_action(town.office, town.contributor, action_id, Report("Now after all"))
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.AWAITING_SIGN_OFF


def test_an_action_from_before_it_had_a_status_is_open_and_its_beginning_is_not_known(town):
    promise(town, town.contributor, POLICE_RETURN)
    before = tracked(town)

    go_back(town.office.store.engine, "0006")
    migrate(town.office.store.engine)

    assert tracked(town) == replace(before, began=None)
