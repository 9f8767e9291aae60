"""Benchmark: one answer saved through the whole service, and the bare UPDATE and COMMIT on the same database."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psycopg

from bench.bare_saves import UPDATE
from bench.databases import postgresql_server
from bench.limits import Result, at_most, spread_words, times_words
from bench.tables import table
from section11.config import Settings
from section11.domain.people import Role, User
from section11.domain.workflow import EDITABLE
from section11.services.answering import save_answer, view_assessment
from section11.services.demo import build_demo
from section11.services.office import Office, open_office

LIMIT_RATIO = 6.0
TURNS, SAVES = 7, 150
SHORT_TURNS, SHORT_SAVES = 2, 5


@dataclass(frozen=True, slots=True)
class Saves:
    """Seconds of one save in each turn: through the service, and bare."""

    service: tuple[float, ...]
    bare: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(self.service) / median(self.bare)

    @property
    def ratios(self) -> list[float]:
        return [whole / bare for whole, bare in zip(self.service, self.bare, strict=True)]


@dataclass(frozen=True, slots=True)
class _Place:
    user: User
    assessment_id: str
    question_id: str


def run(is_short: bool) -> Result:
    """Measure both ways in turns, on both databases."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name, postgresql_server() as server:
        folder = Path(name)
        sqlite_file = folder / "section11.db"
        measured = {
            "SQLite": _on_sqlite(folder, sqlite_file, is_short),
            "PostgreSQL": _on_postgresql(folder, server.new_database(), is_short),
        }
    limits = [
        at_most(f"One save, to a bare UPDATE and COMMIT ({name})", one.ratio, LIMIT_RATIO, times_words, _why(one))
        for name, one in measured.items()
    ]
    return Result(_section(measured), tuple(limits))


def _on_sqlite(folder: Path, file: Path, is_short: bool) -> Saves:
    office = open_office(Settings(data_dir=folder, database_url=f"sqlite:///{file}"))
    try:
        place = _place(office)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection:
            for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
                connection.execute(f"PRAGMA {setting}")

            def bare(words: str) -> None:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(UPDATE.format("?"), (words, place.assessment_id, place.question_id))
                connection.execute("COMMIT")

            return _measured(office, place, bare, is_short)
    finally:
        office.store.close()


def _on_postgresql(folder: Path, url: str, is_short: bool) -> Saves:
    office = open_office(Settings(data_dir=folder, database_url=url))
    try:
        place = _place(office)
        with psycopg.connect(url) as connection:

            def bare(words: str) -> None:
                connection.execute(UPDATE.format("%s"), (words, place.assessment_id, place.question_id))
                connection.commit()

            return _measured(office, place, bare, is_short)
    finally:
        office.store.close()


def _place(office: Office) -> _Place:
    """Return a question of an open return that is answered, and who may answer it."""
    build_demo(office, agencies=10, schools=0)
    with office.store.reading() as work:
        latest = work.cycles.all()[0]
        for row in work.assessments.in_cycle(latest.id):
            if row.assessment.status not in EDITABLE:
                continue
            answered = [one for one in work.answers.of_assessment(row.assessment.id).values() if one.rating]
            staff = work.accounts.users_in(partnership_ids=[], organisation_ids=[row.assessment.organisation_id])
            answering = [one for one in staff if one.organisations_as(Role.CONTRIBUTOR)]
            if answered and answering:
                return _Place(answering[0], row.assessment.id, answered[0].question_id)
    raise RuntimeError("The demo has no open return with an answer.")


def _measured(office: Office, place: _Place, bare: Callable[[str], None], is_short: bool) -> Saves:
    turns, saves = (SHORT_TURNS, SHORT_SAVES) if is_short else (TURNS, SAVES)
    service_seconds, bare_seconds = [], []
    for turn in range(-1, turns):  # the first warms both up and is not counted
        version = view_assessment(office, place.user, place.assessment_id).answer_to(place.question_id).version
        began = time.perf_counter()
        for number in range(saves):
            version = save_answer(
                office,
                place.user,
                place.assessment_id,
                place.question_id,
                expected_version=version,
                evidence=f"Minutes of meeting {turn}.{number}.",
            ).version
        between = time.perf_counter()
        for number in range(saves):
            bare(f"Bare words {turn}.{number}.")
        ended = time.perf_counter()
        if turn >= 0:
            service_seconds.append((between - began) / saves)
            bare_seconds.append((ended - between) / saves)
    return Saves(tuple(service_seconds), tuple(bare_seconds))


def _why(saves: Saves) -> str:
    return (
        f"The disk here makes a commit durable in {median(saves.bare) * 1000:.2f} ms; the service takes "
        f"{median(saves.service) * 1000:.2f} ms for what locks the return, checks the person and the "
        "version, and chains the event. A disk that takes longer brings the two nearer together."
    )


def _section(measured: dict[str, Saves]) -> str:
    rows = [
        (
            name,
            f"{median(one.service) * 1000:.2f} ms",
            f"{median(one.bare) * 1000:.2f} ms",
            times_words(one.ratio),
            spread_words(one.ratios, times_words),
        )
        for name, one in measured.items()
    ]
    return f"""## One save

One answer's text is changed through the service ({SAVES} times in each of {TURNS} turns, one after the other, after a
turn that warms up): the session's right, the lock on the return, the version check, the counts, the event in its hash
chain, and one durable commit. The bare twin, in the same turns on the same database with the same settings, is
`UPDATE … COMMIT` of the same row with the driver alone. Times are by the clock; the median of the turns counts.

{table(("database", "the service", "bare", "ratio", "by turn"), rows)}
"""
