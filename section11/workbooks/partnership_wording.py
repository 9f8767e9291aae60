"""Words of the partnership workbook that several sheets use, and what every state and result means."""

from __future__ import annotations

from datetime import datetime

from section11.domain.answers import AnswerState
from section11.domain.standards import Thresholds
from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.reports.figures import CycleFigures
from section11.reports.results import Level
from section11.reports.return_rates import Timing
from section11.reports.set_figures import SetFigures

DEMO_WARNING = "DEMONSTRATION: the organisations and their answers are made up."

STATE_MEANINGS: dict[AnswerState, str] = {
    AnswerState.RATED: "A rating was given. Counts in n.",
    AnswerState.ANSWERED: "A number, date, choice or text was given where no rating is asked for.",
    AnswerState.NOT_APPLICABLE: "The organisation says the question does not apply to it, with a reason. Leaves n.",
    AnswerState.DONT_KNOW_YET: "The organisation was still finding out. Stays in n, without a rating.",
    AnswerState.NOT_CONFIRMED: "Brought from an earlier cycle and not confirmed. Stays in n, without a rating.",
    AnswerState.NOT_ANSWERED: "Asked, but nothing was chosen. Stays in n, without a rating.",
    AnswerState.NOT_ASKED: "Organisations of this type are not asked the question. Leaves n.",
}

TIMING_MEANINGS: dict[Timing, str] = {
    Timing.ON_TIME: "Signed on or before the due date.",
    Timing.LATE: "Signed after the due date.",
    Timing.DATE_NOT_KNOWN: "Returned without a date of signature, so neither on time nor late.",
    Timing.OVERDUE: "Not returned, and the due date had passed when this workbook was made.",
    Timing.NOT_YET_DUE: "Not returned, and the due date had not passed when this workbook was made.",
}


def level_meaning(level: Level, thresholds: Thresholds) -> str:
    """Return what a result in words means under a set's thresholds."""
    return {
        Level.STRONG: f"At least {thresholds.strong_from_percent:g}% of the questions that apply are at the best "
        "rating, and no essential question is rated in the lower half of the scale.",
        Level.MIXED: "Neither strong nor weak.",
        Level.WEAK: f"Less than {thresholds.weak_below_percent:g}% of the questions that apply are at the best "
        "rating, or an essential question has the lowest rating.",
        Level.NOT_APPLICABLE: "The organisation says that none of the questions applies to it.",
        Level.NOT_ASKED: "Organisations of this type are not asked any of the questions, or its set has none "
        "about the arrangement.",
        Level.NOT_RETURNED: "The return has not come back, so its answers are not shown.",
    }[level]


def moment_words(moment: datetime) -> str:
    """Return ``14 October 2026 at 15:02``, by the clock in the United Kingdom."""
    return f"{long_date(uk_date(moment))} at {uk_time(moment):%H:%M}"


def cycle_source(figures: CycleFigures) -> str:
    """Return when the figures were taken and from how many returns."""
    words = (
        f"{figures.cycle.audit_name} {figures.cycle.name}. Taken {moment_words(figures.taken_at)} "
        f"from {figures.returns_counted} returned of {figures.returns_expected} expected."
    )
    return f"{words} {DEMO_WARNING}" if figures.is_demo else words


def set_source(figures: CycleFigures, of_set: SetFigures) -> str:
    """Return from which question set, when, and from how many of its returns the figures were taken."""
    words = (
        f"{of_set.standards_set.title}, version {of_set.standards_set.version}. Taken {moment_words(figures.taken_at)} "
        f"from {of_set.returns_counted} returned of {of_set.returns_expected} expected."
    )
    return f"{words} {DEMO_WARNING}" if figures.is_demo else words


def sheet_title(subject: str, number: int, sets: int) -> str:
    """Return a sheet's title, numbered when the cycle uses more than one question set."""
    return subject if sets == 1 else f"{subject} {number}"
