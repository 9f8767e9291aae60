"""What stays of an event whose content is erased: its place, its time, its name, its hash, and what it was about.

What was written is gone. The erasure is an event of the same stream and holds a proof for each event it emptied, so
the chain still shows when anything else was touched (domain/audit.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from section11.domain.audit import ERASURE, AuditEvent, proof_of
from section11.domain.uk_time import long_date

ERASED_ACTOR = "erased"
"""Stands in place of the person where even who it was is erased."""

ERASED_ON, ERASED_UNDER = "erased_on", "erased_under"
"""The details of an emptied event that say so."""
_STAYS = frozenset(
    {
        "question", "questions", "version", "revision", "seat", "item", "cycle", "format", "sha256", "file_sha256",
        "late", "person", "role", "organisation", "place", "import_id", "token", "kind",
    }
)  # fmt: skip
"""The details that say what an event is about and nothing of what was written. All others go, also ones to come."""


def may_be_emptied(event: AuditEvent) -> bool:
    return event.name != ERASURE and ERASED_ON not in event.details


def is_emptied(event: AuditEvent) -> bool:
    return ERASED_ON in event.details


def facts_of(event: AuditEvent) -> dict[str, Any]:
    """Return what an event is about, without anything that was written."""
    return {name: value for name, value in event.details.items() if name in _STAYS}


def emptied(event: AuditEvent, *, on: date, under: str, keeps_actor: bool = True) -> AuditEvent:
    """Return what stays of an event; ``under`` names the rule or the request."""
    actor = event.actor if keeps_actor else ERASED_ACTOR
    return replace(event, details={**facts_of(event), ERASED_ON: on.isoformat(), ERASED_UNDER: under}, actor=actor)


def erasure_details(emptied_events: Iterable[AuditEvent], under: str) -> dict[str, Any]:
    """Return the details of the event that tells of the erasure of these."""
    return {"under": under, "events": {str(event.number): proof_of(event) for event in emptied_events}}


def erasure_words(event: AuditEvent) -> str:
    """Return what an emptied event says of itself."""
    on = long_date(date.fromisoformat(event.details[ERASED_ON]))
    return f"Content erased on {on} under “{event.details[ERASED_UNDER]}”."
