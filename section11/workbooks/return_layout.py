"""The one layout of the Excel return that its writer and its reader share."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from openpyxl.utils import get_column_letter

from section11.domain.answers import MARKER_TITLES, Action, Answer
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation, OrganisationType
from section11.domain.question_types import type_of
from section11.domain.standards import Question, Standard, StandardsSet
from section11.errors import NotOurFileError

LAYOUT_VERSION = 1
"""Raise it when a file made before can no longer be read as one made now."""

START_SHEET = "Start here"
ANSWERS_SHEET = "Answers"
IDENTITY_SHEET = "_return"
LISTS_SHEET = "_lists"
BASE_SHEET = "_base"

TITLE_ROW, KEY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4
"""Rows of the Answers sheet. The key row is hidden; columns are found by it, or by the headers."""

KEY_PREFIX = "column:"
CONFIRMED = "Confirmed"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the Answers sheet; ``width`` is in characters, as Excel counts it."""

    key: str
    header: str
    width: float
    is_filled_in: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("id", "No.", 7),
    Column("question", "Question", 38),
    Column("essential", "Essential", 11),
    Column("meanings", "What each rating means, or what to write", 50),
    Column("prompts", "Evidence to consider", 32),
    Column("rating", "Rating or answer", 21, is_filled_in=True),
    Column("reason", "Why not applicable", 18, is_filled_in=True),
    Column("evidence", "Evidence", 42, is_filled_in=True),
    Column("impact", "Impact on children", 30, is_filled_in=True),
    Column("confirmed", "Brought forward", 16, is_filled_in=True),
    Column("action", "Action", 28, is_filled_in=True),
    Column("owner", "Action owner (post)", 17, is_filled_in=True),
    Column("due", "Action due", 19, is_filled_in=True),
    Column("kind", "Kind of answer", 16),
)
COLUMN_NUMBERS: dict[str, int] = {column.key: number for number, column in enumerate(COLUMNS, start=1)}
HIDDEN_COLUMN = "kind"
"""Says how a row is answered, so that the formulas of the cover still count rightly when rows are sorted."""
LAST_PRINTED_BEFORE_BREAK = "rating"
"""Printed, the sheet is two pages wide: the question side, then the answer side."""

TEXT_KEYS = ("reason", "evidence", "impact", "action", "owner")
KEYS_OF_RATED_ONLY = frozenset({"evidence", "impact", "action", "owner", "due"})
OPTIONAL_ENDING = ", optional"
BASE_KEYS = (
    "id", "version", "rating", "marker", "reason", "evidence", "impact", "carried_from", "action", "owner", "due",
    "value",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SetForm:
    """What a form is written from: a set as an organisation type is asked it, or all of it; ``made_at`` has a time
    zone."""

    organisation_type: OrganisationType | None
    partnership_name: str
    standards_set: StandardsSet
    made_at: datetime
    answers: Mapping[str, Answer] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    is_demo: bool = False

    @property
    def title(self) -> str:
        """What stands above the questions."""
        return f"{self.standards_set.title}: blank form, not for import"

    @property
    def footer(self) -> str:
        """What stands below every printed page."""
        return f"{self.standards_set.title}, version {self.standards_set.version}"

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards with the questions that are asked."""
        if self.organisation_type is None:
            return self.standards_set.standards
        return self.standards_set.standards_for(self.organisation_type.key)

    @property
    def questions(self) -> list[Question]:
        return [question for standard in self.standards for question in standard.questions]


@dataclass(frozen=True, kw_only=True)
class ReturnForm(SetForm):
    """Everything one Excel return is written from."""

    organisation: Organisation
    organisation_type: OrganisationType
    cycle: Cycle
    set_sha256: str
    signed: str = ""
    """When and by whom, with the hash; empty unless this is what was signed."""

    @property
    def title(self) -> str:
        return f"{self.organisation.name}: {self.cycle.audit_name}, {self.cycle.name}"

    @property
    def footer(self) -> str:
        return f"{self.organisation.name}, {self.cycle.name}"


def letter(key: str) -> str:
    """Return the letter of a column as written, for example ``F`` for ``rating``."""
    return get_column_letter(COLUMN_NUMBERS[key])


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
    return sum(max(1, len(textwrap.wrap(line, characters))) for line in text.split("\n"))
