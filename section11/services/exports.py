"""What leaves for the partnership: the workbook of a cycle, and its figures as data."""

from __future__ import annotations

from typing import Any

from section11.domain.people import User
from section11.permissions import Right
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.reports.selection import ALL_RETURNS, Selection
from section11.services.collating import collate, cycle_figures
from section11.services.downloads import XLSX, Download
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.trail import partnership_stream, record
from section11.services.trends import cycle_trends, promises_before
from section11.workbooks.partnership_workbook import write_partnership_workbook


def download_workbook(office: Office, user: User, cycle_id: str) -> Download:
    """Return the partnership workbook of a cycle. Downloading is an event.

    Raises:
        NotAvailableError, NotPermittedError: the person may not export this cycle.
    """
    _note_export(office, user, cycle_id, "workbook_downloaded")
    collated = collate(office, user, cycle_id)
    content = write_partnership_workbook(collated, figures_of(collated))
    return Download(f"{cycle_id}-partnership-workbook.xlsx", XLSX, content)


def export_figures(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> dict[str, Any]:
    """Return every number the dashboards show, ready for JSON. Taking them out is an event.

    Raises:
        NotAvailableError, NotPermittedError: the person may not export this cycle.
    """
    _note_export(office, user, cycle_id, "figures_exported")
    return figures_json(
        cycle_figures(office, user, cycle_id, selection),
        cycle_trends(office, user, cycle_id, selection),
        promises_before(office, user, cycle_id, selection),
    )


def _note_export(office: Office, user: User, cycle_id: str, name: str) -> None:
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.EXPORT)
        for partnership_id in sorted(cycle.partnership_ids):
            record(work, partnership_stream(partnership_id), user, name, office.clock(), cycle=cycle_id)
        work.commit()
