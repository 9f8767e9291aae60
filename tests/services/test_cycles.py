"""Cycles: prepared, opened with frozen sets, closed without locking anything away."""

import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Barrier, BrokenBarrierError, Thread

import pytest

from section11.definitions.library import StandardsLibrary
from section11.domain.assessments import assessment_id_for, progress_of
from section11.domain.cycles import CycleStatus
from section11.domain.people import OPERATOR
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, ProblemsFoundError, Section11Error
from section11.permissions import Right
from section11.services.answering import view_assessment
from section11.services.cycles import add_missing_forms, close_cycle, create_cycle, list_cycles, open_cycle
from section11.services.scrutiny import list_own_returns, list_returns
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.taking_in.organisations import import_organisations
from section11.services.trail import record
from tests.services.builders import (
    CYCLE,
    DUE,
    PARTNERSHIP,
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


@pytest.fixture
def town(ready, office, tmp_path):
    return ready.quiet_town(office, tmp_path)


@pytest.fixture
def sqlite_town(ready, sqlite_office, tmp_path):
    return ready.quiet_town(sqlite_office, tmp_path)


def prepare(town, *, user=None, **changes):
    values = {
        "name": CYCLE, "due": DUE, "set_ids_by_type": {"*": SET_ID}, "partnership_ids": frozenset({PARTNERSHIP}),
    } | changes  # fmt: skip
    return create_cycle(town.office, user or town.admin, **values)


def import_rows(town, *rows):
    content = "\n".join(["id,name,type,status", *rows]).encode()
    import_organisations(town.office, town.admin, PARTNERSHIP, content, "organisations.csv")


def edit(town, file, right, wrong):
    path = town.standards / SET_ID / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")


def partnership_events(town, partnership=PARTNERSHIP):
    return [(one.name, dict(one.details)) for one in events(town, f"partnership:{partnership}")]


def test_a_cycle_that_is_being_prepared_is_seen_by_no_organisation(town):
    cycle = prepare(town, name="Section 11 audit 2026")

    assert (cycle.id, cycle.status) == ("section-11-audit-2026", CycleStatus.PREPARING)
    assert list_own_returns(town.office, town.contributor) == []
    assert list_returns(town.office, town.admin, cycle.id).lines == ()
    name, details = partnership_events(town)[-1]
    assert name == "cycle_created"
    assert details == {"cycle": cycle.id, "due": "2026-03-31", "sets": {"*": SET_ID}}


def test_opening_gives_every_open_member_a_form_with_the_questions_of_its_type(town):
    import_rows(town, "old-mill,Old Mill Club,out-of-school,closed")
    prepare(town)

    assert open_cycle(town.office, town.admin, CYCLE) == 4

    lines = list_returns(town.office, town.scrutiny, CYCLE).lines
    assert {line.organisation.id: line.progress.asked for line in lines} == {
        "blue-light": 4, "lily-lane": 3, "riverdale-fire": 4, "riverdale-police": 4,
    }  # fmt: skip
    assert {line.assessment.status for line in lines} == {AssessmentStatus.NOT_STARTED}
    assert partnership_events(town)[-1][1]["forms"] == 4


def test_editing_the_set_after_opening_changes_nothing_for_that_cycle_and_counts_for_the_next(town):
    open_a_cycle(town)
    before = view_assessment(town.office, town.contributor, POLICE_RETURN)
    edit(town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    edit(town, "set.yaml", "version: '1'", "version: '2'")

    after = view_assessment(town.office, town.contributor, POLICE_RETURN)
    open_a_cycle(town, name="2027", due=date(2027, 3, 31))
    following = view_assessment(town.office, town.contributor, assessment_id_for("2027", POLICE))

    assert after.standards_set == before.standards_set
    assert after.standards_set.questions_by_id["S1.2"].text == "What do you do about S1.2?"
    assert following.standards_set.questions_by_id["S1.2"].text == "Quite another question?"
    assert following.assessment.set_sha256 != after.assessment.set_sha256


def test_a_set_in_use_that_has_changed_is_refused_until_its_version_is_raised(town):
    open_a_cycle(town)
    prepare(town, name="2027", due=date(2027, 3, 31))
    edit(town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    trace = partnership_events(town)

    for call in (lambda: open_cycle(town.office, town.admin, "2027"), lambda: prepare(town, name="2028")):
        with pytest.raises(BadInputError) as refusal:
            call()
        assert refusal.value.user_message == (
            "The questions of “A small set” have changed since an earlier cycle used them, but the set is still "
            "called version 1. Ask whoever keeps the question files to raise the version in small-set/set.yaml, then "
            "try again."
        )

    assert partnership_events(town) == trace
    assert [one.status for one in list_cycles(town.office, town.admin, Right.MANAGE_CYCLES)] == [
        CycleStatus.PREPARING,
        CycleStatus.OPEN,
    ]
    edit(town, "set.yaml", "version: '1'", "version: '2'")
    assert open_cycle(town.office, town.admin, "2027") == 4


def test_a_set_in_use_that_is_put_back_as_it_was_can_be_used_again(town):
    open_a_cycle(town)
    edit(town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    edit(town, "s1.yaml", "Quite another question?", "What do you do about S1.2?")

    assert open_a_cycle(town, name="2027", due=date(2027, 3, 31)) == "2027"


def test_organisations_that_join_later_get_the_questions_as_they_were_frozen(town):
    open_a_cycle(town)
    (town.standards / SET_ID / "set.yaml").write_text("broken: [")
    import_rows(town, "oak-school,Oak School,school-maintained,")

    assert add_missing_forms(town.office, town.admin, CYCLE) == 1
    assert add_missing_forms(town.office, town.admin, CYCLE) == 0

    with town.office.store.reading() as work:
        hashes = {row.assessment.set_sha256 for row in work.assessments.in_cycle(CYCLE)}
    assert len(hashes) == 1
    assert [name for name, _ in partnership_events(town)].count("forms_added") == 1


def test_a_type_without_a_set_gets_no_form(town):
    prepare(town, set_ids_by_type={"police-force": SET_ID})

    assert open_cycle(town.office, town.admin, CYCLE) == 1


def test_a_cycle_is_opened_only_once_and_only_an_open_one_takes_forms_or_closes(sqlite_town):
    town = sqlite_town
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


def test_closing_a_cycle_locks_nothing_and_a_late_return_is_still_taken(town):
    open_a_cycle(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Early")
    town.office.clock.move(days=40)
    close_cycle(town.office, town.admin, CYCLE)

    in_progress(town)
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED
    assert events(town, f"assessment:{POLICE_RETURN}")[-1].details["late"] is True


def test_a_set_with_faults_is_neither_prepared_nor_opened(sqlite_town):
    town = sqlite_town
    prepare(town)
    (town.standards / SET_ID / "set.yaml").write_text("id: small-set\n")
    trace = partnership_events(town)

    with pytest.raises(ProblemsFoundError):
        prepare(town, name="2027")
    with pytest.raises(ProblemsFoundError):
        open_cycle(town.office, town.admin, CYCLE)

    assert partnership_events(town) == trace
    assert [one.status for one in list_cycles(town.office, town.admin, Right.MANAGE_CYCLES)] == [CycleStatus.PREPARING]


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
def test_a_cycle_that_cannot_be_is_refused_in_words(sqlite_town, changes, message):
    with pytest.raises(BadInputError, match=message):
        prepare(sqlite_town, **changes)

    assert list_cycles(sqlite_town.office, sqlite_town.admin, Right.MANAGE_CYCLES) == []


def test_a_cycle_id_is_given_once(sqlite_town):
    prepare(sqlite_town)

    with pytest.raises(BadInputError, match='There is already a cycle "2026"'):
        prepare(sqlite_town)


def test_a_partnership_that_does_not_exist_is_not_available_on_the_command_line_either(town):
    with pytest.raises(NotAvailableError):
        prepare(town, user=OPERATOR, partnership_ids=frozenset({"nowhere"}))


def test_a_set_kept_in_a_folder_elsewhere_is_used_by_its_path(town, tmp_path):
    folder = tmp_path / "a-folder-with-rather-a-long-name-as-they-are-on-shared-drives" / "our-own-questions" / SET_ID
    shutil.copytree(town.standards / SET_ID, folder)

    cycle = prepare(town, set_ids_by_type={"*": str(folder)})

    assert open_cycle(town.office, town.admin, cycle.id) == 4


def test_a_very_long_name_for_a_cycle_is_no_trouble(town):
    cycle = prepare(town, name="The audit of safeguarding arrangements " * 5)

    assert len(cycle.id) <= 60
    with pytest.raises(Section11Error):
        prepare(town, cycle_id="x" * 500)


def test_nobody_waits_to_save_while_the_files_of_the_sets_are_read(town):
    prepare(town)
    saved = []

    class ReadByASlowMachine(StandardsLibrary):
        def load(self, set_id_or_folder):
            with town.office.store.writing() as work:
                record(work, f"partnership:{PARTNERSHIP}", town.admin, "saved_meanwhile", town.office.clock())
                work.commit()
            saved.append(set_id_or_folder)
            return super().load(set_id_or_folder)

    library = ReadByASlowMachine(town.office.library.folder, town.office.library.organisation_types)
    open_cycle(replace(town.office, library=library), town.admin, CYCLE)

    assert saved == [SET_ID]
    assert [name for name, _ in partnership_events(town)[-2:]] == ["saved_meanwhile", "cycle_opened"]


def test_of_two_people_who_open_a_cycle_at_once_one_is_told_that_it_is_open(town):
    prepare(town)
    clock, meeting = town.office.clock, Barrier(2)

    def meet():
        """Both are held where the first moment is asked for, unless the database lets only one come this far."""
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=0.5)
        return clock()

    office, results = replace(town.office, clock=meet), []

    def run():
        try:
            results.append(open_cycle(office, town.admin, CYCLE))
        except Exception as error:
            results.append(error)

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {type(one) for one in results} == {int, BadInputError}
    assert [name for name, _ in partnership_events(town)].count("cycle_opened") == 1


def test_the_progress_kept_follows_when_an_organisation_turns_out_to_be_of_another_type(town):
    open_a_cycle(town)
    answer_everything(town, town.contributor, POLICE_RETURN)
    import_rows(town, f"{POLICE},Riverdale Police,childminder,")  # three questions rather than four

    view = view_assessment(town.office, town.contributor, POLICE_RETURN)
    recount = progress_of(tuple(view.standards_set.all_questions()), view.organisation.type, view.answers)

    assert (recount.settled, recount.asked) == (3, 3)
    assert kept_progress(town, POLICE_RETURN) == recount


def test_cycles_are_listed_for_those_who_hold_the_right_in_their_partnerships_the_latest_first(sqlite_office, tmp_path):
    town = a_town(sqlite_office, tmp_path)
    prepare(town, name="2027", due=date(2027, 3, 31))
    other = start(town.office, "Elmtree")

    def listed(user, right):
        return [cycle.id for cycle in list_cycles(town.office, user, right)]

    assert listed(town.admin, Right.MANAGE_CYCLES) == ["2027", "2026"]
    assert listed(town.scrutiny, Right.SEE_DASHBOARDS) == ["2027", "2026"]
    assert listed(town.scrutiny, Right.MANAGE_CYCLES) == []
    assert listed(town.contributor, Right.FOLLOW_PROGRESS) == []
    assert listed(other, Right.MANAGE_CYCLES) == []
