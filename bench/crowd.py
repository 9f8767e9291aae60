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


async def let_them_in(host: str, visitors: Sequence[Visitor], plan: Plan) -> Outcome:
    """Let everybody open the page, wait one think time, then measure for some seconds.

    Changes that are under way at the end get ``DRAIN_SECONDS`` to finish and count; later ones are errors.
    """
    outcome = Outcome()
    opened = await asyncio.gather(*(_opened(host, one, outcome) for one in visitors))
    tabs = [(visitor, tab) for visitor, tab in zip(visitors, opened, strict=True) if tab is not None]
    starts = time.perf_counter() + plan.think
    tasks = [asyncio.create_task(_fill_in(visitor, tab, outcome, plan, starts)) for visitor, tab in tabs]
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=plan.think + plan.seconds + DRAIN_SECONDS)
        for task in late:
            task.cancel()
            outcome.errors.append(f"A change was not answered within {DRAIN_SECONDS:.0f} s after the end.")
        await asyncio.gather(*tasks, return_exceptions=True)
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


async def _fill_in(visitor: Visitor, tab: Tab, outcome: Outcome, plan: Plan, starts: float) -> None:
    rng = random.Random(f"{plan.seed}/{visitor.number}")
    # Spread over one think time, so that the crowd does not begin in step.
    await asyncio.sleep(rng.uniform(0, plan.think))
    count = 0
    while time.perf_counter() < starts + plan.seconds:
        count += 1
        key, value = _next_change(visitor, tab, rng, count)
        outcome.saved.pop((visitor.number, key), None)
        sent_at = time.perf_counter()
        try:
            reply = await tab.change(key, value)
        except (OSError, WebSocketException, PageFailedError) as error:
            outcome.errors.append(f"Changing {key}: {error!r}")
            return
        if _says_saved(reply):
            outcome.saved[visitor.number, key] = value
            if sent_at >= starts:
                outcome.changes.append(Change(sent_at - starts, reply.seconds))
        else:
            outcome.errors.append(f"Changing {key}: the reply does not say that it is saved.")
        await asyncio.sleep(rng.uniform(0.5, 1.5) * plan.think)


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
