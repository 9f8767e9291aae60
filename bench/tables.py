"""Tables that are plain text on the screen and Markdown in ``docs/performance.md``."""

from __future__ import annotations

from collections.abc import Sequence


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Return a table; so many columns are set to the left, and the others, with figures, to the right."""
    lines = [tuple(headings), *(tuple(row) for row in rows)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(headings))]
    rule = [width * "-" if column < left else f"{(width - 1) * '-'}:" for column, width in enumerate(widths)]
    return "\n".join(_line(line, widths, left) for line in [lines[0], rule, *lines[1:]])


def _line(cells: Sequence[str], widths: Sequence[int], left: int) -> str:
    shown = [
        cell.ljust(width) if column < left else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "| " + " | ".join(shown) + " |"
