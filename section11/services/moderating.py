"""Moderating: taking a seat, judging answers one by one, agreeing where two differ, and finishing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from section11.domain.answers import Answer
from section11.domain.moderation import (
    EvidenceQuality,
    Moderation,
    Seat,
    missing_in,
    moderated_questions,
    standing_of,
)
from section11.domain.moderation_panel import (
    SeatHolder,
    is_seat_done,
    may_judge_now,
    needs_agreement,
    outcomes_of,
    progress_in_seat,
    seats_for,
)
from section11.domain.people import User
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus, Move, next_status
from section11.errors import BadInputError, NotPermittedError, StaleModerationError
from section11.permissions import Right, may
from section11.services.answering import kept_text
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.moderations import BySeat
from section11.storage.unit_of_work import UnitOfWork


class ModerationChanges(TypedDict, total=False):
    """The parts of a judgement a person changed. A rating takes away "no rating" and the other way round."""

    rating: str | None
    no_rating: bool
    evidence_quality: EvidenceQuality | None
    reason: str


@dataclass(frozen=True)
class ModerationFile:
    """A return with everything its moderation is decided from."""

    file: AssessmentFile
    standards_set: StandardsSet
    questions: tuple[Question, ...]
    answers: dict[str, Answer]
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
            if is_seat_done(
                self.holders.get(seat), progress_in_seat(self.questions, self.judgements[seat], self.answers)
            )
        )

    def seat_of(self, user: User) -> Seat | None:
        return next(
            (seat for seat in self.seats if seat in self.holders and self.holders[seat].person_id == user.id), None
        )

    def answer_to(self, question_id: str) -> Answer:
        return self.answers.get(question_id, Answer(question_id))

    def outcomes(self) -> dict[str, Moderation]:
        return outcomes_of(self.questions, self.judgements, self.answers, seats=self.seats)


def moderation_file(work: UnitOfWork, file: AssessmentFile) -> ModerationFile:
    """Read what the moderation of a return is decided from."""
    standards_set = frozen_set(work, file.assessment.set_sha256)
    return ModerationFile(
        file=file,
        standards_set=standards_set,
        questions=moderated_questions(standards_set, file.assessment.organisation_type),
        answers=work.answers.of_assessment(file.assessment.id),
        judgements=work.moderations.of_assessment(file.assessment.id),
        holders=work.moderations.seats_of(file.assessment.id),
    )


def assign_moderator(office: Office, user: User, assessment_id: str, seat: Seat, person_id: str) -> None:
    """Give a seat of a return to a person who may moderate it; oneself, for instance.

    Raises:
        BadInputError: there is no such seat, the person may not moderate here, holds the other seat or judged in
            it, or whoever holds the seat is done.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.MODERATE)
        panel = moderation_file(work, file)
        _check_seat(work, panel, seat, person_id)
        if seat in panel.holders and panel.holders[seat].person_id == person_id:
            return
        work.moderations.put_in_seat(assessment_id, seat, person_id)
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "moderator_assigned", office.clock(), seat=seat.value, moderator=person_id)
        work.commit()


def save_moderation(
    office: Office,
    user: User,
    assessment_id: str,
    question_id: str,
    *,
    expected_version: int,
    expected_answer_version: int,
    **changes: Unpack[ModerationChanges],
) -> Moderation:
    """Save what changed in one's own judgement of an answer, and return the judgement as it now stands.

    ``expected_answer_version`` is the version of the answer the person has read: the whole judgement is then of that
    version. With no changes it confirms an earlier judgement for it.

    Raises:
        StaleModerationError: the answer or the judgement changed meanwhile; nothing is overwritten.
        BadInputError: a rating the scale does not have, or a question that is not moderated.
        NotPermittedError: the return is not with scrutiny, the person holds no seat, or was done before.
    """
    with office.store.writing() as work:
        panel = _open_panel(work, user, assessment_id)
        seat = panel.seat_of(user)
        if seat is None:
            raise NotPermittedError("You do not moderate this return. Take it on the Moderation page first.")
        stored = panel.judgements[seat].get(question_id, Moderation(question_id, seat))
        if not may_judge_now(panel.holders[seat], standing_of(stored, panel.answer_to(question_id))):
            raise NotPermittedError(
                "You said that you were done, so your judgements stand. "
                "Where the other moderator's differ, agree on one."
            )
        return _save(office, work, user, panel, stored, expected_version, expected_answer_version, changes)


def save_agreement(
    office: Office,
    user: User,
    assessment_id: str,
    question_id: str,
    *,
    expected_version: int,
    expected_answer_version: int,
    **changes: Unpack[ModerationChanges],
) -> Moderation:
    """Save what changed in the judgement that two moderators agree on where their own differ.

    Raises:
        As ``save_moderation``; NotPermittedError also until both moderators are done, and where they are of one mind.
    """
    with office.store.writing() as work:
        panel = _open_panel(work, user, assessment_id)
        if len(panel.seats) < 2:
            raise BadInputError("This cycle asks for one moderator for each return, so there is nothing to agree on.")
        if panel.done != set(panel.seats):
            raise NotPermittedError("An agreed judgement follows when both moderators have judged every question.")
        if not needs_agreement(question_id, panel.judgements, panel.answer_to(question_id), seats=panel.seats):
            raise NotPermittedError(f"Both moderators judged question {question_id} alike, so that is what counts.")
        stored = panel.judgements[Seat.AGREED].get(question_id, Moderation(question_id, Seat.AGREED))
        return _save(office, work, user, panel, stored, expected_version, expected_answer_version, changes)


