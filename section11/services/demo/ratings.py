"""How well a fictional organisation does: its quality, each question's difficulty, and change over time.

A rating is drawn as quality + lean of the question + a strength or weakness of the organisation's own + change
since its first cycle + chance, and cut into the ratings of the scale.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from section11.domain.standards import StandardsSet
from section11.services.demo.content import Profile

CUTS: Final = (0.0, -0.75, -1.45)
"""From the first figure on a question is fully met, from the second mostly, from the third partly."""
WEAK_PERCENT: Final = 9
"""How many organisations do clearly worse than the rest."""


@dataclass(frozen=True, slots=True)
class Character:
    """What makes one organisation different from the next."""

    quality: float
    change_per_cycle: float
    own_lean: dict[str, float]
    buys_nothing: bool
    keeps_no_case_records: bool


def character_of(rng: random.Random, profile: Profile, standards_set: StandardsSet) -> Character:
    is_weak = rng.random() * 100 < WEAK_PERCENT
    return Character(
        quality=rng.gauss(-1.0, 0.25) if is_weak else rng.gauss(0.15, 0.35),
        change_per_cycle=rng.gauss(0.18, 0.15),
        own_lean={question.id: rng.gauss(0.0, 0.55) for question in standards_set.rated_questions},
        buys_nothing=rng.random() * 100 < profile.buys_nothing_percent,
        keeps_no_case_records=rng.random() * 100 < profile.no_case_records_percent,
    )


def rating_position(
    rng: random.Random, character: Character, question_id: str, *, lean: float, cycle_number: int
) -> int:
    """Return the drawn place among four, 0 for the best. ``cycle_number`` is 0 for the first cycle."""
    figure = (
        character.quality
        + lean
        + character.own_lean[question_id]
        + character.change_per_cycle * cycle_number
        + rng.gauss(0.0, 0.35)
    )
    return sum(figure < cut for cut in CUTS)
