"""Words about returns that were deleted under the retention rules, so that totals of old cycles explain themselves."""

from __future__ import annotations


def removed_words(number: int) -> str:
    """Return in a sentence how many returns of a cycle are gone; empty when none is."""
    if not number:
        return ""
    which = "1 return of this cycle was" if number == 1 else f"{number:,} returns of this cycle were"
    return f"{which} deleted under the rules on how long data are kept. All figures are of those that are left."
