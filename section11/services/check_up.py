"""Whether an installation is in order: one finding per part, each with what to do about it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from section11.config import Settings
from section11.definitions.remembered_sets import read_remembered
from section11.domain.people import OPERATOR
from section11.services.backups import Progress
from section11.services.mail_sending import check_mail_server
from section11.services.office import Office
from section11.services.smtp import MailServerError
from section11.services.trail import verify_trail
from section11.storage.database_copies import contents_of, faults_of_file, moment_of
from section11.storage.evidence_files import EvidenceLostError

SMALLEST_FREE_SPACE = 1024**3
CLOCK_MAY_DIFFER = timedelta(minutes=1)
SHORTEST_SECRET = 32
MAIL_WAITS_FOR = timedelta(hours=1)
LOCAL = {"localhost", "127.0.0.1", "::1"}


class State(StrEnum):
    GOOD = "good"
    LOOK = "look at this"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    state: State
    message: str


def check_up(office: Office, settings: Settings, progress: Progress) -> list[Finding]:
    """Look at every part in turn. Nothing is changed."""
    return [
        *_database(office, settings),
        *_trail(office, progress),
        *_evidence(office, progress),
        *_clock(office),
        *_disk(settings),
        *_secrets(settings),
        *_question_sets(office),
        *_mail(office),
    ]


def _database(office: Office, settings: Settings) -> Iterator[Finding]:
    part, engine = "database", office.store.engine
    contents = contents_of(engine)
    rows = f"{sum(contents.rows.values()):,} rows, tables of migration {contents.revision}"
    if engine.dialect.name == "postgresql":
        yield Finding(part, State.GOOD, f"PostgreSQL answers: {rows}.")
        return
    faults = faults_of_file(engine)
    if faults:
        message = f"SQLite says: {faults[0]}. Stop the server and put the last good backup back."
        yield Finding(part, State.FAULT, message)
        return
    yield Finding(part, State.GOOD, f"SQLite finds the file whole: {rows}.")
    yield from _for_its_owner_alone(part, Path(engine.url.database or ""))


def _trail(office: Office, progress: Progress) -> Iterator[Finding]:
    report = verify_trail(office, OPERATOR, lambda share: progress("Verifying the audit trail", share))
    if report.faults:
        more = f" and {len(report.faults) - 1} more" if len(report.faults) > 1 else ""
        yield Finding("audit trail", State.FAULT, f"{report.faults[0]}{more} Run “trail verify” for all of it.")
    else:
        yield Finding("audit trail", State.GOOD, f"{report.events:,} events, nothing was changed.")


def _evidence(office: Office, progress: Progress) -> Iterator[Finding]:
    part, wanted, lost = "evidence files", contents_of(office.store.engine).evidence, []
    for done, sha256 in enumerate(wanted, start=1):
        try:
            office.evidence_files.read(sha256)
        except EvidenceLostError:
            lost.append(sha256)
        progress("Reading evidence files", done / len(wanted))
    if lost:
        message = f"{len(lost)} of {len(wanted)} are missing or damaged, first {lost[0]}. Put them back from a backup."
        yield Finding(part, State.FAULT, message)
    else:
        yield Finding(part, State.GOOD, f"{len(wanted):,} files, each as it was sent in.")


def _clock(office: Office) -> Iterator[Finding]:
    here, there = office.clock(), moment_of(office.store.engine)
    with office.store.reading() as work:
        latest = work.audit_trail.latest_moment()
    if there is not None and abs(here - there) > CLOCK_MAY_DIFFER:
        message = f"This machine says {here:%H:%M:%S} and the database {there:%H:%M:%S} UTC. Set both by a time server."
        yield Finding("clock", State.FAULT, message)
    elif latest is not None and latest - here > CLOCK_MAY_DIFFER:
        message = f"The last event is of {latest:%d %B %Y %H:%M} UTC, which is still to come. Set the clock."
        yield Finding("clock", State.FAULT, message)
    else:
        yield Finding("clock", State.GOOD, f"{here:%d %B %Y %H:%M} UTC, and no event is later.")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        yield Finding("disk", State.GOOD, "Nothing is kept on this machine.")
        return
    free = shutil.disk_usage(folder).free
    used = sum(one.stat().st_size for one in folder.glob("section11.db*"))
    words = f"{free / 1024**3:.1f} GB free where the data are"
    if free < max(SMALLEST_FREE_SPACE, 2 * used):
        yield Finding("disk", State.FAULT, f"Only {words}. Make room: a backup needs as much again as the data.")
    else:
        yield Finding("disk", State.GOOD, f"{words}.")


def _secrets(settings: Settings) -> Iterator[Finding]:
    part, address = "secrets", urlsplit(settings.base_url)
    kept = settings.data_dir / "secret_key"
    if address.scheme != "https" and address.hostname not in LOCAL:
        message = f"People reach {settings.base_url} without encryption. Put https in front and set SECTION11_BASE_URL."
        yield Finding(part, State.FAULT, message)
    if settings.secret_key and len(settings.secret_key) < SHORTEST_SECRET:
        message = f"SECTION11_SECRET_KEY has under {SHORTEST_SECRET} characters. Use a longer one, made at random."
        yield Finding(part, State.FAULT, message)
    elif not settings.secret_key and kept.exists():
        yield from _for_its_owner_alone(part, kept)
    yield Finding(part, State.GOOD, "The key that signs forms is long enough.")


def _question_sets(office: Office) -> Iterator[Finding]:
    folders = list(office.library.folders())
    faulty = [one.name for one in folders if read_remembered(office.library, one).standards_set is None]
    if faulty:
        message = f"{', '.join(faulty)} cannot be used. Run “standards check” for what is wrong with each."
        yield Finding("question sets", State.LOOK, message)
    else:
        yield Finding("question sets", State.GOOD, f"{len(folders)} sets, each without faults.")


def _mail(office: Office) -> Iterator[Finding]:
    part = "mail"
    if office.mail is None:
        message = "Not set up: links are copied by hand and nobody is reminded. Set SECTION11_SMTP_HOST to send mail."
        yield Finding(part, State.LOOK, message)
        return
    try:
        check_mail_server(office.mail)
    except MailServerError as error:
        yield Finding(part, State.FAULT, str(error))
    else:
        yield Finding(part, State.GOOD, f"{office.mail.server.host} listens and lets us in.")
    with office.store.reading() as work:
        partnership_ids = list(work.facts.partnerships())
        given_up, oldest = work.outbox.count_given_up(partnership_ids), work.outbox.oldest_waiting()
    if oldest is not None and office.clock() - oldest > MAIL_WAITS_FOR:
        message = f"Mail has waited since {oldest:%d %B %Y %H:%M} UTC. Let the server run, or “mail send” from cron."
        yield Finding(part, State.LOOK, message)
    if given_up:
        message = f"{given_up:,} could not be delivered. The page E-mails says why, and can try again."
        yield Finding(part, State.LOOK, message)


def _for_its_owner_alone(part: str, path: Path) -> Iterator[Finding]:
    # Windows keeps elsewhere who may read a file.
    if os.name != "nt" and path.exists() and _open_to_others(path) and _open_to_others(path.parent):
        message = f"Other accounts of this machine can read {path.name}. Run: chmod 700 {path.parent}"
        yield Finding(part, State.LOOK, message)


def _open_to_others(path: Path) -> bool:
    return stat.S_IMODE(path.stat().st_mode) & 0o077 != 0
