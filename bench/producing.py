"""Benchmark: six hundred letters and a board pack, beside the bare PDF compiler on the same data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import typst

from bench.limits import Limit, Result, at_most, megabytes_words, seconds_words, spread_words, times_words
from bench.processes import resident_megabytes
from bench.tables import table
from section11.config import PROJECT_DIR, Settings
from section11.domain.people import OPERATOR
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.reports import letter_pdf
from section11.reports.board_pack_pdf import TEMPLATE, board_pack_pdf
from section11.reports.board_pack_views import view_of
from section11.reports.pdf import TEMPLATES_DIR, pdf_of
from section11.services.board_pack_files import Form, download_draft
from section11.services.board_packs import pack_figures, view_draft
from section11.services.demo import build_demo
from section11.services.letters import LetterFormat, LetterState, list_letters, write_letters
from section11.services.office import Office, open_office

LETTERS, SHORT_LETTERS = 600, 3
PACK_LIMIT, GROWTH_LIMIT = 1.0, 20.0
PACK_TURNS = 5
TIMEOUT_SECONDS = 400


@dataclass(frozen=True, slots=True)
class Produced:
    """Seconds of the processor, and megabytes after so many letters."""

    letters: int
    letters_seconds: float
    bare_letters_seconds: float
    letters_ratios: tuple[float, ...]
    """Of each quarter of the letters."""
    megabytes: dict[str, float]
    pack_seconds: tuple[float, ...]
    bare_pack_seconds: tuple[float, ...]
    pack_from_database_seconds: float
    returns_of_pack: int


def run(is_short: bool) -> Result:
    """Measure in a process of its own, so that its memory is its own."""
    wanted = SHORT_LETTERS if is_short else LETTERS
    command = [sys.executable, "-m", "bench.producing", str(wanted)]
    done = subprocess.run(
        command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True, check=True, timeout=TIMEOUT_SECONDS
    )
    produced = Produced(**json.loads(done.stdout))
    return Result(_section(produced), tuple(_limits(produced)), (("seconds of a letter", _each(produced)),))


def _limits(produced: Produced) -> list[Limit]:
    pack, growth = median(produced.pack_seconds), _growth(produced)
    return [
        at_most(f"The board pack of {produced.returns_of_pack} returns as PDF", pack, PACK_LIMIT, seconds_words),
        at_most(
            f"Memory that {produced.letters} letters take beyond a quarter of them",
            growth,
            GROWTH_LIMIT,
            megabytes_words,
        ),
    ]


def _growth(produced: Produced) -> float:
    after = list(produced.megabytes.values())
    return max(0.0, after[-1] - after[0])


def _each(produced: Produced) -> float:
    return produced.letters_seconds / produced.letters


def _section(produced: Produced) -> str:
    pack, bare_pack = median(produced.pack_seconds), median(produced.bare_pack_seconds)
    bare = produced.bare_letters_seconds / produced.letters
    rows = [
        (
            "a letter",
            f"{_each(produced) * 1000:.0f} ms",
            f"{bare * 1000:.0f} ms",
            times_words(_each(produced) / bare),
            f"{spread_words(produced.letters_ratios, times_words)} by quarter",
            f"all {produced.letters}: {seconds_words(produced.letters_seconds)}",
        ),
        (
            "the board pack",
            f"{pack * 1000:.0f} ms",
            f"{bare_pack * 1000:.0f} ms",
            times_words(pack / bare_pack),
            f"{spread_words(_pack_ratios(produced), times_words)} by turn",
            "",
        ),
    ]
    memory = ", ".join(f"{megabytes:,.0f} MB after {share}" for share, megabytes in produced.megabytes.items())
    return f"""## Producing

The feedback letters of {produced.letters} released returns are written into one ZIP file as PDF/UA-1, each read from
the database, worded, compiled and written before the next. The bare twin is the compiler alone on the very same data,
timed in the same run. The board pack is that of {produced.returns_of_pack} returns: compiled from its figures, beside
its compiler without the tags of PDF/UA; from the database on, with all counting, it takes
{seconds_words(produced.pack_from_database_seconds)}. Times are of the processor.

