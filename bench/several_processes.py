"""Benchmark: one, two and four processes of the product behind nginx, on one PostgreSQL."""

from __future__ import annotations

from statistics import mean

from bench import product_form
from bench.bare_saves import bare_saves
from bench.databases import postgresql_server
from bench.figures import Figures, figures_of
from bench.limits import PARTS, Limit, Result, at_most, seconds_words, spread_words, times_words
from bench.machines import nginx_path
from bench.product_form import Visit
from bench.tables import table
from bench.visitors import Plan

COUNTS = (1, 2, 4)
BARE_SECONDS = 1.5
FULL = Plan(people=60, seconds=10, think=0.25)
SHORT = Plan(people=4, seconds=2, think=0.3)


def run(is_short: bool) -> Result:
    """Let the same crowd, which hardly thinks, come to one, two and four processes in turn."""
    if nginx_path() is None:
        return Result("## Several processes\n\nNot measured: there is no nginx on this machine.\n")
    plan = SHORT if is_short else FULL
    visits: dict[int, Visit] = {}
    bare: dict[int, list[float]] = {}
    with postgresql_server() as server:
        for count in COUNTS[:2] if is_short else COUNTS:
            url = server.new_database()
            visits[count] = product_form.measure(plan, url, database_pid=server.pid, processes=count)
            bare[count] = bare_saves(url, count, BARE_SECONDS)
    figures = {count: figures_of(visit.outcome, plan) for count, visit in visits.items()}
    return Result(_section(visits, figures, bare, plan), tuple(_limits(figures)), _facts(visits))


def _limits(figures: dict[int, Figures]) -> list[Limit]:
    return [
        at_most(f"Errors with {count} processes", len(one.errors), 0, lambda number: f"{number:,.0f}")
        for count, one in figures.items()
    ]


def _per_second(visit: Visit) -> float:
    return len(visit.outcome.changes) / visit.seconds if visit.seconds else 0.0


def _facts(visits: dict[int, Visit]) -> tuple[tuple[str, float], ...]:
    return tuple((f"changes a second, {count} processes", _per_second(visit)) for count, visit in visits.items())


def _parts(visit: Visit, plan: Plan) -> list[float]:
    """Return the saves a second in each part of the time."""
    length = plan.seconds / PARTS
    sent = [int(one.sent_at / length) for one in visit.outcome.changes]
    return [sent.count(part) / length for part in range(PARTS)]


def _section(visits: dict[int, Visit], figures: dict[int, Figures], bare: dict[int, list[float]], plan: Plan) -> str:
    first = _per_second(visits[1])
    rows = [
        (
            f"{count}",
            f"{_per_second(visit):,.0f}",
            spread_words(_parts(visit, plan), _number),
            times_words(_per_second(visit) / first) if first else "–",
            seconds_words(figures[count].p50),
            seconds_words(figures[count].p95),
            *(f"{_cores(visit, name):.2f}" for name in ("server", "database", "crowd")),
            f"{len(figures[count].errors):,}",
        )
        for count, visit in visits.items()
    ]
    bare_rows = [
        (f"{count}", _number(mean(one)), spread_words(one, _number), times_words(mean(one) / mean(bare[1])))
        for count, one in bare.items()
    ]
    cores = ("cores: product", "database", "crowd")
    headings = ("processes", "saved a second", "spread", "to one", "p50", "p95", *cores, "errors")
    return f"""## Several processes

{plan.people} people who think for only {plan.think:g} s, so that they could send
{plan.people / plan.think:,.0f} changes a second, for {plan.seconds:g} s. More than one process stand behind nginx with
the rules of `deploy/nginx.conf` (each browser always to the same process), on one PostgreSQL that waits for the disk.
Crowd, nginx, database and product share the cores of this machine, so the gain ends where the cores do; that
sign-in, conflicts, fresh figures and sign-out hold across processes is a test
(`tests/web/test_several_processes.py`).

{table(headings, rows)}

The bare twin: as many processes that do nothing but `UPDATE … COMMIT` of an answer of their own with the driver alone,
on the same database, for {BARE_SECONDS:g} s after the crowd has gone. A change of the product is a message from the
browser, a run of the page, the save with its checks and its event, and the part of the page that is drawn anew. The
spread is the lowest and the highest of {PARTS} equal parts of the time.

{table(("processes", "bare saves a second", "spread", "to one"), bare_rows)}
"""


def _number(saves: float) -> str:
    return f"{saves:,.0f}"


def _cores(visit: Visit, name: str) -> float:
    if not visit.seconds:
        return 0.0
    return float(getattr(visit.readings["end"], name) - getattr(visit.readings["begin"], name)) / visit.seconds
