"""What trends are made of for people outside the partnership's own team, from how many said what and not who.

The same as in ``released_figures``, without making an answer of each: those of every cycle are hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from section11.domain.cycles import Cycle
from section11.domain.standards import StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.question_counts import SaidByMany, SetCounts, counts_of_said, returns_by_set
from section11.reports.released_figures import GroupTitles, grouping_of_returns
from section11.reports.tally import Tally, added_tallies
from section11.reports.withholding import is_too_few

SaidInBlocks = Mapping[int, Sequence[SaidByMany]]


@dataclass(frozen=True)
class ReleasedCounts:
    """How much of a cycle is released, and what may be shown of each question over all. ``taken_at`` is in UTC."""

    cycle: Cycle
    expected: int
    released: int
    taken_at: datetime
    sets: tuple[SetCounts, ...]


@dataclass(frozen=True)
class ReleasedBlocks:
    """The released returns of one edition of a set by blocks (see ``withholding``); none where there are too few."""

    standards_set: StandardsSet
    returns: int
    blocks: tuple[tuple[CollatedReturn, ...], ...]


def released_blocks_of(collated: CollatedCycle, titles: GroupTitles) -> list[ReleasedBlocks]:
    """Return the blocks of each set. The returns may be without answers."""
    found = []
    for of_set in returns_by_set(one for one in collated.returns if one.status is AssessmentStatus.RELEASED):
        members = grouping_of_returns(of_set, titles).blocks
        blocks = tuple(tuple(one for one in of_set if one.assessment_id in block) for block in members)
        found.append(ReleasedBlocks(of_set[0].standards_set, len(of_set), blocks))
    return found


def counts_of_blocks(
    of_set: ReleasedBlocks, counted: Sequence[Sequence[CollatedReturn]], said: SaidInBlocks
) -> SetCounts:
    """Return what may be shown of each question, from what was said in each block by its number.

    ``counted`` are the returns of each block whose answers are in it.
    """
    tallies: dict[str, list[Tally]] = {}
    for number, returns in enumerate(counted):
        of_block = counts_of_said(of_set.standards_set, returns, said.get(number, ()))
        for question_id, tally in of_block.tallies.items():
            # Of each block, as ``withholding`` has it.
            if not is_too_few(tally.denominator):
                tallies.setdefault(question_id, []).append(tally)
    return SetCounts(
        of_set.standards_set, of_set.returns, {key: added_tallies(found) for key, found in tallies.items()}
    )