{table(("", "this product", "bare compiler", "ratio", "spread", ""), rows)}

Memory while the letters are written: {memory}.
"""


def _pack_ratios(produced: Produced) -> list[float]:
    turns = zip(produced.pack_seconds, produced.bare_pack_seconds, strict=True)
    return [whole / alone for whole, alone in turns]


def main() -> None:
    """Produce so many letters, and a pack, and print what it took as JSON."""
    wanted = int(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        office = open_office(Settings(data_dir=Path(name), database_url=f"sqlite:///{Path(name) / 'section11.db'}"))
        try:
            print(json.dumps(_produced(office, wanted)))
        finally:
            office.store.close()


def _produced(office: Office, wanted: int) -> dict[str, object]:
    # Some returns of a complete cycle were never sent, so there are more organisations than letters.
    build_demo(office, agencies=10 + wanted // 15, schools=wanted * 21 // 20, cycles=2)
    with office.store.writing() as work:
        cycle_id = work.cycles.all()[1].id
        returned = [one.assessment for one in work.assessments.in_cycle(cycle_id) if one.assessment.status in RETURNED]
        for number, assessment in enumerate(returned):
            status = AssessmentStatus.RELEASED if number < wanted else AssessmentStatus.SUBMITTED
            work.assessments.set_status(assessment.id, status)
        work.commit()
    return {**_letters(office, cycle_id), **_pack(office, cycle_id)}


def _letters(office: Office, cycle_id: str) -> dict[str, object]:
    """Write them all; the compiler's part is timed where the product calls it."""
    lines = list_letters(office, OPERATOR, cycle_id)[1]
    count = sum(one.state is LetterState.READY for one in lines)
    memory: dict[str, float] = {}
    alone, marks = 0.0, [(0.0, 0.0)]

    def timed(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
        nonlocal alone
        began = time.process_time()
        made = pdf_of(template, data, made_at=made_at)
        alone += time.process_time() - began
        return made

    def progress(_name: str, share: float) -> None:
        done = round(share * count)
        if done in {count // 4, count // 2, count}:
            memory[f"{done} letters"] = resident_megabytes(os.getpid())
        if done in {count * quarter // 4 for quarter in range(1, 5)}:
            marks.append((time.process_time() - began, alone))

    letter_pdf.pdf_of = timed
    try:
        began = time.process_time()
        with tempfile.TemporaryFile() as file:
            write_letters(office, OPERATOR, cycle_id, LetterFormat.PDF, file, progress)
        seconds = time.process_time() - began
    finally:
        letter_pdf.pdf_of = pdf_of
    quarters = [(after[0] - before[0]) / (after[1] - before[1]) for before, after in pairwise(marks)]
    return {
        "letters": count,
        "letters_seconds": seconds,
        "bare_letters_seconds": alone,
        "letters_ratios": tuple(quarters),
        "megabytes": memory,
    }


def _pack(office: Office, cycle_id: str) -> dict[str, object]:
    began = time.process_time()
    download_draft(office, OPERATOR, cycle_id, Form.PDF)
    whole = time.process_time() - began
    figures = pack_figures(office, OPERATOR, cycle_id)
    pack = view_draft(office, OPERATOR, cycle_id, figures).pack
    view = view_of(pack, "")
    product, bare = [], []
    for _ in range(PACK_TURNS):
        began = time.process_time()
        board_pack_pdf(pack, "")
        between = time.process_time()
        typst.compile(
            TEMPLATES_DIR / TEMPLATE,
            root=TEMPLATES_DIR,
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(view)},
            format="pdf",
        )
        product.append(between - began)
        bare.append(time.process_time() - between)
    return {
        "pack_seconds": tuple(product),
        "bare_pack_seconds": tuple(bare),
        "pack_from_database_seconds": whole,
        "returns_of_pack": figures.now.returns_counted,
    }


if __name__ == "__main__":
    main()
