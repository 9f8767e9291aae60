"""Backups: made while people work, put back into an empty place, compared row by row; damaged ones are refused."""

import io
import stat
import tarfile
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import MetaData, select

from section11.config import Settings
from section11.domain.people import OPERATOR
from section11.errors import BadInputError, StaleAnswerError
from section11.services.answering import save_answer
from section11.services.backups import create_backup
from section11.services.restoring import restore_backup
from section11.services.trail import assessment_stream, verify_trail
from section11.storage.engine import has_tables
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.unit_of_work import Store
from tests.conftest import office_on
from tests.services.builders import (
    PARTNERSHIP,
    POLICE_RETURN,
    QUESTIONS,
    stored_answers,
    submitted,
    user_by_email,
)
from tests.services.evidence_builders import a_file, a_link
from tests.services.mail_builders import with_mail
from tests.small_files import a_pdf


def unwatched(_what, _share):
    """Nobody watches the progress."""


@pytest.fixture
def town(town):
    a_file(town.office, town.contributor)
    a_link(town.office, town.contributor)
    return town


@pytest.fixture
def backup(town, tmp_path):
    submitted(town)
    path = tmp_path / "backup.tar"
    create_backup(town.office, path, unwatched)
    return path


@pytest.fixture
def elsewhere(another_database_url, tmp_path):
    return Settings(
        data_dir=tmp_path / "elsewhere", database_url=another_database_url, evidence_url=str(tmp_path / "evidence")
    )


WRITTEN_BY_A_SAVE = {"answers", "assessments", "audit_events", "audit_heads"}


def rows_in(database_url):
    """Return every row of every table but the sessions, read without the product's own code."""
    store = Store.open(database_url)
    found = MetaData()
    with store.engine.connect() as connection:
        found.reflect(connection)
        rows = {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in found.sorted_tables
            if table.name != "web_sessions"
        }
    store.close()
    return rows


def with_member(path, name, change):
    """Write the same archive with one member changed, or left out where ``change`` gives None."""
    changed = path.with_name("changed.tar")
    with tarfile.open(path) as old, tarfile.open(changed, "w") as new:
        for member in old.getmembers():
            content = old.extractfile(member).read()
            if member.name.startswith(name):
                content = change(content)
            if content is None:
                continue
            copy = tarfile.TarInfo(member.name)
            copy.size = len(content)
            new.addfile(copy, io.BytesIO(content))
    return changed


