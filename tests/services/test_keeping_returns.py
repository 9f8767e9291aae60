"""Returns and evidence whose time is over: what goes, what never does, and that the trail still verifies."""

import pytest

from section11.domain.people import OPERATOR
from section11.domain.retention import Rule
from section11.errors import BadInputError, NotPermittedError
from section11.permissions import Right
from section11.services.asking import ask, reply
from section11.services.cycles import close_cycle, list_cycles
from section11.services.keeping.applying import apply_retention, preview_retention
from section11.services.keeping.rules import list_rules, set_rules
from section11.services.moderating import finish_moderation
from section11.services.opening_evidence import open_evidence
from section11.services.releasing import release_return
from section11.services.trail import verify_trail
from section11.storage.tables import metadata
from tests.services.builders import (
    CYCLE,
    FIRE,
    LATEST_TEXT,
    PARTNERSHIP,
    POLICE_RETURN,
    events,
    stored_assessment,
    submitted,
    submitted_with_an_action,
    tracked_action,
)
from tests.services.evidence_builders import a_file
from tests.services.keeping_builders import (
    applied,
    closed_long_ago,
    due,
    released,
    stored_files,
    switch_on,
    with_kept_files,
    years_go_by,
)
from tests.services.moderation_builders import judged_alone


@pytest.fixture
def town(town, tmp_path):
    return with_kept_files(town, tmp_path)


@pytest.fixture
def sqlite_town(sqlite_town, tmp_path):
    return with_kept_files(sqlite_town, tmp_path)


def rows(town):
    with town.office.store.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select())] for table in metadata.sorted_tables
        }


def everything_written(town):
    return str(rows(town))


@pytest.mark.parametrize("years", [0, -1, 26, 1_000])
def test_years_that_cannot_be_meant_are_refused_and_nothing_is_saved(sqlite_town, years):
    with pytest.raises(BadInputError, match="Choose between 1 and 25 years"):
        set_rules(sqlite_town.office, sqlite_town.admin, PARTNERSHIP, {Rule.RETURNS: years})

    assert list_rules(sqlite_town.office, sqlite_town.admin) == {PARTNERSHIP: {}}


def test_of_two_who_change_the_rules_the_second_is_told(sqlite_town):
    town = sqlite_town
    set_rules(town.office, town.admin, PARTNERSHIP, {Rule.RETURNS: 7}, instead_of={})

    with pytest.raises(BadInputError, match="A colleague changed these rules"):
        set_rules(town.office, town.admin, PARTNERSHIP, {Rule.RETURNS: 1}, instead_of={})

    assert list_rules(town.office, town.admin) == {PARTNERSHIP: {Rule.RETURNS: 7}}


