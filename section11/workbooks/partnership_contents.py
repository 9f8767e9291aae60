"""Sheets "Contents" and "Data dictionary": what the workbook is, how to read it, and what every column means."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from section11.domain.answers import STATE_TITLES
from section11.domain.uk_time import long_date
from section11.reports.figures import CycleFigures
from section11.reports.palette import ACCENT
from section11.reports.removed_returns import removed_words
from section11.reports.results import LEVEL_TITLES
from section11.reports.return_rates import TIMING_TITLES
from section11.reports.set_figures import SetFigures
from section11.workbooks.cells import BODY, BODY_FONT, BOLD, SUBTITLE, TITLE, WRAPPED
from section11.workbooks.partnership_layout import Column, TableSheet, new_sheet, set_height, text_cell
from section11.workbooks.partnership_levels import RESULT_EXAMPLE
from section11.workbooks.partnership_wording import (
    DEMO_WARNING,
    STATE_MEANINGS,
    TIMING_MEANINGS,
    cycle_source,
    level_meaning,
    moment_words,
)

_LINK = Font(name=BODY_FONT, size=11, underline="single", color="FF" + ACCENT.lstrip("#"))
_WARNING = Font(name=BODY_FONT, size=12, bold=True, color="FFA3161A")

_TEXT_WIDTH = 105.0

HOW_TO_READ = (
    "Every share has its n beside it: everything asked except “not applicable”. Questions not answered, marked "
    "“don't know yet”, or carried forward without being confirmed stay in n, so a share can only rise as they are "
    "settled.",
    "“Not applicable” and “not asked” are outside n and are counted in columns of their own.",
    "Answers are shown only for returns that were submitted, moderated or released. Drafts are not in this workbook.",
    "Ratings are the organisations' own.",
    "Where the cycle uses more than one question set, the sheets about results are numbered, one number for each "
    "set: ratings of two scales are never added together.",
    "The sheets by arrangement are over all question sets: each organisation is judged in its own set, on its own "
    "scale, and only the results in words are counted.",
)


def new_contents(book: Workbook) -> Worksheet:
    """Return the empty first sheet; it is written last, when the others are known."""
    return new_sheet(book, "Contents", [28, _TEXT_WIDTH])


def write_contents(sheet: Worksheet, figures: CycleFigures, tables: Sequence[TableSheet]) -> None:
    """Write what the workbook is, how to read it, and a link to each sheet."""
    title = f"{figures.cycle.audit_name} {figures.cycle.name}: partnership workbook"
    rows = [
        [text_cell(sheet, title, TITLE)],
        [text_cell(sheet, "What organisations returned, counted and in full.", BODY)],
    ]
    if figures.is_demo:
        rows.append([text_cell(sheet, DEMO_WARNING, _WARNING)])
    rows += _section(sheet, "What this is", _facts(figures))
    rows += _section(sheet, "How to read it", [(str(number), text) for number, text in enumerate(HOW_TO_READ, start=1)])
    rows += _section(sheet, "Sheets", [(table.title, table.about) for table in tables])
    for link, table in zip((row[0] for row in rows[-len(tables) :]), tables, strict=True):
        link.font = _LINK
        link.hyperlink = Hyperlink(ref="A1", location=f"'{table.title}'!A1", display=table.title)
    for number, row in enumerate(rows, start=1):
        if len(row) > 1:
            set_height(sheet, number, [(str(row[1].value or ""), _TEXT_WIDTH)], spare_points=3)
        sheet.append(row)


def _facts(figures: CycleFigures) -> list[tuple[str, str]]:
    facts = [
        ("Partnership", figures.partnership_name),
        ("Due date", long_date(figures.cycle.due)),
        ("Taken", moment_words(figures.taken_at)),
        ("Taken from", f"{figures.returns_counted} returned of {figures.returns_expected} expected returns"),
    ]
    if removed := removed_words(figures.cycle.removed_returns):
        facts.append(("Deleted", removed))
    if not figures.sets:
        return [*facts, ("Question sets", "No returns are expected yet, so there are no sheets about results.")]
    if len(figures.sets) == 1:
        return [*facts, ("Question set", _set_words(figures.sets[0]))]
    return facts + [(f"Question set {number}", _set_words(each)) for number, each in enumerate(figures.sets, start=1)]


def _set_words(of_set: SetFigures) -> str:
    standards_set = of_set.standards_set
    return (
        f"{standards_set.title}, version {standards_set.version}: {of_set.returns_counted} returned of "
        f"{of_set.returns_expected} expected; scale “{standards_set.scale.title}”"
    )


def _section(sheet: Worksheet, heading: str, rows: Sequence[tuple[str, str]]) -> list[list[Cell]]:
    """Return an empty row, a heading, and a row of two cells for each pair of texts."""
    pairs = [[text_cell(sheet, label, BOLD, WRAPPED), text_cell(sheet, words, BODY, WRAPPED)] for label, words in rows]
    return [[], [text_cell(sheet, heading, SUBTITLE)], *pairs]


def begin_dictionary(book: Workbook, figures: CycleFigures) -> TableSheet:
    """Return the data dictionary without rows."""
    return TableSheet(
        book,
        "Data dictionary",
        heading="Data dictionary",
        about="What every column, rating, state and result in this workbook means.",
        source=cycle_source(figures),
        columns=[
            Column("Where", "The sheet, or the kind of word.", width=28),
            Column("Name", "Heading of the column, or the word.", width=44),
            Column("Meaning", "What it means.", width=90),
        ],
        frozen_columns=2,
    )


def write_dictionary(dictionary: TableSheet, figures: CycleFigures, tables: Sequence[TableSheet]) -> None:
    """Write a row for each column of each sheet, then for each word used in them."""
    for table in tables:
        for column in table.columns:
            dictionary.row([table.title, column.heading, column.meaning])
    for of_set in figures.sets:
        for rating in of_set.standards_set.scale.ratings:
            dictionary.row([f"Rating, {of_set.standards_set.title}", rating.label, rating.meaning])
        for level, title in LEVEL_TITLES.items():
            meaning = level_meaning(level, of_set.standards_set.thresholds)
            dictionary.row([f"Result, {of_set.standards_set.title}", title, meaning])
    if any(of_set.returns_counted for of_set in figures.sets):
        dictionary.row(["Heat maps", *RESULT_EXAMPLE])
    for state, title in STATE_TITLES.items():
        dictionary.row(["State of an answer", title, STATE_MEANINGS[state]])
    for timing, title in TIMING_TITLES.items():
        dictionary.row(["Timing of a return", title, TIMING_MEANINGS[timing]])
    dictionary.add_filter(rows=dictionary.rows)
