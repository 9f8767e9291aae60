"""The question set of a cycle: frozen when it opens, refused when it has faults, whatever happens to its files."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from section11.definitions.library import StandardsLibrary
from section11.domain.assessments import assessment_id_for
from section11.domain.cycles import CycleStatus
from section11.errors import BadInputError, ProblemsFoundError
from section11.permissions import Right
from section11.services.answering import view_assessment
from section11.services.cycles import add_missing_forms, list_cycles, open_cycle
from section11.services.trail import record
from tests.services.builders import (
    CYCLE,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    SET_ID,
    open_a_cycle,
)
from tests.services.cycle_builders import edit, import_rows, partnership_events, prepare


def test_editing_the_set_after_opening_changes_nothing_for_that_cycle_and_counts_for_the_next(quiet_town):
    open_a_cycle(quiet_town)
    before = view_assessment(quiet_town.office, quiet_town.contributor, POLICE_RETURN)
    edit(quiet_town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    edit(quiet_town, "set.yaml", "version: '1'", "version: '2'")

    after = view_assessment(quiet_town.office, quiet_town.contributor, POLICE_RETURN)
    open_a_cycle(quiet_town, name="2027", due=date(2027, 3, 31))
    following = view_assessment(quiet_town.office, quiet_town.contributor, assessment_id_for("2027", POLICE))

    assert after.standards_set == before.standards_set
    assert after.standards_set.questions_by_id["S1.2"].text == "What do you do about S1.2?"
    assert following.standards_set.questions_by_id["S1.2"].text == "Quite another question?"
    assert following.assessment.set_sha256 != after.assessment.set_sha256


def test_a_set_in_use_that_has_changed_is_refused_until_its_version_is_raised(quiet_town):
    open_a_cycle(quiet_town)
    prepare(quiet_town, name="2027", due=date(2027, 3, 31))
    edit(quiet_town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    trace = partnership_events(quiet_town)

    for call in (
        lambda: open_cycle(quiet_town.office, quiet_town.admin, "2027"),
        lambda: prepare(quiet_town, name="2028"),
    ):
        with pytest.raises(BadInputError) as refusal:
            call()
        assert refusal.value.user_message == (
            "The questions of “A small set” have changed since an earlier cycle used them, but the set is still "
            "called version 1. Ask whoever keeps the question files to raise the version in small-set/set.yaml, then "
            "try again."
        )

    assert partnership_events(quiet_town) == trace
    assert [one.status for one in list_cycles(quiet_town.office, quiet_town.admin, Right.MANAGE_CYCLES)] == [
        CycleStatus.PREPARING,
        CycleStatus.OPEN,
    ]
    edit(quiet_town, "set.yaml", "version: '1'", "version: '2'")
    assert open_cycle(quiet_town.office, quiet_town.admin, "2027") == 4


def test_a_set_in_use_that_is_put_back_as_it_was_can_be_used_again(quiet_town):
    open_a_cycle(quiet_town)
    edit(quiet_town, "s1.yaml", "What do you do about S1.2?", "Quite another question?")
    edit(quiet_town, "s1.yaml", "Quite another question?", "What do you do about S1.2?")

    assert open_a_cycle(quiet_town, name="2027", due=date(2027, 3, 31)) == "2027"


def test_organisations_that_join_later_get_the_questions_as_they_were_frozen(quiet_town):
    open_a_cycle(quiet_town)
    (quiet_town.standards / SET_ID / "set.yaml").write_text("broken: [")
    import_rows(quiet_town, "oak-school,Oak School,school-maintained,")

    assert add_missing_forms(quiet_town.office, quiet_town.admin, CYCLE) == 1
    assert add_missing_forms(quiet_town.office, quiet_town.admin, CYCLE) == 0

    with quiet_town.office.store.reading() as work:
        hashes = {row.assessment.set_sha256 for row in work.assessments.in_cycle(CYCLE)}
    assert len(hashes) == 1
    assert [name for name, _ in partnership_events(quiet_town)].count("forms_added") == 1


def test_a_set_with_faults_is_neither_prepared_nor_opened(sqlite_quiet_town):
    town = sqlite_quiet_town
    prepare(town)
    (town.standards / SET_ID / "set.yaml").write_text("id: small-set\n")
    trace = partnership_events(town)

    with pytest.raises(ProblemsFoundError):
        prepare(town, name="2027")
    with pytest.raises(ProblemsFoundError):
        open_cycle(town.office, town.admin, CYCLE)

    assert partnership_events(town) == trace
    assert [one.status for one in list_cycles(town.office, town.admin, Right.MANAGE_CYCLES)] == [CycleStatus.PREPARING]


def test_a_set_kept_in_a_folder_elsewhere_is_used_by_its_path(quiet_town, tmp_path):
    folder = tmp_path / "a-folder-with-rather-a-long-name-as-they-are-on-shared-drives" / "our-own-questions" / SET_ID
    shutil.copytree(quiet_town.standards / SET_ID, folder)

    cycle = prepare(quiet_town, set_ids_by_type={"*": str(folder)})

    assert open_cycle(quiet_town.office, quiet_town.admin, cycle.id) == 4


def test_nobody_waits_to_save_while_the_files_of_the_sets_are_read(quiet_town):
    prepare(quiet_town)
    saved = []

    class ReadByASlowMachine(StandardsLibrary):
        def load(self, set_id_or_folder):
            with quiet_town.office.store.writing() as work:
                record(
                    work, f"partnership:{PARTNERSHIP}", quiet_town.admin, "saved_meanwhile", quiet_town.office.clock()
                )
                work.commit()
            saved.append(set_id_or_folder)
            return super().load(set_id_or_folder)

    library = ReadByASlowMachine(quiet_town.office.library.folder, quiet_town.office.library.organisation_types)
    open_cycle(replace(quiet_town.office, library=library), quiet_town.admin, CYCLE)

    assert saved == [SET_ID]
    assert [name for name, _ in partnership_events(quiet_town)[-2:]] == ["saved_meanwhile", "cycle_opened"]
