"""Benchmark: opening every page that shows many rows, in a running server, cold and warm, and the bytes it sends.

Cold is the first opening after a return of every cycle changed, so that nothing kept may be used; warm are the
openings after it. Times are of the server's processor: what else the machine does changes them little.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from bench.bare_count import bare_count
from bench.limits import Limit, Result, at_most, megabytes_words, seconds_words, spread_words
from bench.pages import PAGES, RELEASED_PAGES, SCRUTINY, Page
from bench.releasing import release_past_cycles
from bench.servers import Server, free_port, running_servers
from bench.streamlit_client import Tab
from bench.tables import table
from section11.config import PROJECT_DIR, Settings
from section11.domain.people import Role
from section11.domain.workflow import RETURNED
from section11.services.accounts import SESSION_LASTS, new_token, token_hash
from section11.services.collating import cycle_figures
from section11.services.demo import build_demo
from section11.services.demo.people import person_id_of
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name
from section11.storage.web_sessions import WebSession

WARM_LIMIT = 0.15
COLD_REASON = (
    "A page that finds nothing kept reads what was said in every return of its cycle, for a trend of all cycles, and "
    "counts it: about half of the time is spent on reading and making objects of what was read, a third on counting "
    "(docs/decisions/0024-what-a-cold-page-reads.md)."
)
WARM_REASON = (
    "Nothing is counted anew. What is left is the stamp that says whether something changed, which names every return "
    "and every member, and what Streamlit takes for each element of the page, 0.1 ms or so."
)
LIMIT_MEGABYTES = 1.3
WARM_RUNS = 5


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to look at; of a size with ``dashboards_only`` the other pages have no limit."""

    agencies: int
    schools: int
    cycles: int
    cold_limit: float
    cold_runs: int
    dashboards_only: bool = False

    @property
    def title(self) -> str:
        return f"{self.agencies + self.schools:,} organisations, 60 questions, {self.cycles} cycles"


SHORT_SIZES = (Size(8, 4, 2, 1.0, 2),)
SIZES = (Size(40, 560, 3, 1.0, 3), Size(40, 1_960, 5, 2.0, 3, dashboards_only=True))


@dataclass(frozen=True, slots=True)
class PageFigures:
    """Seconds of the server's processor of each opening, and the bytes of the first."""

    title: str
    colds: tuple[float, ...]
    warms: tuple[float, ...]
    bytes: int

    @property
    def cold(self) -> float:
        return median(self.colds)

    @property
    def warm(self) -> float:
        return median(self.warms)


@dataclass(frozen=True, slots=True)
class SizeFigures:
    """The pages of one size, and ``bare``: seconds of counting the ratings of a heat map without any product."""

    size: Size
    pages: tuple[PageFigures, ...]
    bare: float

    @property
    def ratio(self) -> float:
        """A cold heat map to the bare count of its numbers."""
        return self.pages[0].cold / self.bare


@dataclass(frozen=True, slots=True)
class LookingFigures:
    sizes: tuple[SizeFigures, ...]


def run(is_short: bool) -> Result:
    """Build each size in a database of its own and open its pages in a server of its own."""
    figures = LookingFigures(tuple(_of_size(one) for one in (SHORT_SIZES if is_short else SIZES)))
    return Result(section(figures), tuple(limit for one in figures.sizes for limit in _limits(one)))


def _limits(one: SizeFigures) -> list[Limit]:
    """Return the limits, each of the page that comes nearest to it."""
    cold = max(one.pages, key=lambda page: page.cold)
    warm = max(one.pages, key=lambda page: page.warm)
    sent = max(one.pages, key=lambda page: page.bytes)
    at = one.size.title
    return [
        at_most(
            f"Every page cold, the slowest: {cold.title} ({at})",
            cold.cold,
            one.size.cold_limit,
            seconds_words,
            COLD_REASON,
        ),
        at_most(
            f"Every page warm, the slowest: {warm.title} ({at})", warm.warm, WARM_LIMIT, seconds_words, WARM_REASON
        ),
        at_most(f"Sent, the most: {sent.title} ({at})", sent.bytes / 10**6, LIMIT_MEGABYTES, megabytes_words),
    ]


def _of_size(size: Size) -> SizeFigures:
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder, port = Path(name), free_port()
        settings = Settings(data_dir=folder, database_url="", base_url=f"http://127.0.0.1:{port}")
        office = open_office(settings)
        build_demo(office, agencies=size.agencies, schools=size.schools, cycles=size.cycles)
        with office.store.reading() as work:
            latest, before = (one.id for one in work.cycles.all()[:2])
        bare = _bare(office, folder, before)
        environment = {
            "SECTION11_DATA_DIR": str(folder),
            "SECTION11_DATABASE_URL": "",
            "SECTION11_BASE_URL": settings.base_url,
        }
        cookies = {role: f"{cookie_name(settings)}={begin_session(office, role)}" for role in Role}
        script = PROJECT_DIR / "audit_app.py"
        running = running_servers(script, folder=PROJECT_DIR, ports=[port], environment=environment, logs=folder)
        with running as (server,):
            database = folder / "section11.db"
            pages = asyncio.run(_opened(server, office, database, size, cookies, latest=latest, before=before))
        office.store.close()
    return SizeFigures(size, pages, bare)


