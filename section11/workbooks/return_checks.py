"""Checks an Excel return: is it for this place, and what is wrong in which cells?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from section11.domain.answers import LONGEST_TEXT, Action, Answer, Marker, length_of
from section11.domain.scales import Rating
from section11.domain.standards import Question, StandardsSet
from section11.errors import BadInputError, NotOurFileError, Problem
from section11.workbooks.return_cells import as_date, as_rating, as_text, as_value, is_confirmed
from section11.workbooks.return_layout import ACTION_PLAN, KEYS_OF_RATED_ONLY, TEXT_KEYS, check_layout
from section11.workbooks.return_reader import BaseRow, ReturnFile, ReturnRow
from section11.workbooks.safe_opening import CellError


@dataclass(frozen=True, slots=True)
class CheckedReturn:
    """What the file says about each question, and every fault found in it.

    ``answers`` and ``actions`` hold every question that has one row on the sheet for them; a cell with a fault
    counts as untouched. ``base`` is what was stored when the file was made, for the three-way merge.
    """

    answers: dict[str, Answer]
    actions: dict[str, Action]
    problems: tuple[Problem, ...]
    base: dict[str, tuple[Answer, Action]]

    @property
    def incoming(self) -> dict[str, tuple[Answer, Action]]:
        """What is said about each question; where only one of its rows is there, the other counts as untouched."""
        question_ids = dict.fromkeys([*self.answers, *self.actions])
        return {one: self._said_about(one) for one in question_ids}

    def _said_about(self, question_id: str) -> tuple[Answer, Action]:
        answer, action = self.answers.get(question_id), self.actions.get(question_id)
        if answer and action:
            return answer, action
        before = self.base.get(question_id) or (Answer(question_id), Action(question_id))
        return answer or before[0], action or before[1]


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides its row."""

    standards_set: StandardsSet
    organisation_type: str
    rows_of: Counter[tuple[str, str]]
    """How many rows a question has, by the key of the sheet and its id."""


Fault = tuple[str, str]
"""A cell such as ``Answers!F12``, and what is wrong there."""
Check = Callable[[ReturnRow, Context], Iterator[Fault]]


def identity_problem(
    file: ReturnFile,
    *,
    organisation_id: str,
    cycle_id: str,
    set_sha256: str,
    organisation_name: str,
    cycle_name: str,
) -> None:
    """Raise ``NotOurFileError`` unless the file was made for this organisation, cycle and edition."""
    check_layout(file.layout_version)
    if file.organisation_id != organisation_id:
        raise NotOurFileError(
            f"This Excel return was made for another organisation, not for {organisation_name}. "
            "Import it on that organisation's page, or download a fresh one here."
        )
    if file.cycle_id != cycle_id:
        raise NotOurFileError(
            f"This Excel return belongs to another cycle, not to {cycle_name}. "
            "Download a fresh one from this return's page and fill that in."
        )
    if file.set_sha256 != set_sha256:
        raise NotOurFileError(
            "This Excel return was made from another edition of the questions. "
            "Download a fresh one from the return's page and copy your answers into it."
        )


def checked(file: ReturnFile, standards_set: StandardsSet, organisation_type: str) -> CheckedReturn:
    """Return the answers and actions in the file, with every problem; equal problems share one line."""
    counts = Counter((row.layout.key, row.question_id) for row in file.rows)
    context = Context(standards_set, organisation_type, counts)
    faults: list[Fault] = []
    answers: dict[str, Answer] = {}
    actions: dict[str, Action] = {}
    for row in file.rows:
        of_row = [fault for check in ROW_CHECKS for fault in check(row, context)]
        faults += of_row
        faults += (fault for check in CELL_CHECKS for fault in check(row, context))
        if of_row:
            continue
        base = file.base.get(row.question_id) or _nothing_stored(row.question_id)
        question = standards_set.questions_by_id[row.question_id]
        if row.layout is ACTION_PLAN:
            actions[row.question_id] = _action(row, base.action)
        else:
            answers[row.question_id] = _answer(row, base.answer, question, standards_set)
    base_by_question_id = {question_id: (row.answer, row.action) for question_id, row in file.base.items()}
    return CheckedReturn(answers, actions, merged(faults), base_by_question_id)


def merged(faults: list[Fault]) -> tuple[Problem, ...]:
    """Return one problem per message, in the order found, with all its cells: ``Answers!F12, F15``."""
    cells_by_message: dict[str, list[str]] = {}
    for cell, message in faults:
        cells_by_message.setdefault(message, []).append(cell)
    return tuple(Problem(_places(cells), message) for message, cells in cells_by_message.items())


def _places(cells: list[str]) -> str:
    """Each sheet is named once, where its cells begin."""
    words, sheet_before = [], ""
    for cell in cells:
        sheet, _, coordinate = cell.rpartition("!")
        words.append(coordinate if sheet == sheet_before else cell)
        sheet_before = sheet
    return ", ".join(words)


def belongs_to_a_question(row: ReturnRow, context: Context) -> Iterator[Fault]:
    if not row.question_id:
        message = "Something is written in a row without a question. Move it to the row of its question."
        yield row.places["id"], message


def question_is_known(row: ReturnRow, context: Context) -> Iterator[Fault]:
    if row.question_id and row.question_id not in context.standards_set.questions_by_id:
        yield row.places["id"], f'"{row.question_id}" is not a question of this set. Delete the row.'


