"""How long data are kept: the rules a partnership may switch on, and the day from which each of them deletes.

Nothing is deleted until an administrator has switched a rule on, and then only when they apply the rules. To add a
kind of data, add a rule here and what it removes to services/retention.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from section11.errors import BadInputError

LONGEST_YEARS = 25


class Rule(StrEnum):
    EVIDENCE = "evidence"
    RETURNS = "returns"
    LEAVERS = "leavers"
    SIGN_INS = "sign-ins"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is about, from when its years count, how many we suggest and why."""

    title: str
    what: str
    counts_from: str
    usual_years: int
    why: str


RULES: dict[Rule, RuleText] = {
    Rule.RETURNS: RuleText(
        "Returns",
        "answers, actions, moderation, questions and notes, signed versions, and what the history says of them; "
        "feedback letters are made from these and go with them",
        "the day the cycle closed",
        7,
        "Three rounds of a two-yearly audit, so that a trend can be followed. Final board packs stay.",
    ),
    Rule.EVIDENCE: RuleText(
        "Evidence files",
        "the files attached to returns; their titles, and links, stay as long as the return",
        "the day the last cycle they were used in closed",
        3,
        "Long enough to be looked at again in the next round. They take most room and are likeliest to name somebody.",
    ),
    Rule.LEAVERS: RuleText(
        "People who left",
        "name, e-mail address and post of people whose account is closed",
        "the day their last role ended",
        2,
        "Until the next round, when somebody may still have to ask who wrote an answer.",
    ),
    Rule.SIGN_INS: RuleText(
        "Sign-ins and e-mails",
        "sessions and one-time links that have run out, browsers that were known, how people signed in, and which "
        "e-mails they were sent",
        "the day they were last of use",
        1,
        "Long enough to look into misuse that is noticed late.",
    ),
    Rule.READINGS: RuleText(
        "Who read and downloaded",
        "who read, opened or downloaded something; that it was read stays",
        "the day of reading",
        2,
        "Until the next round is over: somebody may have to find out who saw a return.",
    ),
}
"""In the order in which they are applied: evidence comes after the returns it belongs to."""


def check_years(years: int) -> int:
    """Return the years of a rule.

    Raises:
        BadInputError: fewer than one or more than can be meant.
    """
    if not 1 <= years <= LONGEST_YEARS:
        raise BadInputError(f"{years} years cannot be set. Choose between 1 and {LONGEST_YEARS} years.")
    return years


def is_due(day: date, years: int | None, today: date) -> bool:
    """Return whether something that ended on ``day`` has been kept for so many years; never without a rule."""
    return years is not None and years_after(day, years) <= today


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """Return the day until which things have been kept for so many years on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def years_together(partnership_ids: Iterable[str], years_by_partnership: Mapping[str, int]) -> int | None:
    """Return how long partnerships keep what they share: as long as the one that keeps it longest.

    None, for ever, when one of them has not switched the rule on, or there is none.
    """
    found = [years_by_partnership.get(one) for one in partnership_ids]
    known = [one for one in found if one is not None]
    return max(known) if known and len(known) == len(found) else None
