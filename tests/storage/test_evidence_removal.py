"""Removing what nobody needs from the store of evidence, beside somebody who sends the same in."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from section11.storage.evidence_files import EvidenceFiles, EvidenceLostError

CONTENT = b"%PDF-1.7 a policy"
NAME = sha256(CONTENT).hexdigest()
NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(params=["folder", "memory"])
def files(request, tmp_path):
    """A folder, and a store that is none, as S3 is."""
    files = EvidenceFiles.open(str(tmp_path / "evidence") if request.param == "folder" else f"memory://{tmp_path}")
    files.keep(CONTENT)
    return files


@pytest.fixture
def folder(tmp_path):
    files = EvidenceFiles.open(str(tmp_path))
    files.keep(CONTENT)
    return files


def names_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_empty_store_lists_nothing(tmp_path):
    assert EvidenceFiles.open(str(tmp_path / "nothing")).listed() == []


def test_a_content_that_was_sent_in_since_stays(files):
    assert not files.remove_older(NAME, NOW - HOUR)

    assert files.listed() == [NAME]
    assert files.read(NAME) == CONTENT


def test_an_old_content_is_removed_and_can_be_sent_in_again(files):
    assert files.remove_older(NAME, NOW + HOUR)

    assert files.listed() == []
    with pytest.raises(EvidenceLostError):
        files.read(NAME)
    assert files.keep(CONTENT) == NAME
    assert files.read(NAME) == CONTENT


def test_sending_a_content_in_again_renews_its_time(folder):
    os.utime(folder._path(NAME), (0, 0))

    folder.keep(CONTENT)

    assert not folder.remove_older(NAME, NOW - HOUR)


def test_what_is_gone_already_is_not_removed_twice(folder):
    assert folder.remove_older(NAME, NOW + HOUR)
    assert not folder.remove_older(NAME, NOW + HOUR)


def test_what_a_killed_process_left_is_settled(folder, tmp_path):
    path = folder._path(NAME)
    os.replace(path, f"{path}.0123456789abcdef")  # taken out of the way, and killed
    half = f"{path}.fedcba9876543210"
    with open(half, "wb") as file:
        file.write(CONTENT[:5])

    folder.settle_leftovers(NOW - HOUR)
    assert len(names_in(tmp_path)) == 2  # somebody may be at it
    folder.settle_leftovers(NOW + HOUR)

    assert names_in(tmp_path) == [NAME]
    assert folder.read(NAME) == CONTENT
