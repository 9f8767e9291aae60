"""England on paper: what 30,000 organisations and 10 million answers would take, reckoned from what was measured."""

from __future__ import annotations

import os
from collections.abc import Mapping
from math import ceil

from bench.machines import PROCESSES_OF_A_CORE
from bench.tables import table

ORGANISATIONS, ANSWERS = 30_000, 10_000_000
ANSWERS_OF_A_RETURN = 60
HOURS_OF_DEADLINE_DAY = 10
SHARE_ON_DEADLINE_DAY = 0.25
"""Of all returns, filled in on the last day. An assumption; put your own in its place."""
CHANGES_OF_A_RETURN = 3 * ANSWERS_OF_A_RETURN
"""A rating and two texts for each question, each saved by itself."""
PEAK_TO_MEAN = 3
"""The busiest minutes of the day, to its mean. An assumption as well."""
BUSY = 0.6
"""How much of a core may be used before people wait for one another."""
SESSION_MINUTES = 45
"""How long a person has the form open, the two hours that an idle session is kept not counted."""


def section(facts: Mapping[str, float]) -> str:
    """Return the section; without the figures it is reckoned from it says so."""
    needed = ("server seconds of a change", "database seconds of a change", "megabytes of a session")
    if any(not facts.get(one) for one in needed):
        return "## England on paper\n\nNot reckoned: that takes the figures of `answering` in the same run.\n"
    server, database = facts["server seconds of a change"], facts["database seconds of a change"]
    returns = ORGANISATIONS * SHARE_ON_DEADLINE_DAY
    mean = returns * CHANGES_OF_A_RETURN / (HOURS_OF_DEADLINE_DAY * 3600)
    peak = mean * PEAK_TO_MEAN
    at_once = returns * SESSION_MINUTES / 60 / HOURS_OF_DEADLINE_DAY * PEAK_TO_MEAN
    cores = max(1, ceil(peak * server / BUSY))
    processes = PROCESSES_OF_A_CORE * cores
    memory = at_once * facts["megabytes of a session"] / 1024 + processes * 0.2
    rows = [
        ("returns on deadline day", f"{returns:,.0f}", f"{SHARE_ON_DEADLINE_DAY:.0%} of {ORGANISATIONS:,}, assumed"),
        (
            "changes a second, mean and peak",
            f"{mean:,.0f} and {peak:,.0f}",
            f"{CHANGES_OF_A_RETURN} for a return, {HOURS_OF_DEADLINE_DAY} h, peak {PEAK_TO_MEAN} × the mean",
        ),
        ("people at once at the peak", f"{at_once:,.0f}", f"{SESSION_MINUTES} minutes each"),
        (
            "cores of the product",
            f"{cores:,}",
            f"{server * 1000:.1f} ms of a core for a change, at most {BUSY:.0%} busy",
        ),
        (
            "processes of the product",
            f"{processes:,}",
            f"{PROCESSES_OF_A_CORE} for each core",
        ),
        ("cores of the database", f"{peak * database / BUSY:,.1f}", f"{database * 1000:.2f} ms of a core for a change"),
        (
            "memory of the product",
            f"{memory:,.0f} GB",
            f"{facts['megabytes of a session']:.2f} MB for a session, 0.2 GB for a process",
        ),
        *_growing(facts),
    ]
    return f"""## England on paper

{ORGANISATIONS:,} organisations and {ANSWERS:,} answers were not measured; this is reckoned from the figures of
this run, on {os.cpu_count()} cores, with the assumptions named. Every partnership is a small part of it and can be an
installation of its own; this asks what one for all would take.

{table(("what", "how much", "from"), rows, left=1)}

Where it breaks first, in this order:

1. **One process.** Python runs on one core at a time in each, so one process ends at some
   {BUSY / server:,.0f} changes a second. The cure is built: more processes behind the sticky proxy, one PostgreSQL.
2. **SQLite.** It takes one writer at a time, and all on one machine: from the second machine on the database is
   PostgreSQL.
3. **Dashboards of the whole.** A page that counts every return of a cycle again after each submission grows with the
   number of organisations: fit for one partnership or a region, not for {ORGANISATIONS:,} in one picture. It would
   take counts kept in the database by organisation type and question, brought up to date with each submission.
4. **The trail.** Each change is an event; {ANSWERS:,} answers leave some {ANSWERS * 3:,}. They are appended by
   return, so writing does not slow down, but verifying all streams grows with them and belongs into the night.
5. **One database server.** Last of all: a change costs it far less than it costs the product, and the returns of
   different organisations never wait for one another.
"""


def _growing(facts: Mapping[str, float]) -> list[tuple[str, str, str]]:
    letter = facts.get("seconds of a letter")
    if not letter:
        return []
    return [
        ("letters to all", f"{letter * ORGANISATIONS / 3600:,.1f} h of a core", f"{letter * 1000:.0f} ms for a letter")
    ]
