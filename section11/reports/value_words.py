"""What the answers to a question that is not rated come to, in one line of words."""

from __future__ import annotations

from decimal import Decimal

from section11.domain.question_types import value_words
from section11.domain.question_types.figures import in_words, kept
from section11.domain.uk_time import long_date
from section11.reports.value_figures import Spread, ValueFigures


def summary_words(figures: ValueFigures) -> str:
    """Return for example ``Yes 12 (80.0%), No 3 (20.0%)`` or ``Median 40 people, from 3 to 1,250``.

    Where one organisation answered, its answer stands alone; texts are only counted.
    """
    if figures.n == 0:
        return "No answer yet"
    if figures.by_choice:
        return ", ".join(
            f"{choice} {count} ({figures.percent(choice):.1f}%)" for choice, count in figures.by_choice.items()
        )
    if figures.spread is not None:
        return _spread_words(figures, figures.spread)
    if figures.earliest is not None and figures.latest is not None:
        if figures.earliest == figures.latest:
            return long_date(figures.earliest)
        return f"From {long_date(figures.earliest)} to {long_date(figures.latest)}"
    return f"{figures.n:,} answered in words"


def _spread_words(figures: ValueFigures, spread: Spread) -> str:
    median = value_words(figures.question, _kept(spread.median))
    if figures.n == 1:
        return median
    if spread.total is None:
        ends = [value_words(figures.question, _kept(end)) for end in (spread.lowest, spread.highest)]
        return f"Median {median}, from {ends[0]} to {ends[1]}"
    lowest, highest, total = (in_words(_kept(number)) for number in (spread.lowest, spread.highest, spread.total))
    return f"Median {median}, from {lowest} to {highest}, {total} in all"


def _kept(number: float) -> str:
    return kept(Decimal(str(number)))
