"""Reading a figure as people write it, and writing it as people read it."""

from __future__ import annotations

import re
from decimal import Decimal

from section11.errors import BadInputError

_FIGURE = re.compile(r"-?(\d{1,3}([, \u00a0]\d{3})+|\d+)(\.\d+)?")
_OF_ONE = {"people": "person", "children": "child", "men": "man", "women": "woman", "premises": "premises"}
LARGEST = Decimal(1_000_000_000)


def figure(words: str) -> Decimal:
    """Return the figure that was written, such as ``1,250`` or ``37.5``, with at most two decimal places.

    Raises:
        BadInputError: it is no figure, too large, or finer than two decimal places.
    """
    written = words.strip()
    if not _FIGURE.fullmatch(written):
        raise BadInputError(f'"{_shortened(written)}" is not a number. Write digits only, for example 40 or 37.5.')
    found = Decimal(re.sub(r"[, \u00a0]", "", written))
    if abs(found) > LARGEST:
        raise BadInputError(f'"{_shortened(written)}" is too large to be right. Write the number in digits.')
    if found != round(found, 2):
        raise BadInputError(f'"{_shortened(written)}" has more than two decimal places. Round it.')
    return found


def kept(found: Decimal) -> str:
    """Return a figure as it is kept: no commas, and no zeros that say nothing."""
    text = f"{found or Decimal():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_words(value: str) -> str:
    """Return a kept figure as people read it, with commas between thousands."""
    whole, dot, decimals = value.partition(".")
    return f"{int(whole):,}{dot}{decimals}" if whole not in {"-0", "-"} else value


def of_one(noun: str) -> str:
    """Return what one of it is called: ``person`` for ``people``, ``hour a week`` for ``hours a week``."""
    first, space, rest = noun.partition(" ")
    known = _OF_ONE.get(first.casefold())
    if known is None and first.endswith("ies"):
        known = f"{first[:-3]}y"
    elif known is None and first.endswith(("sses", "xes", "ches", "shes")):
        known = first[:-2]
    elif known is None and first.endswith("s") and not first.endswith("ss"):
        known = first[:-1]
    return f"{known or first}{space}{rest}"


def check_between(found: Decimal, least: float | None, most: float | None, unit: str) -> None:
    """Raise BadInputError unless the figure lies between the two, both allowed."""
    low = None if least is None else Decimal(str(least))
    high = None if most is None else Decimal(str(most))
    if (low is None or found >= low) and (high is None or found <= high):
        return
    if low is not None and high is not None:
        span = f"between {in_words(kept(low))} and {in_words(kept(high))}"
    elif low is not None:
        span = f"{in_words(kept(low))} or more"
    else:
        span = f"{in_words(kept(high or Decimal()))} or less"
    raise BadInputError(f"{in_words(kept(found))}{unit} cannot be right here. Write a number {span}.")


def _shortened(words: str) -> str:
    return words if len(words) <= 40 else words[:37] + "..."
