"""What a crowd lived through, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from bench.visitors import Outcome, Plan

PARTS = 3
"""The measured time is cut into so many parts; how far their p95 lie apart is the spread."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Waiting times in seconds, from sending a change to the end of the reply; None where nothing was measured."""

    changes: int
    p50: float | None
    p95: float | None
    p99: float | None
    longest: float | None
    p95_of_parts: tuple[float, ...]
    opening_p50: float | None
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The product and the plain form under the same crowd. ``faults`` says which limits the product missed."""

    product: Figures
    plain: Figures
    faults: tuple[str, ...]

    @property
    def ratio(self) -> float | None:
        """The product's p95 as a share of the plain form's."""
        if self.product.p95 is None or not self.plain.p95:
            return None
        return self.product.p95 / self.plain.p95


def figures_of(outcome: Outcome, plan: Plan) -> Figures:
    """Return the figures of the changes that were sent while it was measured."""
    waits = [one.seconds for one in outcome.changes]
    parts: list[list[float]] = [[] for _ in range(PARTS)]
    for one in outcome.changes:
        parts[min(int(one.sent_at * PARTS / plan.seconds), PARTS - 1)].append(one.seconds)
    p95_of_parts = [percentile(part, 95) for part in parts]
    return Figures(
        changes=len(waits),
        p50=percentile(waits, 50),
        p95=percentile(waits, 95),
        p99=percentile(waits, 99),
        longest=max(waits, default=None),
        p95_of_parts=tuple(one for one in p95_of_parts if one is not None),
        opening_p50=median(outcome.openings) if outcome.openings else None,
        errors=tuple(outcome.errors),
    )


def percentile(values: list[float], percent: int) -> float | None:
    """Return a percentile between the smallest and the largest value.

    None where so few values lie above it that it would be the luck of one: p50 needs 2, p95 needs 20, p99 needs 100.
    """
    if len(values) * (100 - percent) < 100:
        return None
    return quantiles(values, n=100, method="inclusive")[percent - 1]
