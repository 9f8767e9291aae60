"""The results in words: a plain table for the screen and ``docs/performance.md``."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from bench.crowd import DRAIN_SECONDS, Plan
from bench.figures import PARTS, Comparison, Figures
from bench.product_form import demo_organisations
from bench.saving_answers import LIMIT_P95_SECONDS

HEADINGS = ("", "this product", "the plain form")


def table(comparison: Comparison) -> str:
    """Return the figures as a table in plain text that is Markdown as well."""
    rows = [(words, cell(comparison.product), cell(comparison.plain)) for words, cell in _ROWS.items()]
    widths = [max(len(row[column]) for row in [HEADINGS, *rows]) for column in range(len(HEADINGS))]
    rule = (widths[0] * "-", *(f"{(width - 1) * '-'}:" for width in widths[1:]))
    return "\n".join(_line(row, widths) for row in [HEADINGS, rule, *rows])


def verdict(comparison: Comparison) -> str:
    """Return in words how the two compare and whether the limit is kept."""
    ratio = comparison.ratio
    words = "There is nothing to compare."
    if ratio is not None:
        words = (
            f"p95, this product to the plain form: {ratio:.4f} (the plain form takes {1 / ratio:,.0f} times as long)."
        )
    limit = "kept" if not comparison.faults else "MISSED. " + " ".join(comparison.faults)
    return f"{words}\nLimit (p95 at most {LIMIT_P95_SECONDS * 1000:.0f} ms, no errors): {limit}"


def document(comparison: Comparison, plan: Plan, load_before: str, sections: Sequence[str]) -> str:
    """Return the whole of ``docs/performance.md``; ``sections`` are those of the other benchmarks."""
    others = "\n".join(sections)
    return f"""# Performance

Written by `python -m bench` on {datetime.now(UTC):%d %B %Y}; do not edit by hand.

## Saving an answer

{plan.people} people fill in the form at the same time. Each thinks for about {plan.think:g} seconds
({plan.think / 2:g} to {plan.think * 1.5:g}, evenly spread, seed {plan.seed}), changes a rating (two times in three)
or a text, and waits for the reply before thinking again. Measured is the time from sending a change until the server
has sent the whole reply, for {plan.seconds:g} seconds after everybody opened the page and was answered once.
A change counts only when the reply says "Saved", and at the end the database is compared with what people were told.
The crowd is a process of its own on the same machine and speaks Streamlit's protocol; drawing in a browser is not
included.

Two things are compared, one after the other in one run:

- **this product**: `streamlit run audit_app.py` with its own settings, on a demo with {demo_organisations(plan.people)}
  organisations, everybody signed in and answering for another organisation. Each change is a durable transaction with
  a version check and an audit event.
- **the plain form** (`bench/plain_form.py`): all questions of the same set on one page without fragments, Streamlit's
  default settings, one `UPDATE` of everything at each change; no sign-in, no versions, no audit trail. Changes under
  way at the end had {DRAIN_SECONDS:.0f} seconds more to finish.

{table(comparison)}

{verdict(comparison)}

Nobody sends a second change before the first is answered, so a slow server gets fewer changes and its figures are
kinder than real life. A dash stands where too few changes were answered for a figure. The spread is the lowest and
highest p95 of {PARTS} equal parts of the measured time.

{others}
## The machine

{machine(load_before)}

Figures from a machine that does other work at the same time are noisy: run again when it is quiet before comparing.
"""


def machine(load_before: str) -> str:
    """Return what the benchmark ran on, as a list."""
    lines = [
        f"processor cores: {os.cpu_count()}",
        f"memory: {_memory()}",
        f"system: {platform.system()} {platform.machine()}",
        f"Python {platform.python_version()}, Streamlit {version('streamlit')}, database SQLite",
        f"load average before the run: {load_before}",
    ]
    return "\n".join(f"- {line}" for line in lines)


def load_average() -> str:
    """Return how busy the machine was in the last minute, where the system can tell."""
    return f"{os.getloadavg()[0]:.1f}" if sys.platform != "win32" else "unknown"


def _memory() -> str:
    if sys.platform == "win32":
        return "unknown"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.rjust(width) if index else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "| " + " | ".join([first, *others]) + " |"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def _spread(figures: Figures) -> str:
    parts = figures.p95_of_parts
    return f"{_time(min(parts))} to {_time(max(parts))}" if parts else "–"


_ROWS: dict[str, Callable[[Figures], str]] = {
    "changes saved": lambda one: f"{one.changes:,}",
    "p50": lambda one: _time(one.p50),
    "p95": lambda one: _time(one.p95),
    "p99": lambda one: _time(one.p99),
    "longest": lambda one: _time(one.longest),
    "p95, spread": _spread,
    "opening the page, p50": lambda one: _time(one.opening_p50),
    "errors": lambda one: f"{len(one.errors):,}",
}
