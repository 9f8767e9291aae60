"""The wording of mails: a subject and a text with placeholders, filled in so that no value is ever read as wording."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from jinja2 import Template

from section11.domain.mail import ONE_TIME_LINKS, MailFacts, MailKind
from section11.domain.uk_time import long_date
from section11.errors import BadInputError
from section11.reports.letter_wording import compiled, filled_words

LONGEST_SUBJECT = 150
LONGEST_BODY = 5_000
LINK_MARK = "\ue010"
"""Stands in a text where its one-time link is put when it is sent. No value and no wording can hold it."""

PLACEHOLDERS: dict[str, str] = {
    "name": "the name of the person who gets the e-mail",
    "partnership": "the partnership's name",
    "organisation": "the organisation's name",
    "audit": "what the partnership calls the audit",
    "cycle": "the cycle's name",
    "due": "the day it is due, such as 31 March 2026; for a link, the last day it works",
    "days": "how far away the due day is, such as “7 days”",
    "date": "the day the e-mail is written",
    "link": "the address that leads to the right page",
    "lines": "the lines of the summary; in a reminder, every organisation when there are several",
    "change": "what was changed in the account",
    "stop_link": "the address where a person says that they want no more of these",
}

_ALWAYS = frozenset({"name", "partnership", "date", "link"})
_OF_A_RETURN = _ALWAYS | {"organisation", "audit", "cycle", "due"}
_OF_A_LINK = _ALWAYS | {"organisation", "due"}
_PLACEHOLDERS_BY_KIND: dict[MailKind, frozenset[str]] = {
    MailKind.INVITATION: _OF_A_LINK,
    MailKind.ROLE_OFFER: _OF_A_LINK,
    MailKind.PASSWORD_RESET: _OF_A_LINK,
    MailKind.ACCOUNT_CHANGED: _ALWAYS | {"change"},
    MailKind.REMINDER: _OF_A_RETURN | {"days", "lines", "stop_link"},
    MailKind.OVERDUE: _OF_A_RETURN | {"days", "lines", "stop_link"},
    MailKind.DIGEST: _ALWAYS | {"audit", "cycle", "due", "days", "lines", "stop_link"},
    MailKind.TEST: _ALWAYS,
}
_NOT_IN_A_SUBJECT = frozenset({"link", "stop_link", "lines"})
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ANY_LINK = re.compile(r"\{\{\s*link\s*\}\}")


@dataclass(frozen=True, slots=True)
class MailWords:
    """What is sent: a subject of one line, and plain text."""

    subject: str
    text: str


def placeholders_of(kind: MailKind) -> dict[str, str]:
    """Return the placeholders a kind of mail may use, with their meaning."""
    names = _PLACEHOLDERS_BY_KIND.get(kind, _OF_A_RETURN)
    return {name: meaning for name, meaning in PLACEHOLDERS.items() if name in names}


def check_mail_text(kind: MailKind, subject: str, body: str) -> None:
    """Raise unless a text can be filled in for everybody.

    Raises:
        BadInputError: one sentence that says what is wrong, and where.
    """
    if not subject.strip() or not body.strip():
        raise BadInputError("Write both a subject and a text, or go back to our wording.")
    if "\n" in subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise BadInputError(f"The subject is one line of at most {LONGEST_SUBJECT} characters. Shorten it.")
    if len(body) > LONGEST_BODY:
        raise BadInputError(f"The text has {len(body):,} characters and at most {LONGEST_BODY:,} can be kept.")
    names = placeholders_of(kind)
    compiled(subject, names.keys() - _NOT_IN_A_SUBJECT, place="Subject, line")
    compiled(body, names, place="Text, line")
    if kind in ONE_TIME_LINKS and not _ANY_LINK.search(body):
        raise BadInputError("The text lacks {{ link }}, so nobody could use the invitation. Write it on its own line.")


def written_mail(subject: str, body: str, values: Mapping[str, str]) -> MailWords:
    """Return a checked text with its values in place."""
    in_subject = {name: " ".join(value.split()) for name, value in values.items() if name not in _NOT_IN_A_SUBJECT}
    filled_subject = filled_words(_ready(subject, frozenset(in_subject)), in_subject)
    filled_body = filled_words(_ready(body, frozenset(values)), values)
    text = re.sub(r"\n{3,}", "\n\n", filled_body.strip())
    return MailWords(" ".join(filled_subject.split())[: 2 * LONGEST_SUBJECT], f"{text}\n")


@lru_cache(maxsize=64)
def _ready(words: str, names: frozenset[str]) -> Template:
    """Return a wording ready to be filled in: the same for everybody that is written to on one occasion."""
    return compiled(words, names)


def values_of_mail(
    kind: MailKind, facts: MailFacts, *, name: str, partnership: str, today: date, base_url: str
) -> dict[str, str]:
    """Return what stands in the place of each placeholder; a one-time link stays a mark until it is sent."""
    days = f"{abs(facts.days)} day{'' if abs(facts.days) == 1 else 's'}" if facts.days else ""
    return {
        "name": _line(name),
        "partnership": _line(partnership),
        "organisation": _line(facts.organisation),
        "audit": _line(facts.audit),
        "cycle": _line(facts.cycle),
        "due": long_date(facts.due) if facts.due else "",
        "days": days,
        "date": long_date(today),
        "link": LINK_MARK if kind in ONE_TIME_LINKS else base_url + facts.path,
        "lines": "\n".join(f"- {_line(one)}" for one in facts.lines),
        "change": _line(facts.change),
        "stop_link": base_url + facts.stop_path if facts.stop_path else "",
    }


def _line(words: str) -> str:
    """Return words on one line, without signs that nobody can see."""
    return " ".join("".join(one for one in _PRIVATE.sub("", words) if one.isprintable() or one.isspace()).split())
