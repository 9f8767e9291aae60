"""Many Excel returns at once: one summary, each file whole or not at all, an event each, and nothing overwritten."""

import hashlib
from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.people import OPERATOR
from section11.errors import NotAvailableError
from section11.services.excel_returns import download_return
from section11.services.many_returns import NOT_HERE, SentFile, bring_in_returns
from section11.workbooks.safe_opening import NOT_A_WORKBOOK
from tests.services.builders import (
    FIRE_RETURN,
    MINDER_RETURN,
    POLICE_RETURN,
    answer,
    event_names,
    events,
    start,
    stored_answers,
    submitted,
)


def sent(town, assessment_id, *, rating="Mostly met", name=""):
    """The file of a return after somebody rated S1.1 and said what shows it."""
    workbook = load_workbook(BytesIO(download_return(town.office, OPERATOR, assessment_id).content))
    workbook["Answers"]["E5"], workbook["Answers"]["F5"] = rating, "Minutes of May"
    content = BytesIO()
    workbook.save(content)
    return SentFile(name or f"{assessment_id}.xlsx", content.getvalue)


def bring_in(town, *files, user=None, dry_run=False, **options):
    return bring_in_returns(town.office, user or town.admin, files, dry_run=dry_run, **options)


def everything(town):
    ids = (POLICE_RETURN, FIRE_RETURN, MINDER_RETURN)
    return [(stored_answers(town, one), event_names(town, one)) for one in ids]


def test_files_that_cannot_be_used_are_named_with_a_sentence_and_do_not_stop_the_others(town):
    submitted(town)
    stranger, elsewhere = (
        SentFile("notes.xlsx", lambda: b"Our answers"),
        sent(town, FIRE_RETURN, name="fire.xlsx"),
    )
    closed, wrong = (
        sent(town, POLICE_RETURN, name="police.xlsx"),
        sent(town, MINDER_RETURN, rating="Sort of", name="minder.xlsx"),
    )

    results = bring_in(town, stranger, closed, wrong, elsewhere)

    assert [one.filename for one in results.not_used] == ["notes.xlsx", "police.xlsx", "minder.xlsx"]
    assert results.not_used[0].refusal == NOT_A_WORKBOOK
    assert "cannot be changed now" in results.not_used[1].refusal
    [problem] = results.not_used[2].problems
    assert str(problem) == 'Answers!E5: "Sort of" is not a rating. Choose one from the list.'
    assert stored_answers(town, MINDER_RETURN) == {}
    assert stored_answers(town, FIRE_RETURN)["S1.1"].rating == "mostly_met"


def test_each_return_gets_its_answers_and_an_event_that_names_the_file_and_who_brought_it_in(town):
    files = [sent(town, one) for one in (POLICE_RETURN, FIRE_RETURN)]

    results = bring_in(town, *files)

    assert [(one.organisation, one.changes) for one in results.used] == [
        ("Riverdale Police", 2),
        ("Riverdale Fire and Rescue", 2),
    ]
    for file, assessment_id in zip(files, (POLICE_RETURN, FIRE_RETURN), strict=True):
        event = events(town, f"assessment:{assessment_id}")[-1]
        assert (event.name, event.actor, event.details["file"]) == ("return_imported", town.admin.id, file.name)
        assert event.details["sha256"] == hashlib.sha256(file.read()).hexdigest()


def test_a_dry_run_says_the_same_and_changes_nothing(town):
    files = [sent(town, POLICE_RETURN), SentFile("notes.xlsx", lambda: b"")]
    before = everything(town)

    looked_at = bring_in(town, *files, dry_run=True)

    assert everything(town) == before
    assert looked_at == bring_in(town, *files)


def test_what_was_changed_on_screen_meanwhile_stays_and_is_counted(sqlite_town):
    file = sent(sqlite_town, POLICE_RETURN)
    answer(sqlite_town, sqlite_town.contributor, POLICE_RETURN, "S1.1", evidence="On screen")

    [result] = bring_in(sqlite_town, file).files

    stored = stored_answers(sqlite_town, POLICE_RETURN)["S1.1"]
    assert (result.changes, result.conflicts) == (1, 1)
    assert (stored.rating, stored.evidence) == ("mostly_met", "On screen")


def test_the_operator_may_let_the_file_win(sqlite_town):
    file = sent(sqlite_town, POLICE_RETURN)
    answer(sqlite_town, sqlite_town.contributor, POLICE_RETURN, "S1.1", evidence="On screen")

    bring_in(sqlite_town, file, user=OPERATOR, overwrite=True)

    assert stored_answers(sqlite_town, POLICE_RETURN)["S1.1"].evidence == "Minutes of May"


@pytest.mark.parametrize("second_name", ["b.xlsx", "a.xlsx"])
def test_of_two_files_for_one_return_the_second_is_refused_and_named(sqlite_town, second_name):
    first, second = (sent(sqlite_town, POLICE_RETURN, name=name) for name in ("a.xlsx", second_name))

    results = bring_in(sqlite_town, first, second)

    assert [one.filename for one in results.used] == ["a.xlsx"]
    assert results.not_used[0].refusal == (
        '"a.xlsx" is a file of the same return. Leave out the one that does not count.'
    )


def test_bringing_in_the_same_files_again_changes_nothing(sqlite_town):
    file = sent(sqlite_town, POLICE_RETURN)
    bring_in(sqlite_town, file)
    before = everything(sqlite_town)

    [again] = bring_in(sqlite_town, file).files

    assert (again.changes, again.is_used) == (0, True)
    assert everything(sqlite_town) == before


def test_a_return_of_another_partnership_reads_like_one_that_is_not_there(sqlite_town):
    other = start(sqlite_town.office, "Elmtree")

    [result] = bring_in(sqlite_town, sent(sqlite_town, POLICE_RETURN), user=other).files

    assert result == type(result)(f"{POLICE_RETURN}.xlsx", refusal=NOT_HERE)


@pytest.mark.parametrize("role", ["contributor", "approver", "scrutiny", "board"])
def test_nobody_else_brings_in_returns(sqlite_town, role):
    with pytest.raises(NotAvailableError):
        bring_in(sqlite_town, user=getattr(sqlite_town, role))


def test_progress_is_told_before_each_file(sqlite_town):
    told = []

    bring_in(
        sqlite_town,
        SentFile("a.xlsx", lambda: b""),
        SentFile("b.xlsx", lambda: b""),
        progress=lambda name, done: told.append((name, done)),
    )

    assert told == [("a.xlsx", 0), ("b.xlsx", 1)]
