"""The sentences of the board pack: rules that write them from the figures, in tables to be read.

Each rule stands with an example of what it says. A rule never claims without its n and says nothing where n is 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from section11.domain.moderation import QUALITY_TITLES
from section11.domain.uk_time import long_date, uk_date
from section11.reports.arrangement_map import ArrangementTotals
from section11.reports.board_pack import Sentence
from section11.reports.figures import CycleFigures
from section11.reports.moderation_figures import Comparison
from section11.reports.results import Level
from section11.reports.return_rates import Timing
from section11.reports.set_figures import SetFigures
from section11.reports.since_last_time import SinceLastTime
from section11.reports.tally import percent_of

About = TypeVar("About")
MOST_NAMED = 3
"""A sentence that would name more than this many things says nothing; the table does."""


@dataclass(frozen=True, slots=True)
class Said:
    """A rule's words, and the smallest group of organisations they speak of."""

    words: str
    organisations: int


NOTHING = Said("", 0)


@dataclass(frozen=True, slots=True)
class Rule(Generic[About]):
    """A rule with the key of its sentence and an example."""

    key: str
    example: str
    says: Callable[[About], Said]


def sentences_by(rules: Iterable[Rule[About]], about: About, of: str = "") -> tuple[Sentence, ...]:
    """Return what the rules say; ``of`` tells the sentences of several sets apart."""
    said = [(f"{rule.key}.{of}" if of else rule.key, rule.says(about)) for rule in rules]
    return tuple(Sentence(key, one.words, one.organisations) for key, one in said if one.words)


def who_returned(figures: CycleFigures) -> Said:
    expected = figures.returns_expected
    if not expected:
        return NOTHING
    due = long_date(figures.cycle.due)
    if uk_date(figures.taken_at) <= figures.cycle.due:
        words = f"{figures.returns_counted} of {_organisations(expected)} returned so far; the due date is {due}."
        return Said(words, expected)
    timings = Counter(one.timing for one in figures.organisations)
    counts = (
        (timings[Timing.LATE], "late"),
        (timings[Timing.DATE_NOT_KNOWN], "returned on a date that is not known"),
        (timings[Timing.OVERDUE], "outstanding"),
    )
    first = f"{timings[Timing.ON_TIME]} of {_organisations(expected)} returned by {due}"
    return Said("; ".join([first, *_counted(counts)]) + ".", expected)


def still_to_come(figures: CycleFigures) -> Said:
    waiting = [row for row in figures.return_rates.by_type if row.rate.outstanding]
    waiting.sort(key=lambda row: -row.rate.outstanding)
    if not waiting or len(figures.return_rates.by_type) == 1:
        return NOTHING
    named = "; ".join(f"{row.title} {row.rate.outstanding} of {row.rate.expected}" for row in waiting[:MOST_NAMED])
    more = len(waiting) - MOST_NAMED
    rest = f"; and {more} more {_noun(more, 'type')} of organisation" if more > 0 else ""
    return Said(f"Still to come: {named}{rest}.", min(row.rate.expected for row in waiting))


def most_often_weak(figures: CycleFigures) -> Said:
    return _most_often(figures, Level.WEAK)


def most_often_strong(figures: CycleFigures) -> Said:
    return _most_often(figures, Level.STRONG)


def actions_promised(figures: CycleFigures) -> Said:
    total = figures.actions.total
    overdue = f" ({total.overdue} overdue)" if total.overdue else ""
    counts = (
        (total.open, f"open{overdue}"),
        (total.done, "done and not yet verified"),
        (total.verified, "verified"),
        (total.dropped, "dropped"),
    )
    if not total.n:
        return NOTHING
    words = f"{total.n:,} {_noun(total.n, 'action')} promised: {', '.join(_counted(counts))}."
    return Said(words, figures.returns_counted)