def question_is_asked(row: ReturnRow, context: Context) -> Iterator[Fault]:
    question = context.standards_set.questions_by_id.get(row.question_id)
    if question is not None and not question.is_asked_of(context.organisation_type):
        yield row.places["id"], "This question is not asked of your type of organisation. Delete the row."


def question_takes_an_action(row: ReturnRow, context: Context) -> Iterator[Fault]:
    question = context.standards_set.questions_by_id.get(row.question_id)
    if row.layout is ACTION_PLAN and question is not None and not question.is_rated:
        yield row.places["id"], "This question is not rated, so it takes no action. Delete the row."


def question_comes_once(row: ReturnRow, context: Context) -> Iterator[Fault]:
    if row.question_id and context.rows_of[row.layout.key, row.question_id] > 1:
        yield row.places["id"], f"Question {row.question_id} is there more than once. Keep one row and delete the rest."


def rating_is_in_the_list(row: ReturnRow, context: Context) -> Iterator[Fault]:
    question = context.standards_set.questions_by_id.get(row.question_id)
    if "rating" not in row.values or (question is not None and not question.is_rated):
        return
    if isinstance(row.values["rating"], CellError):
        return  # named as a failed formula
    try:
        as_rating(row.values["rating"], context.standards_set)
    except ValueError:
        words = _shortened(as_text(row.values["rating"]))
        yield row.places["rating"], f'"{words}" is not a rating. Choose one from the list.'


def value_can_be_read(row: ReturnRow, context: Context) -> Iterator[Fault]:
    question = context.standards_set.questions_by_id.get(row.question_id)
    if "rating" not in row.values or question is None or question.is_rated:
        return
    if isinstance(row.values["rating"], CellError):
        return  # named as a failed formula
    try:
        as_value(row.values["rating"], question)
    except BadInputError as error:
        yield row.places["rating"], error.user_message


def nothing_stands_where_nothing_is_asked(row: ReturnRow, context: Context) -> Iterator[Fault]:
    question = context.standards_set.questions_by_id.get(row.question_id)
    if question is None or question.is_rated:
        return
    for key in (key for key in row.values if key in KEYS_OF_RATED_ONLY):
        if as_text(row.values[key]):
            header = _header(row, key)
            yield row.places[key], f"{header} is not asked for here. Move it to another row, or clear the cell."


def text_fits(row: ReturnRow, context: Context) -> Iterator[Fault]:
    for key in _text_keys(row):
        if length_of(as_text(row.values[key])) > LONGEST_TEXT:
            yield row.places[key], f"{_header(row, key)} is longer than {LONGEST_TEXT:,} characters. Shorten it."


def due_is_a_date(row: ReturnRow, context: Context) -> Iterator[Fault]:
    try:
        as_date(row.values.get("due"))
    except ValueError:
        words = _shortened(as_text(row.values["due"]))
        yield row.places["due"], f'"{words}" is not a date between 2000 and 2099. Type it like 30/09/2026.'


def text_is_not_a_failed_formula(row: ReturnRow, context: Context) -> Iterator[Fault]:
    for key in (*_text_keys(row), "rating"):
        value = row.values.get(key)
        if isinstance(value, CellError):
            yield row.places[key], f"Excel took the text for a formula and shows {value.text}. Type the text again."


def _text_keys(row: ReturnRow) -> list[str]:
    return [key for key in TEXT_KEYS if key in row.values]


def _header(row: ReturnRow, key: str) -> str:
    return next(column.header for column in row.layout.columns if column.key == key)


ROW_CHECKS: tuple[Check, ...] = (
    belongs_to_a_question,
    question_is_known,
    question_is_asked,
    question_takes_an_action,
    question_comes_once,
)
"""A row that fails one of these says nothing about any question."""
CELL_CHECKS: tuple[Check, ...] = (
    rating_is_in_the_list,
    value_can_be_read,
    nothing_stands_where_nothing_is_asked,
    text_fits,
    due_is_a_date,
    text_is_not_a_failed_formula,
)


def _nothing_stored(question_id: str) -> BaseRow:
    return BaseRow(Answer(question_id), Action(question_id))


def _answer(row: ReturnRow, base: Answer, question: Question, standards_set: StandardsSet) -> Answer:
    answer = replace(
        base,
        reason=_text_or(row, "reason", base.reason),
        evidence=_text_or(row, "evidence", base.evidence),
        impact=_text_or(row, "impact", base.impact),
        carried_from=None if is_confirmed(row.values.get("confirmed")) else base.carried_from,
    )
    written = row.values.get("rating")
    if "rating" not in row.values or isinstance(written, CellError):
        return answer
    try:
        said = as_rating(written, standards_set) if question.is_rated else as_value(written, question)
    except (ValueError, BadInputError):
        return answer
    return replace(
        answer,
        rating=said.key if isinstance(said, Rating) else None,
        value=None if isinstance(said, Rating | Marker) else said,
        marker=said if isinstance(said, Marker) else None,
    )


def _action(row: ReturnRow, base: Action) -> Action:
    try:
        due = as_date(row.values["due"]) if "due" in row.values else base.due
    except ValueError:
        due = base.due
    return Action(
        row.question_id,
        what=_text_or(row, "action", base.what),
        owner=_text_or(row, "owner", base.owner),
        due=due,
    )


def _text_or(row: ReturnRow, key: str, base: str) -> str:
    if key not in row.values:
        return base
    value = row.values[key]
    text = as_text(value)
    return base if isinstance(value, CellError) or length_of(text) > LONGEST_TEXT else text


def _shortened(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."
