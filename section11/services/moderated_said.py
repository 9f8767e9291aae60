"""What moderation came to in many returns, to be counted in place of what the organisations chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from section11.domain.cycles import Cycle
from section11.domain.moderation_panel import seats_for
from section11.domain.standards import StandardsSet
from section11.reports.collated import CollatedReturn
from section11.reports.question_counts import SaidByMany
from section11.services.panel_results import ReturnForm, SettledAnswer, settled_answers
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ModeratedSaid:
    """What moderation came to by assessment id; returns in which it came to nothing are left out.

    Of those in ``open_ids`` some questions are not settled, so what the organisation chose is counted first. Of the
    others it need not even be read.
    """

    outcomes: Mapping[str, Sequence[SettledAnswer]]
    open_ids: Set[str]

    def in_place_of_own(self, standards_set: StandardsSet, returns: Iterable[CollatedReturn]) -> Iterator[SaidByMany]:
        """Give the moderated answers in returns of a set, and take away as many of their own where those count."""
        counts: dict[tuple[str, bool], Counter[SettledAnswer]] = {}
        for one in returns:
            key = (one.organisation_type.key, one.assessment_id in self.open_ids)
            counts.setdefault(key, Counter()).update(self.outcomes[one.assessment_id])
        for (kind, is_open), found in counts.items():
            for each, number in found.items():
                yield SaidByMany(standards_set, kind, each.moderated, number)
                if is_open:
                    yield SaidByMany(standards_set, kind, each.answer, -number)


def moderated_said(work: UnitOfWork, cycle: Cycle, finished: Sequence[CollatedReturn]) -> ModeratedSaid:
    """Return what moderation came to in returns of a cycle whose moderation is finished."""
    forms = (ReturnForm(one.assessment_id, one.standards_set, one.organisation_type.key) for one in finished)
    statuses = sorted({one.status.value for one in finished})
    settled = settled_answers(work, cycle.id, forms, seats_for(cycle.moderators_per_return), statuses)
    outcomes = {key: found for key, one in settled.items() if (found := one.with_outcome())}
    open_ids = frozenset(key for key, found in outcomes.items() if len(found) < settled[key].asked)
    return ModeratedSaid(outcomes, open_ids)
