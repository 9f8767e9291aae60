"""The one layout of the Excel return that its writer and its reader share."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from section11.domain.answers import MARKER_TITLES
from section11.domain.question_types import type_of
from section11.domain.standards import Question, StandardsSet
from section11.errors import NotOurFileError
from section11.workbooks.return_form import SetForm

LAYOUT_VERSION = 2
"""Raise it when a file made before can no longer be read as one made now."""

START_SHEET = "Start here"
IDENTITY_SHEET = "_return"
LISTS_SHEET = "_lists"
BASE_SHEET = "_base"

TITLE_ROW, KEY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
"""Rows of every sheet with questions. The key row is hidden; columns are found by it, or by the headers."""

CONFIRMED = "Confirmed"
ACTION_NEEDED = "Needs an action"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; ``width`` is in characters, as Excel counts it."""

    key: str
    header: str
    width: float
    is_filled_in: bool = False
    is_quiet: bool = False
    """Whether it is there to be read beside the others, in smaller grey letters."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet with a row for each question. ``key`` begins the names of its ranges, such as ``answers_rating``."""

    key: str
    name: str
    columns: tuple[Column, ...]
    first_after_break: str = ""
    """Printed, the sheet is two pages wide: the question side, then the side that begins with this column."""

    def number(self, column_key: str) -> int:
        return next(number for number, one in enumerate(self.columns, start=1) if one.key == column_key)

    def letter(self, column_key: str) -> str:
        """Return the letter of a column as written, for example ``E`` for ``rating``."""
        return get_column_letter(self.number(column_key))

    def name_of(self, column_key: str) -> str:
        """Return the name of the range that holds a column."""
        return f"{self.key}_{column_key}"

    def mark(self, column_key: str) -> str:
        """Return what the hidden row says above a column."""
        return f"{self.key}:{column_key}"

    @property
    def read_keys(self) -> tuple[str, ...]:
        """The columns that an import looks at."""
        return ("id", *(column.key for column in self.columns if column.is_filled_in))


ANSWERS = SheetLayout(
    "answers",
    "Answers",
    (
        Column("id", "No.", 7),
        Column("question", "Question", 60),
        Column("essential", "Essential", 10),
        Column("meanings", "What each rating means, or what to write", 56),
        Column("rating", "Rating or answer", 18, is_filled_in=True),
        Column("evidence", "Evidence", 52, is_filled_in=True),
        Column("impact", "Impact on children", 38, is_filled_in=True),
        Column("reason", "Why not applicable", 20, is_filled_in=True),
        Column("last", "Last time", 34, is_quiet=True),
        Column("confirmed", "Brought forward", 16, is_filled_in=True),
        Column("kind", "Kind of answer", 16),
    ),
    first_after_break="evidence",
)
PROFILE = SheetLayout(
    "profile",
    "About you",
    (
        Column("id", "No.", 7),
        Column("question", "Question", 48),
        Column("meanings", "What to write", 34),
        Column("rating", "Your answer", 36, is_filled_in=True),
        Column("reason", "Why not applicable", 24, is_filled_in=True),
        Column("last", "Last time", 26, is_quiet=True),
        Column("confirmed", "Brought forward", 16, is_filled_in=True),
        Column("kind", "Kind of answer", 16),
    ),
)
ACTION_PLAN = SheetLayout(
    "actions",
    "Action plan",
    (
        Column("id", "No.", 7),
        Column("question", "Question", 40),
        Column("rating", "Rating", 16),
        Column("needed", "Still to do", 17),
        Column("action", "Action", 44, is_filled_in=True),
        Column("owner", "Action owner (post)", 22, is_filled_in=True),
        Column("due", "Action due", 19, is_filled_in=True),
        Column("open", "Open from earlier cycles", 28, is_quiet=True),
        Column("essential", "Essential", 10),
    ),
)
QUESTION_SHEETS = (ANSWERS, ACTION_PLAN, PROFILE)
HIDDEN_COLUMNS = {"answers": "kind", "profile": "kind", "actions": "essential"}
"""They travel with a row when it is sorted, so that formulas and colours still see how the row is answered."""

TEXT_KEYS = ("reason", "evidence", "impact", "action", "owner")
KEYS_OF_RATED_ONLY = frozenset({"evidence", "impact"})
OPTIONAL_KEYS = frozenset({"confirmed"})
"""Columns to fill in that a file can do without."""
OPTIONAL_ENDING = ", optional"
BASE_KEYS = (
    "id", "version", "rating", "marker", "reason", "evidence", "impact", "carried_from", "action", "owner", "due",
    "value",
)  # fmt: skip


def sheets_of(form: SetForm) -> tuple[SheetLayout, ...]:
    """Return the sheets with questions that a form has, in order."""
    rated = (ANSWERS, ACTION_PLAN) if form.rated_standards else ()
    return rated + ((PROFILE,) if form.profile_standards else ())


def drop_down_words(question: Question, standards_set: StandardsSet) -> tuple[str, ...]:
    """Return the words of a question's drop-down, in order; none where it is answered in writing."""
    if question.is_rated:
        return (*(rating.label for rating in standards_set.scale.ratings), *MARKER_TITLES.values())
    options = type_of(question).options(question)
    return (*options.values(), *MARKER_TITLES.values()) if options else ()


def drop_down_columns(form: SetForm) -> dict[tuple[str, ...], str]:
    """Return the column of the hidden sheet of lists for each drop-down of the form, by its words."""
    lists = dict.fromkeys([*(drop_down_words(one, form.standards_set) for one in form.questions), (CONFIRMED,)])
    return {words: get_column_letter(number) for number, words in enumerate(filter(None, lists), start=1)}


def kind_words(question: Question) -> str:
    """Return what the hidden column says of a question: its type, and whether it may be left empty."""
    return question.type + (OPTIONAL_ENDING if question.optional else "")


def check_layout(version: int) -> None:
    """Raise ``NotOurFileError`` unless a file of this layout can be read."""
    if version == LAYOUT_VERSION:
        return
    age = "a newer" if version > LAYOUT_VERSION else "an older"
    raise NotOurFileError(
        f"This Excel return was made by {age} version of this service. "
        "Download a fresh one from the return's page and copy your answers into it."
    )


def lines_needed(text: str, width: float) -> int:
    """Estimate how many lines wrapped text takes; a letter is on average narrower than the digit widths count in."""
    characters = max(1, int(width * 1.1))
    return sum(_lines_of(line, characters) for line in text.split("\n"))


def _lines_of(line: str, characters: int) -> int:
    # Most lines are short, and wrapping one takes long.
    return 1 if len(line.expandtabs()) <= characters else max(1, len(textwrap.wrap(line, characters)))
