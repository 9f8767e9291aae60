"""Carrying forward: a new form begins with what was returned last time, and shows it beside each question."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from section11.definitions.crosswalks import crosswalk_between, crosswalk_file
from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.carrying import Earlier, carried_answers, earlier_answers
from section11.domain.crosswalks import Crosswalk, crosswalk_of
from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.workflow import RETURNED
from section11.services.office import Office, frozen_set
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


def carry_forward(office: Office, work: UnitOfWork, user: User, cycle: Cycle, new: Sequence[Assessment]) -> None:
    """Begin new forms with each organisation's last return, inside the caller's transaction.

    The answers are marked with the cycle they come from and count only once somebody confirms or changes them.
    """
    last = last_returns(work, cycle, [one.organisation_id for one in new])
    statuses = sorted(status.value for status in RETURNED)
    answers: dict[str, dict[str, Answer]] = {}
    for cycle_id in sorted({one.cycle_id for one in last.values()}):
        answers |= work.answers.in_cycle(cycle_id, statuses)
    carried: list[tuple[str, Answer]] = []
    for assessment in new:
        before = last.get(assessment.organisation_id)
        if before is None:
            continue
        found = list(
            carried_answers(
                crosswalk_of_editions(office, work, before.set_sha256, assessment.set_sha256),
                assessment.organisation_type,
                answers.get(before.id, {}),
                before.cycle_id,
            )
        )
        if found:
            carried += [(assessment.id, answer) for answer in found]
            stream = assessment_stream(assessment.id)
            record(work, stream, user, "carried_forward", office.clock(), cycle=before.cycle_id, answers=len(found))
    work.answers.add_all(carried, at=office.clock(), by=user.id)


def last_returns(work: UnitOfWork, cycle: Cycle, organisation_ids: Collection[str]) -> dict[str, Assessment]:
    """Return what each organisation returned last before a cycle, by organisation id.

    A return that none of the cycle's partnerships may read is passed over: what stands in the new form, and beside
    it, is theirs to read once it is submitted.
    """
    due_by_cycle_id = {
        one.id: one.due
        for one in work.cycles.all()
        if one.due < cycle.due and one.id != cycle.id and one.partnership_ids & cycle.partnership_ids
    }
    found: dict[str, Assessment] = {}
    for row in work.assessments.of_organisations(organisation_ids):
        one = row.assessment
        if one.cycle_id not in due_by_cycle_id or one.status not in RETURNED:
            continue
        known = found.get(one.organisation_id)
        if known is None or due_by_cycle_id[known.cycle_id] < due_by_cycle_id[one.cycle_id]:
            found[one.organisation_id] = one
    return found


def last_return(work: UnitOfWork, cycle: Cycle, organisation_id: str) -> Assessment | None:
    """Return what one organisation returned last before a cycle, as ``last_returns``; None when there is nothing."""
    return last_returns(work, cycle, [organisation_id]).get(organisation_id)


def earlier_of(
    office: Office, work: UnitOfWork, before: Assessment | None, assessment: Assessment
) -> dict[str, Earlier]:
    """Return what the last return ``before`` a form answered to each question of the form, by its question id."""
    if before is None:
        return {}
    crosswalk = crosswalk_of_editions(office, work, before.set_sha256, assessment.set_sha256)
    answers = work.answers.of_assessment(before.id)
    cycle_before = next(one for one in work.cycles.all() if one.id == before.cycle_id)
    return earlier_by_question(crosswalk, cycle_before, answers, assessment.organisation_type)


def earlier_by_question(
    crosswalk: Crosswalk, cycle_before: Cycle, answers: Mapping[str, Answer], organisation_type: str
) -> dict[str, Earlier]:
    """Return what the answers of last time say to each question of now, by its id."""
    found: dict[str, Earlier] = {}
    stand_for_them = {later for one in answers for later in crosswalk.onward(one).question_ids}
    for question in crosswalk.after.questions_for(organisation_type):
        if question.id not in stand_for_them:
            continue
        match, given = earlier_answers(crosswalk, answers, question.id)
        if given:
            found[question.id] = Earlier(cycle_before.id, cycle_before.name, crosswalk.before, match, given)
    return found


_crosswalks: dict[tuple[str, str, str], Crosswalk] = {}
"""Crosswalks of this process, by the SHA-256 of both editions and of the file about them; so none is out of date."""


def crosswalk_of_editions(office: Office, work: UnitOfWork, before_sha256: str, after_sha256: str) -> Crosswalk:
    """Return the crosswalk between two frozen editions. A file with faults is passed over, as if there were none."""
    before, after = frozen_set(work, before_sha256), frozen_set(work, after_sha256)
    path = crosswalk_file(office.library, before.id, after.id)
    written = hashlib.sha256(path.read_bytes()).hexdigest() if path else ""
    key = (before_sha256, after_sha256, written)
    if key not in _crosswalks:
        read = crosswalk_between(office.library, before, after).crosswalk
        _crosswalks[key] = read or crosswalk_of(before, after)
    return _crosswalks[key]
