"""Evidence, impact and actions in words: phrases filled with months, numbers and posts."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from section11.domain.answers import Action
from section11.services.demo.content import Phrases, Profile, QuestionPhrases

PERCENT_RANGES = ((95, 99), (82, 89), (61, 69), (25, 48))
"""Percentages that fit each rating, the best first."""
_FEW = ("two", "three", "four", "five")


def filling(rng: random.Random, profile: Profile, written: datetime, position: int) -> dict[str, str]:
    """Return what goes into the braces of the phrases of one answer, with and without a capital."""
    words = {
        "percent": str(rng.randint(*PERCENT_RANGES[position])),
        "number": str(rng.randint(12, 60)),
        "few": rng.choice(_FEW),
        "month": _month(written.date(), rng.randint(1, 10)),
        "older": _month(written.date(), rng.randint(14, 30)),
        "body": profile.body,
        "lead": profile.lead,
    }
    capitals = {key.capitalize(): text[0].upper() + text[1:] for key, text in words.items()}
    return words | capitals


def evidence(
    rng: random.Random, phrases: Phrases, question: QuestionPhrases, position: int, words: Mapping[str, str]
) -> str:
    """Return one to three sentences that fit the rating."""
    shown = rng.sample(question.shown, len(question.shown))
    if position == 0:
        parts = [shown[0], rng.choice([*shown[1:], *phrases.closing, ""])]
    elif position == 1:
        parts = [shown[0], rng.choice(phrases.nearly)]
    elif position == 2:
        parts = [question.gap, rng.choice(phrases.plain)]
    else:
        parts = [question.gap, rng.choice([*phrases.plain, ""])]
    return " ".join(part for part in parts if part).format_map(words)


def action(
    rng: random.Random,
    profile: Profile,
    question_id: str,
    question: QuestionPhrases,
    written: datetime,
    words: Mapping[str, str],
) -> Action:
    """Return an improvement promised for one to nine months later."""
    return Action(
        question_id=question_id,
        what=question.action.format_map(words),
        owner=rng.choice(profile.action_owners),
        due=written.date() + timedelta(days=rng.randint(30, 270)),
    )


def _month(day: date, months_earlier: int) -> str:
    months = day.year * 12 + day.month - 1 - months_earlier
    return date(months // 12, months % 12 + 1, 1).strftime("%B %Y")
