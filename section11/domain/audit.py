"""Audit events: who did what when, each sealed with the hash of the one before it in its stream."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST_HASH = "0" * 64
ERASURE = "contents_erased"
"""The name of the event that tells whose content was erased, with a proof for each of them. It is never erased itself.

What an emptied event said is gone, so its hash cannot be counted again. It still is the hash the next event follows
from, and the proof is the hash of all that stays of it. See domain/erased_events.py.
"""


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

    Finds an event that was changed, removed (also at the end), inserted or put in another place. An event whose
    content was erased is compared with the proof in the event that tells of the erasure.
    """
    events = list(events)
    proofs = proofs_in(events)
    faults: list[str] = []
    expected_number, expected_previous = 1, FIRST_HASH
    for event in events:
        if event.number != expected_number:
            faults.append(f"{stream}: event {expected_number} is missing; event {event.number} stands in its place.")
        elif event.previous_hash != expected_previous:
            faults.append(f"{stream}: event {event.number} does not follow from the one before it.")
        proof = proofs.get(event.number)
        if (_resealed(event).hash != event.hash) if proof is None else (proof_of(event) != proof):
            faults.append(f"{stream}: event {event.number} was changed after it was written.")
        expected_number, expected_previous = event.number + 1, event.hash
    if expected_number - 1 < last_number:
        faults.append(f"{stream}: it ends at event {expected_number - 1}, but {last_number} were written.")
    elif (expected_number - 1, expected_previous) != (last_number, last_hash):
        faults.append(f"{stream}: its end is not the one that was written last.")
    return faults


def proof_of(event: AuditEvent) -> str:
    """Return the SHA-256 of everything that stands in an event, its own hash included."""
    at = event.at.astimezone(UTC).isoformat()
    stays = [event.stream, event.number, at, event.actor, event.name, event.details, event.previous_hash, event.hash]
    return hashlib.sha256(json.dumps(stays, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def proofs_in(events: Iterable[AuditEvent]) -> dict[int, str]:
    """Return the proof of every emptied event of a stream by its number; the latest where one was emptied twice."""
    proofs: dict[int, str] = {}
    for event in events:
        if event.name == ERASURE:
            told = {int(one): proof for one, proof in event.details.get("events", {}).items() if one.isdecimal()}
            # An erasure can only be of what was before it.
            proofs |= {number: proof for number, proof in told.items() if number < event.number}
    return proofs


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
