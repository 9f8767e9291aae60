"""Two processes on one database are one product: sign-in, conflicts, fresh figures and sign-out hold across them.

The processes are addressed directly, which is harder than a proxy that sends each browser to the same one. Where
nginx is found, the rules we ship are tried in front of them as well.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosedError

from bench.machines import nginx_path, sticky_proxy
from bench.servers import free_port, running_server
from bench.signing_in import session_cookie
from bench.streamlit_client import Reply, Tab
from section11.config import Settings
from section11.domain.people import Role
from section11.domain.workflow import RETURNED
from section11.services.demo import build_demo
from section11.services.demo.people import PASSWORD, person_id_of
from section11.services.office import Office, open_office
from section11.services.scrutiny import hand_back
from tests.conftest import PROJECT_DIR
from tests.postgresql import PostgresqlServer
from tests.web.door_steps import form_token

CONTRIBUTOR, SCRUTINY = "contributor@riverdale.example", "scrutiny@riverdale.example"
FORM = {"assessment": "2026.riverdale-police", "standard": "S1"}
RATING, EVIDENCE = (f"card.2026.riverdale-police.S1.1.{name}" for name in ("rating", "evidence"))


@dataclass(frozen=True)
class Region:
    """The two processes by their address, the office on their database, and the proxy, or the first without one."""

    one: str
    two: str
    door: str
    office: Office


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def region(
    request: pytest.FixtureRequest, postgresql_server: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Region]:
    folder = tmp_path_factory.mktemp("region")
    with ExitStack() as stack:
        is_sqlite = request.param == "sqlite"
        url = f"sqlite:///{folder / 'section11.db'}" if is_sqlite else stack.enter_context(postgresql_server.lend())
        office = open_office(Settings(data_dir=folder, database_url=url))
        stack.callback(office.store.close)
        build_demo(office, agencies=8, schools=0, cycles=2)
        with ThreadPoolExecutor() as pool:
            one, two = pool.map(stack.enter_context, [_process(folder, url) for _ in range(2)])
        door = one.host
        if nginx_path() is not None:
            port = free_port()
            stack.enter_context(sticky_proxy(folder, port, [one.host, two.host]))
            door = f"127.0.0.1:{port}"
        yield Region(one.host, two.host, door, office)


def _process(folder: Path, url: str):
    port = free_port()
    settings = {
        "SECTION11_DATA_DIR": str(folder),
        "SECTION11_DATABASE_URL": url,
        "SECTION11_BASE_URL": f"http://127.0.0.1:{port}",
    }
    log = folder / f"{port}.log"
    return running_server(PROJECT_DIR / "audit_app.py", folder=PROJECT_DIR, port=port, environment=settings, log=log)


def test_a_form_from_one_process_signs_in_at_the_other_and_counts_in_both(region):
    with httpx2.Client(trust_env=False) as browser:
        token = form_token(browser.get(f"http://{region.one}/sign-in"))
        fields = {"email": CONTRIBUTOR, "password": PASSWORD, "next": "/", "form_token": token}
        answer = browser.post(f"http://{region.two}/sign-in", data=fields)

        assert answer.status_code == 303
        assert [browser.get(f"http://{host}/").status_code for host in (region.one, region.two)] == [200, 200]


def test_of_two_who_change_an_answer_in_two_processes_the_second_is_asked(region):
    async def story():
        cookie = await session_cookie(region.one, CONTRIBUTOR, PASSWORD)
        async with both(region, "assessment", FORM, cookie) as (one, two, _):
            first = await one.change(EVIDENCE, "Words of the first.")
            second = await two.change(EVIDENCE, "Words of the second.")
            return first, second

    first, second = asyncio.run(story())

    assert says(first, r"Saved \d\d:\d\d")
    assert says(second, "was changed by a colleague while you were writing")
    with region.office.store.reading() as work:
        assert work.answers.one(FORM["assessment"], "S1.1").evidence == "Words of the first."


def test_what_one_process_has_counted_is_counted_again_when_a_return_changed_elsewhere(region):
    async def story():
        cookie = await session_cookie(region.two, SCRUTINY, PASSWORD)
        query = {"cycle": "2026", "by": "arrangement"}
        async with both(region, "heat-map", query, cookie) as (one, two, opened):
            before = [counted(reply) for reply in opened]
            take_one_back(region.office)
            after = [counted(await tab.go(query)) for tab in (one, two)]
            return before, after

    before, after = asyncio.run(story())

    assert before[0] == before[1] > 0
    assert after == [before[0] - 1] * 2


def test_who_signs_out_in_one_process_is_signed_out_in_the_other(region):
    async def story():
        cookie = await session_cookie(region.one, CONTRIBUTOR, PASSWORD)
        async with both(region, "assessment", FORM, cookie) as (_, two, _):
            headers = {"Cookie": cookie, "Origin": f"http://{region.one}"}
            async with httpx2.AsyncClient(trust_env=False) as browser:
                await browser.post(f"http://{region.one}/sign-out", headers=headers)
                refused = await browser.get(f"http://{region.two}/", headers={"Cookie": cookie})
            with pytest.raises(ConnectionClosedError) as ended:
                await two.go(FORM)
            return refused, ended.value.rcvd

    refused, ended = asyncio.run(story())

    assert (refused.status_code, refused.headers["location"]) == (303, "/sign-in")
    assert ended is not None
    assert (ended.code, ended.reason) == (1008, "You are not signed in.")


def test_through_the_proxy_a_form_opens_and_saves(region):
    async def story():
        cookie = await session_cookie(region.door, CONTRIBUTOR, PASSWORD)
        tab, _ = await Tab.open(region.door, "assessment", {**FORM, "standard": "S2"}, cookie)
        try:
            return await tab.change("card.2026.riverdale-police.S2.1.evidence", "Words through the door.")
        finally:
            await tab.close()

    assert says(asyncio.run(story()), r"Saved \d\d:\d\d")


class both:  # noqa: N801  read as a word of the sentence
    """A page open in both processes while a story is told: both tabs, and what each was first sent."""

    def __init__(self, region: Region, page: str, query: dict[str, str], cookie: str) -> None:
        self._opening = [lambda host=host: Tab.open(host, page, query, cookie) for host in (region.one, region.two)]
        self._tabs: list[Tab] = []

    async def __aenter__(self) -> tuple[Tab, Tab, list[Reply]]:
        replies = []
        for open_tab in self._opening:
            tab, reply = await open_tab()
            self._tabs.append(tab)
            replies.append(reply)
        one, two = self._tabs
        return one, two, replies

    async def __aexit__(self, *_: object) -> None:
        for tab in self._tabs:
            await tab.close()


def says(reply: Reply, words: str) -> bool:
    return any(re.search(words, text) for text in reply.texts)


def counted(reply: Reply) -> int:
    found = [re.search(r"from (\d+) submitted return", text) for text in reply.texts]
    return int(next(one[1] for one in found if one))


def take_one_back(office: Office) -> None:
    with office.store.reading() as work:
        user = work.accounts.user(person_id_of(Role.SCRUTINY_LEAD))
        sent = [row.assessment for row in work.assessments.in_cycle("2026") if row.assessment.status in RETURNED]
    hand_back(office, user, sent[0].id, "Look at the evidence again, please.")
