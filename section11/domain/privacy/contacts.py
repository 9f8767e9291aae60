"""E-mail addresses and phone numbers that are likely to belong to one person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from section11.domain.privacy.found import Found, Kind

_EMAIL = re.compile(r"(?<![\w.+-])(?P<mailbox>[A-Za-z0-9._%+-]{1,64})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}")
_PHONE = re.compile(
    r"(?<![\w+/.-])(?:\+44[ -]?(?:\(0\)[ -]?)?[127]|\(?0[127])(?:\d|[ ()-]{1,2}(?=\d)){7,13}(?![\w/-]|\.\d)"
)
"""Mobile and geographic numbers. 03 and 08 numbers are help lines and switchboards."""

_SHARED = frozenset(
    {
        "access", "admin", "advice", "allegations", "audit", "board", "business", "childrens", "clerk", "complaints",
        "contact", "contactus", "customer", "dpo", "dsl", "duty", "early", "enquiries", "enquiry", "feedback", "foi",
        "frontdoor", "governance", "head", "headteacher", "hello", "help", "helpline", "hr", "hub", "info",
        "information", "inbox", "lado", "lscp", "mail", "mash", "noreply", "office", "partnership", "privacy",
        "quality", "reception", "recruitment", "referral", "referrals", "safeguarding", "school", "secretary",
        "section11", "senco", "services", "support", "team", "training", "welfare", "whistleblowing",
    }
)  # fmt: skip


def personal_emails(text: str) -> Iterator[Found]:
    """Give the addresses that are not those of a shared mailbox, such as ``safeguarding@`` or ``mash.team@``."""
    for match in _EMAIL.finditer(text):
        parts = set(re.split(r"[._%+\-\d]+", match["mailbox"].casefold()))
        if not parts & _SHARED:
            yield Found(Kind.EMAIL, match.group(), *match.span())


def phone_numbers(text: str) -> Iterator[Found]:
    """Give the numbers with as many digits as a number in the United Kingdom has."""
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group().replace("(0)", ""))
        if len(digits) in ((12, 13) if match.group().startswith("+") else (10, 11)):
            yield Found(Kind.PHONE, match.group(), *match.span())
