"""What a fictional organisation answers where no rating is asked for: figures, dates, choices and posts."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from section11.domain.question_types import Entry, type_of
from section11.domain.standards import Question
from section11.services.demo.content import Profile

MOST_LIKELY_SPAN = 120
"""How far above the lowest a number goes in the demo, whatever the question allows."""
LEFT_EMPTY_PERCENT = 30
"""How many leave a question empty that may be left empty."""


def value_for(
    rng: random.Random, profile: Profile, question: Question, *, quality: float, written: datetime
) -> str | None:
    """Return a value as its type keeps it; None where the question is left empty."""
    if question.optional and rng.random() * 100 < LEFT_EMPTY_PERCENT:
        return None
    match type_of(question).entry:
        case Entry.ONE_OF:
            first, *others = type_of(question).options(question)
            return first if rng.random() < 0.7 or not others else rng.choice(others)
        case Entry.NUMBER:
            return str(_number(rng, question, quality))
        case Entry.DAY:
            return (written - timedelta(days=rng.randint(20, 420))).date().isoformat()
        case Entry.LINE:
            return profile.contributor
        case _:
            return f"{profile.contributor} answers questions about these figures."


def _number(rng: random.Random, question: Question, quality: float) -> int:
    if question.type == "percentage":
        return round(100 - min(60.0, abs(rng.gauss(0, 9 - 5 * quality))))
    lowest = max(question.least or 0, 1)
    highest = min(question.most or lowest + MOST_LIKELY_SPAN, lowest + MOST_LIKELY_SPAN)
    return round(lowest + (highest - lowest) * rng.random() ** 2)
