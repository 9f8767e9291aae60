"""Refusals leave an event: who was refused what, so that somebody who tries doors is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from section11.errors import NotPermittedError, Section11Error
from section11.services.accounts import person_stream
from section11.services.office import Office

SAID_AGAIN_AFTER = timedelta(minutes=1)
"""The same refusal is written once a minute at most: a page that is drawn again must not fill the trail."""

LONGEST_ASKED = 120


def telling_refusals(office: Office, tell: Callable[[Section11Error], None]) -> Office:
    """Return the office as somebody meets it whose refusals are told."""
    return replace(office, store=office.store.telling(tell))


def noting_refusals(office: Office, person_id: str, *, where: str, asked: str = "") -> Office:
    """Return the office as this person meets it: what a service refuses them is written to their stream.

    Args:
        where: The page or route they were at, in our own words.
        asked: What they asked for there, as the address says; cut to ``LONGEST_ASKED`` characters.
    """

    def note(error: Section11Error) -> None:
        note_refusal(office, person_id, error, where=where, asked=asked)

    return telling_refusals(office, note)


def note_refusal(office: Office, person_id: str, error: Section11Error, *, where: str, asked: str = "") -> None:
    """Write one refusal to the person's stream, unless the same was written a moment ago."""
    now = office.clock()
    reason = "not permitted" if isinstance(error, NotPermittedError) else "not available"
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in asked[:LONGEST_ASKED])
    details = {"where": where, "asked": shown, "reason": reason}
    with office.store.writing() as work:
        last = work.audit_trail.last(person_stream(person_id))
        is_said = last is not None and last.name == "refused" and last.details == details
        if is_said and last is not None and now - last.at < SAID_AGAIN_AFTER:
            return
        work.audit_trail.append(person_stream(person_id), at=now, actor=person_id, name="refused", details=details)
        work.commit()
