"""A moderation panel: one or two moderators of a return, what each may see, and what they come to together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from section11.domain.moderation import (
    Moderation,
    ModerationsByQuestion,
    Said,
    SaidByQuestion,
    Seat,
    Standing,
    standing_of,
)
from section11.domain.standards import Question

MODERATOR_COUNTS = (1, 2)
JudgementsBySeat = Mapping[Seat, ModerationsByQuestion]


@dataclass(frozen=True, slots=True)
class SeatHolder:
    """Who judges in a seat. ``done_at`` is when they said that they had judged everything."""

    person_id: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ModerationProgress:
    """How many of a return's rated questions are judged."""

    judged: int
    of: int

    @property
    def is_complete(self) -> bool:
        return self.judged == self.of


def seats_for(moderators_per_return: int) -> tuple[Seat, ...]:
    """Return the seats of a panel."""
    return (Seat.FIRST, Seat.SECOND) if moderators_per_return > 1 else (Seat.FIRST,)


def progress_in_seat(
    questions: Sequence[Question], moderations: ModerationsByQuestion, said: SaidByQuestion
) -> ModerationProgress:
    """Return how many of these questions have a judgement that is complete and up to date."""
    judged = sum(standing_of(moderations.get(one.id), said[one.id]) is Standing.JUDGED for one in questions)
    return ModerationProgress(judged, len(questions))


def is_seat_done(holder: SeatHolder | None, progress: ModerationProgress) -> bool:
    """Return whether a moderator said they were done, and nothing that is judged changed since."""
    return holder is not None and holder.done_at is not None and progress.is_complete


def visible_seats(own: Seat | None, done: Collection[Seat], *, seats: Sequence[Seat]) -> frozenset[Seat]:
    """Return whose judgements a person may see: their own, and everybody's once every seat is done.

    With one moderator there is nobody to be blind to, so every moderator of the partnership may look.
    """
    if len(seats) == 1 or set(seats) <= set(done):
        return frozenset({*seats, Seat.AGREED})
    return frozenset({own}) if own in seats and own is not None else frozenset()


def may_judge_now(holder: SeatHolder | None, standing: Standing) -> bool:
    """Return whether a question may be judged in a seat now.

    After a moderator was done, they may have seen the other's judgements, so only what is not judged
    any more, because its answer or evidence changed, is judged again.
    """
    return holder is None or holder.done_at is None or standing is not Standing.JUDGED


def is_same_judgement(first: Moderation, second: Moderation) -> bool:
    """Return whether two moderators came to the same rating and quality of evidence."""
    return (first.rating, first.no_rating, first.evidence_quality) == (
        second.rating,
        second.no_rating,
        second.evidence_quality,
    )


def outcome_of(
    question_id: str, judgements: JudgementsBySeat, said: Said, *, seats: Sequence[Seat]
) -> Moderation | None:
    """Return what a panel came to about an answer, or None while that is open.

    One moderator's judgement stands by itself. Where two are the same it is theirs, with both reasons; where they
    differ, only an agreed one counts. Nothing that was judged before the answer or its evidence changed is ever an
    outcome.
    """
    of_seats = [judgements.get(seat, {}).get(question_id) for seat in seats]
    found = [one for one in of_seats if one is not None and standing_of(one, said) is Standing.JUDGED]
    if len(found) < len(seats):
        return None
    first, *others = found
    if all(is_same_judgement(first, other) for other in others):
        reasons = dict.fromkeys(one.reason.strip() for one in found if one.reason.strip())
        return replace(first, reason="\n".join(reasons))
    agreed = judgements.get(Seat.AGREED, {}).get(question_id)
    return agreed if standing_of(agreed, said) is Standing.JUDGED else None


def outcomes_of(
    questions: Sequence[Question], judgements: JudgementsBySeat, said: SaidByQuestion, *, seats: Sequence[Seat]
) -> dict[str, Moderation]:
    """Return every outcome of a return by question id; questions that are still open are left out."""
    found = {one.id: outcome_of(one.id, judgements, said[one.id], seats=seats) for one in questions}
    return {question_id: outcome for question_id, outcome in found.items() if outcome is not None}


def needs_agreement(question_id: str, judgements: JudgementsBySeat, said: Said, *, seats: Sequence[Seat]) -> bool:
    """Return whether both moderators judged an answer and came to different judgements."""
    found = [judgements.get(seat, {}).get(question_id) for seat in seats]
    judged = [one for one in found if one is not None and standing_of(one, said) is Standing.JUDGED]
    return len(judged) == 2 and not is_same_judgement(*judged)
