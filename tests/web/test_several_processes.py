"""Two or four processes on one database are one product: sign-in, conflicts, figures and sign-out hold across all.

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
from bench.servers import free_port, running_servers
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
    """The processes by their address, the office on their database, and the proxy, or the first without one."""

    hosts: tuple[str, ...]
    door: str
    office: Office


@pytest.fixture(scope="module", params=[("sqlite", 2), ("postgresql", 4)], ids=["sqlite-2", "postgresql-4"])
def region(
    request: pytest.FixtureRequest, postgresql_server: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Region]:
    folder = tmp_path_factory.mktemp("region")
    with ExitStack() as stack:
        database, processes = request.param
        is_sqlite = database == "sqlite"
        url = f"sqlite:///{folder / 'section11.db'}" if is_sqlite else stack.enter_context(postgresql_server.lend())
        office = open_office(Settings(data_dir=folder, database_url=url))
        stack.callback(office.store.close)
        build_demo(office, agencies=8, schools=0, cycles=2)
        with ThreadPoolExecutor() as pool:
            servers = pool.map(stack.enter_context, [_process(folder, url) for _ in range(processes)])
        hosts = tuple(one.host for (one,) in servers)
        door = hosts[0]
        if nginx_path() is not None:
            port = free_port()
            stack.enter_context(sticky_proxy(folder, port, hosts))
            door = f"127.0.0.1:{port}"
        yield Region(hosts, door, office)


def _process(folder: Path, url: str):
    port = free_port()
    settings = {
        "SECTION11_DATA_DIR": str(folder),
        "SECTION11_DATABASE_URL": url,
        "SECTION11_BASE_URL": f"http://127.0.0.1:{port}",
    }
    script = PROJECT_DIR / "audit_app.py"
    return running_servers(script, folder=PROJECT_DIR, ports=[port], environment=settings, logs=folder)


def test_a_form_from_one_process_signs_in_at_another_and_counts_in_all(region):
    with httpx2.Client(trust_env=False) as browser:
        token = form_token(browser.get(f"http://{region.hosts[0]}/sign-in"))
        fields = {"email": CONTRIBUTOR, "password": PASSWORD, "next": "/", "form_token": token}
        answer = browser.post(f"http://{region.hosts[-1]}/sign-in", data=fields)

        assert answer.status_code == 303
        assert {browser.get(f"http://{host}/").status_code for host in region.hosts} == {200}


def test_of_those_who_change_an_answer_in_several_processes_all_but_the_first_are_asked(region):
    async def story():
        cookie = await session_cookie(region.hosts[0], CONTRIBUTOR, PASSWORD)
        async with everywhere(region, "assessment", FORM, cookie) as (tabs, _):
            return [
                await tab.change(EVIDENCE, f"Words at {host}.") for tab, host in zip(tabs, region.hosts, strict=True)
            ]

    first, *others = asyncio.run(story())

    assert says(first, r"Saved \d\d:\d\d")
    assert all(says(other, "was changed by a colleague while you were writing") for other in others)
    with region.office.store.reading() as work:
        assert work.answers.one(FORM["assessment"], "S1.1").evidence == f"Words at {region.hosts[0]}."


def test_what_one_process_has_counted_is_counted_again_when_a_return_changed_elsewhere(region):
    async def story():
        cookie = await session_cookie(region.hosts[-1], SCRUTINY, PASSWORD)
        query = {"cycle": "2026", "by": "arrangement"}
        async with everywhere(region, "heat-map", query, cookie) as (tabs, opened):
            before = [counted(reply) for reply in opened]
            take_one_back(region.office)
            after = [counted(await tab.go(query)) for tab in tabs]
            return before, after

    before, after = asyncio.run(story())

    assert before == [before[0]] * len(region.hosts)
    assert after == [before[0] - 1] * len(region.hosts)
    assert before[0] > 0


def test_who_signs_out_in_one_process_is_signed_out_in_all(region):
    async def story():
        first, *others = region.hosts
        cookie = await session_cookie(first, CONTRIBUTOR, PASSWORD)
        async with everywhere(region, "assessment", FORM, cookie) as (tabs, _):
            headers = {"Cookie": cookie, "Origin": f"http://{first}"}
            async with httpx2.AsyncClient(trust_env=False) as browser:
                await browser.post(f"http://{first}/sign-out", headers=headers)
                refused = [await browser.get(f"http://{host}/", headers={"Cookie": cookie}) for host in others]
            ended = []
            for tab in tabs[1:]:
                with pytest.raises(ConnectionClosedError) as closed:
                    await tab.go(FORM)
                ended.append(closed.value.rcvd)
            return refused, ended

    refused, ended = asyncio.run(story())

    assert {(one.status_code, one.headers["location"]) for one in refused} == {(303, "/sign-in")}
    assert [one and (one.code, one.reason) for one in ended] == [(1008, "You are not signed in.")] * len(refused)


def test_through_the_proxy_a_form_opens_and_saves(region):
    async def story():
        cookie = await session_cookie(region.door, CONTRIBUTOR, PASSWORD)
        tab, _ = await Tab.open(region.door, "assessment", {**FORM, "standard": "S2"}, cookie)
        try:
            return await tab.change("card.2026.riverdale-police.S2.1.evidence", "Words through the door.")
        finally:
            await tab.close()

    assert says(asyncio.run(story()), r"Saved \d\d:\d\d")


class everywhere:  # noqa: N801  read as a word of the sentence
    """A page open in every process while a story is told: the tabs, and what each was first sent."""

    def __init__(self, region: Region, page: str, query: dict[str, str], cookie: str) -> None:
        self._opening = [lambda host=host: Tab.open(host, page, query, cookie) for host in region.hosts]
        self._tabs: list[Tab] = []

    async def __aenter__(self) -> tuple[list[Tab], list[Reply]]:
        replies = []
        for open_tab in self._opening:
            tab, reply = await open_tab()
            self._tabs.append(tab)
            replies.append(reply)
        return self._tabs, replies

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
