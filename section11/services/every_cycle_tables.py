"""Downloading what the action register shows of every cycle at once, as CSV files; a download is an event."""

from __future__ import annotations

from collections.abc import Callable

from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_time
from section11.errors import NotAvailableError
from section11.permissions import Right, may
from section11.reports.action_figures import ActionFigures
from section11.reports.tables.actions import actions_by_organisation, actions_by_standard
from section11.reports.tables.figure_table import FigureTable, csv_of
from section11.services.action_register import EVERY_CYCLE, action_register
from section11.services.downloads import CSV, Download
from section11.services.office import Office
from section11.services.places import cycle_place
from section11.services.trail import partnership_stream, record

TABLES: dict[str, Callable[[ActionFigures], FigureTable]] = {
    "actions-by-standard": actions_by_standard,
    "actions-by-organisation": actions_by_organisation,
}


def download_of_every_cycle(office: Office, user: User, table: str) -> Download:
    """Return a table of the actions in every cycle the person may see and download them of.

    Raises:
        NotAvailableError: there is no such table, or no such cycle.
    """
    with office.store.reading() as work:
        cycles = [one for one in work.cycles.all() if may(user, Right.READ_ACTIONS, cycle_place(one))]
        if table not in TABLES or not cycles or not all(may(user, Right.EXPORT, cycle_place(one)) for one in cycles):
            raise NotAvailableError()
    moment = uk_time(office.clock())
    source = f"From every cycle, taken at {moment:%H:%M} on {long_date(moment.date())}: all organisations."
    content = csv_of(TABLES[table](action_register(office, user).figures), source)
    mine = {one for cycle in cycles for one in cycle.partnership_ids}
    with office.store.writing() as work:
        for partnership_id in sorted(mine):
            details = {"cycle": EVERY_CYCLE, "table": table, "about": "", "selection": {}}
            record(work, partnership_stream(partnership_id), user, "table_downloaded", office.clock(), **details)
        work.commit()
    return Download(f"{EVERY_CYCLE}-{table}.csv", CSV, content)
