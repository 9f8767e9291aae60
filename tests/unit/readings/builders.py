"""A return as a reader sees it: four rated questions of the police on a scale of four ratings."""

from __future__ import annotations

from datetime import date

from section11.domain.answers import Action, Answer, Marker
from section11.domain.carrying import Earlier, EarlierAnswer
from section11.domain.crosswalks import LinkKind, Match, TrendBreak
from section11.domain.organisations import DutyBasis
from section11.domain.readings import Check, ReadingContext
from section11.domain.standards import StandardsSet
from tests.unit.figure_builders import SMALL_SET

TODAY = date(2026, 9, 14)
PERIOD_START = date(2024, 10, 1)
FULL = "The board reviewed the policy in May 2026 and agreed all its points."


def rated(question_id: str, rating: str = "fully", evidence: str = FULL, impact: str = "") -> Answer:
    return Answer(question_id, rating=rating, evidence=evidence, impact=impact)


def left_out(question_id: str, reason: str = "We buy nothing.") -> Answer:
    return Answer(question_id, marker=Marker.NOT_APPLICABLE, reason=reason)


def action(question_id: str, *, due: date | None = date(2026, 12, 1), owner: str = "Head of training") -> Action:
    return Action(question_id, "Train every manager", owner, due)


def a_return(
    *answers: Answer,
    actions: tuple[Action, ...] = (),
    organisation_type: str = "police",
    duty: DutyBasis = DutyBasis.SECTION_11,
    standards_set: StandardsSet = SMALL_SET,
    **more: object,
) -> ReadingContext:
    """Return a context of these answers: S1.1 and S2.1 are essential, charities are not asked S2.1 and S2.2."""
    return ReadingContext(
        standards_set=standards_set,
        organisation_type=organisation_type,
        duty=duty,
        answers={one.question_id: one for one in answers},
        actions={one.question_id: one for one in actions},
        today=TODAY,
        period_start=PERIOD_START,
        **more,  # type: ignore[arg-type]
    )


def earlier(
    answer: Answer,
    kind: LinkKind | None = LinkKind.SAME,
    breaks: tuple[TrendBreak, ...] = (),
    *others: Answer,
) -> Earlier:
    """Return what was answered last time, in 2024."""
    found = tuple(EarlierAnswer(SMALL_SET.questions_by_id[one.question_id], one) for one in (answer, *others))
    ids = tuple(one.question_id for one in (answer, *others))
    return Earlier("2024", "2024", SMALL_SET, Match(ids, kind, breaks), found)


def noticed(check: Check, context: ReadingContext) -> list[tuple[str, ...]]:
    """Return the questions of each notice of a check."""
    return [notice.question_ids for notice in check.find(context)]


def said(check: Check, context: ReadingContext) -> str:
    """Return the one sentence of a check."""
    [notice] = check.find(context)
    return notice.message
