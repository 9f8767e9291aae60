"""What may leave the partnership's own team: nothing about fewer than five organisations, nor what gives it away.

Whoever sees several figures can add and subtract them. So figures are made of *blocks*: organisations that are in
exactly the same groups. A group is shown only while every block has at least five organisations. Whatever is added up
or subtracted then is of whole blocks, and a figure of fewer than five cannot come out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

SMALLEST_GROUP = 5
EVERYONE = "all"
"""The key of the group of all. The others have keys such as ``type/police`` and, for the rest of a kind, ``type/``."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group that would be shown if it may be. ``kind`` says what it is a group by, ``members`` are ids."""

    kind: str
    name: str
    title: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group that is shown, as the numbers of its blocks."""

    key: str
    title: str
    organisations: int
    blocks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups that are shown, all first, and their blocks; both are empty where there are fewer than five in all.

    ``merged`` has the titles of the candidates that are too small, by the key of the group of the rest they are in.
    """

    groups: tuple[ShownGroup, ...] = ()
    blocks: tuple[frozenset[str], ...] = ()
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def key_of(self, key: str) -> str:
        """Return the key as asked for if there is such a group, or else that of all."""
        return key if any(one.key == key for one in self.groups) else EVERYONE


def is_too_few(count: int) -> bool:
    """Return whether a figure about so many organisations is withheld. Nobody at all is no secret."""
    return 0 < count < SMALLEST_GROUP


def grouping_of(everyone: Collection[str], candidates: Sequence[Candidate], rest_titles: Mapping[str, str]) -> Grouping:
    """Return which of the candidates may be shown beside each other.

    The kinds come in the order of the candidates, and an earlier one goes before a later one; within a kind the
    largest goes first. What is left of a kind is shown as one group, with its title from ``rest_titles``.
    """
    if not everyone or is_too_few(len(everyone)):
        return Grouping()
    blocks = [frozenset(everyone)]
    shown: list[Candidate] = []
    for one in _largest_first(candidates):
        split = [part for block in blocks for part in (block & one.members, block - one.members) if part]
        if not any(is_too_few(len(part)) for part in split):
            blocks = split
            shown.append(one)
    groups = [(EVERYONE, "All organisations", frozenset(everyone))]
    merged: dict[str, tuple[str, ...]] = {}
    for kind in dict.fromkeys(one.kind for one in candidates):
        of_kind = [one for one in candidates if one in shown and one.kind == kind]
        too_small = tuple(one.title for one in candidates if one not in shown and one.kind == kind and one.members)
        if of_kind:
            groups += [(f"{kind}/{one.name}", one.title, one.members & frozenset(everyone)) for one in of_kind]
            rest = frozenset(everyone).difference(*(one.members for one in of_kind))
            if rest:
                groups.append((f"{kind}/", rest_titles[kind], rest))
                merged[f"{kind}/"] = too_small
    return Grouping(tuple(_shown(*one, blocks) for one in groups), tuple(blocks), merged)


def rows_to_share(organisations: Sequence[int]) -> list[int]:
    """Return the places of the rows of a table that may be shown; each counts so many organisations.

    Where what is taken out counts fewer than five together, it could be found by subtraction from a total, so the
    smallest rows that remain go too until it does not.
    """
    kept = sorted(
        (place for place, count in enumerate(organisations) if count >= SMALLEST_GROUP),
        key=lambda place: organisations[place],
    )
    hidden = sum(count for count in organisations if count < SMALLEST_GROUP)
    while is_too_few(hidden) and kept:
        hidden += organisations[kept.pop(0)]
    return sorted(kept)


def _largest_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    kinds = list(dict.fromkeys(one.kind for one in candidates))
    return sorted(candidates, key=lambda one: (kinds.index(one.kind), -len(one.members), one.name))


def _shown(key: str, title: str, members: frozenset[str], blocks: Sequence[frozenset[str]]) -> ShownGroup:
    numbers = frozenset(number for number, block in enumerate(blocks) if block <= members)
    return ShownGroup(key, title, len(members), numbers)
