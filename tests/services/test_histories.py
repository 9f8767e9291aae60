"""The whole history of a return: who did what when, how each answer read before, and who may see which part of it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from section11.domain.actions import ActionMove
from section11.domain.people import OPERATOR
from section11.domain.workflow import Move
from section11.errors import NotPermittedError
from section11.reports.return_history import FOR_SCRUTINY_ALONE, SAID
from section11.services.asking import ask, note_internally, reply
from section11.services.excel_returns import download_return, import_return
from section11.services.histories import download_history, return_history
from section11.services.moderating import finish_moderation
from section11.services.releasing import release_return
from section11.services.signing import send_for_sign_off, sign_off
from section11.workbooks.return_layout import ANSWERS
from tests.services.builders import (
    POLICE_RETURN,
    QUESTIONS,
    answer,
    answer_everything,
    event_names,
    handed_back,
)
from tests.services.moderation_builders import judged_alone


def said(town, user):
    entries = return_history(town.office, user, POLICE_RETURN).entries
    return [f"{one.who} {one.said}{f' {one.question_id}' if one.question_id else ''}" for one in entries]


def fields(entry):
    return [(one.title, one.before, one.after) for one in entry.fields]


def test_every_change_of_an_answer_says_how_it_read_before(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="partly_met", evidence="A policy of 2024")
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met", evidence="A policy of 2026")
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="")

    entries = [one for one in return_history(town.office, town.contributor, POLICE_RETURN).entries if one.fields]

    assert [sorted(fields(one)) for one in entries] == [
        [("Evidence", "", "A policy of 2024"), ("Rating", "", "Partly met")],
        [("Evidence", "A policy of 2024", "A policy of 2026"), ("Rating", "Partly met", "Fully met")],
        [("Evidence", "A policy of 2026", "")],
    ]
    assert [one.who for one in entries] == [
        town.contributor.person.shown_as, town.contributor.person.shown_as, town.approver.person.shown_as,
    ]  # fmt: skip


def test_an_import_says_what_it_changed_and_which_file_it_was(town):
    file = download_return(town.office, town.contributor, POLICE_RETURN).content
    workbook = load_workbook(BytesIO(file))
    sheet = workbook["Answers"]
    row = next(cell.row for cell in sheet["A"] if cell.value == "S1.1")
    sheet[f"{ANSWERS.letter('evidence')}{row}"] = "From the spreadsheet"
    changed = BytesIO()
    workbook.save(changed)

    import_return(town.office, town.contributor, POLICE_RETURN, changed.getvalue(), filename="return.xlsx")

    imported = next(
        one for one in return_history(town.office, town.contributor, POLICE_RETURN).entries if "imported" in one.said
    )
    assert imported.note == "return.xlsx"
    assert fields(imported) == [("Evidence", "", "From the spreadsheet")]


def test_the_organisation_never_sees_how_it_was_judged_or_noted_and_scrutiny_sees_all(town):
    handed_back(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More about S1.1")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.2", "Which policy?")
    reply(town.office, town.contributor, POLICE_RETURN, "S1.2", "The one of 2026.")
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.2", "Doubtful")
    judged_alone(town, POLICE_RETURN)
    finish_moderation(town.office, town.scrutiny, POLICE_RETURN)
    release_return(town.office, town.scrutiny, POLICE_RETURN)

    own, scrutiny = said(town, town.contributor), said(town, town.scrutiny)

    lead = town.scrutiny.person.shown_as
    assert f"{lead} handed the return back" in own
    assert f"{lead} asked S1.2" in own
    assert f"{lead} released the return to its organisation" in own
    assert not [one for one in own if "judgement" in one or "moderat" in one or "judging" in one]
    assert len([one for one in scrutiny if "changed a judgement" in one]) == len(QUESTIONS)
    notes = [one.note for one in return_history(town.office, town.scrutiny, POLICE_RETURN).entries]
    assert "Say more about S1.1." in notes
    assert not [one for one in notes if "Doubtful" in one]


def test_scrutiny_sees_nothing_of_a_draft(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Half a sentence")

    with pytest.raises(NotPermittedError):
        return_history(town.office, town.scrutiny, POLICE_RETURN)
    with pytest.raises(NotPermittedError):
        download_history(town.office, town.scrutiny, POLICE_RETURN)


def test_the_workbook_has_a_row_for_each_change_and_text_that_stays_text(town):
    answer_everything(town, town.contributor, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="=1+1")

    made = download_history(town.office, town.contributor, POLICE_RETURN)

    assert made.filename.endswith("-history.xlsx")
    rows = [list(row) for row in load_workbook(BytesIO(made.content))["History"].iter_rows(min_row=5)]
    entries = return_history(town.office, OPERATOR, POLICE_RETURN).entries
    assert len(rows) == sum(max(1, len(one.fields)) for one in entries[:-1])
    [cell] = [cell for row in rows for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"
    assert event_names(town, POLICE_RETURN)[-1] == "history_downloaded"


def test_every_step_of_the_workflow_and_of_an_action_has_its_words():
    assert {*Move, *ActionMove} <= SAID.keys()
    assert SAID.keys() >= FOR_SCRUTINY_ALONE
