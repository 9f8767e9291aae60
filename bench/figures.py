"""What a crowd lived through, in a few figures."""

from __future__ import annotations

from dataclasses import dataclass

from bench.limits import PARTS, percentile
from bench.visitors import Outcome, Plan


@dataclass(frozen=True, slots=True)
class Figures:
    """Waiting times in seconds, from sending something to the end of the reply; None where too little was measured."""

    changes: int
    p50: float | None
    p95: float | None
    p99: float | None
    longest: float | None
    p95_of_parts: tuple[float, ...]
    opening_p50: float | None
    opening_p95: float | None
    sign_in_p95: float | None
    going_on_p95: float | None
    bytes_of_change: float
    errors: tuple[str, ...]


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
        opening_p50=percentile(outcome.openings, 50),
        opening_p95=percentile(outcome.openings, 95),
        sign_in_p95=percentile(outcome.sign_ins, 95),
        going_on_p95=percentile(outcome.page_changes, 95),
        bytes_of_change=outcome.bytes_received / len(waits) if waits else 0.0,
        errors=tuple(outcome.errors),
    )
