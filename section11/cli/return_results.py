"""What became of many Excel returns, as one sentence and as data."""

from __future__ import annotations

from typing import Any

from section11.services.many_returns import ManyReturns


def summary_words(results: ManyReturns, *, dry_run: bool) -> str:
    """Return the one line at the end: how many files, how many changes, and how many were left out."""
    did = "would be imported" if dry_run else "imported"
    new = sum(one.changes > 0 for one in results.used)
    parts = [f"{len(results.files):,} files: {new:,} {did} with {results.changes:,} changes"]
    if len(results.used) > new:
        parts.append(f"{len(results.used) - new:,} with nothing new")
    if results.not_used:
        parts.append(f"{len(results.not_used):,} not used (see above)")
    return ", ".join(parts) + "."


def data_of(results: ManyReturns) -> list[dict[str, Any]]:
    """Return a row for each file."""
    return [
        {
            "file": one.filename,
            "organisation": one.organisation or None,
            "changes": one.changes if one.is_used else 0,
            "conflicts": one.conflicts,
            "problems": [str(problem) for problem in one.problems],
            "refusal": one.refusal or None,
        }
        for one in results.files
    ]
