"""Sheet "Actions" of the partnership workbook: one row for each promised action, with what became of it."""

from __future__ import annotations

from openpyxl import Workbook

from section11.domain.actions import ACTION_STATUS_TITLES
from section11.domain.uk_time import uk_date
from section11.reports.action_figures import ActionEntry
from section11.reports.collated import CollatedCycle
from section11.reports.figures import CycleFigures, action_entries_of
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.partnership_wording import cycle_source

_COLUMNS = (
    Column("Organisation", "Name of the organisation.", width=26),
    Column("Question id", "Id of the question the action was promised under.", width=12),
    Column("Standard", "Number and title of the standard.", width=24),
    Column("Action", "The improvement promised.", width=42),
    Column("Owner", "The post that owns the action.", width=22),
    Column("Began", "The day it was first promised; empty where that is not known.", Kind.DATE, 18),
    Column("Due", "When the action is due.", Kind.DATE, 18),
    Column("Status", "Open, done, verified by scrutiny, or dropped.", Kind.WORD, 16),
    Column("Overdue", "“Yes” when it was still open after its due date when this workbook was made.", Kind.WORD, 11),
    Column("Closed", "The day it was marked as done, or dropped.", Kind.DATE, 18),
    Column("Updates", "How many times something was reported about it.", Kind.COUNT, 10),
    Column("Last update", "The day of the latest report.", Kind.DATE, 18),
    Column("What shows it", "What the organisation says shows that it is done.", width=42),
    Column("What changed for children", "What the organisation says it changed for children.", width=42),
    Column("Question set", "The question set, with its version.", width=30),
    Column("Organisation id", "A short id that does not change.", width=22),
)


def write_actions(book: Workbook, collated: CollatedCycle, figures: CycleFigures) -> TableSheet:
    """Write every action of the returns that count, whatever became of it."""
    table = TableSheet(
        book,
        "Actions",
        heading="Actions",
        about=_about(figures),
        source=cycle_source(figures),
        columns=_COLUMNS,
        frozen_columns=2,
    )
    today = uk_date(figures.taken_at)
    for entry in action_entries_of(collated):
        table.row(_values(entry, is_overdue=entry.action.is_overdue(today)))
    table.add_filter(rows=table.rows)
    return table


def _about(figures: CycleFigures) -> str:
    total = figures.actions.total
    if not total.n:
        return "No action has been promised in a submitted return yet."
    return (
        f"Every action promised in a submitted return of this cycle. n = {total.n}: {total.open} open, of which "
        f"{total.overdue} overdue; {total.done} done, not yet verified; {total.verified} verified; "
        f"{total.dropped} dropped."
    )


def _values(entry: ActionEntry, *, is_overdue: bool) -> list[Value]:
    action = entry.action
    return [
        entry.organisation.name,
        action.question_id,
        f"{entry.standard.id} {entry.standard.title}",
        action.what,
        action.owner,
        action.began,
        action.due,
        ACTION_STATUS_TITLES[action.status],
        "Yes" if is_overdue else "No",
        uk_date(action.closed_at) if action.closed_at else None,
        action.updates,
        uk_date(action.updated_at) if action.updated_at else None,
        action.completion,
        action.change,
        f"{entry.standards_set.title} {entry.standards_set.version}",
        entry.organisation.id,
    ]
