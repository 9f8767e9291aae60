"""How a partnership reads files that others laid out: which column is what, and which of our ratings their words mean.

Chosen once for files with the same headings, and kept; the next file of the kind is read the same way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from section11.domain.people import User
from section11.permissions import Right, require
from section11.services.office import Office
from section11.services.places import partnership_place
from section11.services.taking_in.keeping import ImportKind
from section11.services.trail import partnership_stream, record

NOT_APPLICABLE = "not_applicable"
LEFT_OUT = ""
"""A word that stands for no answer: the rows that have it are left out."""


@dataclass(frozen=True, slots=True)
class ResultsLayout:
    """``columns`` gives the heading of the file for each of our columns; empty where the file has ours.

    ``questions`` gives the question of each heading in a file with one row for an organisation and a column for each
    question; ``columns`` then names the organisation's alone.
    ``ratings`` gives for a word of the file (in lower case) the key of a rating, ``NOT_APPLICABLE`` or ``LEFT_OUT``.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    ratings: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)

    def rating_words(self, words: str) -> str | None:
        """Return what a word of the file means, itself where nothing else was chosen; None to leave the row out."""
        meaning = self.ratings.get(words.casefold(), words)
        return None if words and meaning == LEFT_OUT else meaning


@dataclass(frozen=True, slots=True)
class SurveyLayout:
    """How the answers of each person are counted.

    ``subjects`` gives for a heading the question or arrangement it asks about; ``organisation`` is the heading under
    which people say where they work, empty where nobody was asked. ``agree`` and ``left_out`` are words in lower case:
    those that agree, and those that are no answer. Every other answer is one that does not agree.
    """

    subjects: Mapping[str, str]
    organisation: str = ""
    agree: Sequence[str] = ()
    left_out: Sequence[str] = ()


AS_WRITTEN = ResultsLayout()
_LAYOUTS = {ImportKind.RESULTS: ResultsLayout, ImportKind.SURVEY: SurveyLayout}


def kept_layout(
    office: Office, user: User, partnership_id: str, kind: ImportKind, headings: Sequence[str]
) -> ResultsLayout | SurveyLayout | None:
    """Return how the partnership reads files with these headings; None when nobody has chosen yet.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import for this partnership.
    """
    with office.store.refusals_told():
        require(user, Right.IMPORT_RESULTS, partnership_place(partnership_id))
    with office.store.reading() as work:
        content = work.imports.layout(partnership_id, kind, _hash_of(headings))
    if content is None:
        return None
    layout: ResultsLayout | SurveyLayout = _LAYOUTS[kind](**content)
    return layout


def keep_layout(
    office: Office, user: User, partnership_id: str, headings: Sequence[str], layout: ResultsLayout | SurveyLayout
) -> None:
    """Keep how the partnership reads files with these headings.

    Raises:
        NotAvailableError, NotPermittedError: as ``kept_layout``.
    """
    with office.store.refusals_told():
        require(user, Right.IMPORT_RESULTS, partnership_place(partnership_id))
    kind = ImportKind.RESULTS if isinstance(layout, ResultsLayout) else ImportKind.SURVEY
    content: dict[str, Any] = asdict(layout)
    with office.store.writing() as work:
        if work.imports.layout(partnership_id, kind, _hash_of(headings)) == content:
            return
        work.imports.keep_layout(partnership_id, kind, _hash_of(headings), content)
        stream = partnership_stream(partnership_id)
        record(work, stream, user, "import_layout_kept", office.clock(), kind=kind.value)
        work.commit()


def _hash_of(headings: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(one.casefold() for one in headings).encode("utf-8", "replace")).hexdigest()
