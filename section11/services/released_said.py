"""Counting what is said in released returns, block by block, and what moderation came to in place of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

from section11.domain.cycles import Cycle
from section11.domain.moderation_panel import seats_for
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedReturn
from section11.reports.question_counts import SaidByMany, SetCounts
from section11.reports.released_counts import ReleasedBlocks, counts_of_blocks
from section11.services.panel_results import SettledAnswer, settled_answers
from section11.storage.unit_of_work import UnitOfWork

Returns = Sequence[Sequence[CollatedReturn]]
"""The returns of each block of a set."""
Said = dict[int, list[SaidByMany]]
Outcomes = Mapping[str, Sequence[SettledAnswer]]
"""What moderation came to, by assessment id."""


def own_counts(work: UnitOfWork, sets: Sequence[ReleasedBlocks]) -> list[SetCounts]:
    """Return the counts of what organisations chose, in each set."""
    counted = [one.blocks for one in sets]
    return [counts_of_blocks(*each) for each in zip(sets, counted, _said(work, sets, counted), strict=True)]


def moderated_counts(work: UnitOfWork, cycle: Cycle, sets: Sequence[ReleasedBlocks]) -> list[SetCounts]:
    """Return the counts of what moderation came to, in each set; returns without any of that are left out."""
    released = [row.assessment for row in work.assessments.in_cycle(cycle.id, [AssessmentStatus.RELEASED.value])]
    settled = settled_answers(work, cycle.id, released, seats_for(cycle.moderators_per_return))
    outcomes = {key: found for key, one in settled.items() if (found := one.with_outcome())}
    # Where everything is settled nothing of the organisation's own is counted, so it need not be read.
    open_ids = {key for key, found in outcomes.items() if len(found) < settled[key].asked}
    counted = [_only(one.blocks, outcomes) for one in sets]
    said = _said(work, sets, [_only(blocks, open_ids) for blocks in counted])
    for of_set, blocks, of_blocks in zip(sets, counted, said, strict=True):
        for number, block in enumerate(blocks):
            of_blocks.setdefault(number, []).extend(_in_place_of_own(of_set, block, outcomes, open_ids))
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


def _in_place_of_own(
    of_set: ReleasedBlocks, block: Iterable[CollatedReturn], outcomes: Outcomes, open_ids: Container[str]
) -> Iterable[SaidByMany]:
    """Give each moderated answer of a block, and take away as many of the organisation's own where they are counted."""
    counts: dict[tuple[str, bool], Counter[SettledAnswer]] = {}
    for one in block:
        key = (one.organisation_type.key, one.assessment_id in open_ids)
        counts.setdefault(key, Counter()).update(outcomes[one.assessment_id])
    for (kind, is_open), found in counts.items():
        for each, number in found.items():
            yield SaidByMany(of_set.standards_set, kind, each.moderated, number)
            if is_open:
                yield SaidByMany(of_set.standards_set, kind, each.answer, -number)
