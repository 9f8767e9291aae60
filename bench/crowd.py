"""A crowd of simulated people who fill in a form: think, change one answer, wait for the reply, think again.

A person never sends a second change before the first is answered. A slow server therefore gets
fewer changes, and its figures are kinder than what people who type on would live through.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from bench.streamlit_client import PageFailedError, Reply, Tab

RATING_SHARE = 2 / 3
"""Of all changes; the others are texts."""
OPENED_EVERY_SECONDS = 0.1
OPENING_SECONDS = 180.0
WARM_UP_SECONDS = 120.0
DRAIN_SECONDS = 60.0
TEXTS = ("evidence", "impact")
"""The text fields of a question that people fill in."""
SAVED = re.compile(r"\bSaved \d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many people come, for how many seconds they are measured, and how many seconds they think on average."""

    people: int
    seconds: float
    think: float
    seed: int


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where one person goes, and what they may change there."""

    number: int
    page_name: str
    query: Mapping[str, str]
    cookie: str
    rating_keys: tuple[str, ...]
    text_keys: tuple[str, ...]
    ratings: tuple[str, ...]
    """The choices of a rating field that the person picks from."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change the server confirmed. ``sent_at`` counts in seconds from the start of the measurement."""

    sent_at: float
    seconds: float


@dataclass
class Outcome:
    """What a crowd lived through. Changes before the measurement are saved and checked but not counted."""

    changes: list[Change] = field(default_factory=list)
    openings: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    saved: dict[tuple[int, str], str] = field(default_factory=dict)
    """The last value each person was told is saved, by person and field key."""


@dataclass
class _Measurement:
    """When the measured time began. It begins once nobody waits for a first answer any more.

    A shorter warm-up would flatter a slow server: changes sent during it and answered after the
    end would count nowhere, and those are the slow ones.
    """

    seconds: float
    waiting: int
    starts: float | None = None

    def first_change_is_over(self) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            self.starts = time.perf_counter()

    def is_over(self) -> bool:
        return self.starts is not None and time.perf_counter() >= self.starts + self.seconds


async def let_them_in(host: str, visitors: Sequence[Visitor], plan: Plan) -> Outcome:
    """Let everybody open the page and be answered once, then measure for some seconds.

    Changes that are under way at the end get ``DRAIN_SECONDS`` to finish and count; later ones are errors.
    """
    outcome = Outcome()
    opened = await asyncio.gather(*(_opened(host, one, outcome) for one in visitors))
    tabs = [(visitor, tab) for visitor, tab in zip(visitors, opened, strict=True) if tab is not None]
    measurement = _Measurement(plan.seconds, waiting=len(tabs))
    tasks = [asyncio.create_task(_fill_in(visitor, tab, outcome, plan, measurement)) for visitor, tab in tabs]
    if tasks:
        timeout = plan.think + WARM_UP_SECONDS + plan.seconds + DRAIN_SECONDS
        _, late = await asyncio.wait(tasks, timeout=timeout)
        for task in late:
            task.cancel()
            outcome.errors.append("A change was not answered in time.")
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                outcome.errors.append(f"The simulated person stopped: {result!r}")
    await asyncio.gather(*(tab.close() for _, tab in tabs), return_exceptions=True)
    return outcome


async def _opened(host: str, visitor: Visitor, outcome: Outcome) -> Tab | None:
    await asyncio.sleep(visitor.number * OPENED_EVERY_SECONDS)
    try:
        async with asyncio.timeout(OPENING_SECONDS):
            tab, reply = await Tab.open(host, visitor.page_name, dict(visitor.query), visitor.cookie)
    except (OSError, TimeoutError, WebSocketException, PageFailedError) as error:
        outcome.errors.append(f"Opening the page: {error!r}")
        return None
    missing = {*visitor.rating_keys, *visitor.text_keys} - tab.fields.keys()
    if missing:
        outcome.errors.append(f"Opening the page: no field {min(missing)}")
        await tab.close()
        return None
    outcome.openings.append(reply.seconds)
    return tab


async def _fill_in(visitor: Visitor, tab: Tab, outcome: Outcome, plan: Plan, measurement: _Measurement) -> None:
    rng = random.Random(f"{plan.seed}/{visitor.number}")
    # Spread over one think time, so that the crowd does not begin in step.
    await asyncio.sleep(rng.uniform(0, plan.think))
    goes_on = await _change(visitor, tab, outcome, measurement, rng, count=1)
    measurement.first_change_is_over()
    count = 1
    while goes_on:
        await asyncio.sleep(rng.uniform(0.5, 1.5) * plan.think)
        if measurement.is_over():
            return
        count += 1
        goes_on = await _change(visitor, tab, outcome, measurement, rng, count=count)


async def _change(
    visitor: Visitor, tab: Tab, outcome: Outcome, measurement: _Measurement, rng: random.Random, *, count: int
) -> bool:
    """Change one answer and note how it went; False when the connection is of no more use."""
    key, value = _next_change(visitor, tab, rng, count)
    outcome.saved.pop((visitor.number, key), None)
    starts, sent_at = measurement.starts, time.perf_counter()
    try:
        reply = await tab.change(key, value)
    except (OSError, WebSocketException, PageFailedError) as error:
        outcome.errors.append(f"Changing {key}: {error!r}")
        return False
    if not _says_saved(reply):
        outcome.errors.append(f"Changing {key}: the reply does not say that it is saved.")
        return True
    outcome.saved[visitor.number, key] = value
    if starts is not None:
        outcome.changes.append(Change(sent_at - starts, reply.seconds))
    return True


def _next_change(visitor: Visitor, tab: Tab, rng: random.Random, count: int) -> tuple[str, str]:
    if rng.random() < RATING_SHARE:
        key = rng.choice(visitor.rating_keys)
        current = tab.fields[key].text
        return key, rng.choice([one for one in visitor.ratings if one != current])
    key = rng.choice(visitor.text_keys)
    words = "Minutes of the board of March show the decision and the person who follows it up. " * rng.randint(1, 4)
    return key, f"{words}Change {count} of person {visitor.number}."


def _says_saved(reply: Reply) -> bool:
    return any(SAVED.search(text) for text in reply.texts)
