"""Runs every benchmark, prints the results and writes ``docs/performance.md``; exits 1 when a limit is missed."""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback

from bench import (
    answering,
    england,
    growing,
    importing_returns,
    looking,
    one_save,
    producing,
    profiles,
    several_processes,
    viewers,
    writing_workbook,
)
from bench.document import document, limits_table, load_average, reasons
from bench.limits import Benchmark, Limit, Result
from section11.config import PROJECT_DIR

DOCUMENT = PROJECT_DIR / "docs" / "performance.md"
BENCHMARKS = (
    Benchmark("answering", 4.5, answering.run),
    Benchmark("one-save", 0.3, one_save.run),
    Benchmark("profiles", 0.3, profiles.run),
    Benchmark("several-processes", 2.0, several_processes.run),
    Benchmark("looking", 2.5, looking.run),
    Benchmark("viewers", 1.5, viewers.run),
    Benchmark("growing", 1.0, growing.run),
    Benchmark("producing", 0.5, producing.run),
    Benchmark("workbook", 1.0, writing_workbook.run),
    Benchmark("importing", 2.0, importing_returns.run),
)
"""All of them, in the order of the document. To add one, write a module with a ``run`` and put a line here."""


def main() -> int:
    """Return 0 when every limit is kept, else 1."""
    chosen = _chosen()
    load_before, began = load_average(), time.monotonic()
    benchmarks = [one for one in BENCHMARKS if not chosen.only or one.name in chosen.only]
    results = [_run(one, is_short=chosen.short) for one in benchmarks]
    limits = [limit for result in results for limit in result.limits]
    minutes = (time.monotonic() - began) / 60
    on_paper = england.section(dict(fact for result in results for fact in result.facts))
    print(limits_table(limits), reasons(limits), sep="\n\n")
    if chosen.short:
        return 0
    if chosen.only:
        print("docs/performance.md is written only when all benchmarks run.")
    else:
        DOCUMENT.write_text(document(results, on_paper, load_before=load_before, minutes=minutes), encoding="utf-8")
    return 0 if all(limit.is_kept for limit in limits) else 1


def _run(benchmark: Benchmark, *, is_short: bool) -> Result:
    """Run one; when it fails the others still run, and the document says so."""
    print(f"{benchmark.name}: about {benchmark.minutes:g} minutes.", flush=True)
    began = time.monotonic()
    try:
        result = benchmark.run(is_short)
    except Exception as error:  # what one cannot do must not cost the figures of the others
        traceback.print_exc()
        failed = Limit(f"The benchmark {benchmark.name} runs", "it failed", "it runs", False, f"`{error!r}`"[:300])
        return Result(f"## {benchmark.name}\n\nIt failed.\n", (failed,))
    print(result.section, f"({benchmark.name} took {time.monotonic() - began:.0f} s)", sep="\n", flush=True)
    return result


def _chosen() -> argparse.Namespace:
    names = [one.name for one in BENCHMARKS]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=names, nargs="+", metavar="NAME", help=f"only these: {', '.join(names)}")
    parser.add_argument("--short", action="store_true", help="only show that they work, in as little time as goes")
    return parser.parse_args()


if __name__ == "__main__":
    # Ended from outside it must still stop the servers it started, so the signal becomes an ordinary exit.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
