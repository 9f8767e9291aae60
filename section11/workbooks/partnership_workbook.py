"""The partnership workbook: everything organisations returned in one cycle, counted and in full, as one Excel file."""

from __future__ import annotations

from openpyxl import Workbook

from section11.reports.collated import CollatedCycle
from section11.reports.figures import CycleFigures
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES
from section11.workbooks.cells import safe_text
from section11.workbooks.partnership_actions import write_actions
from section11.workbooks.partnership_answers import write_answers
from section11.workbooks.partnership_arrangements import write_arrangement_sheets
from section11.workbooks.partnership_colours import add_word_colours
from section11.workbooks.partnership_contents import begin_dictionary, new_contents, write_contents, write_dictionary
from section11.workbooks.partnership_layout import TableSheet
from section11.workbooks.partnership_moderation import write_self_and_moderated
from section11.workbooks.partnership_results import (
    write_by_question,
    write_by_standard,
    write_heat_map,
    write_results_by_standard,
)
from section11.workbooks.partnership_returns import write_organisations, write_return_rates
from section11.workbooks.partnership_types import write_by_type
from section11.workbooks.partnership_values import write_numbers_and_facts
from section11.workbooks.partnership_wording import DEMO_WARNING, sheet_title
from section11.workbooks.sheet_rows import saved_with_rows

HEAT_MAP = "Heat map"
_SHEETS_OF_A_SET = {
    HEAT_MAP: write_heat_map,
    "Results by standard": write_results_by_standard,
    "By standard": write_by_standard,
    "By question": write_by_question,
    "By type": write_by_type,
    "Numbers and facts": write_numbers_and_facts,
    "Self and moderated": write_self_and_moderated,
}


def write_partnership_workbook(collated: CollatedCycle, figures: CycleFigures) -> bytes:
    """Return the workbook as the bytes of an .xlsx file.

    ``figures`` must be the figures of ``collated``. A cycle with more than one question set has the sheets
    about results once for each set, numbered, and two by arrangement over all sets; a cycle in which nothing is
    expected has none of them.
    """
    book = Workbook(write_only=True)
    _describe(book, figures)
    contents = new_contents(book)
    tables = [write_return_rates(book, figures), write_organisations(book, collated, figures)]
    tables += write_arrangement_sheets(book, figures)
    tables += _tables_of_sets(book, figures)
    tables.append(write_answers(book, collated, figures))
    tables.append(write_actions(book, collated, figures))
    dictionary = begin_dictionary(book, figures)
    write_dictionary(dictionary, figures, tables)
    write_contents(contents, figures, [*tables, dictionary])
    for table in tables:
        if table.title.startswith(HEAT_MAP):
            add_word_colours(table, {LEVEL_TITLES[level]: shade for level, shade in LEVEL_SHADES.items()})
    return saved_with_rows(book, {table.title: table.written for table in [*tables, dictionary]})


def _tables_of_sets(book: Workbook, figures: CycleFigures) -> list[TableSheet]:
    return [
        write(book, sheet_title(subject, number, len(figures.sets)), figures, of_set)
        for number, of_set in enumerate(figures.sets, start=1)
        for subject, write in _SHEETS_OF_A_SET.items()
        if (of_set.values or write is not write_numbers_and_facts)
        and (of_set.moderation.returns or write is not write_self_and_moderated)
    ]


def _describe(book: Workbook, figures: CycleFigures) -> None:
    properties = book.properties
    properties.title = safe_text(f"{figures.cycle.audit_name} {figures.cycle.name}: partnership workbook")
    properties.creator = safe_text(figures.partnership_name)
    properties.description = DEMO_WARNING if figures.is_demo else None
    properties.language = "en-GB"
    properties.created = figures.taken_at.replace(tzinfo=None)
