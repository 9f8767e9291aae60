"""A server killed in the middle of saving: every acknowledged answer is there, whole, and nothing is there by half."""

import multiprocessing
import random
import time
from multiprocessing.connection import Connection
from pathlib import Path

from section11.domain.people import OPERATOR
from section11.services.answering import save_answer
from section11.services.trail import verify_trail
from tests.conftest import office_on
from tests.services.builders import POLICE_RETURN, a_town, user_by_email

KILLS = 10
LONGEST_RUN = 0.2
"""Seconds of saving before the kill; a save takes a few milliseconds, so every kill falls at another point of one."""

PADDING = "x" * 20_000
"""Enough to spread one answer over several pages of the file."""

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.storage.test_power_cut"])


def keep_saving(database_url: str, version: int, told: Connection) -> None:
    """What the process that will be killed does: save, then acknowledge, for ever."""
    office = office_on(database_url)
    user = user_by_email(office, "contributor@riverdale-police.example")
    told.send(version)
    while True:
        text = f"{version + 1}:{PADDING}:{version + 1}"
        version = save_answer(office, user, POLICE_RETURN, "S1.1", expected_version=version, evidence=text).version
        told.send(version)


def saved_until_killed(database_url: str, version: int, seconds: float) -> int:
    """Let another process save for a while, kill it, and return the last version it acknowledged."""
    hears, tells = _processes.Pipe(duplex=False)
    process = _processes.Process(target=keep_saving, args=(database_url, version, tells))
    process.start()
    tells.close()
    acknowledged = hears.recv()  # It is ready.
    time.sleep(seconds)
    process.kill()  # SIGKILL: no handler, no clean-up.
    process.join()
    try:
        while True:
            acknowledged = hears.recv()
    except EOFError:
        hears.close()
    process.close()
    return acknowledged


def test_whatever_was_acknowledged_survives_the_kill_whole_and_the_trail_is_clean(sqlite_url, tmp_path: Path):
    chance = random.Random(11)  # noqa: S311  when to kill is no secret
    first = office_on(sqlite_url)
    a_town(first, tmp_path)
    first.store.close()
    version = acknowledged_in_all = 0

    for _ in range(KILLS):
        acknowledged = saved_until_killed(sqlite_url, version, chance.uniform(0.01, LONGEST_RUN))
        office = office_on(sqlite_url)
        with office.store.reading() as work:
            answer = work.answers.one(POLICE_RETURN, "S1.1")
            events = work.audit_trail.events(f"assessment:{POLICE_RETURN}")
        report = verify_trail(office, OPERATOR)
        office.store.close()

        stored = answer.version if answer else 0
        # One save may have been committed before it could be acknowledged.
        assert stored in {acknowledged, acknowledged + 1}
        if answer:
            assert answer.evidence == f"{stored}:{PADDING}:{stored}"
        saves = [event.details["version"] for event in events if event.name == "answer_saved"]
        assert saves == list(range(1, stored + 1))
        assert report.faults == ()
        acknowledged_in_all += acknowledged - version
        version = stored

    assert acknowledged_in_all >= KILLS