def flipped(content):
    """Return the content with one bit of its middle turned over."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def test_every_row_and_every_evidence_file_is_there_again(town, backup, elsewhere, database_url):
    restored = restore_backup(elsewhere, backup, unwatched)

    assert rows_in(elsewhere.database_url) == rows_in(database_url)
    assert restored.trail == verify_trail(town.office, OPERATOR)
    assert restored.trail.faults == ()
    kept = EvidenceFiles.open(elsewhere.evidence_url)
    assert [kept.read(sha256) for sha256 in restored.backup.evidence] == [a_pdf()]


def test_people_sign_in_again_after_a_backup_is_put_back(town, backup, elsewhere):
    restore_backup(elsewhere, backup, unwatched)

    store = Store.open(elsewhere.database_url)
    with store.engine.connect() as connection:
        found = MetaData()
        found.reflect(connection, only=["web_sessions"])
        assert connection.execute(select(found.tables["web_sessions"])).all() == []
    store.close()


def test_mail_that_waited_in_a_backup_is_not_sent_by_itself(town, elsewhere, tmp_path):
    submitted(replace(town, office=with_mail(town.office)))
    create_backup(town.office, tmp_path / "backup.tar", unwatched)

    restore_backup(elsewhere, tmp_path / "backup.tar", unwatched)

    store = Store.open(elsewhere.database_url)
    with store.reading() as work:
        assert (work.outbox.count_waiting([PARTNERSHIP]), work.outbox.count_given_up([PARTNERSHIP])) == (0, 3)
    store.close()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_half_written_beside_it(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [one.name for one in backup.parent.iterdir() if "backup" in one.name] == ["backup.tar"]


def test_while_people_save_the_copy_is_of_one_moment(town, elsewhere, tmp_path, database_url):
    """Two people save all the time, also while it is put back elsewhere. Every restored answer is what the last
    restored event of it says, and every row that a save does not write is there as it was.
    """
    stop, before = Event(), stored_answers(town, POLICE_RETURN)
    acknowledged = {}

    def keep_saving(question_id):
        office = office_on(database_url)
        user = user_by_email(office, town.contributor.person.email)
        version = before[question_id].version if question_id in before else 0
        while not stop.is_set():
            try:
                text = f"Words {version}"
                version = save_answer(
                    office, user, POLICE_RETURN, question_id, expected_version=version, evidence=text
                ).version
                acknowledged[question_id] = version
            except StaleAnswerError:
                raise AssertionError("nobody else saves this answer") from None
        office.store.close()

    people = [Thread(target=keep_saving, args=(question_id,)) for question_id in QUESTIONS[:2]]
    for one in people:
        one.start()
    while len(acknowledged) < 2:
        stop.wait(0.01)
    acknowledged_before = dict(acknowledged)
    create_backup(town.office, tmp_path / "backup.tar", unwatched)
    acknowledged_after = dict(acknowledged)
    restored = restore_backup(elsewhere, tmp_path / "backup.tar", unwatched)
    stop.set()
    for one in people:
        one.join()

    assert restored.trail.faults == ()
    there, here = rows_in(elsewhere.database_url), rows_in(database_url)
    assert {name for name in here if there[name] != here[name]} <= WRITTEN_BY_A_SAVE
    assert set(there["audit_events"]) < set(here["audit_events"])
    store = Store.open(elsewhere.database_url)
    with store.reading() as work:
        answers = work.answers.of_assessment(POLICE_RETURN)
        events = work.audit_trail.events(assessment_stream(POLICE_RETURN))
    store.close()
    for question_id in QUESTIONS[:2]:
        saved = [
            one.details for one in events if one.details.get("question") == question_id and "version" in one.details
        ]
        assert answers[question_id].version == saved[-1]["version"]
        assert answers[question_id].evidence == saved[-1]["changed"]["evidence"]
        assert acknowledged_before[question_id] <= answers[question_id].version <= acknowledged_after[question_id] + 1


def test_a_backup_is_not_put_back_over_a_partnership(town, backup, elsewhere):
    restore_backup(elsewhere, backup, unwatched)
    there = rows_in(elsewhere.database_url)

    with pytest.raises(BadInputError, match="There is a database here already, of Riverdale"):
        restore_backup(elsewhere, backup, unwatched)

    assert rows_in(elsewhere.database_url) == there


def test_a_database_that_was_only_opened_counts_as_empty(town, backup, elsewhere, database_url):
    opened = office_on(elsewhere.database_url) if elsewhere.database_url.startswith("postgresql") else None
    if opened is not None:
        opened.store.close()

    restore_backup(elsewhere, backup, unwatched)

    assert rows_in(elsewhere.database_url) == rows_in(database_url)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("database", flipped, "damaged: the database"),
        ("evidence/", flipped, "damaged: the evidence file"),
        ("evidence/", lambda _: None, "not a backup of this product, or it is damaged"),
        ("database", lambda _: None, "not a backup of this product, or it is damaged"),
        ("manifest", lambda _: None, "not a backup of this product, or it is damaged"),
        ("manifest", lambda _: b"{}", "not a backup of this product, or it is damaged"),
        ("manifest", lambda _: b"[1]", "not a backup of this product, or it is damaged"),
        ("manifest", lambda c: c.replace(b"backup-1", b"backup-9"), "made by a later release"),
        ("manifest", lambda c: c.replace(b'"revision": "', b'"revision": "9'), "made by a later release"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_before_anything_is_put_back(backup, elsewhere, name, change, said):
    damaged = with_member(backup, name, change)

    with pytest.raises(BadInputError, match=said):
        restore_backup(elsewhere, damaged, unwatched)

    assert not Path(elsewhere.evidence_url).exists()
    assert not has_tables(elsewhere.database_url)


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PK\x03\x04", b"\0" * 10_240])
def test_a_file_that_is_no_backup_is_refused(elsewhere, tmp_path, content):
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(BadInputError, match="not a backup of this product, or it is damaged"):
        restore_backup(elsewhere, tmp_path / "file", unwatched)


def test_a_backup_cut_short_is_refused(backup, elsewhere):
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])

    with pytest.raises(BadInputError, match="damaged"):
        restore_backup(elsewhere, backup, unwatched)


def test_a_missing_file_and_the_other_kind_of_database_are_told(backup, elsewhere, tmp_path):
    other = "sqlite:///" + str(tmp_path / "x.db")
    if elsewhere.database_url.startswith("sqlite"):
        other = "postgresql://nobody@localhost:1/nothing"

    with pytest.raises(BadInputError, match="There is no file"):
        restore_backup(elsewhere, tmp_path / "missing.tar", unwatched)
    with pytest.raises(BadInputError, match="of the same kind"):
        restore_backup(elsewhere.model_copy(update={"database_url": other}), backup, unwatched)


def test_no_backup_is_written_over_another_or_where_there_is_no_folder(town, tmp_path):
    (tmp_path / "there.tar").write_bytes(b"another")

    with pytest.raises(BadInputError, match=r"exists\. Choose another name"):
        create_backup(town.office, tmp_path / "there.tar", unwatched)
    with pytest.raises(BadInputError, match="could not be written"):
        create_backup(town.office, tmp_path / "no folder" / "backup.tar", unwatched)

    assert (tmp_path / "there.tar").read_bytes() == b"another"


def test_an_evidence_file_that_is_gone_is_named_and_the_rest_is_kept(sqlite_town, tmp_path, elsewhere_sqlite):
    town = sqlite_town
    a_file(town.office, town.contributor)
    lost = EvidenceFiles.open(f"memory://{tmp_path.name}-empty")
    backup = create_backup(replace(town.office, evidence_files=lost), tmp_path / "backup.tar", unwatched)

    restored = restore_backup(elsewhere_sqlite, tmp_path / "backup.tar", unwatched)

    assert len(backup.lost) == 1
    assert restored.backup.evidence == ()
    assert restored.trail.faults == ()


@pytest.fixture
def elsewhere_sqlite(tmp_path):
    return Settings(
        data_dir=tmp_path / "elsewhere",
        database_url=f"sqlite:///{tmp_path / 'another' / 'section11.db'}",
        evidence_url=str(tmp_path / "evidence"),
    )
