"""The key that signs forms: one for all processes, never an empty one."""

import threading
from pathlib import Path

import pytest

from section11.config import Settings
from section11.errors import SettingMissingError

A_KEY = "a key of an earlier start, long enough to sign with"


def key_in(folder: Path) -> str:
    return Settings(data_dir=folder, secret_key="").signing_key()


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    made = key_in(tmp_path / "data")

    assert len(made) >= 32
    assert key_in(tmp_path / "data") == made
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_process_started_with_another_waits_for_the_key_that_the_other_is_about_to_write(tmp_path):
    kept = tmp_path / "secret_key"
    kept.touch()
    writing = threading.Timer(0.2, kept.write_text, [A_KEY])
    writing.start()

    assert key_in(tmp_path) == A_KEY
    writing.join()


def test_an_empty_file_is_not_taken_for_a_key(tmp_path, monkeypatch):
    monkeypatch.setattr("section11.config.KEY_IS_WRITTEN_WITHIN", 0.05)
    (tmp_path / "secret_key").touch()

    with pytest.raises(SettingMissingError, match=r"is empty.*delete the file"):
        key_in(tmp_path)

    assert (tmp_path / "secret_key").read_text() == ""