def how_rated(figures: SetFigures) -> Said:
    total, scale = figures.total, figures.standards_set.scale
    n = total.denominator
    if not n:
        return NOTHING
    shares = [
        f"{total.by_rating[one.key]:,} {one.label.lower()} ({total.percent(one.key):.1f}%)"
        for one in scale.ratings
        if total.by_rating[one.key]
    ]
    if total.without_rating:
        shares.append(f"{total.without_rating:,} without a rating ({percent_of(total.without_rating, n):.1f}%)")
    left_out = f" {total.not_applicable:,} not applicable, left out." if total.not_applicable else ""
    returns = f"{figures.returns_counted} {_noun(figures.returns_counted, 'return')}"
    words = f"Of {n:,} {_noun(n, 'answer')} in {returns}: {', '.join(shares)}.{left_out}"
    return Said(words, figures.returns_counted)


def highest_and_lowest(figures: SetFigures) -> Said:
    best = figures.standards_set.scale.best
    shares = {row.standard_id: row.tally.percent(best.key) for row in figures.standards}
    known = [share for share in shares.values() if share is not None]
    if len(set(known)) < 2:
        return NOTHING
    ends = []
    for share in (max(known), min(known)):
        rows = [row for row in figures.standards if shares[row.standard_id] == share]
        if len(rows) > MOST_NAMED:
            return NOTHING
        ends.append("; ".join(f"{row.title} ({row.tally.at_best:,} of {row.tally.denominator:,})" for row in rows))
    words = f"Highest share {best.label.lower()}: {ends[0]}. Lowest: {ends[1]}."
    return Said(words, figures.returns_counted)


def essential_answers(figures: SetFigures) -> Said:
    scale = figures.standards_set.scale
    lower = [one for one in scale.ratings if scale.is_lower_half(one.key)]
    tallies = [row.tally for row in figures.questions if row.essential]
    n = sum(tally.rated for tally in tallies)
    low = sum(tally.by_rating[one.key] for tally in tallies for one in lower)
    if not n:
        return NOTHING
    labels = " or ".join(one.label.lower() for one in lower)
    words = f"Essential questions: {low:,} of {n:,} rated {_noun(n, 'answer')} {_are(low)} {labels}."
    return Said(words, figures.returns_counted)


def moderated_ratings(figures: SetFigures) -> Said:
    moderation = figures.moderation
    n, counts = moderation.total.n, moderation.total.counts
    if not n:
        return NOTHING
    parts = (
        (counts[Comparison.SAME], "kept their rating"),
        (counts[Comparison.LOWER], "moderated lower"),
        (counts[Comparison.HIGHER], "moderated higher"),
    )
    returns = f"{moderation.returns} moderated {_noun(moderation.returns, 'return')}"
    words = f"Of {n:,} {_noun(n, 'answer')} rated by both sides in {returns}: {', '.join(_counted(parts))}."
    return Said(words, moderation.returns)


def evidence_quality(figures: SetFigures) -> Said:
    qualities = figures.moderation.total.qualities
    n = sum(qualities.values())
    if not n:
        return NOTHING
    counts = [(qualities[one], title.lower()) for one, title in QUALITY_TITLES.items()]
    words = f"Evidence behind {n:,} moderated {_noun(n, 'answer')}: {', '.join(_counted(counts))}."
    return Said(words, figures.moderation.returns)


def risen_and_fallen(since: SinceLastTime) -> Said:
    moves = Counter(one.direction for one in since.standards)
    n = len(since.standards)
    if not n:
        return NOTHING
    counts = ((moves[1], "rose"), (moves[-1], "fell"), (moves[0], "stayed the same"))
    moved = ", ".join(f"{words} in {count}" for count, words in counts if count)
    words = f"Share {since.best_label.lower()} since {since.earlier_name}, in {n} {_noun(n, 'standard')}: {moved}."
    return Said(words, since.fewest_returns)


def largest_move(since: SinceLastTime) -> Said:
    moved = [one for one in since.standards if one.direction]
    if not moved:
        return NOTHING
    largest = max(abs(one.difference) for one in moved)
    named = [one for one in moved if abs(one.difference) == largest]
    if len(named) > MOST_NAMED:
        return NOTHING
    each = "; ".join(
        f"{one.title}, from {one.percent_before:.1f}% of {one.n_before:,} to {one.percent_now:.1f}% of {one.n_now:,}"
        for one in named
    )
    return Said(f"Largest change: {each}.", since.fewest_returns)


