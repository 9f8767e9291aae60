"""Likely names of people: after a title, after "called", before an age or a relative, or a common first name.

Posts, organisations, laws and published reviews are not names of people here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from section11.domain.privacy.first_names import FIRST_NAMES
from section11.domain.privacy.found import Found, Kind
from section11.domain.privacy.other_capitals import GROUPS, KNOWN_AUTHORS, NO_SURNAMES, PUBLISHED

_WORD = r"(?:Mac|Mc|O['’]|D['’])?[A-Z][a-zà-ÿ]+(?:[-'’][A-Z][a-zà-ÿ]+)*"
_INITIAL = r"[A-Z]\.?"
_AFTER_A_TITLE = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|Cllr|Councillor|Sgt|Sergeant)\b\.? "
    rf"(?P<name>(?:{_INITIAL} ){{0,2}}{_WORD}(?: {_WORD})?)"
)
_SOMEBODY = (
    "child|boy|girl|baby|toddler|pupil|student|teenager|young person|young woman|young man|son|daughter|brother|sister|"
    "mother|father|mum|mom|dad|parent|carer|woman|man|lady|colleague|teacher|worker|officer|nurse|volunteer|"
    "employee|member of staff|staff member|manager|governor|trustee"
)
_AFTER_CALLED = re.compile(
    rf"\b(?:{_SOMEBODY})\b[^.\n]{{0,20}}?\b(?:called|named|whose name is|by the name of) "
    rf"(?P<name>{_WORD}(?: {_WORD})?)",
)
_BEFORE_AN_AGE = re.compile(
    rf"\b(?P<name>{_WORD}(?: {_WORD})?)(?:,? \(?|\()"
    r"(?:aged?\s+\d{1,2}|\d{1,2}\s*[- ]?years?[- ]old|\d{1,2} ?y/?o)\b"
    r"(?!\s*(?:-|–|to|and|or|\+|plus)\s*(?:\d|over|above|under|older|younger|up)|\+)"
)
_BEFORE_A_RELATIVE = re.compile(
    rf"\b(?P<name>{_WORD}(?: {_WORD})?)['’]s (?:mother|father|mum|dad|parents|brother|sister|siblings?|"
    r"grand(?:mother|father|parents)|step(?:mother|father)|aunt|uncle|foster carers?)\b"
)
_FIRST_AND_LAST = re.compile(rf"\b(?P<first>[A-Z][a-z]+) (?P<last>{_WORD})(?: (?P<next>[A-Za-z]+))?")

_HONOURED = re.compile(r"\b(?:St\.?|Saint|Saints|Queen|King|Prince|Princess|Duke|Lord|Lady|Sir|Dame|Our) $")


def names_of_people(text: str) -> Iterator[Found]:
    yield from _after_a_title(text)
    for pattern in (_AFTER_CALLED, _BEFORE_AN_AGE, _BEFORE_A_RELATIVE):
        for match in pattern.finditer(text):
            if not GROUPS & set(match["name"].split()) and match["name"].split()[-1] not in NO_SURNAMES:
                yield Found(Kind.NAME, match["name"], *match.span("name"))
    yield from _first_and_last(text)


def _after_a_title(text: str) -> Iterator[Found]:
    for match in _AFTER_A_TITLE.finditer(text):
        if not KNOWN_AUTHORS & set(match["name"].split()):
            yield Found(Kind.NAME, match.group(), *match.span())


def _first_and_last(text: str) -> Iterator[Found]:
    for match in _FIRST_AND_LAST.finditer(text):
        if match["first"] not in FIRST_NAMES or match["last"] in NO_SURNAMES or match["last"] in GROUPS:
            continue
        follows = match["next"] or ""
        if follows in NO_SURNAMES or follows.casefold() in PUBLISHED:
            continue
        if not _HONOURED.search(text[max(0, match.start() - 10) : match.start()]):
            yield Found(Kind.NAME, text[match.start() : match.end("last")], match.start(), match.end("last"))
