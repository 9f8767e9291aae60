"""``docs/performance.md``: every limit with its figure on top, then the sections of the benchmarks and the machine."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from bench.limits import Limit, Result
from bench.tables import table

_TRIES = 5


def limits_table(limits: Sequence[Limit]) -> str:
    """Return every limit with what was measured beside it."""
    rows = [(one.name, one.measured, one.limit, "met" if one.is_kept else "**not met**") for one in limits]
    return table(("limit", "measured", "asked for", ""), rows)


def reasons(limits: Sequence[Limit]) -> str:
    """Return for every limit that is not met why, and what it would take."""
    missed = [one for one in limits if not one.is_kept]
    if not missed:
        return "Every limit is met."
    return "Not met:\n\n" + "\n".join(f"- **{one.name}.** {one.reason or 'No reason was found yet.'}" for one in missed)


def document(results: Sequence[Result], england: str, *, load_before: str, minutes: float) -> str:
    """Return the whole document."""
    limits = [limit for result in results for limit in result.limits]
    sections = "\n".join([*(result.section for result in results), england])
    return f"""# Performance

Written by `make bench` on {datetime.now(UTC):%d %B %Y} in {minutes:.1f} minutes; do not edit by hand. Each benchmark
compares two things in one run on the same machine, so its ratio holds on others too; the milliseconds are of this one.

{limits_table(limits)}

{reasons(limits)}

{machine(load_before)}

{sections}"""


def machine(load_before: str) -> str:
    """Return what the benchmarks ran on."""
    names = ("streamlit", "SQLAlchemy", "psycopg", "openpyxl", "typst")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return f"""## The machine

- {os.cpu_count()} cores{_processor()}, {_memory()} of memory, {platform.system()} {platform.machine()}
- Python {platform.python_version()}, {versions}
- load average before the run: {load_before}
- adding up six million numbers in Python took {_seconds_to_add() * 1000:.0f} ms after the run, the best of {_TRIES};
  a machine that is shared with others is quicker or slower from hour to hour

Figures from a machine that does other work at the same time are noisy: run again when it is quiet before comparing."""


def _seconds_to_add() -> float:
    """Return how long the same simple work takes now, so that figures of two runs can be compared."""
    found = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        total = 0
        for number in range(6_000_000):
            total += number & 7
        found.append(time.perf_counter() - began)
    return min(found)


def load_average() -> str:
    """Return how busy the machine was in the last minute, where the system can tell."""
    return f"{os.getloadavg()[0]:.1f}" if sys.platform != "win32" else "unknown"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            name = next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), "")
    except OSError:
        return ""
    return f" of {name}" if name else ""


def _memory() -> str:
    if sys.platform == "win32":
        return "an unknown amount"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
