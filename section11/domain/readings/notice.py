"""What a reader notices in a return, and a check that looks for one kind of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from section11.domain.readings.context import ReadingContext


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing noticed. ``message`` says what, and what to do about it; ``weight`` sorts, the heaviest first."""

    check: str
    question_ids: tuple[str, ...]
    message: str
    weight: int


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a careful reader looks for. ``title`` names it in lists and ``find`` gives all it notices."""

    key: str
    title: str
    find: Callable[[ReadingContext], Iterator[Notice]]
