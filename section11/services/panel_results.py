"""What moderation came to in the returns of a cycle, and what two moderators judged before they agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from section11.domain.answers import Answer
from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.moderation import (
    Attached,
    Moderation,
    Said,
    SaidByQuestion,
    Seat,
    Standing,
    moderated_questions,
    said_by_question,
    standing_of,
)
from section11.domain.moderation_panel import JudgementsBySeat, outcome_of, outcomes_of, seats_for
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.reports.selection import as_moderated
from section11.services.office import frozen_set
from section11.storage.unit_of_work import UnitOfWork
from section11.storage.verdicts import JudgedAnswer

FINISHED = (AssessmentStatus.MODERATED, AssessmentStatus.RELEASED)
_STATUSES = [status.value for status in FINISHED]


@dataclass(frozen=True, slots=True)
class PanelResult:
    """What moderation of a return came to, and the judgements of two moderators before they agreed."""

    outcomes: Mapping[str, Moderation]
    judgements: Mapping[Seat, Mapping[str, Moderation]]


NO_PANEL = PanelResult({}, {})


def panel_results(
    work: UnitOfWork, cycle: Cycle, assessments: Sequence[Assessment], answers: Mapping[str, Mapping[str, Answer]]
) -> dict[str, PanelResult]:
    """Return the results of the returns whose moderation is finished, by assessment id."""
    judgements = work.moderations.in_cycle(cycle.id, _STATUSES)
    attached = work.evidence.signed_in_cycle(cycle.id, _STATUSES)
    seats = seats_for(cycle.moderators_per_return)
    found = {}
    for one, questions in _with_questions(work, [one for one in assessments if one.status in FINISHED]):
        said = said_by_question(questions, answers.get(one.id, {}), attached.get(one.id, {}))
        of_return = judgements.get(one.id, {})
        outcomes = outcomes_of(questions, of_return, said, seats=seats)
        found[one.id] = PanelResult(outcomes, _standing(of_return, said) if len(seats) > 1 else {})
    return found


def panel_results_without_texts(
    work: UnitOfWork, cycle: Cycle, assessments: Sequence[Assessment]
) -> dict[str, PanelResult]:
    """Return the same several times as fast, without who judged when, and of a reason only whether there is one.

    Among the judgements of two moderators are those of answers that the first of them judged.
    """
    seats = seats_for(cycle.moderators_per_return)
    found = {}
    finished = [one for one in assessments if one.status in FINISHED]
    for one, of_return in settled_answers(work, cycle.id, forms_of(work, finished), seats, _STATUSES).items():
        settled = of_return.answers
        outcomes = {each.question_id: each.outcome for each in settled if each.outcome is not None}
        judgements: dict[Seat, dict[str, Moderation]] = {seat: {} for seat in seats} if len(seats) > 1 else {}
        for seat, of_seat in judgements.items():
            of_seat.update((each.question_id, each.standing[seat]) for each in settled if seat in each.standing)
        found[one] = PanelResult(outcomes, judgements)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class SettledAnswer:
    """An answer that was judged, without texts: what a panel came to, if anything, and which judgements stand.

    ``moderated`` is the answer with the outcome in place of what the organisation chose. One of these stands in many
    returns, and is equal to itself alone.
    """

    answer: Answer
    outcome: Moderation | None
    moderated: Answer
    standing: Mapping[Seat, Moderation]

    @property
    def question_id(self) -> str:
        return self.answer.question_id


@dataclass(frozen=True, slots=True)
class SettledReturn:
    """What was judged in a return; ``asked`` is how many of its questions are moderated."""

    answers: Sequence[SettledAnswer]
    asked: int

    def with_outcome(self) -> list[SettledAnswer]:
        return [one for one in self.answers if one.outcome is not None]


class ReturnForm(NamedTuple):
    """A return and what it is asked by: its set and the key of the organisation type."""

    assessment_id: str
    standards_set: StandardsSet
    organisation_type: str


def forms_of(work: UnitOfWork, assessments: Iterable[Assessment]) -> Iterator[ReturnForm]:
    for one in assessments:
        yield ReturnForm(one.id, frozen_set(work, one.set_sha256), one.organisation_type)


def settled_answers(
    work: UnitOfWork, cycle_id: str, returns: Iterable[ReturnForm], seats: Sequence[Seat], statuses: Sequence[str]
) -> dict[str, SettledReturn]:
    """Return what was judged in these seats in returns of a cycle that came in, by assessment id.

    ``statuses`` are those that the returns have. Answers that somebody in another than the first of the seats judged
    alone are left out; they are not settled.
    """
    judged = work.moderations.judged_in_cycle(cycle_id, statuses, seats)
    attached = work.evidence.signed_in_cycle(cycle_id, statuses)
    settled = _Settled(seats)
    forms: dict[tuple[int, str], _SettledIn] = {}
    found = {}
    for assessment_id, standards_set, organisation_type in returns:
        key = (id(standards_set), organisation_type)
        if key not in forms:
            forms[key] = _SettledIn(settled, moderated_questions(standards_set, organisation_type))
        form = forms[key]
        of_return, here = judged.get(assessment_id, []), attached.get(assessment_id, {})
        if here:
            known = [form.with_evidence(each, here.get(each.answer.question_id, ())) for each in of_return]
        else:
            known = list(map(form.__getitem__, of_return))
        found[assessment_id] = SettledReturn([each for each in known if each is not None], form.asked)
    return found


class _Settled(dict[JudgedAnswer, SettledAnswer]):
    """What was settled without evidence attached: the same judged answer stands in many returns, and is read once."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        super().__init__()
        self._seats = seats

    def __missing__(self, judged: JudgedAnswer) -> SettledAnswer:
        self[judged] = settled = self.with_evidence(judged, ())
        return settled

    def with_evidence(self, judged: JudgedAnswer, attached: Attached) -> SettledAnswer:
        question_id, said = judged.answer.question_id, Said(judged.answer, attached)
        by_seat = {seat: {question_id: one} for seat, one in judged.judgements.items()}
        standing = {seat: one for seat, one in judged.judgements.items() if standing_of(one, said) is Standing.JUDGED}
        outcome = outcome_of(question_id, by_seat, said, seats=self._seats)
        moderated = judged.answer if outcome is None else as_moderated(judged.answer, outcome)
        return SettledAnswer(judged.answer, outcome, moderated, standing)


