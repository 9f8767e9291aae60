"""Benchmark: three hundred people answer at once, on SQLite and on PostgreSQL, beside the plain form with fifty."""

from __future__ import annotations

import os
import sys

from bench import plain_comparison, product_form
from bench.crowd import ARRIVALS_EVERY_SECONDS, DRAIN_SECONDS, PAGE_CHANGE_SHARE
from bench.databases import postgresql_server
from bench.figures import Figures, figures_of
from bench.limits import (
    PARTS,
    Limit,
    Result,
    at_least,
    at_most,
    megabytes_words,
    seconds_words,
    spread_words,
    times_words,
)
from bench.machines import processes_here
from bench.product_form import Visit, demo_organisations
from bench.tables import table
from bench.visitors import Plan

P95_LIMIT, P99_LIMIT, OPENING_LIMIT = 0.15, 0.4, 1.5
"""Seconds that a person may wait for "Saved", and for the form."""
MEMORY_LIMIT = 1.5
"""Megabytes of the server for one open session."""
PLAIN_LIMIT = 20.0
"""So many times as long the plain form must take, with a sixth of the people."""
FULL, PLAIN = Plan(people=300, seconds=25), Plan(people=50, seconds=18, changes_pages=False)
SHORT = Plan(people=4, seconds=3, think=0.5)
SHORT_PLAIN = Plan(people=4, seconds=3, think=0.5, changes_pages=False)


def run(is_short: bool) -> Result:
    """Measure the product on both databases and then the plain form, one after the other on the same machine."""
    plan, plain_plan = (SHORT, SHORT_PLAIN) if is_short else (FULL, PLAIN)
    processes = processes_here()
    visits = {"SQLite": product_form.measure(plan, processes=processes)}
    with postgresql_server() as server:
        url = server.new_database()
        visits["PostgreSQL"] = product_form.measure(plan, url, database_pid=server.pid, processes=processes)
    product = {name: figures_of(visit.outcome, plan) for name, visit in visits.items()}
    plain = figures_of(plain_comparison.measure(plain_plan), plain_plan)
    for name, figures in {**product, "the plain form": plain}.items():
        for error in sorted(set(figures.errors))[:5]:
            print(f"{name}: {error}", file=sys.stderr)
    limits = [limit for name in product for limit in _limits(name, product[name], visits[name], plan)]
    limits.append(_beside_plain(product, plain, plain_plan))
    return Result(_section(visits, product, plain, plan, plain_plan), tuple(limits), _facts(visits["PostgreSQL"], plan))


def _limits(name: str, figures: Figures, visit: Visit, plan: Plan) -> list[Limit]:
    at, busy = f"{plan.people} people, {name}", _why(visit, plan)
    return [
        at_most(f"A saved change, p95 ({at})", figures.p95, P95_LIMIT, seconds_words, busy),
        at_most(f"A saved change, p99 ({at})", figures.p99, P99_LIMIT, seconds_words, busy),
        at_most(f"Errors ({at})", len(figures.errors), 0, lambda number: f"{number:,.0f}"),
        at_most(
            f"Opening the form, 10 people a second, p95 ({name})",
            figures.opening_p95,
            OPENING_LIMIT,
            seconds_words,
            busy,
        ),
        at_most(f"Memory of an open session ({name})", _session_megabytes(visit, plan), MEMORY_LIMIT, megabytes_words),
    ]


def _beside_plain(product: dict[str, Figures], plain: Figures, plain_plan: Plan) -> Limit:
    slowest = max((one.p95 or 0.0 for one in product.values()), default=0.0)
    ratio = plain.p95 / slowest if plain.p95 and slowest else None
    name = f"The plain form with {plain_plan.people} people, p95, to the slower of the two"
    return at_least(name, ratio, PLAIN_LIMIT, times_words)


def _why(visit: Visit, plan: Plan) -> str:
    """Return how busy the cores were, which is why people waited."""
    cores = os.cpu_count() or 1
    server, database, crowd = (_share(visit, name) for name in ("server", "database", "crowd"))
    return (
        f"Of {cores} cores the product used {server:.2f}, the database {database:.2f} and the crowd {crowd:.2f}, and "
        "the proxy some of what is left. More people at once take more cores, with two processes for each."
    )


def _share(visit: Visit, name: str) -> float:
    """Return how many cores something used while it was measured."""
    seconds = _between(visit, "begin", "end", name)
    return seconds / visit.seconds if visit.seconds else 0.0


def _between(visit: Visit, start: str, end: str, name: str) -> float:
    if start not in visit.readings or end not in visit.readings:
        return 0.0
    return float(getattr(visit.readings[end], name) - getattr(visit.readings[start], name))


