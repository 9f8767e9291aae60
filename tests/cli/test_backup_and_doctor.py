"""Backups, the doctor and anchors, as somebody types them on the server."""

import json
import os
import sqlite3
from contextlib import closing

from section11.config import settings


def test_a_backup_is_made_put_back_elsewhere_and_verified(open_cycle, tmp_path, monkeypatch):
    said = open_cycle("backup", "create", "today.tar").output
    assert "Wrote today.tar: " in said
    assert " rows and 0 evidence files." in said

    monkeypatch.setenv("SECTION11_DATA_DIR", str(tmp_path / "elsewhere"))
    settings.cache_clear()
    said = open_cycle("backup", "restore", "today.tar").output
    assert "is back: " in said
    assert "nothing was changed" in said
    assert open_cycle.data("cycles", "list")[0]["id"] == "2026"

    said = open_cycle("backup", "restore", "today.tar", code=1).output
    assert "There is a database here already, of Riverdale." in said


def test_a_backup_that_is_none_is_told_in_a_sentence(section11):
    section11.file("notes.txt", "Not a backup.")

    assert "not a backup of this product" in section11("backup", "restore", "notes.txt", code=1).output


def test_the_doctor_finds_a_sound_installation_sound(riverdale):
    os.chmod(riverdale.folder, 0o700)

    findings = riverdale.data("doctor")

    assert {one["part"]: one["state"] for one in findings} == {
        "database": "good",
        "audit trail": "good",
        "evidence files": "good",
        "clock": "good",
        "disk": "good",
        "secrets": "good",
        "question sets": "good",
        "mail": "look at this",  # nobody set it up
    }


def test_the_doctor_says_what_is_wrong_and_what_to_do(riverdale, monkeypatch):
    os.chmod(riverdale.folder, 0o755)  # noqa: S103  the fault that is looked for
    os.chmod(riverdale.folder / "section11.db", 0o644)
    monkeypatch.setenv("SECTION11_BASE_URL", "http://audit.example.org")
    monkeypatch.setenv("SECTION11_SECRET_KEY", "short")
    settings.cache_clear()

    said = riverdale("doctor", code=2).output

    assert f"Other accounts of this machine can read section11.db. Run: chmod 700 {riverdale.folder}" in said
    assert "People reach http://audit.example.org without encryption." in said
    assert "SECTION11_SECRET_KEY has under 32 characters." in said


def test_the_doctor_finds_a_damaged_trail(riverdale):
    with closing(sqlite3.connect(riverdale.folder / "section11.db")) as connection, connection:
        connection.execute("UPDATE audit_events SET actor = 'somebody' WHERE number = 1")

    findings = {one["part"]: one for one in riverdale.data("doctor", code=2)}

    assert findings["audit trail"]["state"] == "fault"
    assert "was changed after it was written" in findings["audit trail"]["message"]


def test_an_anchor_is_written_and_compared_with_later(riverdale):
    riverdale("trail", "anchor", "anchor.json")
    assert "nothing was changed" in riverdale("trail", "verify", "--anchor", "anchor.json").output

    kept = json.loads((riverdale.folder / "anchor.json").read_text())
    stream, (number, _) = next(iter(kept["heads"].items()))
    kept["heads"][stream] = [number, "0" * 64]
    riverdale.file("other.json", json.dumps(kept))

    said = riverdale("trail", "verify", "--anchor", "other.json", code=2).output
    assert f"{stream}: event {number} is not the one that was there on " in said
    assert "cannot be read" in riverdale("trail", "verify", "--anchor", "missing.json", code=1).output
