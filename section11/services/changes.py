"""What changed in a return since it was signed the time before, or since it was judged: what is read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from section11.domain.audit import AuditEvent
from section11.domain.hand_backs import HandBack
from section11.domain.moderation import Seat
from section11.domain.people import User
from section11.domain.snapshots import SignedEvidence, SignedSnapshot, is_kept_sign_off
from section11.permissions import Right
from section11.reports.return_changes import ChangedAnswer, Version, changed_answers
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, check_returned, find_assessment
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ChangesSince:
    """The changed answers between the last two times a return was signed, and what was asked for in between."""

    signed_before: datetime
    signed_again: datetime
    hand_back: HandBack | None
    answers: tuple[ChangedAnswer, ...]


def changes_since_last_time(office: Office, user: User, assessment_id: str) -> ChangesSince | None:
    """Return what changed between the last two signed versions, or None when it was signed less than twice.

    Raises:
        NotAvailableError, NotPermittedError: as for reading the return.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
        check_returned(file)
        versions = work.signing.latest(assessment_id, 2)
        if len(versions) < 2:
            return None
        after, before = versions
        standards_set = frozen_set(work, file.assessment.set_sha256)
        answers = changed_answers(
            standards_set.questions_for(file.assessment.organisation_type),
            standards_set,
            _version(work, before),
            _version(work, after),
        )
        return ChangesSince(before.at, after.at, work.hand_backs.latest(assessment_id), answers)


def changes_since_judged(
    work: UnitOfWork, file: AssessmentFile, seat: Seat, question_ids: Collection[str]
) -> dict[str, ChangedAnswer]:
    """Return how these answers and their evidence read otherwise than when they were judged in a seat, by question id.

    An answer that reads as it did is left out, and so is one whose signed version of then is not kept.
    """
    if not question_ids:
        return {}
    judged = _signed_when_judged(work.audit_trail.events(assessment_stream(file.assessment.id)), seat)
    wanted = {judged.get(one, 0) for one in question_ids}
    signed = work.signing.latest(file.assessment.id, work.signing.count(file.assessment.id))
    # What is promised under an answer is no part of its judgement.
    versions = {
        one.number: replace(_version(work, one), actions={}) for one in signed if one.number in wanted | {len(signed)}
    }
    standards_set = frozen_set(work, file.assessment.set_sha256)
    found: dict[str, ChangedAnswer] = {}
    for question_id in question_ids:
        before = versions.get(judged.get(question_id, 0))
        if before is not None:
            question = standards_set.questions_by_id[question_id]
            changed = changed_answers([question], standards_set, before, versions[len(signed)])
            found.update((question_id, one) for one in changed)
    return found


def _signed_when_judged(events: Iterable[AuditEvent], seat: Seat) -> dict[str, int]:
    """Return how often the return had been signed when each question was judged last, by question id."""
    times, found = 0, {}
    for event in events:
        times += is_kept_sign_off(event)
        if event.name == "moderation_saved" and event.details["seat"] == seat.value:
            found[event.details["question"]] = times
    return found


def _version(work: UnitOfWork, snapshot: SignedSnapshot) -> Version:
    evidence = {
        question_id: "; ".join(_title(work, one) for one in kept) for question_id, kept in snapshot.evidence().items()
    }
    return Version(snapshot.answers(), snapshot.actions(), evidence)


def _title(work: UnitOfWork, kept: SignedEvidence) -> str:
    item = work.evidence.get(kept.item_id)
    title = item.title if item else kept.item_id
    return title if kept.revision == 1 else f"{title} (revision {kept.revision})"
