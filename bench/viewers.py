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

from bench.answering import P95_LIMIT
from bench.crowd import FAILURES, let_them_in
from bench.figures import Figures, figures_of
from bench.limits import Result, at_most, percentile, seconds_words
from bench.looking import begin_session, change_a_return
from bench.machines import processes_here
from bench.pages import SCRUTINY
from bench.product_form import demo_organisations, everybody, product_servers
from bench.streamlit_client import Tab
from bench.visitors import Outcome, Plan, Visitor
from section11.config import Settings
from section11.services.demo import build_demo
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name

VIEWERS = 20
LOOKS_SECONDS = 10.0
"""How long somebody looks at a heat map, on average, before they open the next."""
CHANGES_EVERY_SECONDS = 10.0
LIMIT_LOOKING_SECONDS = 1.0
"""What a person may wait for a heat map, p95."""
PLAN, SHORT = Plan(people=100, seconds=30), Plan(people=3, seconds=3, think=0.5)
BOTH_AT_ONCE = "A heat map that is counted anew holds its process, and half of the cores, while others wait."


@dataclass(frozen=True, slots=True)
class ViewersFigures:
    """Waiting times in seconds: of those who answer, and of each heat map that was opened while they were measured."""

    answering: Figures
    looking: tuple[float, ...]
    errors: tuple[str, ...]

    @property
    def looking_p95(self) -> float | None:
        return percentile(list(self.looking), 95)


def run(is_short: bool) -> Result:
    """Let both crowds in at once, on a demo of its own."""
    plan = SHORT if is_short else PLAN
    figures = _figures(plan)
    errors = (*figures.answering.errors, *figures.errors)
    for error in sorted(set(errors))[:5]:
        print(f"viewers: {error}", file=sys.stderr)
    at = f"{VIEWERS} on heat maps while {plan.people} answer"
    limits = (
        at_most(f"A saved change, p95 ({at})", figures.answering.p95, P95_LIMIT, seconds_words, BOTH_AT_ONCE),
        at_most(f"A heat map, p95 ({at})", figures.looking_p95, LIMIT_LOOKING_SECONDS, seconds_words, BOTH_AT_ONCE),
        at_most(f"Errors ({at})", len(errors), 0, lambda number: f"{number:,.0f}"),
    )
    return Result(section(figures), limits)


def _figures(plan: Plan) -> ViewersFigures:
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, database_url="")
        office = open_office(settings)
        build_demo(office, agencies=demo_organisations(plan.people), schools=0, seed=plan.seed)
        visitors = everybody(office, plan.people)
        cookies = [f"{cookie_name(settings)}={begin_session(office, SCRUTINY)}" for _ in range(VIEWERS)]
        with product_servers(folder, settings, processes_here()) as (host, _):
            outcome, looked = asyncio.run(_both(host, visitors, cookies, office, plan))
        office.store.close()
    return ViewersFigures(figures_of(outcome, plan), tuple(looked.seconds), tuple(looked.errors))


class _Looked:
    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.errors: list[str] = []


async def _both(
    host: str, visitors: Sequence[Visitor], cookies: Sequence[str], office: Office, plan: Plan
) -> tuple[Outcome, _Looked]:
    looked = _Looked()
    with office.store.reading() as work:
        latest = work.cycles.all()[0].id
    viewers = [
        asyncio.create_task(_look(host, number, cookie, latest, looked, plan)) for number, cookie in enumerate(cookies)
    ]
    changing = asyncio.create_task(_change_returns(office))
    outcome = await let_them_in(host, visitors, plan)
    for task in (*viewers, changing):
        task.cancel()
    await asyncio.gather(*viewers, changing, return_exceptions=True)
    return outcome, looked


async def _look(host: str, number: int, cookie: str, cycle_id: str, looked: _Looked, plan: Plan) -> None:
    """Open one heat map after the other until told to stop; what stands on it is compared with nothing here."""
    chance = random.Random(f"{plan.seed}/viewer/{number}")
    await asyncio.sleep(chance.uniform(0, LOOKS_SECONDS))
    while True:
        began = time.perf_counter()
        try:
            tab, _reply = await Tab.open(host, "heat-map", {"cycle": cycle_id}, cookie)
        except FAILURES as error:
            looked.errors.append(f"Opening a heat map: {error!r}")
        else:
            looked.seconds.append(time.perf_counter() - began)
            await tab.close()
        await asyncio.sleep(chance.uniform(0.5, 1.5) * LOOKS_SECONDS)


async def _change_returns(office: Office) -> None:
    while True:
        await asyncio.sleep(CHANGES_EVERY_SECONDS)
        await asyncio.to_thread(change_a_return, office)


def section(figures: ViewersFigures) -> str:
    """Return the results as a section of ``docs/performance.md``."""
    answering, looking = figures.answering, figures.looking_p95
    return f"""## Looking while others answer

{PLAN.people} people answer as above, and {VIEWERS} others open heat maps of the same cycle, each for about
{LOOKS_SECONDS:g} seconds before the next. Every {CHANGES_EVERY_SECONDS:g} seconds a submitted return changes, so that
the next heat map is counted anew. What people write before they submit changes no figure, so it makes nobody count.

|                    |      p95 | how many |
| ------------------ | -------: | -------: |
| saving an answer   | {seconds_words(answering.p95):>8} | {answering.changes:>8,} |
| opening a heat map | {seconds_words(looking):>8} | {len(figures.looking):>8,} |
"""
