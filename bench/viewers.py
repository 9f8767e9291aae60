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

from websockets.exceptions import WebSocketException

from bench.crowd import Outcome, Plan, Visitor, let_them_in
from bench.figures import Figures, figures_of, percentile
from bench.looking import SCRUTINY, begin_session, change_a_return
from bench.product_form import demo_organisations, sign_in
from bench.saving_answers import LIMIT_P95_SECONDS
from bench.servers import free_port, streamlit_server
from bench.streamlit_client import PageFailedError, Tab
from section11.config import PROJECT_DIR, Settings
from section11.services.demo import build_demo
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name

VIEWERS = 20
LOOKS_SECONDS = 10.0
"""How long somebody looks at a heat map, on average, before they open the next."""
CHANGES_EVERY_SECONDS = 10.0
LIMIT_LOOKING_SECONDS = 1.0
"""What a person may wait for a heat map, p95."""
PLAN = Plan(people=100, seconds=30, think=3, seed=11)


@dataclass(frozen=True, slots=True)
class ViewersFigures:
    """Waiting times in seconds: of those who answer, and of each heat map that was opened while they were measured."""

    answering: Figures
    looking: tuple[float, ...]
    errors: tuple[str, ...]

    @property
    def looking_p95(self) -> float | None:
        return percentile(list(self.looking), 95)

    @property
    def faults(self) -> tuple[str, ...]:
        limits = (
            ("Saving an answer", self.answering.p95, LIMIT_P95_SECONDS),
            ("Opening a heat map", self.looking_p95, LIMIT_LOOKING_SECONDS),
        )
        faults = [
            f"{what}: p95 is {_ms(p95)}; the limit is {limit * 1000:,.0f} ms."
            for what, p95, limit in limits
            if p95 is None or p95 > limit
        ]
        errors = (*self.answering.errors, *self.errors)
        return (*faults, *([f"{len(errors)} errors; the first: {errors[0]}"] if errors else []))


def run(plan: Plan = PLAN) -> ViewersFigures:
    """Let both crowds in at once, on a demo of its own."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder, port = Path(name), free_port()
        settings = Settings(data_dir=folder, database_url="", base_url=f"http://127.0.0.1:{port}")
        office = open_office(settings)
        build_demo(office, agencies=demo_organisations(plan.people), schools=0, seed=plan.seed)
        visitors = sign_in(office, settings, plan.people)
        cookies = [f"{cookie_name(settings)}={begin_session(office, SCRUTINY)}" for _ in range(VIEWERS)]
        environment = {
            "SECTION11_DATA_DIR": str(folder),
            "SECTION11_DATABASE_URL": "",
            "SECTION11_BASE_URL": settings.base_url,
        }
        script, log = PROJECT_DIR / "audit_app.py", folder / "server.log"
        with streamlit_server(script, folder=PROJECT_DIR, port=port, environment=environment, log=log) as host:
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
        except (OSError, TimeoutError, WebSocketException, PageFailedError) as error:
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
| saving an answer   | {_ms(answering.p95):>8} | {answering.changes:>8,} |
| opening a heat map | {_ms(looking):>8} | {len(figures.looking):>8,} |

{verdict(figures)}
"""


def _ms(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds * 1000:,.0f} ms"


def verdict(figures: ViewersFigures) -> str:
    """Return in words whether both limits are kept."""
    kept = "kept" if not figures.faults else "MISSED. " + " ".join(figures.faults)
    return (
        f"Limit (p95: saving at most {LIMIT_P95_SECONDS * 1000:.0f} ms, a heat map at most "
        f"{LIMIT_LOOKING_SECONDS:g} s, no errors): {kept}"
    )


if __name__ == "__main__":
    found = run()
    print(section(found))
    sys.exit(1 if found.faults else 0)
