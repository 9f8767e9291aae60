"""Runs every benchmark, prints the results and writes ``docs/performance.md``; exits 1 when a limit is missed."""

from __future__ import annotations

import argparse
import signal
import sys

from bench import importing_returns, saving_answers, writing_workbook
from bench.crowd import Plan
from bench.report import document, load_average, table, verdict
from section11.config import PROJECT_DIR

WORKBOOK_RETURNS = 600
DOCUMENT = PROJECT_DIR / "docs" / "performance.md"


def main() -> int:
    """Return 0 when every limit is kept, else 1."""
    chosen = _chosen()
    plan = Plan(people=chosen.people, seconds=chosen.seconds, think=chosen.think, seed=chosen.seed)
    load_before = load_average()
    print(
        f"Saving an answer: {plan.people} people, {plan.seconds:g} s, think time {plan.think:g} s. This takes minutes."
    )
    comparison = saving_answers.run(plan)
    print(table(comparison), verdict(comparison), sep="\n\n")
    for title, figures in (("this product", comparison.product), ("the plain form", comparison.plain)):
        for error in sorted(set(figures.errors))[:5]:
            print(f"{title}: {error}", file=sys.stderr)
    print(f"Importing {chosen.returns:,} Excel returns.")
    importing = importing_returns.run(chosen.returns, chosen.seed)
    print(importing_returns.section(importing))
    print(f"Writing a partnership workbook: {WORKBOOK_RETURNS} returns.")
    workbook = writing_workbook.run(WORKBOOK_RETURNS)
    print(writing_workbook.section(workbook))
    sections = [importing_returns.section(importing), writing_workbook.section(workbook)]
    DOCUMENT.write_text(document(comparison, plan, load_before, sections), encoding="utf-8")
    return 1 if comparison.faults or importing.faults or workbook.faults else 0


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--people", type=int, default=100, help="how many fill in the form at the same time (100)")
    parser.add_argument("--seconds", type=float, default=30, help="how long each form is measured (30)")
    parser.add_argument("--think", type=float, default=3, help="seconds between two changes of one person (3)")
    parser.add_argument("--seed", type=int, default=11, help="the same seed gives the same choices (11)")
    parser.add_argument("--returns", type=int, default=600, help="how many Excel returns are imported (600)")
    chosen = parser.parse_args()
    if chosen.people < 1 or chosen.seconds <= 0 or chosen.think <= 0 or chosen.returns < importing_returns.PARTS:
        parser.error("Give at least one person, three returns, and more than 0 seconds.")
    return chosen


if __name__ == "__main__":
    # Ended from outside it must still stop the server it started, so the signal becomes an ordinary exit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
