"""The fictional organisations: agencies from a list, schools from parts of names, trusts above academies."""

from __future__ import annotations

import random
from collections.abc import Iterator

from section11.domain.organisations import Organisation, readable_id
from section11.services.demo.content import Agencies, DemoContent, Schools

FIRST_URN = 900_001
"""Real schools have numbers from 100000 on; none begins with 9."""
TRUST = "mat"


def demo_organisations(content: DemoContent, *, agencies: int, schools: int, seed: int) -> list[Organisation]:
    """Return the agencies and then the schools, each trust before the academies that belong to it.

    Asking for more adds organisations at the end of each list and leaves the others as they are.
    """
    rng = random.Random(f"{seed}/organisations")  # noqa: S311  a demo wants the same names again, not secrecy
    members = _agencies(content.agencies, content.schools, agencies, rng)
    trust_ids = [one.id for one in members if one.type == TRUST]
    return members + _schools(content.schools, schools, trust_ids, rng)


def _agencies(listed: Agencies, names: Schools, count: int, rng: random.Random) -> list[Organisation]:
    found = [Organisation(readable_id(one.name), one.name, one.type) for one in listed.agencies[:count]]
    taken = {one.name for one in found}
    places = [names.places_in_order(rng) for _ in listed.further_agencies]
    for index in range(count - len(found)):
        kind = index % len(listed.further_agencies)
        pattern = listed.further_agencies[kind]
        name = next(name for name in _names([pattern.name], places[kind]) if name not in taken)
        taken.add(name)
        found.append(Organisation(readable_id(name), name, pattern.type))
    return found


def _schools(parts: Schools, count: int, trust_ids: list[str], rng: random.Random) -> list[Organisation]:
    supplies = [_names(kind.names, parts.places_in_order(rng)) for kind in parts.kinds]
    found: list[Organisation] = []
    for index in range(count):
        kind = parts.kinds[index % len(parts.kinds)]
        name = next(supplies[index % len(parts.kinds)])
        parent_id = trust_ids[len(found) % len(trust_ids)] if kind.in_trust and trust_ids else None
        urn = str(FIRST_URN + index)
        found.append(Organisation(readable_id(name), name, kind.type, urn=urn, parent_id=parent_id))
    return found


def _names(patterns: list[str], places: list[str]) -> Iterator[str]:
    # Places vary faster than patterns and the pattern shifts by one each time, so that neighbours differ.
    for round_number in range(len(patterns)):
        for index, place in enumerate(places):
            yield patterns[(index + round_number) % len(patterns)].format(place=place)