def say_done(office: Office, user: User, assessment_id: str) -> None:
    """Say that one's own judgements are complete. When both moderators have, each sees the other's.

    Raises:
        BadInputError: a question is not judged yet.
    """
    with office.store.writing() as work:
        panel = _open_panel(work, user, assessment_id)
        seat = panel.seat_of(user)
        if seat is None:
            raise NotPermittedError("You do not moderate this return. Take it on the Moderation page first.")
        progress = progress_in_seat(panel.questions, panel.judgements[seat], panel.answers)
        if not progress.is_complete:
            raise BadInputError(
                f"{progress.judged} of {progress.of} questions are judged. "
                "Judge the others, then say that you are done."
            )
        work.moderations.set_done(assessment_id, seat, office.clock())
        record(work, assessment_stream(assessment_id), user, "moderator_done", office.clock(), seat=seat.value)
        work.commit()


def finish_moderation(office: Office, user: User, assessment_id: str) -> None:
    """Close the moderation of a return: it is ready to be released.

    Raises:
        BadInputError: a question is not judged, out of date, or not agreed on.
        TransitionNotAllowedError: the return does not wait for moderation.
    """
    with office.store.writing() as work:
        file = lock_assessment(work, user, assessment_id, Right.MODERATE)
        status = next_status(file.assessment.status, Move.MODERATE)
        panel = moderation_file(work, file)
        # First of all: how many are settled would tell a moderator what the other judged.
        if len(panel.seats) > 1 and panel.done != set(panel.seats):
            raise BadInputError("Both moderators must say that they are done before the moderation can be finished.")
        outcomes = panel.outcomes()
        still_open = [one.id for one in panel.questions if one.id not in outcomes]
        if still_open:
            raise BadInputError(
                f"{len(outcomes)} of {len(panel.questions)} questions are settled, so this cannot be finished "
                f"yet. The first that is open is {still_open[0]}."
            )
        work.assessments.set_status(assessment_id, status)
        record(work, assessment_stream(assessment_id), user, Move.MODERATE.value, office.clock())
        work.commit()


def _check_seat(work: UnitOfWork, panel: ModerationFile, seat: Seat, person_id: str) -> None:
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


def _open_panel(work: UnitOfWork, user: User, assessment_id: str) -> ModerationFile:
    file = lock_assessment(work, user, assessment_id, Right.MODERATE)
    if file.assessment.status is not AssessmentStatus.SUBMITTED:
        title = STATUS_TITLES[file.assessment.status].lower()
        raise NotPermittedError(
            f"This return is {title}, so it cannot be judged now. Answers are judged while a return is submitted."
        )
    return moderation_file(work, file)


def _save(
    office: Office,
    work: UnitOfWork,
    user: User,
    panel: ModerationFile,
    stored: Moderation,
    expected_version: int,
    expected_answer_version: int,
    changes: ModerationChanges,
) -> Moderation:
    question_id, assessment_id = stored.question_id, panel.file.assessment.id
    if question_id not in {one.id for one in panel.questions}:
        raise BadInputError(f"Question {question_id} is not one that is moderated in this return. Reload the page.")
    answer = panel.answer_to(question_id)
    if answer.version != expected_answer_version:
        raise StaleModerationError(question_id=question_id, answer_changed=True)
    if stored.version != expected_version:
        raise StaleModerationError(question_id=question_id, answer_changed=False)
    wanted = replace(_with_changes(stored, panel.standards_set, changes), answer_version=answer.version)
    if wanted == stored:
        return stored
    wanted = replace(wanted, moderator_id=user.id)
    now = office.clock()
    if not work.moderations.save(assessment_id, wanted, expected_version=stored.version, at=now):
        raise StaleModerationError(question_id=question_id, answer_changed=False)
    saved = replace(wanted, version=stored.version + 1, updated_at=now)
    record(
        work,
        assessment_stream(assessment_id),
        user,
        "moderation_saved",
        now,
        question=question_id,
        seat=saved.seat.value,
        version=saved.version,
        answer_version=answer.version,
        changed={name: value for name, value in changes.items() if getattr(stored, name) != value},
        complete=not missing_in(saved, answer),
    )
    work.commit()
    return saved


def _with_changes(stored: Moderation, standards_set: StandardsSet, changes: ModerationChanges) -> Moderation:
    rating, no_rating = stored.rating, stored.no_rating
    if "rating" in changes:
        rating = standards_set.scale.rating(changes["rating"]).key if changes["rating"] else None
        no_rating = no_rating and rating is None
    if changes.get("no_rating"):
        rating, no_rating = None, True
    elif "no_rating" in changes:
        no_rating = False
    return replace(
        stored,
        rating=rating,
        no_rating=no_rating,
        evidence_quality=changes.get("evidence_quality", stored.evidence_quality),
        reason=kept_text(changes.get("reason", stored.reason)),
    )
