"""Benchmark: saving an answer, in this product and in the same form written the plain way."""

from __future__ import annotations

from bench import plain_comparison, product_form
from bench.crowd import Plan
from bench.figures import Comparison, figures_of

LIMIT_P95_SECONDS = 0.2
"""What a person may wait for "Saved" when 100 people answer at the same time."""


def run(plan: Plan) -> Comparison:
    """Measure the product and then the plain form, one after the other on the same machine."""
    product = figures_of(product_form.measure(plan), plan)
    plain = figures_of(plain_comparison.measure(plan), plan)
    return Comparison(product, plain, faults=_faults(product.p95, product.errors))


def _faults(p95: float | None, errors: tuple[str, ...]) -> tuple[str, ...]:
    faults = []
    if p95 is None:
        faults.append("No change was saved.")
    elif p95 > LIMIT_P95_SECONDS:
        faults.append(f"p95 is {p95 * 1000:.0f} ms; the limit is {LIMIT_P95_SECONDS * 1000:.0f} ms.")
    if errors:
        faults.append(f"{len(errors)} errors; the first: {errors[0]}")
    return tuple(faults)
