"""The open data of a cycle as files to keep, and page by page for programs."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.reports.open_data import TABLE_NAMES, OpenData, open_data_of
from section11.reports.open_data_json import open_data_json
from section11.services.collating import collate
from section11.services.cycles import list_cycles
from section11.services.downloads import Download
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.stamps import figures_stamps
from section11.services.trail import partnership_stream, record
from section11.services.trends import cycle_trends, cycles_up_to, promises_before
from section11.workbooks.data_package import write_data_package
from section11.workbooks.ods import ODS_TYPE, write_ods


@dataclass(frozen=True, slots=True)
class DataFormat:
    """A kind of file: how its name ends, what it is, and who writes it."""

    ending: str
    media_type: str
    write: Callable[[OpenData], bytes]


def _write_json(data: OpenData) -> bytes:
    return json.dumps(open_data_json(data), ensure_ascii=False, indent=1).encode("utf-8")


FORMATS: Mapping[str, DataFormat] = {
    "csv": DataFormat("data-package.zip", "application/zip", write_data_package),
    "ods": DataFormat("data.ods", ODS_TYPE, write_ods),
    "json": DataFormat("data.json", "application/json", _write_json),
}


def download_data(office: Office, user: User, cycle_id: str, file_format: str) -> Download:
    """Return every table of a cycle in one file: ``csv`` (a zipped data package), ``ods`` or ``json``.

    Downloading is an event.

    Raises:
        NotAvailableError, NotPermittedError: the person may not export this cycle, or there is no such format.
    """
    wanted = FORMATS.get(file_format)
    if wanted is None:
        raise NotAvailableError()
    _note(office, user, cycle_id, "data_downloaded", file_format=file_format)
    collated = collate(office, user, cycle_id)
    content = wanted.write(open_data_of(collated, figures_of(collated)))
    return Download(f"{cycle_id}-{wanted.ending}", wanted.media_type, content)


def cycles_with_data(office: Office, user: User) -> list[Cycle]:
    """Return the cycles whose data the person may export, the latest first; those being prepared have none."""
    return [one for one in list_cycles(office, user, Right.EXPORT) if one.status is not CycleStatus.PREPARING]


@dataclass(frozen=True)
class TakenData:
    """The data of a cycle at one moment, and its figures as ``figures --json`` prints them."""

    data: OpenData
    figures: dict[str, Any]


@dataclass
class DataShelf:
    """Keeps the data of the cycles asked for last, so that one who reads page after page has not to wait for each.

    Shared by everybody who asks one process; every request still asks for the right and writes its event. What is
    kept is dropped when a return changes, at midnight, and after a minute in any case.
    """

    office: Office
    keeps: int = 2
    lasts: timedelta = timedelta(minutes=1)
    _kept: OrderedDict[tuple[str, ...], tuple[object, datetime, TakenData]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, user: User, cycle_id: str, what: str) -> TakenData:
        """Return the data of a cycle to a person or program that asks for ``what`` of it.

        Raises:
            NotAvailableError, NotPermittedError: they may not export this cycle.
        """
        with self.office.store.reading() as work:
            cycle = find_cycle(work, user, cycle_id, Right.EXPORT)
        if cycle.status is CycleStatus.PREPARING or what not in (*TABLE_NAMES, "figures"):
            raise NotAvailableError()
        now = self.office.clock()
        # Earlier cycles are part of it, and who asks may see others than who asked before.
        place = (cycle_id, *sorted(str(grant) for grant in user.grants))
        with self._lock:
            seen = cycles_up_to(self.office, user, cycle_id)
            stamp = tuple(figures_stamps(self.office, [one.id for one in seen]).values())
            kept = self._kept.get(place)
            if kept is None or kept[0] != stamp or now - kept[1] >= self.lasts:
                collated = collate(self.office, user, cycle_id)
                figures = figures_of(collated)
                trends = cycle_trends(self.office, user, cycle_id)
                earlier = promises_before(self.office, user, cycle_id)
                kept = (stamp, now, TakenData(open_data_of(collated, figures), figures_json(figures, trends, earlier)))
                self._kept[place] = kept
                self._kept.move_to_end(place)
                while len(self._kept) > self.keeps:
                    self._kept.popitem(last=False)
        return kept[2]

    def note(self, user: User, cycle_id: str, what: str) -> None:
        """Write the event that somebody took this out."""
        _note(self.office, user, cycle_id, "data_read", what=what)


def _note(office: Office, user: User, cycle_id: str, name: str, **details: str) -> None:
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, Right.EXPORT)
        for partnership_id in sorted(cycle.partnership_ids):
            record(work, partnership_stream(partnership_id), user, name, office.clock(), cycle=cycle_id, **details)
        work.commit()
