"""Attempts to sign in by the thousand, and whether they lock out the people whose accounts they are."""

from __future__ import annotations

import statistics
import time

from section11.services.demo.people import PASSWORD
from tests.hostile.site import APPROVER, COOKIE, OWNER, SCRUTINY, Site
from tests.hostile.tally import Row
from tests.hostile.wire import Answer

BROWSER = "section11-browser"
RATIO_AT_MOST = 1.5
ENOUGH_TIMES = 20
"""Fewer tries, as beside other tests, say nothing about times."""


def many_tries(site: Site, tries: int) -> Row:
    """One address at one account, one at as many accounts, and as many addresses at one account."""
    row = Row(f"{tries:,} sign-in attempts at one account, at as many, from as many addresses")
    known = site.sign_in(OWNER, PASSWORD, address="198.51.100.1").cookies[BROWSER]
    site.secrets.add("wrong-password-here")
    for number in range(tries):
        _wrong(site, row, OWNER, "203.0.113.7", number)
    # The right password is refused as well by now, to whoever tries from there; not to the owner.
    row.take("right password from the address that tried", _try(site, OWNER, "203.0.113.7"), 400)
    _let_in(row, "the owner from elsewhere", _try(site, OWNER, "198.51.100.9"))
    _let_in(row, "the owner at a browser they know, from the same address", _try(site, OWNER, "203.0.113.7", known))
    for number in range(tries):
        _wrong(site, row, f"person{number}@riverdale.example", "203.0.113.8", number)
    _let_in(row, "the owner from elsewhere, again", _try(site, OWNER, "198.51.100.10"))
    known = site.sign_in(SCRUTINY, PASSWORD, address="198.51.100.2").cookies[BROWSER]
    for number in range(tries):
        _wrong(site, row, SCRUTINY, f"2001:db8:{number:x}::1", number)
    _let_in(row, "the scrutiny lead at a browser they know", _try(site, SCRUTINY, "198.51.100.11", known))
    return row


def _wrong(site: Site, row: Row, email: str, address: str, number: int) -> None:
    row.take(f"{email} from {address}", site.sign_in(email, f"wrong-password-here-{number}", address=address), 400)


def _try(site: Site, email: str, address: str, known: str = "") -> Answer:
    return site.sign_in(email, PASSWORD, address=address, **({BROWSER: known} if known else {}))


def _let_in(row: Row, who: str, answer: Answer) -> None:
    row.check(f"{who} is let in", answer.status == 303 and COOKIE in answer.cookies)


def timing(site: Site, times: int) -> Row:
    """Whether the time of a refusal tells which addresses have an account: medians, measured in turn."""
    row = Row("Does the time of a refusal tell who has an account")
    seconds: dict[str, list[float]] = {"known": [], "unknown": []}
    pages = set()
    for number in range(times * 2):
        which = "known" if number % 2 else "unknown"
        email = APPROVER if number % 2 else f"nobody{number}@riverdale.example"
        began = time.perf_counter()
        answer = site.sign_in(email, "wrong-password-here", address=f"192.0.2.{number + 1}")
        seconds[which].append(time.perf_counter() - began)
        pages.add(answer.text.replace(email, "").replace(answer.form_token, ""))
        row.take(email, answer, 400)
    ratio = statistics.median(seconds["known"]) / statistics.median(seconds["unknown"])
    row.notes.append(f"known {statistics.median(seconds['known']) * 1000:.0f} ms, "
                     f"unknown {statistics.median(seconds['unknown']) * 1000:.0f} ms, ratio {ratio:.2f}")  # fmt: skip
    if times >= ENOUGH_TIMES:
        row.check(f"the times are alike: ratio {ratio:.2f}", 1 / RATIO_AT_MOST < ratio < RATIO_AT_MOST)
    row.check("the pages are alike", len(pages) == 1)
    return row
