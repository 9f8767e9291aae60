"""Benchmark: 20 people who look at heat maps of the open cycle while 100 others answer in it.

Nobody is served from yesterday meanwhile: every ten seconds something about a submitted return changes, and the next
heat map is counted anew.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.answering import P95_LIMIT
from bench.bare_count import bare_count
from bench.crowd import FAILURES, let_them_in
from bench.limits import Result, at_most, percentile, seconds_words, times_words
from bench.looking import begin_session, change_a_return
from bench.machines import processes_here
from bench.pages import SCRUTINY
from bench.product_form import demo_organisations, everybody, product_servers
from bench.streamlit_client import Tab
from bench.tables import table
from bench.visitors import Outcome, Plan, Visitor
from section11.config import Settings
from section11.services.demo import build_demo
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name

VIEWERS = 20
LOOKS_SECONDS = 10.0
"""How long somebody looks at a heat map, on average, before they open the next."""
CHANGES_EVERY_SECONDS = 10.0
BARE_TURNS = 3
LIMIT_LOOKING_SECONDS = 1.0
"""What a person may wait for a heat map, p95."""
PLAN, SHORT = Plan(people=100, seconds=30), Plan(people=3, seconds=4, think=0.5)
ALONE_SHARE = 1 / 4
"""Of the time in which people answer: so long nobody looks yet."""
VIEWERS_ALONE_SECONDS, SHORT_VIEWERS_ALONE_SECONDS = 12.0, 1.0
BOTH_AT_ONCE = "A heat map that is counted anew holds its process, and half of the cores, while others wait."


@dataclass(frozen=True, slots=True)
class ViewersFigures:
    """Waiting times in seconds: of each change and each heat map, with the others there and without them.

    ``bare`` is the time in which the ratings of that heat map are counted without any product.
    """

    saves: tuple[float, ...]
    saves_alone: tuple[float, ...]
    looks: tuple[float, ...]
    looks_alone: tuple[float, ...]
    bare: float
    errors: tuple[str, ...]


def run(is_short: bool) -> Result:
    """Let both crowds in at once, on a demo of its own."""
    plan = SHORT if is_short else PLAN
    figures = _figures(plan, SHORT_VIEWERS_ALONE_SECONDS if is_short else VIEWERS_ALONE_SECONDS)
    for error in sorted(set(figures.errors))[:5]:
        print(f"viewers: {error}", file=sys.stderr)
    at = f"{VIEWERS} on heat maps while {plan.people} answer"
    saves, looks = (percentile(list(one), 95) for one in (figures.saves, figures.looks))
    limits = (
        at_most(f"A saved change, p95 ({at})", saves, P95_LIMIT, seconds_words, BOTH_AT_ONCE),
        at_most(f"A heat map, p95 ({at})", looks, LIMIT_LOOKING_SECONDS, seconds_words, BOTH_AT_ONCE),
        at_most(f"Errors ({at})", len(figures.errors), 0, lambda number: f"{number:,.0f}"),
    )
    return Result(section(figures), limits)


def _figures(plan: Plan, alone_seconds: float) -> ViewersFigures:
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, database_url="")
        office = open_office(settings)
        build_demo(office, agencies=demo_organisations(plan.people), schools=0, seed=plan.seed)
        with office.store.reading() as work:
            latest = work.cycles.all()[0].id
        visitors = everybody(office, plan.people)
        cookies = [f"{cookie_name(settings)}={begin_session(office, SCRUTINY)}" for _ in range(VIEWERS)]
        with product_servers(folder, settings, processes_here()) as (host, _):
            gallery = _Gallery(host, cookies, latest, office, plan.seed)
            outcome, together, alone = asyncio.run(_visited(host, visitors, gallery, plan, alone_seconds))
        bare = median(bare_count(folder / "section11.db", latest)[0] for _ in range(BARE_TURNS))
        office.store.close()
    looked_from = plan.seconds * ALONE_SHARE
    return ViewersFigures(
        saves=tuple(one.seconds for one in outcome.changes if one.sent_at >= looked_from),
        saves_alone=tuple(one.seconds for one in outcome.changes if one.sent_at < looked_from),
        looks=tuple(together.seconds),
        looks_alone=tuple(alone.seconds),
        bare=bare,
        errors=(*outcome.errors, *together.errors, *alone.errors),
    )


async def _visited(
    host: str, visitors: Sequence[Visitor], gallery: _Gallery, plan: Plan, alone_seconds: float
) -> tuple[Outcome, _Looked, _Looked]:
    """Let people answer, viewers join them after a while, and go on when the others have gone."""
    first, together, alone = _Looked(), _Looked(), _Looked()

    def watch(moment: str) -> None:
        if moment == "begin":
            asyncio.get_running_loop().call_later(plan.seconds * ALONE_SHARE, gallery.open, together)

    await gallery.look_once(first)
    outcome = await let_them_in(host, visitors, plan, watch)
    await gallery.close()
    gallery.open(alone)
    await asyncio.sleep(alone_seconds)
    await gallery.close()
    together.errors += first.errors
    return outcome, together, alone


class _Looked:
    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.errors: list[str] = []


class _Gallery:
    """The viewers, and whoever changes returns meanwhile, from when it is opened until it is closed."""

    def __init__(self, host: str, cookies: Sequence[str], cycle_id: str, office: Office, seed: int) -> None:
        self._host, self._cookies, self._cycle_id, self._office, self._seed = host, cookies, cycle_id, office, seed
        self._tasks: list[asyncio.Task[None]] = []

    def open(self, looked: _Looked) -> None:
        looks = [self._look_on(number, cookie, looked) for number, cookie in enumerate(self._cookies)]
        self._tasks = [asyncio.create_task(one) for one in (*looks, self._change_returns())]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def look_once(self, looked: _Looked) -> None:
        """Let each of them open one, so that every process has imported what a heat map is drawn with."""
        await asyncio.gather(*(self._look(cookie, looked) for cookie in self._cookies))

    async def _look_on(self, number: int, cookie: str, looked: _Looked) -> None:
        chance = random.Random(f"{self._seed}/viewer/{number}")
        await asyncio.sleep(chance.uniform(0, LOOKS_SECONDS))
        while True:
            await self._look(cookie, looked)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * LOOKS_SECONDS)

    async def _look(self, cookie: str, looked: _Looked) -> None:
        """Open a heat map; what stands on it is compared with nothing here."""
        began = time.perf_counter()
        try:
            tab, _reply = await Tab.open(self._host, "heat-map", {"cycle": self._cycle_id}, cookie)
        except FAILURES as error:
            looked.errors.append(f"Opening a heat map: {error!r}")
        else:
            looked.seconds.append(time.perf_counter() - began)
            await tab.close()

    async def _change_returns(self) -> None:
        while True:
            await asyncio.sleep(CHANGES_EVERY_SECONDS)
            await asyncio.to_thread(change_a_return, self._office)


def section(figures: ViewersFigures) -> str:
    """Return the results as a section of ``docs/performance.md``."""
    rows = [
        ("saving an answer, nobody looking", *_cells(figures.saves_alone)),
        ("saving an answer, both", *_cells(figures.saves)),
        ("opening a heat map, both", *_cells(figures.looks)),
        ("opening a heat map, nobody answering", *_cells(figures.looks_alone)),
    ]
    typical = median(figures.looks) if figures.looks else 0.0
    return f"""## Looking while others answer

{PLAN.people} people answer as above. After {PLAN.seconds * ALONE_SHARE:g} s {VIEWERS} others open heat maps of the same
cycle, each for about {LOOKS_SECONDS:g} seconds before the next; when those who answer have gone, they look on for
{VIEWERS_ALONE_SECONDS:g} s. Every {CHANGES_EVERY_SECONDS:g} seconds a submitted return changes, so that the next heat
map is counted anew. What people write before they submit changes no figure, so it makes nobody count. Times are by the
clock, from asking to the end of the reply.

{table(("", "p50", "p95", "longest", "how many"), rows)}

The bare twin of a heat map, its ratings read with one query and counted with pandas by a process that has the machine
for itself, takes {seconds_words(figures.bare)} of the processor: a heat map beside {PLAN.people} people takes
{times_words(typical / figures.bare)} as long, p50.
"""


def _cells(seconds: tuple[float, ...]) -> tuple[str, ...]:
    values = list(seconds)
    measured = (percentile(values, 50), percentile(values, 95), max(values, default=None))
    return (*map(seconds_words, measured), f"{len(values):,}")