def begin_session(office: Office, role: Role) -> str:
    """Begin a session for the demo's person in this role and return its token."""
    token, now = new_token(), office.clock()
    session = WebSession(person_id_of(role), created_at=now, last_seen_at=now, expires_at=now + SESSION_LASTS)
    with office.store.writing() as work:
        if work.accounts.user(session.person_id) is not None:
            work.web_sessions.add(token_hash(token), session)
            work.commit()
    return token


def _bare(office: Office, folder: Path, cycle_id: str) -> float:
    """Return the seconds of the bare count, once it counts what the product counts."""
    with office.store.reading() as work:
        scrutiny = work.accounts.user(person_id_of(SCRUTINY))
    assert scrutiny is not None
    figures = cycle_figures(office, scrutiny, cycle_id)
    turns = [bare_count(folder / "section11.db", cycle_id) for _ in range(3)]
    rated = sum(one.total.rated for one in figures.sets)
    if {count for _, count in turns} != {rated}:
        raise RuntimeError(f"The bare count finds {turns[0][1]:,} ratings, and the product {rated:,}.")
    return median(seconds for seconds, _ in turns)


async def _opened(
    server: Server,
    office: Office,
    database: Path,
    size: Size,
    cookies: dict[Role, str],
    *,
    latest: str,
    before: str,
) -> tuple[PageFigures, ...]:
    def opened(page: Page) -> Awaitable[tuple[float, int]]:
        return _open(server, page, cookies, latest=latest, before=before)

    # The first page of all also imports what pages are drawn with.
    await opened(PAGES[0])

    def measured(page: Page) -> Awaitable[PageFigures]:
        return _measured(office, opened, page, size.cold_runs)

    found = [await measured(page) for page in PAGES if page.is_dashboard or not size.dashboards_only]
    release_past_cycles(database)
    found += [replace(await measured(page), title=f"{page.title}, all released") for page in RELEASED_PAGES]
    return tuple(found)


async def _measured(
    office: Office, opened: Callable[[Page], Awaitable[tuple[float, int]]], page: Page, cold_runs: int
) -> PageFigures:
    colds = []
    for _ in range(cold_runs):
        change_a_return(office)
        colds.append(await opened(page))
    warms = [await opened(page) for _ in range(WARM_RUNS)]
    sent = colds[0][1]
    return PageFigures(page.title, *(tuple(seconds for seconds, _ in turns) for turns in (colds, warms)), sent)


async def _open(server: Server, page: Page, cookies: dict[Role, str], *, latest: str, before: str) -> tuple[float, int]:
    query = {name: value.format(latest=latest, before=before) for name, value in page.query.items()}
    began = server.seconds()
    tab, reply = await Tab.open(server.host, page.name, query, cookies[page.role])
    seconds = server.seconds() - began
    await tab.close()
    return seconds, reply.bytes


def change_a_return(office: Office) -> None:
    """Raise the revision of a submitted return in every cycle, as any change to it does."""
    with office.store.writing() as work:
        for cycle in work.cycles.all():
            rows = [row.assessment for row in work.assessments.in_cycle(cycle.id)]
            work.assessments.lock_for_change(next(one.id for one in rows if one.status in RETURNED))
        work.commit()


def section(figures: LookingFigures) -> str:
    """Return the results as a section of ``docs/performance.md``."""
    return f"""## Looking

Every page with many rows is opened in a running server: **cold** is the first opening after a return of every cycle
changed, so that all of it is counted again, and of several the median; **warm** is the median of {WARM_RUNS} more.
Beside each stand the quickest and the slowest. Times are of the server's processor. **Sent** is everything one opening
sends to the browser, before it is packed for the line. **All released** is with every return of the past cycles
moderated, by two people where a cycle has two, and released.

{"".join(map(_table, figures.sizes)).rstrip()}
"""


def _row(page: PageFigures) -> tuple[str, ...]:
    times = [
        words
        for turns in (page.colds, page.warms)
        for words in (seconds_words(median(turns)), spread_words(turns, seconds_words))
    ]
    return (page.title, *times, f"{page.bytes / 1000:,.0f} kB")


def _table(one: SizeFigures) -> str:
    headings = ("page", f"cold, of {one.size.cold_runs}", "spread", "warm", "spread", "sent")
    return f"""### {one.size.title}

{table(headings, [_row(page) for page in one.pages])}

The ratings of this heat map, read with one query and counted with pandas alone, take {one.bare * 1000:,.0f} ms:
the cold page takes {one.ratio:.1f} times as long. It also reads actions, evidence and judgements, makes every result,
and draws itself.

"""
