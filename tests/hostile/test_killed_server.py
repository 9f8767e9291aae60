"""The whole server killed while people type in its pages: what a page said was saved is there when it is back."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import WebSocketException

from section11.domain.people import OPERATOR
from section11.services.trail import verify_trail
from tests.browser.server import Product
from tests.conftest import office_on
from tests.hostile.pages import Page, open_page
from tests.hostile.site import Site
from tests.services.builders import POLICE_RETURN, QUESTIONS, Town, a_town, in_progress, stored_answers
from tests.storage.test_power_cut import damage_in

pytestmark = pytest.mark.xdist_group("hostile")
KILLS = int(os.environ.get("SECTION11_SERVER_KILLS", "1"))
"""For each kind of database; a drill before a release sets more. Each takes as long as the server to start."""
LONGEST_RUN = 0.6
"""Seconds of typing before the kill."""
TYPED = QUESTIONS[:3]


def type_until_it_breaks(site: Site, token: str, question_id: str, told: dict[str, int], go: Barrier) -> None:
    """Type one text after the other into a question's evidence, and note each that the page said was saved."""
    first = told[question_id] + 1
    try:
        with open_page(site, token) as page:
            page.run("assessment", {"assessment": POLICE_RETURN, "standard": question_id.partition(".")[0]})
            key = next(one for one in page.fields if one.endswith(f".{question_id}.evidence"))
            go.wait()
            for number in range(first, first + 100_000):
                page.states[key] = WidgetState(id=key, string_value=words_of(question_id, number))
                page.run(fragment=page.fields[key][2])
                if is_said_saved(page):
                    told[question_id] = number
    except (WebSocketException, OSError):
        return


def words_of(question_id: str, number: int) -> str:
    return f"{question_id}, text {number}"


def number_stored(town: Town, question_id: str) -> int:
    """Return which text is stored, whole; 0 for none of ours."""
    answer = stored_answers(town, POLICE_RETURN).get(question_id)
    words = answer.evidence if answer else ""
    number = words.rpartition(" ")[2]
    return int(number) if number.isdigit() and words == words_of(question_id, int(number)) else 0


def is_said_saved(page: Page) -> bool:
    return any(kind == "markdown" and "Saved" in one.body for kind, one in page.elements)  # type: ignore[attr-defined]


def test_a_text_that_a_page_said_was_saved_survives_the_kill_of_its_server(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311  when to kill is no secret
    office = office_on(database_url)
    town = a_town(office, tmp_path)
    in_progress(town)
    product = Product(tmp_path, SECTION11_DATABASE_URL=database_url)
    # The server goes by the real time, so its sessions must begin then.
    site = Site(product, replace(town.office, clock=lambda: datetime.now(UTC)), "", {})
    told, told_in_all = dict.fromkeys(TYPED, 0), 0
    try:
        for _ in range(KILLS):
            product.start()
            token, go, before = site.session(town.contributor), Barrier(len(TYPED) + 1), dict(told)
            people = [Thread(target=type_until_it_breaks, args=(site, token, one, told, go)) for one in TYPED]
            for one in people:
                one.start()
            go.wait(timeout=30)
            people[0].join(chance.uniform(0.05, LONGEST_RUN))
            product.kill()
            for one in people:
                one.join()

            for question_id in TYPED:
                stored = number_stored(town, question_id)
                # One text may have been committed before its page could say so.
                assert stored in {told[question_id], told[question_id] + 1}
                told_in_all += told[question_id] - before[question_id]
                told[question_id] = stored
            assert verify_trail(office, OPERATOR).faults == ()
            assert damage_in(office.store.engine) == []
        assert told_in_all >= KILLS
    finally:
        product.stop()
        site.wire.close()
        office.store.close()
