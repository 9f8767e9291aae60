"""A server killed in the middle of saving: every acknowledged answer is there, whole, and nothing is there by half."""

import multiprocessing
import os
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread

from sqlalchemy import Engine, text

from section11.domain.people import OPERATOR
from section11.services.answering import save_answer
from section11.services.trail import verify_trail
from tests.conftest import office_on
from tests.services.builders import POLICE_RETURN, QUESTIONS, a_town, user_by_email

KILLS = int(os.environ.get("SECTION11_KILLS", "8"))
"""For each kind of database; a drill before a release sets more."""
LONGEST_RUN = 0.2
"""Seconds of saving before the kill; a save takes a few milliseconds, so every kill falls at another point of one."""

SAVED_TOGETHER = QUESTIONS[:3]
PADDING = "x" * 20_000
"""Enough to spread one answer over several pages of the file."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.storage.test_power_cut"])


def keep_saving(database_url: str, versions: dict[str, int], told: Connection) -> None:
    """What the process that will be killed does: three people save, each acknowledged, for ever."""
    office = office_on(database_url)
    user = user_by_email(office, "contributor@riverdale-police.example")
    one_at_a_time = Lock()

    def tell(question_id: str, version: int) -> None:
        with one_at_a_time:
            told.send((question_id, version))

    def save(question_id: str, version: int) -> None:
        while True:
            words = f"{version + 1}:{PADDING}:{version + 1}"
            saved = save_answer(office, user, POLICE_RETURN, question_id, expected_version=version, evidence=words)
            version = saved.version
            tell(question_id, version)

    for question_id, version in versions.items():
        Thread(target=save, args=(question_id, version), daemon=True).start()
    time.sleep(3600)


def saved_until_killed(database_url: str, versions: dict[str, int], seconds: float) -> dict[str, int]:
    """Let another process save for a while, kill it, and return the last version it acknowledged of each answer."""
    hears, tells = _processes.Pipe(duplex=False)
    process = _processes.Process(target=keep_saving, args=(database_url, versions, tells))
    process.start()
    tells.close()
    acknowledged = dict(versions)
    question_id, version = hears.recv()  # The first save: from now on any moment may be in the middle of one.
    acknowledged[question_id] = version
    time.sleep(seconds)
    process.kill()  # SIGKILL: no handler, no clean-up.
    process.join()
    try:
        while True:
            question_id, version = hears.recv()
            acknowledged[question_id] = version
    except EOFError:
        hears.close()
    process.close()
    return acknowledged


def damage_in(engine: Engine) -> list[str]:
    """Return what the database itself finds wrong with its tables and indexes."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            return [one for one in connection.execute(text("PRAGMA integrity_check")).scalars() if one != "ok"]
        # Reads every row of every table, toasted texts included.
        tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars()
        for table in list(tables):
            connection.execute(text(f'SELECT sum(length(t::text)) FROM "{table}" t'))  # noqa: S608  names of ours
        return []


def test_whatever_was_acknowledged_survives_the_kill_whole_and_the_trail_is_clean(database_url, tmp_path: Path):
    chance = random.Random(11)  # noqa: S311  when to kill is no secret
    first = office_on(database_url)
    a_town(first, tmp_path)
    first.store.close()
    versions = dict.fromkeys(SAVED_TOGETHER, 0)
    acknowledged_in_all = 0

    for _ in range(KILLS):
        acknowledged = saved_until_killed(database_url, versions, chance.uniform(0.01, LONGEST_RUN))
        office = office_on(database_url)
        with office.store.reading() as work:
            answers = work.answers.of_assessment(POLICE_RETURN)
            events = work.audit_trail.events(f"assessment:{POLICE_RETURN}")
        report = verify_trail(office, OPERATOR)
        damage = damage_in(office.store.engine)
        office.store.close()

        for question_id in SAVED_TOGETHER:
            stored = answers[question_id].version if question_id in answers else 0
            # One save may have been committed before it could be acknowledged.
            assert stored in {acknowledged[question_id], acknowledged[question_id] + 1}
            if stored:
                assert answers[question_id].evidence == f"{stored}:{PADDING}:{stored}"
            told = [one.details for one in events if one.name == "answer_saved"]
            saves = [one["version"] for one in told if one["question"] == question_id]
            assert saves == list(range(1, stored + 1))
            acknowledged_in_all += acknowledged[question_id] - versions[question_id]
            versions[question_id] = stored
        assert report.faults == ()
        assert damage == []

    assert acknowledged_in_all >= KILLS
