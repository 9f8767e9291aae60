"""Counting what is said in released returns, block by block, and what moderation came to in place of it."""

from __future__ import annotations

from collections.abc import Container, Sequence

from section11.domain.cycles import Cycle
from section11.reports.collated import CollatedReturn
from section11.reports.question_counts import SaidByMany, SetCounts
from section11.reports.released_counts import ReleasedBlocks, counts_of_blocks
from section11.services.moderated_said import moderated_said
from section11.storage.unit_of_work import UnitOfWork

Returns = Sequence[Sequence[CollatedReturn]]
"""The returns of each block of a set."""
Said = dict[int, list[SaidByMany]]


def own_counts(work: UnitOfWork, sets: Sequence[ReleasedBlocks]) -> list[SetCounts]:
    """Return the counts of what organisations chose, in each set."""
    counted = [one.blocks for one in sets]
    return [counts_of_blocks(*each) for each in zip(sets, counted, _said(work, sets, counted), strict=True)]


def moderated_counts(work: UnitOfWork, cycle: Cycle, sets: Sequence[ReleasedBlocks]) -> list[SetCounts]:
    """Return the counts of what moderation came to, in each set; returns without any of that are left out."""
    moderated = moderated_said(work, cycle, [one for of_set in sets for block in of_set.blocks for one in block])
    counted = [_only(one.blocks, moderated.outcomes) for one in sets]
    said = _said(work, sets, [_only(blocks, moderated.open_ids) for blocks in counted])
    for of_set, blocks, of_blocks in zip(sets, counted, said, strict=True):
        for number, block in enumerate(blocks):
            of_blocks.setdefault(number, []).extend(moderated.in_place_of_own(of_set.standards_set, block))
    return [counts_of_blocks(*each) for each in zip(sets, counted, said, strict=True)]


def _only(blocks: Returns, ids: Container[str]) -> Returns:
    return [[one for one in block if one.assessment_id in ids] for block in blocks]


def _said(work: UnitOfWork, sets: Sequence[ReleasedBlocks], counted: Sequence[Returns]) -> list[Said]:
    """Return what organisations say in the returns of each set that are counted, by the number of the block."""
    groups = {
        one.assessment_id: (place, number, one.organisation_type.key)
        for place, returns in enumerate(counted)
        for number, block in enumerate(returns)
        for one in block
    }
    found: list[Said] = [{} for _ in sets]
    for (place, number, kind), said in work.answers.count_what_was_said(groups).items():
        standards_set = sets[place].standards_set
        found[place].setdefault(number, []).extend(SaidByMany(standards_set, kind, *each) for each in said)
    return found
