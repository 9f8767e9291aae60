"""Gathering what a careful reader has before them: returns of one cycle, the last ones, and what staff say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from section11.domain.answers import Action, Answer
from section11.domain.assessments import Assessment
from section11.domain.carrying import Earlier
from section11.domain.crosswalks import Crosswalk
from section11.domain.cycles import Cycle
from section11.domain.organisations import DutyBasis
from section11.domain.readings import ReadingContext, could_rise_from, period_start
from section11.domain.survey import shares_for
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.services.carrying import crosswalk_of_editions, earlier_by_question
from section11.services.office import Office, frozen_set
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import UnitOfWork


def contexts_of(
    office: Office,
    work: UnitOfWork,
    cycle: Cycle,
    assessments: Sequence[Assessment],
    answers: Mapping[str, Mapping[str, Answer]],
    actions: Mapping[str, Mapping[str, Action]],
    last: Mapping[str, Assessment],
) -> Iterator[tuple[Assessment, ReadingContext]]:
    """Give the context of each of these returns of a cycle. Answers and actions are by assessment and question.

    ``last`` is what each organisation returned last, by organisation id.
    """
    cycles = {one.id: one for one in work.cycles.all()}
    compared = [last[one.organisation_id] for one in assessments if one.organisation_id in last]
    scales = [frozen_set(work, sha256).scale for sha256 in {one.set_sha256 for one in compared}]
    low = frozenset[str]().union(*map(could_rise_from, scales))
    last_answers = work.answers.to_read([one.id for one in compared], low)
    documented = work.evidence.questions_with_evidence([one.id for one in assessments])
    survey = work.survey_results.in_cycle(cycle.id)
    members: dict[str, list[Membership]] = {}
    for member in work.organisations.members(cycle.partnership_ids):
        members.setdefault(member.organisation.id, []).append(member)
    today = uk_date(office.clock())
    crosswalks: dict[tuple[str, str], Crosswalk] = {}
    for one in assessments:
        here = members.get(one.organisation_id, [])
        before = last.get(one.organisation_id)
        earlier: dict[str, Earlier] = {}
        if before is not None:
            editions = before.set_sha256, one.set_sha256
            if editions not in crosswalks:
                crosswalks[editions] = crosswalk_of_editions(office, work, *editions)
            given = last_answers.get(before.id, {})
            earlier = earlier_by_question(crosswalks[editions], cycles[before.cycle_id], given, one.organisation_type)
        is_signed = one.signed_at is not None and one.status in RETURNED
        yield (
            one,
            ReadingContext(
                standards_set=frozen_set(work, one.set_sha256),
                organisation_type=one.organisation_type,
                duty=_duty(here) or office.types[one.organisation_type].usual_duty,
                answers=answers.get(one.id, {}),
                actions=actions.get(one.id, {}),
                today=uk_date(one.signed_at) if one.signed_at is not None and is_signed else today,
                period_start=period_start(cycle.due, cycles[before.cycle_id].due if before else None),
                earlier=earlier,
                documented=documented.get(one.id, frozenset()),
                survey=shares_for(survey, one.organisation_id, {member.partnership_id for member in here}),
            ),
        )


def _duty(members: Sequence[Membership]) -> DutyBasis | None:
    """Return the basis on which an organisation takes part; the section 11 duty, if it is that anywhere."""
    duties = [member.duty for member in members]
    if DutyBasis.SECTION_11 in duties:
        return DutyBasis.SECTION_11
    return duties[0] if duties else None
