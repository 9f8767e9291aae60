"""What a hostile run came to: for each kind of attack how many requests, how many refused, and every wrong answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.hostile.wire import Answer

CANARY = "kittiwake-4711"
"""Stands in what only Riverdale Police and its scrutiny may read; nobody else is ever to be sent it."""
SHOWN_AT_MOST = 20


@dataclass
class Row:
    """One kind of attack. ``refused`` and ``wrong`` add up to ``requests`` but for what is harmless to answer."""

    kind: str
    requests: int = 0
    refused: int = 0
    faults: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    events: int = 0

    def take(self, what: str, answer: Answer, *expected: int) -> None:
        """Count an answer: one of the expected statuses without anything secret is as it should be.

        A connection that the server closed without an answer counts as refused.
        """
        self.requests += 1
        if answer.status >= 500:
            self.faults += 1
            self.wrong.append(f"{what}: {answer.status}")
        elif CANARY.encode() in answer.body:
            self.wrong.append(f"{what}: {answer.status}, with what is secret in it")
        elif answer.status and answer.status not in expected:
            self.wrong.append(f"{what}: {answer.status} instead of {' or '.join(map(str, expected))}")
        elif answer.status == 0 or answer.status >= 300:
            self.refused += 1

    def check(self, what: str, is_so: bool) -> None:
        """Count one more look, which is a wrong answer unless it ``is_so``."""
        self.requests += 1
        if is_so:
            self.refused += 1
        else:
            self.wrong.append(what)


def table(rows: list[Row]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| attack | requests and looks | refused | served wrongly | server faults | events |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        wrong = len(row.wrong) - row.faults
        lines.append(f"| {row.kind} | {row.requests:,} | {row.refused:,} | {wrong} | {row.faults} | {row.events:,} |")
    lines.append(
        f"| **together** | **{sum(row.requests for row in rows):,}** | **{sum(row.refused for row in rows):,}** | "
        f"**{sum(len(row.wrong) - row.faults for row in rows)}** | **{sum(row.faults for row in rows)}** | "
        f"**{sum(row.events for row in rows):,}** |"
    )
    return "\n".join(lines)


def faults(rows: list[Row]) -> list[str]:
    """Return a line for each wrong answer, of every kind the first few."""
    return [f"{row.kind}: {one}" for row in rows for one in row.wrong[:SHOWN_AT_MOST]]
