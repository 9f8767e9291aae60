"""Writes the rows of the sheets with answers: one long sheet of what is rated, and one about the organisation."""

from __future__ import annotations

from datetime import date

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import Answer
from section11.domain.question_types import Entry, said_words, type_of
from section11.domain.standards import Question, StandardsSet
from section11.workbooks.cells import BOLD, safe_text
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_guards import guard_answers
from section11.workbooks.return_last_time import last_time_words
from section11.workbooks.return_layout import ANSWERS, KEYS_OF_RATED_ONLY, SheetLayout, kind_words, lines_needed
from section11.workbooks.return_sheet import write_day, write_row, write_rows

_NOTE_WIDTH, _NOTE_LINE_HEIGHT, _NOTE_LINE_CHARACTERS = 420, 17, 58
"""In pixels, and in characters that fit on one line."""
_NOTES_ARE_SIGNED = "Section 11 audit"


def write_answers(sheet: Worksheet, layout: SheetLayout, form: SetForm) -> None:
    """Fill the sheet of answers, or the one about the organisation."""
    standards = form.rated_standards if layout is ANSWERS else form.profile_standards
    questions_by_row = write_rows(sheet, layout, form, standards)
    for row, question in questions_by_row.items():
        _write_question(sheet, layout, row, question, form)
    if questions_by_row:
        guard_answers(sheet, layout, form, questions_by_row)


def _write_question(sheet: Worksheet, layout: SheetLayout, row: int, question: Question, form: SetForm) -> None:
    answer = form.answers.get(question.id, Answer(question.id))
    write_row(sheet, layout, row, _texts(question, answer, form), unlocked=_unlocked(layout, question, answer))
    said = sheet.cell(row, layout.number("rating"))
    sheet.cell(row, layout.number("id")).font = said.font = BOLD
    if type_of(question).entry is Entry.DAY:
        write_day(said, date.fromisoformat(answer.value) if answer.value else None)
    if question.is_rated:
        said.comment = _note(_meanings(question, form.standards_set))
        prompts = _prompts(question)
        if prompts:
            sheet.cell(row, layout.number("evidence")).comment = _note(prompts)


def _unlocked(layout: SheetLayout, question: Question, answer: Answer) -> list[str]:
    keys = [column.key for column in layout.columns if column.is_filled_in]
    if not question.is_rated:
        keys = [key for key in keys if key not in KEYS_OF_RATED_ONLY]
    return [key for key in keys if key != "confirmed" or answer.carried_from is not None]


def _texts(question: Question, answer: Answer, form: SetForm) -> dict[str, str]:
    earlier = form.earlier.get(question.id)
    return {
        "id": question.id,
        "question": "\n\n".join(filter(None, (question.text, question.help, _prompts(question)))),
        "essential": "Essential" if question.essential else "",
        "meanings": _meanings(question, form.standards_set),
        "rating": said_words(question, answer, form.standards_set),
        "reason": answer.reason,
        "evidence": answer.evidence,
        "impact": answer.impact,
        "last": last_time_words(earlier) if earlier else "",
        "confirmed": f"From {answer.carried_from}, not yet confirmed" if answer.carried_from else "",
        "kind": kind_words(question),
    }


def _meanings(question: Question, standards_set: StandardsSet) -> str:
    if not question.is_rated:
        ending = " This one may be left empty." if question.optional else ""
        return type_of(question).advice(question) + ending
    ratings = standards_set.scale.ratings
    return "\n".join(f"{one.label}: {question.descriptors.get(one.key, one.meaning)}" for one in ratings)


def _prompts(question: Question) -> str:
    prompts = [f"• {prompt}" for prompt in question.evidence_prompts]
    if prompts:
        prompts = ["Evidence to consider:", *prompts]
    if question.impact_prompt:
        prompts.append(f"Impact: {question.impact_prompt}")
    return "\n".join(prompts)


def _note(text: str) -> Comment:
    """A note that opens when the mouse rests on the cell, large enough to be read without scrolling."""
    note = Comment(safe_text(text), _NOTES_ARE_SIGNED)
    note.width = _NOTE_WIDTH
    note.height = _NOTE_LINE_HEIGHT * (lines_needed(text, _NOTE_LINE_CHARACTERS) + 1)
    return note
