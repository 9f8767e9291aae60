"""Likely personal data in a text, so that it can be pointed out to whoever typed it; never a reason to refuse."""

from __future__ import annotations

from functools import lru_cache

from section11.domain.privacy.birthdays import birth_dates
from section11.domain.privacy.contacts import personal_emails, phone_numbers
from section11.domain.privacy.first_glance import may_hold_personal_data
from section11.domain.privacy.found import KIND_TITLES, Found, Kind
from section11.domain.privacy.names import names_of_people
from section11.domain.privacy.numbers import nhs_numbers, pupil_numbers

__all__ = ["KIND_TITLES", "Found", "Kind", "likely_personal_data", "may_hold_personal_data"]

_LOOKS = (nhs_numbers, pupil_numbers, birth_dates, personal_emails, phone_numbers, names_of_people)
"""The surest first: what one has found, a later one does not find again under another name."""


# A list over a whole cycle reads the same texts again after every change to one of them.
@lru_cache(maxsize=100_000)
def likely_personal_data(text: str) -> tuple[Found, ...]:
    """Return what may identify a child or a member of staff, in the order of the text, each place once."""
    kept: list[Found] = []
    if not may_hold_personal_data(text):
        return ()
    for look in _LOOKS:
        for found in look(text):
            if all(found.end <= one.start or one.end <= found.start for one in kept):
                kept.append(found)
    return tuple(sorted(kept, key=lambda one: one.start))
