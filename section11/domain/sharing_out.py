"""Sharing returns out between moderators: as even as can be, and the same every time it is worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from section11.domain.moderation import Seat


@dataclass(frozen=True, slots=True)
class FreeSeats:
    """A return with seats nobody holds, and the people who hold the others: two different people must moderate it."""

    assessment_id: str
    seats: tuple[Seat, ...]
    holders: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """One seat of one return for one person."""

    assessment_id: str
    seat: Seat
    person_id: str


def shared_out(free: Sequence[FreeSeats], person_ids: Sequence[str], to_do: Mapping[str, int]) -> list[Share]:
    """Give each free seat, in order, to whoever has the least to do; of several, to the first of ``person_ids``.

    ``to_do`` is how many seats a person holds already and is not done with; without an entry it is none. A seat for
    which nobody is left, because the only person asked holds the other one, stays free.
    """
    load = {one: to_do.get(one, 0) for one in person_ids}
    shares: list[Share] = []
    for one in free:
        taken = set(one.holders)
        for seat in one.seats:
            left = [person_id for person_id in load if person_id not in taken]
            if not left:
                continue
            chosen = min(left, key=lambda person_id: load[person_id])
            load[chosen] += 1
            taken.add(chosen)
            shares.append(Share(one.assessment_id, seat, chosen))
    return shares
