"""How long a sign-in waits after wrong tries.

Whoever tries waits longer and longer, and only they: tries are counted for an account from one address, or from one
browser that has signed in to it before. A flood from many addresses slows down strange browsers at that account, and
a flood from one address slows down strange browsers there; a browser that is known is never held up by either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
REMEMBERED_FOR = timedelta(hours=24)

FLOOD_WITHIN = timedelta(hours=1)
FLOOD_AT_ACCOUNT = 50
"""One address makes at most some 13 tries an hour at one account, so no single caller brings it about."""
FLOOD_FROM_ADDRESS = 100
"""A whole council may share one address, and many of its people mistype after the holidays."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong tries, and when the last of them was."""

    number: int
    last: datetime | None


def waits_until(tries: Tries) -> datetime | None:
    """Return when the next try may be made: at once at first, then after 1, 2, 4, 8 and at most 15 minutes."""
    if tries.number < FREE_TRIES or tries.last is None:
        return None
    doubled = min(tries.number - FREE_TRIES, 10)
    return tries.last + min(timedelta(minutes=2**doubled), LONGEST_WAIT)