def not_compared(since: SinceLastTime) -> Said:
    n = len(since.broken)
    if not n:
        return NOTHING
    total = n + len(since.standards)
    words = f"{n} of {total} {_noun(total, 'standard')} {_are(n)} not compared, as questions or scale changed"
    reasons = {one.why for one in since.broken}
    words += f". {reasons.pop()}" if len(reasons) == 1 else ": why is at the end."
    return Said(words, since.fewest_returns)


RETURN_RULES: tuple[Rule[CycleFigures], ...] = (
    Rule("returned", "31 of 38 organisations returned by 30 September 2026; 4 late; 3 outstanding.", who_returned),
    Rule("to-come", "Still to come: Primary school 2 of 6; Charity 1 of 3.", still_to_come),
)
ARRANGEMENT_RULES: tuple[Rule[CycleFigures], ...] = (
    Rule("weak", "Most often weak: Whistleblowing (6 of 34 organisations).", most_often_weak),
    Rule("strong", "Most often strong: Senior leadership (29 of 34 organisations).", most_often_strong),
)
SET_RULES: tuple[Rule[SetFigures], ...] = (
    Rule("rated", "Of 800 answers in 31 returns: 600 fully met (75.0%), 200 partly met (25.0%).", how_rated),
    Rule("ends", "Highest share fully met: Leadership (88 of 93). Lowest: Training (20 of 93).", highest_and_lowest),
    Rule("essential", "Essential questions: 12 of 280 rated answers are partly met or not met.", essential_answers),
)
MODERATION_RULES: tuple[Rule[SetFigures], ...] = (
    Rule(
        "moderated",
        "Of 240 answers rated by both sides in 12 moderated returns: 200 kept their rating, 40 moderated lower.",
        moderated_ratings,
    ),
    Rule("evidence", "Evidence behind 240 moderated answers: 90 asserted, 150 documented.", evidence_quality),
)
TREND_RULES: tuple[Rule[SinceLastTime], ...] = (
    Rule("moves", "Share fully met since 2024, in 11 standards: rose in 5, fell in 6.", risen_and_fallen),
    Rule("largest", "Largest change: Training, from 40.0% of 30 to 55.0% of 28.", largest_move),
    Rule(
        "changed",
        "2 of 13 standards are not compared, as questions or scale changed. Asked in other words: S2.1.",
        not_compared,
    ),
)
ACTION_RULES: tuple[Rule[CycleFigures], ...] = (
    Rule("actions", "38 actions promised: 20 open (4 overdue), 18 done and not yet verified.", actions_promised),
)
IN_SHORT = ("returned", "weak", "rated", "moves", "moderated", "actions")
"""The first part of the keys of the sentences that are said again at the beginning."""
IN_SHORT_OF_MANY_SETS = ("returned", "weak", "rated", "actions")
RULE_KEYS = frozenset(
    rule.key
    for rules in (RETURN_RULES, ARRANGEMENT_RULES, SET_RULES, MODERATION_RULES, TREND_RULES, ACTION_RULES)
    for rule in rules
)


def _most_often(figures: CycleFigures, level: Level) -> Said:
    arrangements = figures.arrangement_map.arrangements
    most = max((one.levels[level] for one in arrangements), default=0)
    named = [one for one in arrangements if one.levels[level] == most]
    if not most or len(named) > MOST_NAMED:
        return NOTHING
    words = "; ".join(_of_organisations(one, level) for one in named)
    return Said(f"Most often {level.value}: {words}.", min(one.n for one in named))


def _of_organisations(one: ArrangementTotals, level: Level) -> str:
    return f"{one.title} ({one.levels[level]} of {_organisations(one.n)})"


def _counted(counts: Sequence[tuple[int, str]]) -> list[str]:
    return [f"{count:,} {words}" for count, words in counts if count]


def _organisations(count: int) -> str:
    return f"{count:,} {_noun(count, 'organisation')}"


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
