"""The axis of a chart that counts: nobody is half an organisation."""

from __future__ import annotations

_COUNTED_ONE_BY_ONE = 10


def whole_step(longest: int) -> int | None:
    """Return the step from tick to tick for bars of up to this count; None where programs find a whole one anyway."""
    return 1 if longest <= _COUNTED_ONE_BY_ONE else None
