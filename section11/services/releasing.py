"""Releasing: what scrutiny came to is shown to the organisation, one return or all of a cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from section11.domain.mail import MailKind
from section11.domain.moderation import Moderation
from section11.domain.people import User
from section11.domain.workflow import AssessmentStatus, Move, next_status
from section11.errors import NotPermittedError, TransitionNotAllowedError
from section11.permissions import Right
from section11.services.answering import AssessmentView, view_of
from section11.services.moderation_panels import moderation_file
from section11.services.office import Office
from section11.services.places import AssessmentFile, find_assessment, find_cycle, lock_assessment
from section11.services.return_mails import mail_organisation
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReleasedModeration:
    """What an organisation is told: the outcome by question id, and who moderated."""

    outcomes: Mapping[str, Moderation]
    moderators: tuple[str, ...]


@dataclass(frozen=True)
class ReleasedReturn:
    """A released return as the partnership's board may read it."""

    view: AssessmentView
    moderation: ReleasedModeration


def release_return(office: Office, user: User, assessment_id: str) -> None:
    """Show the organisation what moderation came to.

    Raises:
        TransitionNotAllowedError: the moderation is not finished.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.RELEASE)
        work.assessments.set_status(assessment_id, next_status(file.assessment.status, Move.RELEASE))
        record(work, assessment_stream(assessment_id), user, Move.RELEASE.value, office.clock())
        mail_organisation(work, office, file, MailKind.RELEASED, path=f"/assessment?assessment={assessment_id}")
        work.commit()


def release_cycle(office: Office, user: User, cycle_id: str, progress: Callable[[float], None] | None = None) -> int:
    """Release every return of a cycle whose moderation is finished, one after the other.

    ``progress`` is called with the share done, 0 to 1. What is handed back meanwhile is left out.

    Returns:
        How many were released.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.RELEASE)
        waiting = [
            row.assessment.id
            for row in work.assessments.in_cycle(cycle_id)
            if row.assessment.status is AssessmentStatus.MODERATED
        ]
    released = 0
    for number, assessment_id in enumerate(waiting, start=1):
        try:
            release_return(office, user, assessment_id)
            released += 1
        except TransitionNotAllowedError:
            pass
        if progress:
            progress(number / len(waiting))
    return released


def view_released_moderation(office: Office, user: User, assessment_id: str) -> ReleasedModeration | None:
    """Return what the organisation may see of its moderation: nothing at all until it is released."""
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
        return _released(work, file) if file.assessment.status is AssessmentStatus.RELEASED else None


def read_released(office: Office, user: User, assessment_id: str, *, first_look: bool = True) -> ReleasedReturn:
    """Return a released return with its moderation, for the board. Reading it is an event.

    Raises:
        NotPermittedError: it has not been released.
    """
    with office.store.writing() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RELEASED)
        if file.assessment.status is not AssessmentStatus.RELEASED:
            raise NotPermittedError("This return has not been released yet, so it cannot be read here.")
        found = ReleasedReturn(view_of(office, work, user, file), _released(work, file))
        if first_look:
            record(work, assessment_stream(assessment_id), user, "return_read", office.clock())
            work.commit()
    return found


def list_released(office: Office, user: User, cycle_id: str) -> dict[str, str]:
    """Return the names of the organisations whose returns are released, by assessment id and in order of name."""
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.READ_RELEASED)
        released = [row.assessment for row in work.assessments.in_cycle(cycle_id, [AssessmentStatus.RELEASED.value])]
        organisations = work.organisations.by_ids({one.organisation_id for one in released})
        found = {one.id: organisations[one.organisation_id].name for one in released}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def _released(work: UnitOfWork, file: AssessmentFile) -> ReleasedModeration:
    panel = moderation_file(work, file)
    people = work.accounts.people_by_id(one.person_id for one in panel.holders.values())
    return ReleasedModeration(panel.outcomes(), tuple(sorted(one.name for one in people.values())))
