"""Colours that follow the words in a table: conditional formats, so that a cell somebody changes changes its colour."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter

from section11.reports.palette import Shade
from section11.workbooks.partnership_layout import FIRST_ROW, Kind, TableSheet


def add_word_colours(table: TableSheet, shades: Mapping[str, Shade]) -> None:
    """Colour the cells in the columns of words by the word they begin with; the word says the same as the colour."""
    places = [number for number, column in enumerate(table.columns, start=1) if column.kind is Kind.WORD]
    if not places or not table.rows:
        return
    first, last = get_column_letter(places[0]), get_column_letter(places[-1])
    for word, shade in shades.items():
        text = word.replace('"', '""')
        rule = Rule(
            type="beginsWith",
            operator="beginsWith",
            text=word,
            formula=[f'LEFT({first}{FIRST_ROW},{len(word)})="{text}"'],
            dxf=_looks(shade),
        )
        table.sheet.conditional_formatting.add(f"{first}{FIRST_ROW}:{last}{table.last_row}", rule)


def _looks(shade: Shade) -> DifferentialStyle:
    colour = "FF" + shade.fill.lstrip("#")
    # A differential fill is read from its background colour, unlike the fill of a cell.
    return DifferentialStyle(
        font=Font(color="FF" + shade.text.lstrip("#")), fill=PatternFill(bgColor=colour, fill_type="solid")
    )