def test_without_the_partnerships_name_nothing_is_deleted(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    switch_on(town, returns=7)

    with pytest.raises(BadInputError, match="Type the partnership's name, Riverdale"):
        apply_retention(town.office, town.admin, PARTNERSHIP, "Elmtree")

    assert stored_assessment(town, POLICE_RETURN)


def test_nothing_is_deleted_while_no_rule_is_on(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    before = rows(town)

    assert applied(town).removed == {}
    assert rows(town) == before
    assert len(stored_files(town)) == 1


def test_a_dry_run_says_what_would_go_and_changes_nothing(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    switch_on(town, returns=7, evidence=3, leavers=1, sign_ins=1, readings=1)
    before = rows(town)

    lines = {one.rule: one for one in preview_retention(town.office, town.admin, PARTNERSHIP)}

    assert lines[Rule.RETURNS].due.goes == ("2026: 1 return",)
    assert lines[Rule.EVIDENCE].due.goes == ("Riverdale Police: 1 piece of evidence",)
    assert rows(town) == before


def test_a_return_goes_with_every_text_and_the_trail_still_verifies_and_says_so(town):
    released(town)
    closed_long_ago(town)
    switch_on(town, returns=7, evidence=3)

    done = applied(town)

    assert done.removed == {Rule.RETURNS: 1, Rule.EVIDENCE: 1}
    assert done.files == 1
    assert stored_files(town) == []
    assert [one.removed_returns for one in list_cycles(town.office, town.admin, Right.MANAGE_CYCLES)] == [1]
    assert LATEST_TEXT not in everything_written(town)
    assert "policy.pdf" not in everything_written(town)
    report = verify_trail(town.office, OPERATOR)
    assert report.faults == ()
    assert report.erased == sum("erased_on" in one.details for one in all_events(town)) > 10
    assert applied(town).removed == {Rule.RETURNS: 0, Rule.EVIDENCE: 0}


def all_events(town):
    with town.office.store.reading() as work:
        return [event for stream in work.audit_trail.heads() for event in work.audit_trail.events(stream)]


def test_the_history_of_a_return_that_is_gone_keeps_who_and_when_and_the_rule(sqlite_town):
    town = sqlite_town
    released(town)
    signed = next(one for one in events(town, f"assessment:{POLICE_RETURN}") if one.name == "signed_off")
    closed_long_ago(town)
    switch_on(town, returns=7)

    applied(town)

    after = events(town, f"assessment:{POLICE_RETURN}")
    kept = next(one for one in after if one.name == "signed_off")
    assert (kept.at, kept.actor, kept.hash) == (signed.at, signed.actor, signed.hash)
    assert kept.details["sha256"] == signed.details["sha256"]
    assert kept.details["erased_under"] == "Returns"
    assert "declaration" not in kept.details
    assert after[-1].name == "contents_erased"


def open_one(town):
    years_go_by(town)


def handed_over(town):
    closed_long_ago(town)


@pytest.mark.parametrize("after_that", [open_one, handed_over])
def test_a_cycle_that_is_open_and_a_return_that_is_not_released_are_never_touched(sqlite_town, after_that):
    town = sqlite_town
    if after_that is open_one:
        released(town)
    else:
        a_file(town.office, town.contributor)
        submitted(town)
    after_that(town)
    switch_on(town, returns=1, evidence=1)
    before = rows(town)

    assert applied(town).removed == {Rule.RETURNS: 0, Rule.EVIDENCE: 0}
    assert rows(town) == before
    assert len(stored_files(town)) == 1


def test_a_return_with_a_question_that_waits_stays_until_there_is_a_reply(sqlite_town):
    town = sqlite_town
    released(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    closed_long_ago(town)
    switch_on(town, returns=7, evidence=3)

    [line] = [one for one in preview_retention(town.office, town.admin, PARTNERSHIP) if one.rule is Rule.RETURNS]
    assert line.due.stays == ("2026: 1 return with a question of scrutiny that waits for a reply",)
    assert applied(town).removed == {Rule.RETURNS: 0, Rule.EVIDENCE: 0}

    reply(town.office, town.contributor, POLICE_RETURN, "S1.1", "The one of 2026.")
    assert applied(town).removed == {Rule.RETURNS: 1, Rule.EVIDENCE: 1}


def test_a_return_with_an_action_that_is_not_finished_stays(sqlite_town):
    town = sqlite_town
    action_id = submitted_with_an_action(town)
    judged_alone(town, POLICE_RETURN)
    finish_moderation(town.office, town.scrutiny, POLICE_RETURN)
    release_return(town.office, town.scrutiny, POLICE_RETURN)
    closed_long_ago(town)
    switch_on(town, returns=7)

    assert due(town, Rule.RETURNS) == ()
    assert applied(town).removed == {Rule.RETURNS: 0}
    assert tracked_action(town, POLICE_RETURN).id == action_id


def test_the_years_count_from_the_day_of_closing_and_not_before(sqlite_town):
    town = sqlite_town
    released(town)
    close_cycle(town.office, town.admin, CYCLE)
    switch_on(town, returns=1)

    years_go_by(town, days=364 + 29)  # closed on 2 March, and due on 31 March 2026
    assert due(town, Rule.RETURNS) == ()
    years_go_by(town, days=1)
    assert due(town, Rule.RETURNS) == ("2026: 1 return",)


def test_a_file_that_another_organisation_has_too_stays_in_the_store(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    a_file(town.office, town.fire_contributor, attach_to=None, organisation_id=FIRE)
    years_go_by(town, days=0)
    switch_on(town, evidence=3)

    done = applied(town)

    assert (done.removed, done.files) == ({Rule.EVIDENCE: 1}, 0)
    assert len(stored_files(town)) == 1
    with pytest.raises(NotPermittedError, match="no longer kept"):
        open_evidence(town.office, town.contributor, "riverdale-police.e1", 1)
    assert open_evidence(town.office, town.fire_contributor, f"{FIRE}.e1", 1).content


def test_a_return_whose_files_are_gone_still_reads_and_is_still_what_was_signed(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    switch_on(town, evidence=3)
    applied(town)

    with town.office.store.reading() as work:
        [item] = work.evidence.of_assessment(POLICE_RETURN)["S1.1"]
    assert (item.title, item.latest.scan.value, item.latest.file_name) == ("Safeguarding policy", "removed", "")
    assert verify_trail(town.office, OPERATOR).faults == ()


def test_a_run_that_was_killed_between_the_rows_and_the_files_is_finished_by_the_next(sqlite_town, monkeypatch):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    switch_on(town, returns=7, evidence=3)
    with monkeypatch.context() as patch:
        patch.setattr("section11.services.keeping.applying.clear_files", killed)
        with pytest.raises(KeyboardInterrupt):
            applied(town)
    assert len(stored_files(town)) == 1

    assert applied(town).files == 1
    assert stored_files(town) == []


def killed(office):
    raise KeyboardInterrupt


def test_a_return_whose_events_were_touched_is_not_erased_and_named(sqlite_town):
    town = sqlite_town
    released(town)
    closed_long_ago(town)
    switch_on(town, returns=7)
    with town.office.store.engine.begin() as connection:
        table = metadata.tables["audit_events"]
        connection.execute(table.update().where(table.c.name == "signed_off").values(actor="somebody"))

    done = applied(town)

    assert done.removed == {Rule.RETURNS: 0}
    assert "trail verify" in done.faults[0]
    assert stored_assessment(town, POLICE_RETURN)