def _session_megabytes(visit: Visit, plan: Plan) -> float:
    return _between(visit, "before", "end", "megabytes") / plan.people


def _change_seconds(visit: Visit) -> float:
    steps = len(visit.outcome.changes) + len(visit.outcome.page_changes)
    return _between(visit, "begin", "end", "server") / steps if steps else 0.0


def _facts(visit: Visit, plan: Plan) -> tuple[tuple[str, float], ...]:
    steps = len(visit.outcome.changes) + len(visit.outcome.page_changes)
    return (
        ("server seconds of a change", _change_seconds(visit)),
        ("database seconds of a change", _between(visit, "begin", "end", "database") / steps if steps else 0.0),
        ("server seconds of an arrival", _between(visit, "before", "open", "server") / plan.people),
        ("megabytes of a session", _session_megabytes(visit, plan)),
    )


def _section(
    visits: dict[str, Visit], product: dict[str, Figures], plain: Figures, plan: Plan, plain_plan: Plan
) -> str:
    figures = [*product.values(), plain]
    rows = [(words, *(str(cell(one)) for one in figures)) for words, cell in _ROWS.items()]
    for words, name in (
        ("cores: the server", "server"),
        ("cores: the database", "database"),
        ("cores: the crowd", "crowd"),
    ):
        rows.append((words, *(f"{_share(visit, name):.2f}" for visit in visits.values()), "–"))
    rows.append(("server time of a step", *(f"{_change_seconds(one) * 1000:.1f} ms" for one in visits.values()), "–"))
    rows.append(
        ("memory of a session", *(megabytes_words(_session_megabytes(one, plan)) for one in visits.values()), "–")
    )
    headings = ("", *(f"{plan.people} people, {name}" for name in product), f"plain form, {plain_plan.people} people")
    return f"""## Answering

{plan.people} people come, one every {ARRIVALS_EVERY_SECONDS:g} s. Each signs in as a browser does (the form with its
hidden token, the password checked with argon2id, a cookie), opens a standard of their own organisation, thinks for
about {plan.think:g} s ({plan.think / 2:g} to {plan.think * 1.5:g}, evenly spread, seed {plan.seed}), changes a rating
(two times in three) or a text, waits for the reply and thinks again; one step in {1 / PAGE_CHANGE_SHARE:.0f} opens
another standard, as a standard has about so many boxes. The wait is from sending until the server has sent the whole
reply, for {plan.seconds:g} s after everybody was answered once. A change counts only when the reply says "Saved", and
at the end the database is compared with what people were told. The crowd is one process on the same cores and speaks
Streamlit's protocol; drawing in a browser is not included. The product is set up as `docs/running.md` says for many
people, two processes for each core behind nginx (here {processes_here()}); what fewer can do stands under "Several
processes".

Compared, in one run, are **this product** (its own settings; a demo with {demo_organisations(plan.people + 1)}
organisations; each change a durable transaction with a version check and an event in a hash chain; on SQLite with
`synchronous=FULL`, and on a PostgreSQL that waits for the disk) and **the plain form** (`bench/plain_form.py`: all
questions on one page without fragments, Streamlit's default settings, SQLite, one `UPDATE` of everything at each
change, no sign-in, no versions, no trail; changes under way at the end had {DRAIN_SECONDS:.0f} s more to finish).

{table(headings, rows)}

Nobody sends a second change before the first is answered, so a slow server gets fewer changes and its figures are
kinder than real life. A dash stands where too little was measured. The spread is the lowest and highest p95 of {PARTS}
equal parts of the measured time. Memory of a session is what the server held at the end of the measurement, less what
it held before the crowd came and after one person had come and gone, divided by the people.
"""


_ROWS = {
    "changes saved": lambda one: f"{one.changes:,}",
    "p50": lambda one: seconds_words(one.p50),
    "p95": lambda one: seconds_words(one.p95),
    "p99": lambda one: seconds_words(one.p99),
    "longest": lambda one: seconds_words(one.longest),
    "p95, spread": lambda one: spread_words(one.p95_of_parts, seconds_words),
    "signing in, p95": lambda one: seconds_words(one.sign_in_p95),
    "opening the form, p50": lambda one: seconds_words(one.opening_p50),
    "opening the form, p95": lambda one: seconds_words(one.opening_p95),
    "another standard, p95": lambda one: seconds_words(one.going_on_p95),
    "bytes sent for a change": lambda one: f"{one.bytes_of_change:,.0f}",
    "errors": lambda one: f"{len(one.errors):,}",
}
