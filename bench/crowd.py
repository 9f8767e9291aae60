"""A crowd of simulated people who fill in a form: think, change one answer, wait for the reply, think again.

A person never sends a second change before the first is answered. A slow server therefore gets
fewer changes, and its figures are kinder than what people who type on would live through.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx2
from websockets.exceptions import WebSocketException

from bench.signing_in import NotLetInError, session_cookie
from bench.streamlit_client import PageFailedError, Reply, Tab
from bench.visitors import Change, Outcome, Place, Plan, Visitor

RATING_SHARE = 2 / 3
"""Of all changes; the others are texts."""
PAGE_CHANGE_SHARE = 1 / 15
"""Of all steps: a standard has about five questions with three boxes each."""
ARRIVALS_EVERY_SECONDS = 0.1
OPENING_SECONDS = 120.0
WARM_UP_SECONDS = 90.0
DRAIN_SECONDS = 60.0
SAVED = re.compile(r"\bSaved \d\d:\d\d")
FAILURES = (OSError, TimeoutError, WebSocketException, httpx2.HTTPError, PageFailedError, NotLetInError)
Watch = Callable[[str], None]
"""Is called when everybody has the form open, and when the measurement begins and ends."""


@dataclass
class _Measurement:
    """When the measured time began. It begins once nobody waits for a first answer any more.

    A shorter warm-up would flatter a slow server: changes sent during it and answered after the
    end would count nowhere, and those are the slow ones.
    """

    seconds: float
    waiting: int
    watch: Watch
    starts: float | None = None
    is_ended: bool = False

    def first_change_is_over(self) -> None:
        self.waiting -= 1
        if self.waiting == 0:
            self.watch("begin")
            self.starts = time.perf_counter()

    def is_over(self) -> bool:
        if self.starts is None or time.perf_counter() < self.starts + self.seconds:
            return False
        if not self.is_ended:
            self.is_ended = True
            self.watch("end")
        return True


async def let_them_in(host: str, visitors: Sequence[Visitor], plan: Plan, watch: Watch = lambda _: None) -> Outcome:
    """Let everybody sign in, open the page and be answered once, then measure for some seconds.

    Changes that are under way at the end get ``DRAIN_SECONDS`` to finish and count; later ones are errors.
    """
    outcome = Outcome()
    opened = await asyncio.gather(*(_arrived(host, one, outcome) for one in visitors))
    people = [one for one in opened if one is not None]
    watch("open")
    measurement = _Measurement(plan.seconds, waiting=len(people), watch=watch)
    tasks = [asyncio.create_task(_fill_in(one, outcome, plan, measurement)) for one in people]
    if tasks:
        timeout = plan.think + WARM_UP_SECONDS + plan.seconds + DRAIN_SECONDS
        _, late = await asyncio.wait(tasks, timeout=timeout)
        for task in late:
            task.cancel()
            outcome.errors.append("A change was not answered in time.")
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Exception):
                outcome.errors.append(f"The simulated person stopped: {result!r}")
    await asyncio.gather(*(one.tab.close() for one in people), return_exceptions=True)
    return outcome


@dataclass
class _Person:
    """Somebody with the form open at one place of it."""

    visitor: Visitor
    tab: Tab
    place: Place


async def _arrived(host: str, visitor: Visitor, outcome: Outcome) -> _Person | None:
    """Sign in and open the form; None when that failed."""
    await asyncio.sleep(visitor.number * ARRIVALS_EVERY_SECONDS)
    place, cookie = visitor.places[0], ""
    try:
        async with asyncio.timeout(OPENING_SECONDS):
            if visitor.email:
                began = time.perf_counter()
                cookie = await session_cookie(host, visitor.email, visitor.password)
                outcome.sign_ins.append(time.perf_counter() - began)
            tab, reply = await Tab.open(host, visitor.page_name, dict(place.query), cookie)
    except FAILURES as error:
        outcome.errors.append(f"Opening the page: {error!r}")
        return None
    if not _has_fields(tab, place, outcome):
        await tab.close()
        return None
    outcome.openings.append(reply.seconds)
    return _Person(visitor, tab, place)


def _has_fields(tab: Tab, place: Place, outcome: Outcome) -> bool:
    missing = {*place.rating_keys, *place.text_keys} - tab.fields.keys()
    if missing:
        outcome.errors.append(f"Opening the page: no field {min(missing)}")
    return not missing


async def _fill_in(person: _Person, outcome: Outcome, plan: Plan, measurement: _Measurement) -> None:
    rng = random.Random(f"{plan.seed}/{person.visitor.number}")
    # Spread over one think time, so that the crowd does not begin in step.
    await asyncio.sleep(rng.uniform(0, plan.think))
    goes_on = await _change(person, outcome, measurement, rng, count=1)
    measurement.first_change_is_over()
    count = 1
    while goes_on:
        await asyncio.sleep(rng.uniform(0.5, 1.5) * plan.think)
        if measurement.is_over():
            return
        count += 1
        if plan.changes_pages and rng.random() < PAGE_CHANGE_SHARE:
            goes_on = await _go_on(person, outcome, measurement, rng)
        else:
            goes_on = await _change(person, outcome, measurement, rng, count=count)


async def _go_on(person: _Person, outcome: Outcome, measurement: _Measurement, rng: random.Random) -> bool:
    """Open another standard in the same tab; False when the connection is of no more use."""
    others = [one for one in person.visitor.places if one is not person.place]
    person.place = rng.choice(others)
    is_measured = measurement.starts is not None
    try:
        reply = await person.tab.go(dict(person.place.query))
    except FAILURES as error:
        outcome.errors.append(f"Going on to another standard: {error!r}")
        return False
    if is_measured:
        outcome.page_changes.append(reply.seconds)
    return _has_fields(person.tab, person.place, outcome)


async def _change(
    person: _Person, outcome: Outcome, measurement: _Measurement, rng: random.Random, *, count: int
) -> bool:
    """Change one answer and note how it went; False when the connection is of no more use."""
    key, value = _next_change(person, rng, count)
    saved = (person.visitor.number, key)
    outcome.saved.pop(saved, None)
    starts, sent_at = measurement.starts, time.perf_counter()
    try:
        reply = await person.tab.change(key, value)
    except FAILURES as error:
        outcome.errors.append(f"Changing {key}: {error!r}")
        return False
    if not _says_saved(reply):
        outcome.errors.append(f"Changing {key}: the reply does not say that it is saved.")
        return True
    outcome.saved[saved] = value
    if starts is not None:
        outcome.changes.append(Change(sent_at - starts, reply.seconds))
        outcome.bytes_received += reply.bytes
    return True


def _next_change(person: _Person, rng: random.Random, count: int) -> tuple[str, str]:
    visitor, place = person.visitor, person.place
    if place.rating_keys and rng.random() < RATING_SHARE:
        key = rng.choice(place.rating_keys)
        current = person.tab.fields[key].text
        return key, rng.choice([one for one in visitor.ratings if one != current])
    key = rng.choice(place.text_keys)
    words = "Minutes of the board of March show the decision and the person who follows it up. " * rng.randint(1, 4)
    return key, f"{words}Change {count} of person {visitor.number}."


def _says_saved(reply: Reply) -> bool:
    return any(SAVED.search(text) for text in reply.texts)
