"""Benchmark: importing many Excel returns, and merely opening the same files with openpyxl."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

from openpyxl import load_workbook

from bench.limits import Result, at_most, times_words
from section11.config import Settings
from section11.domain.people import OPERATOR
from section11.domain.workflow import EDITABLE
from section11.services.demo import build_demo
from section11.services.excel_returns import download_return
from section11.services.many_returns import SentFile, bring_in_returns
from section11.services.office import Office, open_office

LIMIT_RATIO = 2.0
"""Importing may take at most so many times as long as opening the files."""
PARTS = 12
"""The files are taken in so many turns, each opened and imported, so that all meet the same machine."""
CYCLE = "2026"
FILES, SHORT_FILES, SEED = 600, 12, 11


@dataclass(frozen=True, slots=True)
class Importing:
    """Seconds for all files: opening each, and importing it."""

    files: int
    changes: int
    opening: float
    importing: float
    processor_ratio: float
    """Importing to opening in processor time, which other work on the machine and the disk do not touch."""
    parts: tuple[float, ...]
    """Importing to opening, part by part."""

    @property
    def ratio(self) -> float:
        return self.importing / self.opening


def run(is_short: bool) -> Result:
    """Fill in returns and measure; a database of its own is made for it and thrown away."""
    importing = _importing(SHORT_FILES if is_short else FILES, SEED)
    reason = (
        f"In processor time it is {importing.processor_ratio:.2f} ×: the rest is the wait for the disk, once for each "
        "file. A quicker disk would bring it down, or one transaction for many files, which a fault in one would undo."
    )
    name = f"Importing {importing.files} returns, to opening the files"
    limit = at_most(name, importing.ratio, LIMIT_RATIO, times_words, reason)
    return Result(section(importing), (limit,))


def _importing(count: int, seed: int) -> Importing:
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as folder:
        office = _demo(Path(folder), count)
        try:
            files = _filled_in(office, count, seed)
            return _measured(office, files)
        finally:
            office.store.close()


def section(result: Importing) -> str:
    """Return the result as a section of ``docs/performance.md``."""
    per_file = [f"{seconds / result.files * 1000:,.1f} ms" for seconds in _times(result)]
    total = [f"{seconds:,.1f} s" for seconds in _times(result)]
    spread = f"{min(result.parts):.2f} to {max(result.parts):.2f}"
    return f"""## Importing Excel returns

{result.files:,} returns of the demo are filled in: every rated question has a rating, evidence and impact. Then, in
{PARTS} turns over a part of the files each:

- **opening**: `load_workbook(read_only=True)` of openpyxl on each file, and nothing else;
- **importing**: reading, checking, merging with what is stored, and one durable transaction with an audit event for
  each file ({result.changes:,} fields changed), on SQLite.

|          | opening | importing |
| -------- | ------: | --------: |
| all      | {total[0]} | {total[1]} |
| per file | {per_file[0]} | {per_file[1]} |

Importing to opening: {result.ratio:.2f} ({spread} by part; {result.processor_ratio:.2f} in processor time).
"""


def _times(result: Importing) -> tuple[float, float]:
    return result.opening, result.importing


def _demo(folder: Path, count: int) -> Office:
    settings = Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'section11.db'}")
    office = open_office(settings)
    # Not all returns of the demo are open for changes, so there are more organisations than files.
    build_demo(office, agencies=20, schools=count * 2, cycles=2)
    return office


def _filled_in(office: Office, count: int, seed: int) -> list[SentFile]:
    with office.store.reading() as work:
        ids = [one.assessment.id for one in work.assessments.in_cycle(CYCLE) if one.assessment.status in EDITABLE]
    if len(ids) < count:
        raise RuntimeError(f"The demo has only {len(ids)} returns that are open for changes.")
    # Not measured, and the slowest part of all: so others fill in, in processes that share nothing, what is made here.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        filled = {
            one: pool.submit(_filled, download_return(office, OPERATOR, one).content, f"{seed}/{number}")
            for number, one in enumerate(ids[:count])
        }
        return [SentFile(f"{one}.xlsx", BytesIO(made.result()).getvalue) for one, made in filled.items()]


def _filled(blank: bytes, seed: str) -> bytes:
    dice = random.Random(seed)
    workbook = load_workbook(BytesIO(blank))
    sheet = workbook["Answers"]
    ratings = [cell.value for cell in workbook["_lists"]["A"]][:2]
    for row in range(4, sheet.max_row + 1):
        if sheet[f"K{row}"].value == "rating":
            sheet[f"E{row}"] = dice.choice(ratings)
            sheet[f"F{row}"] = f"Minutes of meeting {dice.randrange(1000)}, and the register of May. " * 4
            sheet[f"G{row}"] = f"Children waited {dice.randrange(9)} weeks less. " * 2
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def _measured(office: Office, files: list[SentFile]) -> Importing:
    totals: dict[str, list[tuple[float, float]]] = {"opening": [], "importing": []}
    changes = 0
    for part in (files[start::PARTS] for start in range(PARTS)):
        totals["opening"].append(_timed(lambda part=part: [_open(one) for one in part]))
        imported = []
        totals["importing"].append(
            _timed(lambda part=part, to=imported: to.append(bring_in_returns(office, OPERATOR, part, dry_run=False)))
        )
        [results] = imported
        if results.not_used:
            raise RuntimeError(f"Not imported: {results.not_used[0]}")
        changes += results.changes
    wall = {name: [seconds for seconds, _ in measured] for name, measured in totals.items()}
    processor = {name: sum(seconds for _, seconds in measured) for name, measured in totals.items()}
    return Importing(
        files=len(files),
        changes=changes,
        opening=sum(wall["opening"]),
        importing=sum(wall["importing"]),
        processor_ratio=processor["importing"] / processor["opening"],
        parts=tuple(new / bare for new, bare in zip(wall["importing"], wall["opening"], strict=True)),
    )


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def _open(file: SentFile) -> None:
    load_workbook(BytesIO(file.read()), read_only=True)
