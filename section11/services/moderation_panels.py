"""The panel of one return: what its moderation is decided from, and who holds its seats."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.moderation import Moderation, SaidByQuestion, Seat, moderated_questions, said_by_question
from section11.domain.moderation_panel import SeatHolder, is_seat_done, outcomes_of, progress_in_seat, seats_for
from section11.domain.people import User
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus
from section11.errors import BadInputError, NotPermittedError
from section11.permissions import Right, may
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.moderations import BySeat
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ModerationFile:
    """A return with everything its moderation is decided from."""

    file: AssessmentFile
    standards_set: StandardsSet
    questions: tuple[Question, ...]
    said: SaidByQuestion
    judgements: BySeat
    holders: dict[Seat, SeatHolder]

    @property
    def seats(self) -> tuple[Seat, ...]:
        return seats_for(self.file.cycle.moderators_per_return)

    @property
    def done(self) -> frozenset[Seat]:
        """The seats whose holders are done."""
        return frozenset(
            seat
            for seat in self.seats
            if is_seat_done(self.holders.get(seat), progress_in_seat(self.questions, self.judgements[seat], self.said))
        )

    def seat_of(self, user: User) -> Seat | None:
        return next(
            (seat for seat in self.seats if seat in self.holders and self.holders[seat].person_id == user.id), None
        )

    def outcomes(self) -> dict[str, Moderation]:
        return outcomes_of(self.questions, self.judgements, self.said, seats=self.seats)


def moderation_file(work: UnitOfWork, file: AssessmentFile) -> ModerationFile:
    """Read what the moderation of a return is decided from."""
    standards_set = frozen_set(work, file.assessment.set_sha256)
    questions = moderated_questions(standards_set, file.assessment.organisation_type)
    answers, attached = work.answers.of_assessment(file.assessment.id), work.evidence.signed_of(file.assessment.id)
    return ModerationFile(
        file=file,
        standards_set=standards_set,
        questions=questions,
        said=said_by_question(questions, answers, attached),
        judgements=work.moderations.of_assessment(file.assessment.id),
        holders=work.moderations.seats_of(file.assessment.id),
    )


def open_panel(work: UnitOfWork, user: User, assessment_id: str) -> ModerationFile:
    """Lock a return that may be judged now, and read its panel.

    Raises:
        NotPermittedError: it is not with scrutiny, or its moderation is finished.
    """
    file = lock_assessment(work, user, assessment_id, Right.MODERATE)
    if file.assessment.status is not AssessmentStatus.SUBMITTED:
        title = STATUS_TITLES[file.assessment.status].lower()
        raise NotPermittedError(
            f"This return is {title}, so it cannot be judged now. Answers are judged while a return is submitted."
        )
    return moderation_file(work, file)


def assign_moderator(office: Office, user: User, assessment_id: str, seat: Seat, person_id: str) -> None:
    """Give a seat of a return to a person who may moderate it; oneself, for instance.

    Raises:
        BadInputError: there is no such seat, the person may not moderate here, holds the other seat or judged in
            it, or whoever holds the seat is done.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.MODERATE)
        panel = moderation_file(work, file)
        check_seat(work, panel, seat, person_id)
        if seat in panel.holders and panel.holders[seat].person_id == person_id:
            return
        work.moderations.put_in_seat(assessment_id, seat, person_id)
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "moderator_assigned", office.clock(), seat=seat.value, moderator=person_id)
        work.commit()


def check_seat(work: UnitOfWork, panel: ModerationFile, seat: Seat, person_id: str) -> None:
    """Raise BadInputError unless this person may have this seat."""
    moderator = work.accounts.user(person_id)
    if seat not in panel.seats:
        raise BadInputError("This cycle asks for one moderator for each return.")
    if moderator is None or not may(moderator, Right.MODERATE, panel.file.place):
        raise BadInputError("Choose a scrutiny lead of the partnership as moderator.")
    if seat in panel.done:
        raise BadInputError("The moderator has judged every question and is done, so the return stays with them.")
    for other in set(panel.seats) - {seat}:
        judged_there = any(one.moderator_id == person_id for one in panel.judgements[other].values())
        if judged_there or (other in panel.holders and panel.holders[other].person_id == person_id):
            raise BadInputError("Two different people must moderate this return. Choose somebody else.")
