"""What changed in a return since it was signed the time before: all that scrutiny has to read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from section11.domain.hand_backs import HandBack
from section11.domain.people import User
from section11.domain.snapshots import SignedEvidence, SignedSnapshot
from section11.permissions import Right
from section11.reports.return_changes import ChangedAnswer, Version, changed_answers
from section11.services.office import Office, frozen_set
from section11.services.places import check_returned, find_assessment
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


def _version(work: UnitOfWork, snapshot: SignedSnapshot) -> Version:
    evidence = {
        question_id: "; ".join(_title(work, one) for one in kept) for question_id, kept in snapshot.evidence().items()
    }
    return Version(snapshot.answers(), snapshot.actions(), evidence)


def _title(work: UnitOfWork, kept: SignedEvidence) -> str:
    item = work.evidence.get(kept.item_id)
    title = item.title if item else kept.item_id
    return title if kept.revision == 1 else f"{title} (revision {kept.revision})"
