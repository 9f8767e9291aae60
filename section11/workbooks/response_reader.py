"""Reads the answers of each person to a survey, as Microsoft Forms, SmartSurvey and SurveyMonkey export them.

Forms has one row of headings. The other two have two: the question, and below it its parts, or the word “Response”.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

from section11.workbooks.safe_opening import ReadValue
from section11.workbooks.shown_text import text_of
from section11.workbooks.table_reader import OpenTable, opened
from section11.workbooks.table_records import Records, filled, records_of

_NO_PART = frozenset({"response", "open-ended response", "answer"})


def open_responses(content: bytes, filename: str) -> OpenTable:
    """Return the table under one row of headings, each of them different.

    Raises:
        NotOurFileError: as ``open_table``.
    """
    records, sheet_name = records_of(content, filename)
    return opened(lambda: _under_one_heading(records()), sheet_name=sheet_name)


def _under_one_heading(records: Records) -> Records:
    rows = filled(records)
    first, second = next(rows, None), next(rows, None)
    if first is None or second is None:
        return iter([first] if first else [])
    number, headings = first
    if _are_parts(headings, second[1]):
        number, joined = second[0], _joined(headings, second[1])
        return chain([(number, _made_different(joined))], rows)
    return chain([(number, _made_different([text_of(one) for one in headings])), second], rows)


def _are_parts(headings: Sequence[ReadValue], below: Sequence[ReadValue]) -> bool:
    """Return whether the second row belongs to the headings: it fills gaps in them, or only says “Response”."""
    above = [text_of(one) for one in headings]
    texts = [text_of(one) for one in below]
    if not texts or texts[0]:
        return False
    fills_gap = any(text and (place >= len(above) or not above[place]) for place, text in enumerate(texts))
    return fills_gap or any(text.casefold() in _NO_PART for text in texts)


def _joined(headings: Sequence[ReadValue], below: Sequence[ReadValue]) -> list[str]:
    joined, question = [], ""
    for place in range(max(len(headings), len(below))):
        question = (text_of(headings[place]) if place < len(headings) else "") or question
        part = text_of(below[place]) if place < len(below) else ""
        has_part = bool(part) and part.casefold() not in _NO_PART
        joined.append(f"{question}: {part}" if has_part else question)
    return joined


def _made_different(headings: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    different = []
    for heading in headings:
        seen[heading.casefold()] += bool(heading)
        count = seen[heading.casefold()]
        different.append(f"{heading} ({count})" if count > 1 else heading)
    return different
