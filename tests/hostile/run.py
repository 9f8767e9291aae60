"""The hostile run: every kind of attack, one after the other, on one live server, and its table."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.at_the_door import many_tries, timing
from tests.hostile.at_the_gate import forged_cookies, forms_of_others, old_cookies, with_foreign_ids, without_a_session
from tests.hostile.files import mistyped_files, uploads
from tests.hostile.in_the_pages import foreign_pages, sockets
from tests.hostile.odd_requests import foreign_hosts, malformed, too_much, very_slow
from tests.hostile.site import Site, hostile_site
from tests.hostile.tally import Row
from tests.hostile.user_text import hostile_text

TRIES, TRIES_IN_A_SHORT_RUN = 1_000, 10
TIMED, TIMED_IN_A_SHORT_RUN = 20, 5
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


@dataclass(frozen=True)
class Findings:
    """What each attack came to; lines of the server's log with something secret, and how many lines there were."""

    rows: list[Row]
    telling: list[str]
    lines: int


def run(*, is_whole: bool, say: Callable[[str], None] = print) -> Findings:
    """Attack a server of its own: all of it, or of each kind enough to see that the guard is there."""
    attacks: tuple[Callable[[Site], Row], ...] = (
        without_a_session,
        with_foreign_ids,
        old_cookies,
        lambda site: forged_cookies(site, is_whole=is_whole),
        forms_of_others,
        foreign_hosts,
        malformed,
        lambda site: too_much(site, is_whole=is_whole),
        very_slow,
        sockets,
        lambda site: foreign_pages(site, is_whole=is_whole),
        lambda site: uploads(site, is_whole=is_whole),
        lambda site: mistyped_files(site, is_whole=is_whole),
        lambda site: timing(site, TIMED if is_whole else TIMED_IN_A_SHORT_RUN),
        lambda site: many_tries(site, TRIES if is_whole else TRIES_IN_A_SHORT_RUN),
        # The last, for it writes over everything.
        lambda site: hostile_text(site, is_whole=is_whole),
    )
    rows = []
    with tempfile.TemporaryDirectory(prefix="section11-hostile-") as folder, hostile_site(Path(folder)) as site:
        for attack in attacks:
            before = site.events()
            row = attack(site)
            row.events = site.events() - before
            rows.append(row)
            say(f"{row.kind}: {row.requests:,} requests, {len(row.wrong)} wrong. {' '.join(row.notes)}")
        log = site.product.log().splitlines()
    telling = [line for line in log if E_MAIL.search(line) or any(one in line for one in site.secrets)]
    return Findings(rows, telling, len(log))
