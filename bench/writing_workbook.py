"""Benchmark: writing a partnership workbook, and dumping the same cells without any of its looks.

Each of the two is a process of its own, so that its memory is its own, and they take turns. What is compared is the
time of the processor, which other work on the machine changes least.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median

from openpyxl import Workbook, load_workbook

from bench.big_cycle import big_cycle
from bench.limits import Result, at_most, megabytes_words, times_words
from section11.config import PROJECT_DIR
from section11.reports.figures import figures_of
from section11.workbooks.partnership_workbook import write_partnership_workbook

LIMIT_RATIO = 1.5
LIMIT_MEGABYTES = 300
RETURNS, SHORT_RETURNS = 600, 5
TURNS = 3
TIMEOUT_SECONDS = 300
Rows = list[tuple[str, list[list[object]]]]


@dataclass(frozen=True, slots=True)
class Written:
    """One way of writing: seconds of the processor in each turn, and the most memory its process ever had."""

    seconds: tuple[float, ...]
    megabytes: float


@dataclass(frozen=True, slots=True)
class WorkbookFigures:
    returns: int
    cells: int
    product: Written
    bare: Written

    @property
    def ratio(self) -> float:
        return median(self.product.seconds) / median(self.bare.seconds)


def run(is_short: bool) -> Result:
    """Measure both ways in turns, on a cycle with many returns."""
    figures = _figures(SHORT_RETURNS if is_short else RETURNS)
    what = f"The partnership workbook of {figures.returns} returns"
    limits = (
        at_most(f"{what}, to a bare dump", figures.ratio, LIMIT_RATIO, times_words),
        at_most(f"{what}, memory", figures.product.megabytes, LIMIT_MEGABYTES, megabytes_words),
    )
    return Result(section(figures), limits)


def _figures(returns: int) -> WorkbookFigures:
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as folder:
        rows = Path(folder) / "rows.pickle"
        cells = _keep_rows(returns, rows)
        turns = [(_measured("product", str(returns)), _measured("bare", str(rows))) for _ in range(TURNS)]
    product, bare = ([turn[place] for turn in turns] for place in (0, 1))
    return WorkbookFigures(returns, cells, _written(product), _written(bare))


def section(figures: WorkbookFigures) -> str:
    """Return the results as a section of ``docs/performance.md``."""
    product, bare = figures.product, figures.bare
    return f"""## Writing a partnership workbook

{figures.returns} submitted returns of 60 questions, {figures.cells:,} cells with a value on all sheets. Compared, in
{TURNS} turns, are **this product** (every sheet, with styles, filters, charts and row heights) and **a bare dump**: the
same values sheet by sheet with openpyxl in write-only mode, without any style. The time is that of the processor; the
median counts. The memory is the most the whole process ever had, the answers themselves included.

|              |     this product |      a bare dump |
| ------------ | ---------------: | ---------------: |
| seconds      | {median(product.seconds):>16.2f} | {median(bare.seconds):>16.2f} |
| each turn    | {_turns(product):>16} | {_turns(bare):>16} |
| memory       | {product.megabytes:>13,.0f} MB | {bare.megabytes:>13,.0f} MB |

This product to the bare dump: {figures.ratio:.2f}
"""


def _turns(written: Written) -> str:
    return " ".join(f"{one:.2f}" for one in written.seconds)


def _keep_rows(returns: int, path: Path) -> int:
    """Keep the values of every sheet of the workbook for the bare dump, and return how many there are."""
    collated = big_cycle(returns)
    book = load_workbook(BytesIO(write_partnership_workbook(collated, figures_of(collated))), read_only=True)
    rows: Rows = [(sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]) for sheet in book.worksheets]
    path.write_bytes(pickle.dumps(rows))
    return sum(value is not None for _, found in rows for row in found for value in row)


def _measured(way: str, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.writing_workbook", way, what]
    done = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS)
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _written(turns: Sequence[dict[str, float]]) -> Written:
    return Written(tuple(one["seconds"] for one in turns), max(one["megabytes"] for one in turns))


def _write_product(returns: int) -> float:
    collated = big_cycle(returns)
    figures = figures_of(collated)
    began = time.process_time()
    write_partnership_workbook(collated, figures)
    return time.process_time() - began


def _write_bare(path: Path) -> float:
    rows: Rows = pickle.loads(path.read_bytes())  # noqa: S301 - our own file of a moment ago
    began = time.process_time()
    book = Workbook(write_only=True)
    for title, found in rows:
        sheet = book.create_sheet(title)
        for row in found:
            sheet.append(row)
    book.save(BytesIO())
    return time.process_time() - began


def _most_memory() -> float:
    """Return the most memory this process has had, in megabytes; 0 where the system does not tell.

    Not ``getrusage``: on Linux a new process takes over the most its parent had.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmHWM")), 0.0)


def main() -> None:
    """Measure one way, in a process of its own: ``product RETURNS`` or ``bare FILE``."""
    way, what = sys.argv[1:]
    seconds = _write_product(int(what)) if way == "product" else _write_bare(Path(what))
    print(json.dumps({"seconds": seconds, "megabytes": _most_memory()}))


if __name__ == "__main__":
    main()
