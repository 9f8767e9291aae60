"""The audit trail: streams of events, each sealed with the hash of the one before. Events are added, and emptied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, Row, Update, bindparam, func, insert, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from section11.domain.audit import ERASURE, FIRST_HASH, AuditEvent, seal
from section11.domain.erased_events import ERASED_ON
from section11.storage.tables import audit_events, audit_heads

AT_A_TIME = 1000
"""How many events are asked for in one query; databases take only so many values in one."""


class AuditTrail:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._seen: dict[str, tuple[int, str]] = {}

    def append(self, stream: str, *, at: datetime, actor: str, name: str, details: Mapping[str, Any]) -> AuditEvent:
        """Write one event at the end of a stream, in the transaction of the change it records.

        The stream's head row is locked by moving it on, so two writers of one stream queue; different streams never
        wait for each other.
        """
        said = {"stream": stream, "at": at, "actor": actor, "name": name, "details": details}
        event = _next_event(self._seen.get(stream) or self._locked_head(stream), said)
        return self._appended(said, event, is_written=self._written(event))

    def append_with(self, change: ChangeWithEvent, values: Mapping[str, Any], **said: Any) -> bool:
        """Change one row and write its event, which is ``said`` as for ``append``; PostgreSQL does both at one request.

        Returns:
            False when the row to change is not there; nothing is changed then.
        """
        stream = said["stream"]
        event = _next_event(self._seen.get(stream) or self._locked_head(stream), said)
        if self._connection.dialect.name == "postgresql":
            places = _places_of(event)
            changed, written = self._connection.execute(change.and_event, {**values, **places}).one()
        else:
            changed = self._connection.execute(change.alone, values).rowcount
            written = changed and self._written(event)
        if changed:
            self._appended(said, event, is_written=bool(written))
        return bool(changed)

    def _appended(self, said: Mapping[str, Any], event: AuditEvent, *, is_written: bool) -> AuditEvent:
        """Return the event as it stands in its stream; where it could not be written it is sealed anew."""
        if not is_written:  # Somebody else was quicker since the head was seen.
            event = _next_event(self._locked_head(event.stream), said)
            self._written(event)
        self._seen[event.stream] = event.number, event.hash
        return event

    def was_seen(self, stream: str, number: int, last_hash: str) -> None:
        """Be told where a stream ended when something else was read, which spares a question.

        It need not be locked: an event is only written behind the head that it follows from.
        """
        self._seen[stream] = number, last_hash

    def lock(self, stream: str) -> tuple[int, str]:
        """Hold a stream until the transaction ends, and return the number and hash of its last event."""
        return self._locked_head(stream)

    def write_emptied(self, events: Iterable[AuditEvent]) -> None:
        """Put what stays of events in their place, in the transaction that records their erasure."""
        for event in events:
            here = audit_events.c.stream == event.stream, audit_events.c.number == event.number
            details = json.dumps(event.details, ensure_ascii=False, sort_keys=True)
            self._connection.execute(update(audit_events).where(*here).values(actor=event.actor, details=details))

    def streams_with(self, names: Iterable[str], before: datetime, *, not_by: Iterable[str]) -> dict[str, int]:
        """Return how many events of these names, older than a moment and by others than these, each stream has."""
        columns = audit_events.c
        query = select(columns.stream, func.count().label("number")).where(
            columns.name.in_(sorted(names)), columns.at < before, columns.actor.not_in(sorted(not_by))
        )
        return {row.stream: row.number for row in self._connection.execute(query.group_by(columns.stream))}

    def streams_about(self, kind: str, before: datetime) -> dict[str, int]:
        """Return how many events with details each stream of a kind has that are older than a moment.

        ``kind`` is how the names of such streams begin, ``person:``. Events that were emptied are not counted.
        """
        columns = audit_events.c
        has_details = (columns.details != "{}") & columns.details.not_like(f'%"{ERASED_ON}"%')
        old = columns.stream.startswith(kind) & (columns.at < before) & (columns.name != ERASURE)
        query = select(columns.stream, func.count().label("number")).where(old, has_details).group_by(columns.stream)
        return {row.stream: row.number for row in self._connection.execute(query)}

    def of_name(self, stream: str, name: str) -> list[AuditEvent]:
        """Return the events of one name in a stream, oldest first."""
        here = audit_events.c.stream == stream, audit_events.c.name == name
        query = select(audit_events).where(*here).order_by(audit_events.c.number)
        return [_event(row) for row in self._connection.execute(query)]

    def of_actor(self, person_id: str) -> list[AuditEvent]:
        """Return what a person did, in every stream, oldest first."""
        query = select(audit_events).where(audit_events.c.actor == person_id)
        ordered = query.order_by(audit_events.c.at, audit_events.c.stream, audit_events.c.number)
        return [_event(row) for row in self._connection.execute(ordered)]

    def events(self, stream: str) -> list[AuditEvent]:
        """Return the events of one stream, oldest first."""
        query = select(audit_events).where(audit_events.c.stream == stream).order_by(audit_events.c.number)
        return [_event(row) for row in self._connection.execute(query)]

    def hashes(self, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Return the hash of each of these events, given as (stream, number); one that is not there is left out."""
        wanted = list(places)
        found: dict[tuple[str, int], str] = {}
        for start in range(0, len(wanted), AT_A_TIME):
            here = tuple_(audit_events.c.stream, audit_events.c.number).in_(wanted[start : start + AT_A_TIME])
            query = select(audit_events.c.stream, audit_events.c.number, audit_events.c.hash).where(here)
            found |= {(row.stream, row.number): row.hash for row in self._connection.execute(query)}
        return found

    def latest(self, stream: str, name: str) -> AuditEvent | None:
        """Return the last event of this name in a stream; None when there is none."""
        here = audit_events.c.stream == stream, audit_events.c.name == name
        query = select(audit_events).where(*here).order_by(audit_events.c.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _event(row)

    def last(self, stream: str) -> AuditEvent | None:
        """Return the newest event of one stream, or None when it has none."""
        of_stream = select(audit_events).where(audit_events.c.stream == stream)
        row = self._connection.execute(of_stream.order_by(audit_events.c.number.desc()).limit(1)).one_or_none()
        return None if row is None else _event(row)

    def heads(self) -> dict[str, tuple[int, str]]:
        """Return the number and hash of the last event of every stream."""
        return {row.stream: (row.number, row.hash) for row in self._connection.execute(select(audit_heads))}

    def latest_moment(self) -> datetime | None:
        """Return when the latest event happened; None before the first."""
        latest: datetime | None = self._connection.execute(select(func.max(audit_events.c.at))).scalar_one()
        return latest

    def streams_with_events(self) -> Iterator[str]:
        """Give the name of every stream that has events, whether or not it has a head."""
        yield from self._connection.execute(select(audit_events.c.stream).distinct()).scalars()

    def _written(self, event: AuditEvent) -> bool:
        """Move the head of a stream on to an event and write it; False when the head is not where it follows from."""
        places = _places_of(event)
        if self._connection.dialect.name == "postgresql":  # It does both at one request, which SQLite cannot.
            return self._connection.execute(_MOVED_AND_WRITTEN, places).rowcount == 1
        if self._connection.execute(_MOVED, places).rowcount == 0:
            return False
        self._connection.execute(_WRITTEN, places)
        return True

    def _locked_head(self, stream: str) -> tuple[int, str]:
        head = self._connection.execute(_LOCKED_HEAD, {"this_stream": stream}).one_or_none()
        if head is None:
            # Somebody else may begin the same stream at this moment: whoever is second takes the first one's head.
            is_postgresql = self._connection.dialect.name == "postgresql"
            begin = postgresql_insert(audit_heads) if is_postgresql else sqlite_insert(audit_heads)
            first = {"stream": stream, "number": 0, "hash": FIRST_HASH}
            self._connection.execute(begin.values(first).on_conflict_do_nothing())
            head = self._connection.execute(_LOCKED_HEAD, {"this_stream": stream}).one()
        return head.number, head.hash


# Made once, because every change writes an event and making them takes longer than running them.
_OF_STREAM = audit_heads.c.stream == bindparam("this_stream")
_LOCKED_HEAD = select(audit_heads.c.number, audit_heads.c.hash).where(_OF_STREAM).with_for_update()
_MOVED = (
    update(audit_heads)
    .where(_OF_STREAM, audit_heads.c.number == bindparam("seen"))
    .values(number=bindparam("now"), hash=bindparam("now_hash"))
)
_EVENT = audit_events.c.keys()
_new = {column.name: bindparam(f"new_{column.name}", type_=column.type) for column in audit_events.c}
_WRITTEN = insert(audit_events).values(_new)


def _written_behind(moved: Update) -> Insert:
    """Return what writes an event where a head was moved on to it."""
    there = moved.returning(audit_heads.c.stream).cte("moved")
    return insert(audit_events).from_select(list(_new), select(*_new.values()).select_from(there))


_MOVED_AND_WRITTEN = _written_behind(_MOVED).execution_options(preserve_rowcount=True)


class ChangeWithEvent:
    """A change of one row by values that have names of their own, alone and, for PostgreSQL, with its event."""

    def __init__(self, change: Update) -> None:
        self.alone = change
        changed = change.returning(literal(1)).cte("changed")
        moved = _MOVED.where(select(changed).exists())
        written = _written_behind(moved).returning(audit_events.c.number).cte("written")
        counts = (select(func.count()).select_from(one).scalar_subquery() for one in (changed, written))
        self.and_event = select(*counts)


def _places_of(event: AuditEvent) -> dict[str, Any]:
    """Return the values with which the head of a stream is moved on to an event and the event is written."""
    details = json.dumps(event.details, ensure_ascii=False, sort_keys=True)
    moved = {"this_stream": event.stream, "seen": event.number - 1, "now": event.number, "now_hash": event.hash}
    return moved | {f"new_{name}": getattr(event, name) for name in _EVENT} | {"new_details": details}


def _next_event(head: tuple[int, str], said: Mapping[str, Any]) -> AuditEvent:
    number, last_hash = head
    return seal(number=number + 1, previous_hash=last_hash, **said)


def _event(row: Row[tuple[object, ...]]) -> AuditEvent:
    return AuditEvent(
        stream=row.stream,
        number=row.number,
        at=row.at,
        actor=row.actor,
        name=row.name,
        details=json.loads(row.details),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
