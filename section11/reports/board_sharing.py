"""A copy of a board pack for people outside: other names for organisations, and nothing about small groups."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from section11.reports.board_pack import BoardPack, Cell, PackPage, PackTable
from section11.reports.withholding import SMALLEST_GROUP, rows_to_share

WITHHELD = "Groups of fewer than five organisations are withheld in this copy, and names are replaced."


def aliases_for(names: Sequence[str], seed: str) -> tuple[tuple[str, str], ...]:
    """Return an alias for each name, in an order that only somebody who knows the seed can find out."""
    unlike_the_alphabet = sorted(set(names))
    random.Random(seed).shuffle(unlike_the_alphabet)  # noqa: S311 - the seed itself is a secret random text
    return tuple((name, f"Organisation {number}") for number, name in enumerate(unlike_the_alphabet, start=1))


def copy_for_sharing(pack: BoardPack) -> BoardPack:
    """Return the pack without names of organisations and without figures of fewer than five of them.

    Names are also replaced in what people wrote. A sentence about a small group is left out, edited or not.
    """
    hide = _hider(pack.aliases)
    pages = tuple(_shared(page, hide) for page in pack.pages)
    return replace(
        pack,
        pages=tuple(page for page in pages if page is not None),
        aliases=(),
        is_for_sharing=True,
    )


def _hider(aliases: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    """Return what puts aliases in the place of names in a text: whole names, in any case, the longest first."""
    by_name = {name.casefold(): alias for name, alias in aliases}
    if not by_name:
        return lambda text: text
    longest_first = sorted((re.escape(name) for name, _ in aliases), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: by_name.get(found[0].casefold(), "an organisation"), text)


def _shared(page: PackPage, hide: Callable[[str], str]) -> PackPage | None:
    sentences = tuple(
        replace(one, words=hide(one.words)) for one in page.sentences if one.organisations >= SMALLEST_GROUP
    )
    table = None if page.table is None else _shared_table(page.table, hide)
    took_out = len(sentences) < len(page.sentences) or (table is not None and table.withheld > 0)
    note = " ".join(part for part in (page.note, WITHHELD if took_out else "") if part)
    return replace(
        page, sentences=sentences, points=tuple(hide(one) for one in page.points), table=table, note=hide(note)
    )


def _shared_table(table: PackTable, hide: Callable[[str], str]) -> PackTable:
    kept = [table.rows[place] for place in rows_to_share([row.organisations for row in table.rows])]
    rows = [replace(row, cells=tuple(_hidden(cell, hide) for cell in row.cells)) for row in kept]
    if any(row.cells[0] != was.cells[0] for row, was in zip(rows, kept, strict=True)):
        rows.sort(key=lambda row: _as_counted(str(row.cells[0])))  # the order of names would give them away
    return replace(table, rows=tuple(rows), withheld=len(table.rows) - len(rows))


def _hidden(cell: Cell, hide: Callable[[str], str]) -> Cell:
    return hide(cell) if isinstance(cell, str) else cell


def _as_counted(text: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", text)
    return int(digits or 0), text
