"""What merged cells mean: one text over several questions counts for each; one over several columns for the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl.worksheet.cell_range import CellRange

from section11.workbooks.sheet_stream import ReadValue, Row

MOST_COVERED = 200_000
"""Cells; ranges beyond are passed over, as nobody merges more by hand."""

Cell = tuple[int, int]
"""Row and column, from 1."""


def without_merges(rows: Sequence[Row], ranges: Iterable[str]) -> tuple[list[Row], frozenset[Cell]]:
    """Return the rows with what stands in a merged cell repeated downwards, and the cells that are hidden beside it.

    Only the first cell of a merged range keeps its content. Below it, in the same column, it is repeated; the
    cells hidden in other columns were never emptied by anybody, so they must not be read as empty.
    """
    above, hidden = _covered(ranges)
    if not above and not hidden:
        return list(rows), frozenset()
    values_by_row: Mapping[int, tuple[ReadValue, ...]] = dict(rows)
    filled = []
    for number, values in rows:
        changed = list(values)
        for column in range(1, len(values) + 1):
            first_row = above.get((number, column))
            if first_row is not None and first_row in values_by_row:
                changed[column - 1] = values_by_row[first_row][column - 1]
        filled.append((number, tuple(changed)))
    return filled, frozenset(hidden)


def _covered(ranges: Iterable[str]) -> tuple[dict[Cell, int], set[Cell]]:
    """Return the first row of the range by each cell below it, and the cells hidden in its other columns."""
    above: dict[Cell, int] = {}
    hidden: set[Cell] = set()
    for reference in ranges:
        left, top, right, bottom = CellRange(reference).bounds
        if len(above) + len(hidden) + (right - left + 1) * (bottom - top + 1) > MOST_COVERED:
            continue
        above |= {(row, left): top for row in range(top + 1, bottom + 1)}
        hidden |= {(row, column) for row in range(top, bottom + 1) for column in range(left + 1, right + 1)}
    return above, hidden
