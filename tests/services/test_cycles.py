"""Cycles: prepared, opened with frozen sets, closed without locking anything away."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Barrier, BrokenBarrierError, Thread

import pytest

from section11.domain.assessments import progress_of
from section11.domain.cycles import CycleStatus
from section11.domain.people import OPERATOR
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, Section11Error
from section11.permissions import Right
from section11.services.answering import view_assessment
from section11.services.cycles import add_missing_forms, close_cycle, list_cycles, open_cycle
from section11.services.scrutiny import list_own_returns, list_returns
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    POLICE,
    POLICE_RETURN,
    SET_ID,
    a_town,
    answer,
    answer_everything,
    events,
    in_progress,
    kept_progress,
    open_a_cycle,
    start,
    stored_assessment,
)
from tests.services.cycle_builders import import_rows, partnership_events, prepare


def test_a_cycle_that_is_being_prepared_is_seen_by_no_organisation(quiet_town):
    cycle = prepare(quiet_town, name="Section 11 audit 2026")

    assert (cycle.id, cycle.status) == ("section-11-audit-2026", CycleStatus.PREPARING)
    assert list_own_returns(quiet_town.office, quiet_town.contributor) == []
    assert list_returns(quiet_town.office, quiet_town.admin, cycle.id).lines == ()
    name, details = partnership_events(quiet_town)[-1]
    assert name == "cycle_created"
    assert details == {"cycle": cycle.id, "due": "2026-03-31", "sets": {"*": SET_ID}}


def test_opening_gives_every_open_member_a_form_with_the_questions_of_its_type(quiet_town):
    import_rows(quiet_town, "old-mill,Old Mill Club,out-of-school,closed")
    prepare(quiet_town)

    assert open_cycle(quiet_town.office, quiet_town.admin, CYCLE) == 4

    lines = list_returns(quiet_town.office, quiet_town.scrutiny, CYCLE).lines
    assert {line.organisation.id: line.progress.asked for line in lines} == {
        "blue-light": 4, "lily-lane": 3, "riverdale-fire": 4, "riverdale-police": 4,
    }  # fmt: skip
    assert {line.assessment.status for line in lines} == {AssessmentStatus.NOT_STARTED}
    assert partnership_events(quiet_town)[-1][1]["forms"] == 4


def test_a_type_without_a_set_gets_no_form(quiet_town):
    prepare(quiet_town, set_ids_by_type={"police-force": SET_ID})

    assert open_cycle(quiet_town.office, quiet_town.admin, CYCLE) == 1


def test_a_cycle_is_opened_only_once_and_only_an_open_one_takes_forms_or_closes(sqlite_quiet_town):
    town = sqlite_quiet_town
    prepare(town)
    for call in (add_missing_forms, close_cycle):
        with pytest.raises(BadInputError, match="is not open"):
            call(town.office, town.admin, CYCLE)
    open_cycle(town.office, town.admin, CYCLE)
    with pytest.raises(BadInputError, match="opened only once"):
        open_cycle(town.office, town.admin, CYCLE)
    close_cycle(town.office, town.admin, CYCLE)
    trace = partnership_events(town)
    for call in (open_cycle, add_missing_forms, close_cycle):
        with pytest.raises(BadInputError):
            call(town.office, town.admin, CYCLE)

    assert partnership_events(town) == trace


def test_closing_a_cycle_locks_nothing_and_a_late_return_is_still_taken(quiet_town):
    open_a_cycle(quiet_town)
    answer(quiet_town, quiet_town.contributor, POLICE_RETURN, "S1.1", evidence="Early")
    quiet_town.office.clock.move(days=40)
    close_cycle(quiet_town.office, quiet_town.admin, CYCLE)

    in_progress(quiet_town)
    send_for_sign_off(quiet_town.office, quiet_town.contributor, POLICE_RETURN)
    sign_off(quiet_town.office, quiet_town.approver, POLICE_RETURN, agreed=True)

    assert stored_assessment(quiet_town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED
    assert events(quiet_town, f"assessment:{POLICE_RETURN}")[-1].details["late"] is True


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": "  "}, "needs a name"),
        ({"name": "…"}, "needs a name"),
        ({"partnership_ids": frozenset()}, "Choose the partnership"),
        ({"set_ids_by_type": {}}, "Choose the standards set"),
        ({"set_ids_by_type": {"wizards": SET_ID}}, '"wizards" is not an organisation type'),
        ({"set_ids_by_type": {"*": "no-such-set"}}, 'There is no standards set "no-such-set"'),
    ],
)
def test_a_cycle_that_cannot_be_is_refused_in_words(sqlite_quiet_town, changes, message):
    with pytest.raises(BadInputError, match=message):
        prepare(sqlite_quiet_town, **changes)

    assert list_cycles(sqlite_quiet_town.office, sqlite_quiet_town.admin, Right.MANAGE_CYCLES) == []


def test_a_cycle_id_is_given_once(sqlite_quiet_town):
    prepare(sqlite_quiet_town)

    with pytest.raises(BadInputError, match='There is already a cycle "2026"'):
        prepare(sqlite_quiet_town)


def test_a_partnership_that_does_not_exist_is_not_available_on_the_command_line_either(quiet_town):
    with pytest.raises(NotAvailableError):
        prepare(quiet_town, user=OPERATOR, partnership_ids=frozenset({"nowhere"}))


def test_a_very_long_name_for_a_cycle_is_no_trouble(quiet_town):
    cycle = prepare(quiet_town, name="The audit of safeguarding arrangements " * 5)

    assert len(cycle.id) <= 60
    with pytest.raises(Section11Error):
        prepare(quiet_town, cycle_id="x" * 500)


def test_of_two_people_who_open_a_cycle_at_once_one_is_told_that_it_is_open(quiet_town):
    prepare(quiet_town)
    clock, meeting = quiet_town.office.clock, Barrier(2)

    def meet():
        """Both are held where the first moment is asked for, unless the database lets only one come this far."""
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=0.5)
        return clock()

    office, results = replace(quiet_town.office, clock=meet), []

    def run():
        try:
            results.append(open_cycle(office, quiet_town.admin, CYCLE))
        except Exception as error:
            results.append(error)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {type(one) for one in results} == {int, BadInputError}
    assert [name for name, _ in partnership_events(quiet_town)].count("cycle_opened") == 1


def test_the_progress_kept_follows_when_an_organisation_turns_out_to_be_of_another_type(quiet_town):
    open_a_cycle(quiet_town)
    answer_everything(quiet_town, quiet_town.contributor, POLICE_RETURN)
    import_rows(quiet_town, f"{POLICE},Riverdale Police,childminder,")  # three questions rather than four

    view = view_assessment(quiet_town.office, quiet_town.contributor, POLICE_RETURN)
    recount = progress_of(tuple(view.standards_set.all_questions()), view.organisation.type, view.answers)

    assert (recount.settled, recount.asked) == (3, 3)
    assert kept_progress(quiet_town, POLICE_RETURN) == recount


def test_cycles_are_listed_for_those_who_hold_the_right_in_their_partnerships_the_latest_first(sqlite_office, tmp_path):
    quiet_town = a_town(sqlite_office, tmp_path)
    prepare(quiet_town, name="2027", due=date(2027, 3, 31))
    other = start(quiet_town.office, "Elmtree")

    def listed(user, right):
        return [cycle.id for cycle in list_cycles(quiet_town.office, user, right)]

    assert listed(quiet_town.admin, Right.MANAGE_CYCLES) == ["2027", "2026"]
    assert listed(quiet_town.scrutiny, Right.SEE_DASHBOARDS) == ["2027", "2026"]
    assert listed(quiet_town.scrutiny, Right.MANAGE_CYCLES) == []
    assert listed(quiet_town.contributor, Right.FOLLOW_PROGRESS) == []
    assert listed(other, Right.MANAGE_CYCLES) == []
