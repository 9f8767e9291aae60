"""What people write for the board pack, part by part, beside the sentences that come from the figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from section11.errors import BadInputError

THEMES, RECOMMENDATIONS, PLAN = "themes", "recommendations", "plan"
WRITTEN_PARTS = (THEMES, RECOMMENDATIONS, PLAN)
LONGEST_PART = 20_000
LONGEST_SENTENCE = 1_000
MOST_PLANNED = 40


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """A line of the partnership's own action plan; ``who`` leads it."""

    what: str
    who: str = ""
    by: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.what or self.who or self.by)


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """One part as somebody saved it: ``part`` is a sentence's key, or one of ``WRITTEN_PARTS``.

    ``made_from`` is what the rule said when its sentence was edited. ``version`` is 1 after the first save.
    """

    part: str
    words: str
    version: int
    by: str
    at: datetime
    made_from: str = ""

    @property
    def is_edit(self) -> bool:
        """Whether a sentence says something else than the figures did; if not, it follows them."""
        return self.words != self.made_from


@dataclass(frozen=True)
class PackWords:
    """Everything people wrote: ``sentences`` by key, an empty one is left out of the pack."""

    sentences: Mapping[str, str] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    plan: tuple[PlannedAction, ...] = ()


def pack_words_of(parts: Mapping[str, WrittenPart]) -> PackWords:
    """Return what was written, by part, as the pack takes it."""
    words = {key: part.words for key, part in parts.items()}
    return PackWords(
        sentences={key: part.words for key, part in parts.items() if key not in WRITTEN_PARTS and part.is_edit},
        themes=points_in(words.get(THEMES, "")),
        recommendations=points_in(words.get(RECOMMENDATIONS, "")),
        plan=plan_in(words.get(PLAN, "")),
    )


def points_in(text: str) -> tuple[str, ...]:
    """Return the points of a text: one for each line that is not empty, without the bullet typed before it."""
    lines = (line.strip().removeprefix("-").removeprefix("•").removeprefix("*").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def plan_text(plan: Sequence[PlannedAction]) -> str:
    """Return a plan as the text that is kept; lines with nothing in them are dropped.

    Raises:
        BadInputError: an action has a leader or a date and no words, or there are too many.
    """
    kept = [one for one in plan if not one.is_empty]
    for number, one in enumerate(kept, start=1):
        if not one.what:
            raise BadInputError(f"Action {number} of the plan does not say what is to be done. Write it, or clear it.")
    if len(kept) > MOST_PLANNED:
        raise BadInputError(f"The plan has {len(kept)} actions and at most {MOST_PLANNED} fit. Join or remove some.")
    rows = [{"what": one.what, "who": one.who, "by": one.by.isoformat() if one.by else ""} for one in kept]
    return json.dumps(rows, ensure_ascii=False) if rows else ""


def plan_in(text: str) -> tuple[PlannedAction, ...]:
    """Return the plan that was kept as text."""
    if not text:
        return ()
    return tuple(
        PlannedAction(row["what"], row["who"], date.fromisoformat(row["by"]) if row["by"] else None)
        for row in json.loads(text)
    )