class _SettledIn(dict[JudgedAnswer, SettledAnswer | None]):
    """The same for returns of one form; None where it does not moderate the question."""

    def __init__(self, settled: _Settled, questions: Iterable[Question]) -> None:
        super().__init__()
        self._settled = settled
        self._moderated = {one.id for one in questions}
        self.asked = len(self._moderated)

    def __missing__(self, judged: JudgedAnswer) -> SettledAnswer | None:
        is_moderated = judged.answer.question_id in self._moderated
        self[judged] = found = self._settled[judged] if is_moderated else None
        return found

    def with_evidence(self, judged: JudgedAnswer, attached: Attached) -> SettledAnswer | None:
        found = self[judged]
        return self._settled.with_evidence(judged, attached) if attached and found is not None else found


def _with_questions(
    work: UnitOfWork, assessments: Iterable[Assessment]
) -> Iterator[tuple[Assessment, tuple[Question, ...]]]:
    """Give each return with the questions that are moderated in it."""
    known: dict[tuple[str, str], tuple[Question, ...]] = {}
    for one in assessments:
        form = (one.set_sha256, one.organisation_type)
        if form not in known:
            known[form] = moderated_questions(frozen_set(work, one.set_sha256), one.organisation_type)
        yield one, known[form]


def _standing(judgements: JudgementsBySeat, said: SaidByQuestion) -> dict[Seat, dict[str, Moderation]]:
    """Return the judgements of both moderators that are complete and of the answer as it stands."""
    return {
        seat: {
            question_id: one
            for question_id, one in judgements.get(seat, {}).items()
            if question_id in said and standing_of(one, said[question_id]) is Standing.JUDGED
        }
        for seat in (Seat.FIRST, Seat.SECOND)
    }
