"""Nothing hostile gets through at a live server; ``make drill`` sends all of it, this a part of every kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from section11.storage.tables import metadata
from section11.storage.tables.columns import Words
from tests.hostile.free_text import IN_PLACE, OTHERWISE
from tests.hostile.run import Findings, run
from tests.hostile.tally import CANARY, Row, faults, table
from tests.hostile.wire import NOTHING, Answer

pytestmark = pytest.mark.xdist_group("hostile")
IS_WHOLE = os.environ.get("SECTION11_HOSTILE") == "whole"


@pytest.fixture(scope="module")
def found() -> Findings:
    return run(is_whole=IS_WHOLE)


def test_nothing_is_served_wrongly_and_nothing_breaks(found: Findings) -> None:
    Path("test-results").mkdir(exist_ok=True)
    Path("test-results/hostile.md").write_text(table(found.rows), encoding="utf-8")

    assert faults(found.rows) == []


def test_the_log_has_no_secret_and_no_e_mail_address(found: Findings) -> None:
    assert found.telling == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(200), "thing: 200 instead of 403"),
        (Answer(500), "thing: 500"),
        (Answer(403, body=CANARY.encode()), "thing: 403, with what is secret in it"),
    ],
)
def test_a_guard_that_is_missing_is_seen(answer: Answer, expected: str) -> None:
    row = Row("attack")
    row.take("thing", answer, 403)
    row.take("refused", Answer(403), 403)
    row.take("cut off", NOTHING, 403)

    assert (row.wrong, row.requests, row.refused) == ([expected], 3, 2)


def test_every_column_of_words_is_attacked_or_says_why_not() -> None:
    attacked = {f"{table}.{column}" for table, columns in IN_PLACE.items() for column in columns}
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    words = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Words)
    }

    assert words - attacked - OTHERWISE.keys() == set()
    assert (attacked | OTHERWISE.keys()) - columns == set()
