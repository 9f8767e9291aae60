"""Hostile files: each is refused in a sentence or read without harm, within 5 seconds and 200 MB."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from section11.config import PROJECT_DIR
from tests.workbooks.hostile_files import FILES, READ

MOST_SECONDS, MOST_MEGABYTES = 5.0, 200


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each file, by name, in a process of its own that reads one after the other."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, make in enumerate(FILES.values()):
        (folder / f"{number}.xlsx").write_bytes(make())
    command = [sys.executable, "-m", "tests.workbooks.hostile_files", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT_DIR)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return {name: line for name, line in zip(FILES, lines, strict=True)}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_in_a_sentence_or_read_within_the_limits(outcomes, name):
    outcome = outcomes[name]

    assert outcome["outcome"].startswith("read " if name in READ else "This ")
    assert name in READ or outcome["outcome"].endswith(".")
    assert outcome["seconds"] < MOST_SECONDS
    assert outcome["mb"] < MOST_MEGABYTES
