"""Nothing hostile gets through at a live server; ``make drill`` sends all of it, this a part of every kind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
