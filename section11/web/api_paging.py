"""Pages of a table for the data API. A cursor names the last row of a page by its key.

Rows that come or go between two requests shift nothing: the next page begins after that key, whatever stands there now.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from dataclasses import dataclass

from section11.errors import BadInputError
from section11.reports.data_tables import DataTable, Row
from section11.web.api_endpoints import MOST_ROWS, PAGE_ROWS

_LONGEST_CURSOR = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a table, and the cursor for the rows after them; None where there are none."""

    rows: tuple[Row, ...]
    next_cursor: str | None


def page_of(table: DataTable, limit: int, cursor: str | None) -> Page:
    """Return the rows after a cursor, or the first ones.

    Raises:
        BadInputError: the cursor is none of this table.
    """
    start = 0
    if cursor is not None:
        wanted = _key_in(table, cursor)
        keys: list[Row] = [table.key_of(row) for row in table.rows]
        start = bisect_right(keys, wanted)
    rows = table.rows[start : start + limit]
    is_last = start + limit >= len(table.rows)
    return Page(rows, None if is_last else _cursor_at(table, rows[-1]))


def limit_in(words: str | None) -> int:
    """Return how many rows a page shall have.

    Raises:
        BadInputError: it is no number from 1 to ``MOST_ROWS``.
    """
    if words is None:
        return PAGE_ROWS
    if not (words.isascii() and words.isdigit() and len(words) < 9 and 1 <= int(words) <= MOST_ROWS):
        raise BadInputError(f"“limit” must be a whole number from 1 to {MOST_ROWS:,}.")
    return int(words)


def _cursor_at(table: DataTable, row: Row) -> str:
    return urlsafe_b64encode(json.dumps(table.key_of(row), ensure_ascii=False).encode()).decode().rstrip("=")


def _key_in(table: DataTable, cursor: str) -> Row:
    refused = BadInputError("“cursor” is not one of this table. Take it from “next” of the page before.")
    if len(cursor) > _LONGEST_CURSOR:
        raise refused
    try:
        key = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise refused from None
    types = {one.name: int if one.type.value == "integer" else str for one in table.fields}
    wanted = [types[name] for name in table.key]
    if not isinstance(key, list) or [type(part) for part in key] != wanted:
        raise refused
    return tuple(key)
