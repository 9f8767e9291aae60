"""Moderating: judging answers one by one, agreeing where two differ, and finishing."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict, Unpack

from section11.domain.moderation import Attached, EvidenceQuality, Moderation, Said, Seat, missing_in, standing_of
from section11.domain.moderation_panel import may_judge_now, needs_agreement, progress_in_seat
from section11.domain.people import User
from section11.domain.standards import StandardsSet
from section11.domain.workflow import Move, next_status
from section11.errors import BadInputError, NotPermittedError, StaleModerationError
from section11.permissions import Right
from section11.services.answering import kept_text
from section11.services.moderation_panels import ModerationFile, moderation_file, open_panel
from section11.services.office import Office
from section11.services.places import lock_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork


class ModerationChanges(TypedDict, total=False):
    """The parts of a judgement a person changed. A rating takes away "no rating" and the other way round."""

    rating: str | None
    no_rating: bool
    evidence_quality: EvidenceQuality | None
    reason: str


def save_moderation(
    office: Office,
    user: User,
    assessment_id: str,
    question_id: str,
    *,
    expected_version: int,
    expected_answer_version: int,
    expected_attached: Attached = (),
    **changes: Unpack[ModerationChanges],
) -> Moderation:
    """Save what changed in one's own judgement of an answer, and return the judgement as it now stands.

    ``expected_answer_version`` and ``expected_attached`` are the version of the answer, and the evidence under it,
    that the person has read: the whole judgement is then of those. With no changes it confirms an earlier judgement.

    Raises:
        StaleModerationError: the answer, its evidence or the judgement changed meanwhile; nothing is overwritten.
        BadInputError: a rating the scale does not have, or a question that is not moderated.
        NotPermittedError: the return is not with scrutiny, the person holds no seat, or was done before.
    """
    with office.store.writing() as work:
        panel = open_panel(work, user, assessment_id)
        seat = panel.seat_of(user)
        if seat is None:
            raise NotPermittedError("You do not moderate this return. Take it on the Moderation page first.")
        stored = panel.judgements[seat].get(question_id, Moderation(question_id, seat))
        said = _said_to(panel, question_id)
        if not may_judge_now(panel.holders[seat], standing_of(stored, said)):
            raise NotPermittedError(
                "You said that you were done, so your judgements stand. "
                "Where the other moderator's differ, agree on one."
            )
        read = (expected_answer_version, expected_attached)
        return _save(office, work, user, panel, stored, expected_version, read, changes)


def save_agreement(
    office: Office,
    user: User,
    assessment_id: str,
    question_id: str,
    *,
    expected_version: int,
    expected_answer_version: int,
    expected_attached: Attached = (),
    **changes: Unpack[ModerationChanges],
) -> Moderation:
    """Save what changed in the judgement that two moderators agree on where their own differ.

    Raises:
        As ``save_moderation``; NotPermittedError also until both moderators are done, and where they are of one mind.
    """
    with office.store.writing() as work:
        panel = open_panel(work, user, assessment_id)
        if len(panel.seats) < 2:
            raise BadInputError("This cycle asks for one moderator for each return, so there is nothing to agree on.")
        if panel.done != set(panel.seats):
            raise NotPermittedError("An agreed judgement follows when both moderators have judged every question.")
        said = _said_to(panel, question_id)
        if not needs_agreement(question_id, panel.judgements, said, seats=panel.seats):
            raise NotPermittedError(f"Both moderators judged question {question_id} alike, so that is what counts.")
        stored = panel.judgements[Seat.AGREED].get(question_id, Moderation(question_id, Seat.AGREED))
        read = (expected_answer_version, expected_attached)
        return _save(office, work, user, panel, stored, expected_version, read, changes)


def say_done(office: Office, user: User, assessment_id: str) -> None:
    """Say that one's own judgements are complete. When both moderators have, each sees the other's.

    Raises:
        BadInputError: a question is not judged yet.
    """
    with office.store.writing() as work:
        panel = open_panel(work, user, assessment_id)
        seat = panel.seat_of(user)
        if seat is None:
            raise NotPermittedError("You do not moderate this return. Take it on the Moderation page first.")
        progress = progress_in_seat(panel.questions, panel.judgements[seat], panel.said)
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


def _save(
    office: Office,
    work: UnitOfWork,
    user: User,
    panel: ModerationFile,
    stored: Moderation,
    expected_version: int,
    read: tuple[int, Attached],
    changes: ModerationChanges,
) -> Moderation:
    question_id, assessment_id = stored.question_id, panel.file.assessment.id
    said = _said_to(panel, question_id)
    answer = said.answer
    if read != (answer.version, said.attached):
        raise StaleModerationError(question_id=question_id, answer_changed=True)
    if stored.version != expected_version:
        raise StaleModerationError(question_id=question_id, answer_changed=False)
    wanted = replace(
        _with_changes(stored, panel.standards_set, changes), answer_version=answer.version, attached=said.attached
    )
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
        attached={one.item_id: one.revision for one in said.attached},
        changed={name: value for name, value in changes.items() if getattr(stored, name) != value},
        complete=not missing_in(saved, answer),
    )
    work.commit()
    return saved


def _said_to(panel: ModerationFile, question_id: str) -> Said:
    if question_id not in panel.said:
        raise BadInputError(f"Question {question_id} is not one that is moderated in this return. Reload the page.")
    return panel.said[question_id]


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
