"""What every benchmark gives: a section for ``docs/performance.md``, and its limits with what was measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

PARTS = 3
"""What is measured for some time is cut into so many parts; how far they lie apart is the spread."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit in words for people: ``limit`` is what was asked for, ``measured`` what it came to.

    ``reason`` says of one that is missed why, and what it would take.
    """

    name: str
    measured: str
    limit: str
    is_kept: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A benchmark's section in Markdown, which begins with its heading, and its limits.

    ``facts`` are figures that the reckoning for England is made from, by name.
    """

    section: str
    limits: tuple[Limit, ...] = ()
    facts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark. ``run`` is told whether it shall only show that it works, with as little of everything as goes."""

    name: str
    minutes: float
    run: Callable[[bool], Result]


def at_most(name: str, measured: float | None, limit: float, words: Callable[[float], str], reason: str = "") -> Limit:
    """Return a limit that is kept by what is not above it; ``words`` gives a figure with its unit."""
    shown = "nothing was measured" if measured is None else words(measured)
    return Limit(name, shown, f"at most {words(limit)}", measured is not None and measured <= limit, reason)


def at_least(name: str, measured: float | None, limit: float, words: Callable[[float], str], reason: str = "") -> Limit:
    """Return a limit that is kept by what is not below it."""
    shown = "nothing was measured" if measured is None else words(measured)
    return Limit(name, shown, f"at least {words(limit)}", measured is not None and measured >= limit, reason)


def percentile(values: list[float], percent: int) -> float | None:
    """Return a percentile between the smallest and the largest value.

    None where so few values lie above it that it would be the luck of one: p50 needs 2, p95 needs 20, p99 needs 100.
    """
    if len(values) * (100 - percent) < 100:
        return None
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def spread_words(values: Sequence[float], words: Callable[[float], str]) -> str:
    """Return the lowest and the highest of what was measured again and again, or a dash where nothing was."""
    return f"{words(min(values))} to {words(max(values))}" if values else "–"


def seconds_words(seconds: float | None) -> str:
    """Return ``47 ms`` or ``12.3 s``, or a dash where nothing was measured."""
    if seconds is None:
        return "–"
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def times_words(ratio: float) -> str:
    return f"{ratio:,.2f} ×" if ratio < 10 else f"{ratio:,.0f} ×"


def megabytes_words(megabytes: float) -> str:
    return f"{megabytes:,.2f} MB" if megabytes < 10 else f"{megabytes:,.0f} MB"
