"""Benchmark: what grows with the data, and how fast: a heat map, the partnership workbook and all figures as JSON.

Each is made at 1, 4 and 16 times the organisations, in a process of its own, when nothing is kept. The exponent says
how time and memory grow: 1 is in step with the data, 2 with its square.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import linear_regression

from bench.bare_count import bare_count
from bench.limits import Result, at_most
from bench.tables import table
from section11.config import PROJECT_DIR, Settings
from section11.domain.people import OPERATOR
from section11.services.demo import build_demo
from section11.services.exports import download_workbook, export_figures
from section11.services.office import open_office

TIMES = (1, 4, 16)
ORGANISATIONS, SHORT_ORGANISATIONS = 75, 6
CYCLES = 2
LIMIT_EXPONENT = 1.1
TIMEOUT_SECONDS = 200
HEAT_MAP, WORKBOOK, JSON, BARE = "heat map", "workbook", "figures as JSON", "bare count"


@dataclass(frozen=True, slots=True)
class Growth:
    """One thing at each size: seconds of the processor, and megabytes beyond what the process had before."""

    what: str
    seconds: tuple[float, ...]
    megabytes: tuple[float, ...]

    @property
    def time_exponent(self) -> float:
        return exponent(self.seconds)

    @property
    def memory_exponent(self) -> float:
        return exponent(self.megabytes)


@dataclass(frozen=True, slots=True)
class GrowingFigures:
    """What the product makes, and the bare count of one heat map's ratings beside it."""

    product: tuple[Growth, ...]
    bare: Growth

    @property
    def ratio(self) -> float:
        """How the heat map's time grows, to how the bare count's does."""
        return self.product[0].time_exponent / self.bare.time_exponent


def exponent(measured: tuple[float, ...]) -> float:
    """Return the power of the data with which it grows: the slope of the logarithms at ``TIMES``."""
    return linear_regression([log(times) for times in TIMES], [log(one) for one in measured]).slope


def exponents_by_step(measured: tuple[float, ...]) -> list[float]:
    """Return the same from each size to the next: how far they lie apart is the spread."""
    steps = zip(pairwise(TIMES), pairwise(measured), strict=True)
    return [log(much / little) / log(more / less) for (less, more), (little, much) in steps]


def run(is_short: bool) -> Result:
    """Build a demo of each size and make each thing of it."""
    figures = _figures(SHORT_ORGANISATIONS if is_short else ORGANISATIONS)
    limits = [
        at_most(f"How the {name} of the {one.what} grows, as a power of the data", power, LIMIT_EXPONENT, _power_words)
        for one in figures.product
        for name, power in (("time", one.time_exponent), ("memory", one.memory_exponent))
    ]
    return Result(section(figures), tuple(limits))


def _power_words(power: float) -> str:
    return f"{power:.2f}"


def _figures(organisations: int) -> GrowingFigures:
    found: dict[str, list[dict[str, float]]] = {what: [] for what in _WAYS}
    for times in TIMES:
        with tempfile.TemporaryDirectory(prefix="section11-bench-") as folder:
            office = open_office(Settings(data_dir=Path(folder), database_url=""))
            agencies = 5 * times
            build_demo(office, agencies=agencies, schools=organisations * times - agencies, cycles=CYCLES)
            office.store.close()
            for what, turns in found.items():
                turns.append(_measured(what, folder))
    growths = [
        Growth(what, tuple(one["seconds"] for one in turns), tuple(one["megabytes"] for one in turns))
        for what, turns in found.items()
    ]
    return GrowingFigures(tuple(growths[:-1]), growths[-1])


def _measured(what: str, folder: str) -> dict[str, float]:
    environment = {**os.environ, "SECTION11_DATA_DIR": folder, "SECTION11_DATABASE_URL": ""}
    command = [sys.executable, "-m", "bench.growing", what, folder]
    done = subprocess.run(
        command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS
    )
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _heat_map(_folder: Path, cycle_id: str) -> Callable[[], object]:
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from section11.services.accounts import sign_in
    from section11.services.demo.people import PASSWORD
    from section11.services.office import this_office
    from section11.ui import navigation, session

    token = sign_in(this_office(), "scrutiny@riverdale.example", PASSWORD).token
    session.session_token = lambda: token
    at = AppTest.from_file(Path(navigation.__file__).parent / "app.py", default_timeout=120).run()
    at.query_params = {"cycle": cycle_id, "by": "arrangement"}
    at.switch_page("screens/heat_map.py")
    # Once with everything imported and every set read, as in a server that runs.
    at.run()
    st.cache_resource.clear()
    return at.run


def _workbook(folder: Path, cycle_id: str) -> Callable[[], object]:
    office = open_office(Settings(data_dir=folder, database_url=""))
    return lambda: download_workbook(office, OPERATOR, cycle_id)


def _json(folder: Path, cycle_id: str) -> Callable[[], object]:
    office = open_office(Settings(data_dir=folder, database_url=""))
    return lambda: json.dumps(export_figures(office, OPERATOR, cycle_id))


def _bare(folder: Path, cycle_id: str) -> Callable[[], object]:
    return lambda: bare_count(folder / "section11.db", cycle_id)


_WAYS: Mapping[str, Callable[[Path, str], Callable[[], object]]] = {
    HEAT_MAP: _heat_map,
    WORKBOOK: _workbook,
    JSON: _json,
    BARE: _bare,
}
"""Each makes ready and returns what is measured."""


def _memory(line: str) -> float:
    """Return what the system says of this process in megabytes: ``VmRSS`` now, ``VmHWM`` at most; 1 where it does not.

    One megabyte at every size is no growth.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(one.split()[1]) / 2**10 for one in lines if one.startswith(line)), 1.0)


def section(figures: GrowingFigures) -> str:
    """Return the results as a section of ``docs/performance.md``."""
    headings = ("organisations", *(f"{ORGANISATIONS * times:,}" for times in TIMES), "exponent", "by step")
    rows = [row for one in (*figures.product, figures.bare) for row in _rows(one)]
    return f"""## Growing

{CYCLES} cycles of 60 questions; each thing is made once, when nothing is kept, in a process of its own. Times are of
the processor; memory is what the process needed beyond what it had before.
The exponent is the power of the data with which they grow: 1 is in step with it; by step it is that from each size to
the next, as what every size has in common weighs less in the larger ones. The bare count reads the ratings of
the same heat map with one query and counts them with pandas.

{table(headings, rows)}

The heat map's exponent to that of the bare count: {figures.ratio:.2f}
"""


def _rows(one: Growth) -> Iterator[tuple[str, ...]]:
    ways = (
        ("time", one.seconds, lambda each: f"{each * 1000:,.0f} ms"),
        ("memory", one.megabytes, lambda each: f"{each:,.0f} MB"),
    )
    for name, measured, words in ways:
        steps = ", ".join(map(_power_words, exponents_by_step(measured)))
        yield (f"{one.what}, {name}", *map(words, measured), _power_words(exponent(measured)), steps)


def main() -> None:
    """Make one thing of the demo in a folder, in this process, and print what it took."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    office = open_office(Settings(data_dir=folder, database_url=""))
    with office.store.reading() as work:
        before = work.cycles.all()[1].id
    make = _WAYS[what](folder, before)
    had, began = _memory("VmRSS"), time.process_time()
    make()
    seconds = time.process_time() - began
    print(json.dumps({"seconds": seconds, "megabytes": max(_memory("VmHWM") - had, 1.0)}))


if __name__ == "__main__":
    main()
