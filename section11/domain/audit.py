"""Audit events: who did what when, each sealed with the hash of the one before it in its stream."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One event. ``number`` counts from 1 within ``stream``; ``at`` is in UTC with a time zone."""

    stream: str
    number: int
    at: datetime
    actor: str
    name: str
    details: Mapping[str, Any]
    previous_hash: str
    hash: str


def seal(
    *, stream: str, number: int, at: datetime, actor: str, name: str, details: Mapping[str, Any], previous_hash: str
) -> AuditEvent:
    """Return the event with its hash: SHA-256 over every other field, as canonical JSON."""
    content = json.dumps(
        [stream, number, at.astimezone(UTC).isoformat(), actor, name, details, previous_hash],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    digest = hashlib.sha256(content.encode()).hexdigest()
    return AuditEvent(stream, number, at, actor, name, details, previous_hash, digest)


def faults_in_stream(stream: str, events: Iterable[AuditEvent], *, last_number: int, last_hash: str) -> list[str]:
    """Return what is wrong with one stream, given its events in order and the head kept beside them.

    Finds an event that was changed, removed (also at the end), inserted or put in another place.
    """
    faults: list[str] = []
    expected_number, expected_previous = 1, FIRST_HASH
    for event in events:
        if event.number != expected_number:
            faults.append(f"{stream}: event {expected_number} is missing; event {event.number} stands in its place.")
        elif event.previous_hash != expected_previous:
            faults.append(f"{stream}: event {event.number} does not follow from the one before it.")
        if _resealed(event).hash != event.hash:
            faults.append(f"{stream}: event {event.number} was changed after it was written.")
        expected_number, expected_previous = event.number + 1, event.hash
    if expected_number - 1 < last_number:
        faults.append(f"{stream}: it ends at event {expected_number - 1}, but {last_number} were written.")
    elif (expected_number - 1, expected_previous) != (last_number, last_hash):
        faults.append(f"{stream}: its end is not the one that was written last.")
    return faults


def _resealed(event: AuditEvent) -> AuditEvent:
    return seal(
        stream=event.stream,
        number=event.number,
        at=event.at,
        actor=event.actor,
        name=event.name,
        details=event.details,
        previous_hash=event.previous_hash,
    )
