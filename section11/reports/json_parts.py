"""The pieces that all figures have in JSON: a rounded number, and a tally with its n."""

from __future__ import annotations

from typing import Any

from section11.reports.tally import Tally


def rounded(number: float | None) -> float | None:
    """Return a number with two decimals."""
    return None if number is None else round(number, 2)


def tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.denominator,
        "asked": tally.asked,
        "ratings": {
            key: {"count": count, "percent": rounded(tally.percent(key))} for key, count in tally.by_rating.items()
        },
        "not_applicable": tally.not_applicable,
        "dont_know_yet": tally.dont_know_yet,
        "not_confirmed": tally.not_confirmed,
        "not_answered": tally.not_answered,
        "not_asked": tally.not_asked,
    }
