"""Counting the answers of each person to a survey into results: how many agree, of how many who answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping

from section11.errors import BadInputError
from section11.services.taking_in.layouts import SurveyLayout
from section11.workbooks.response_reader import open_responses
from section11.workbooks.table_reader import Table, TableRow, read_all

USUALLY_AGREE = frozenset({"agree", "strongly agree", "yes", "tend to agree"})
USUALLY_NO_ANSWER = frozenset({"not applicable", "n/a", "don't know", "don’t know", "prefer not to say"})
MOST_WORDS = 30
"""A question with more different answers than this was answered in people's own words."""


def response_headings(content: bytes, filename: str) -> tuple[str, ...]:
    """Return the headings of an export. Raises NotOurFileError as ``open_table``."""
    return open_responses(content, filename).columns


def words_under(content: bytes, filename: str, headings: Collection[str]) -> list[str]:
    """Return every different answer under these headings, the most frequent first.

    Raises:
        BadInputError: people answered in their own words there, so that nothing can be counted.
    """
    found: Counter[str] = Counter()
    for row in open_responses(content, filename).rows():
        found.update(row[heading] for heading in headings if row[heading])
    if len(found) > MOST_WORDS:
        raise BadInputError(
            "The columns you chose have answers in people's own words. Choose only those in which people agree or not."
        )
    return [word for word, _count in found.most_common()]


def likely_subject(heading: str, subjects: Collection[str]) -> str:
    """Return the question or arrangement a heading names by its id, or an empty text."""
    for subject in sorted(subjects, key=len, reverse=True):
        if re.search(rf"(?<![\w.-]){re.escape(subject)}(?![\w-]|\.\w)", heading, re.IGNORECASE):
            return subject
    return ""


def counted(content: bytes, filename: str, layout: SurveyLayout, questions: Collection[str]) -> Table:
    """Return results as the survey import reads them; a row is named by where its organisation first stands.

    ``questions`` are the ids of questions: every other subject is an arrangement. Names, addresses and everything else
    the file says about people are not looked at.

    Raises:
        BadInputError: no column was chosen.
    """
    if not layout.subjects:
        raise BadInputError("Choose at least one column and the question or arrangement it asks about.")
    agree, responses = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    first_rows: dict[tuple[str, str], int] = {}
    whole = read_all(open_responses(content, filename))
    for row in whole.rows:
        organisation = row[layout.organisation] if layout.organisation else ""
        if layout.organisation and not organisation:
            continue
        for heading, subject in layout.subjects.items():
            word = row[heading].casefold()
            if word and word not in layout.left_out:
                key = (organisation, subject)
                first_rows.setdefault(key, row.number)
                responses[key] += 1
                agree[key] += word in layout.agree
    rows = tuple(TableRow(first_rows[key], _values(key, agree, responses, questions)) for key in first_rows)
    return Table(("organisation", "question", "arrangement", "agree", "responses"), rows, whole.problems)


def _values(
    key: tuple[str, str],
    agree: Mapping[tuple[str, str], int],
    responses: Mapping[tuple[str, str], int],
    questions: Collection[str],
) -> dict[str, str]:
    organisation, subject = key
    column = "question" if subject in questions else "arrangement"
    values = {"organisation": organisation, column: subject, "agree": str(agree[key]), "responses": str(responses[key])}
    return {name: value for name, value in values.items() if value}
