"""The product's own form, filled in by a crowd: each person signs in, each for another organisation."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.crowd import let_them_in
from bench.machines import sticky_proxy
from bench.processes import processor_seconds, resident_megabytes
from bench.servers import Server, free_port, running_servers
from bench.visitors import TEXTS, Outcome, Place, Plan, Visitor
from section11.config import PROJECT_DIR, Settings
from section11.domain.assessments import Assessment
from section11.domain.organisations import Organisation
from section11.domain.people import Role
from section11.domain.standards import StandardsSet
from section11.domain.workflow import EDITABLE
from section11.services.demo import build_demo
from section11.services.office import Office, frozen_set, open_office
from section11.services.passwords import Passwords

SET_ID = "section11-2026"
CARD_KEYS = "card."
"""As in section11/ui/session.py, which is not imported here: Streamlit warns outside a page."""
PASSWORD = "three hundred at once"  # noqa: S105  of people who live as long as the benchmark
EARLY_BIRDS = 1
"""People who fill in a form and leave before the crowd comes, so that what is made once is not counted as theirs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the processes had used at one moment: seconds of the processor, and megabytes of the servers."""

    server: float
    database: float
    crowd: float
    megabytes: float
    at: float

    @classmethod
    def of(cls, servers: Sequence[Server], database_pid: int) -> Reading:
        return cls(
            server=sum(one.seconds() for one in servers),
            database=processor_seconds(database_pid) if database_pid else 0.0,
            crowd=sum(os.times()[:2]),
            megabytes=sum(resident_megabytes(one.process_id) for one in servers),
            at=time.perf_counter(),
        )


@dataclass
class Visit:
    """What the crowd lived through, and what it took, by the moment: ``before``, ``open``, ``begin``, ``end``."""

    outcome: Outcome
    readings: dict[str, Reading] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long it was measured, by the clock."""
        return self.readings["end"].at - self.readings["begin"].at if {"begin", "end"} <= self.readings.keys() else 0.0


def measure(plan: Plan, database_url: str = "", *, database_pid: int = 0, processes: int = 1) -> Visit:
    """Run the product on a demo of its own with its own settings, let the crowd in, and check what is stored.

    Args:
        database_url: an empty database; without one SQLite in a folder of its own.
        database_pid: the process of the database, whose processor time counts too.
        processes: how many of the product share the crowd; more than one stand behind a proxy.
    """
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, database_url=database_url)
        office = open_office(settings)
        try:
            build_demo(office, agencies=demo_organisations(plan.people + EARLY_BIRDS), schools=0, seed=plan.seed)
            visitors = everybody(office, plan.people + EARLY_BIRDS)
            with product_servers(folder, settings, processes) as (host, servers):
                visit = _let_in(host, visitors, plan, servers, database_pid)
            if visit.outcome.errors:
                # The product shows people no details of its own errors, and the folder with the log is about to go.
                for log in sorted(folder.glob("*.log")):
                    print(log.read_text(encoding="utf-8", errors="replace")[-2000:], file=sys.stderr)
            visit.outcome.errors += _not_stored(office, visitors, visit.outcome)
        finally:
            office.store.close()
    return visit


def _let_in(host: str, visitors: list[Visitor], plan: Plan, servers: Sequence[Server], database_pid: int) -> Visit:
    visit = Visit(Outcome())

    def watch(moment: str) -> None:
        visit.readings[moment] = Reading.of(servers, database_pid)

    early = asyncio.run(let_them_in(host, visitors[-EARLY_BIRDS:], Plan(EARLY_BIRDS, 1.0, think=0.2, seed=plan.seed)))
    watch("before")
    visit.outcome = asyncio.run(let_them_in(host, visitors[:-EARLY_BIRDS], plan, watch))
    visit.outcome.errors += early.errors
    return visit


@contextmanager
def product_servers(folder: Path, settings: Settings, processes: int = 1) -> Iterator[tuple[str, tuple[Server, ...]]]:
    """Run the product, and in front of more than one process the proxy; give the address to go to, and the servers."""
    port = free_port()
    environment = {
        "SECTION11_DATA_DIR": str(folder),
        "SECTION11_DATABASE_URL": settings.database_url,
        "SECTION11_BASE_URL": f"http://127.0.0.1:{port}",
    }
    script = PROJECT_DIR / "audit_app.py"
    ports = [port] if processes == 1 else [free_port() for _ in range(processes)]
    with ExitStack() as stack:
        running = running_servers(script, folder=PROJECT_DIR, ports=ports, environment=environment, logs=folder)
        servers = stack.enter_context(running)
        if processes > 1:
            stack.enter_context(sticky_proxy(folder, port, [one.host for one in servers]))
        yield f"127.0.0.1:{port}", servers


def demo_organisations(people: int) -> int:
    """Return how large the demo must be: about half of its returns are open for changes."""
    return 2 * people + 10


def everybody(office: Office, people: int) -> list[Visitor]:
    """Give the contributors of that many open returns a password; the crowd spreads over the standards.

    Raises:
        RuntimeError: the demo has fewer open returns than people.
    """
    # Hashed as strongly as everybody's, but once: it is being let in that is measured.
    hashed = Passwords().hashed(PASSWORD)
    visitors: list[Visitor] = []
    with office.store.writing() as work:
        latest = work.cycles.all()[0]
        open_returns = [one.assessment for one in work.assessments.in_cycle(latest.id)]
        open_returns = [one for one in open_returns if one.status in EDITABLE][:people]
        for number, assessment in enumerate(open_returns):
            organisation = work.organisations.get(assessment.organisation_id)
            assert organisation is not None
            staff = work.accounts.users_in(partnership_ids=[], organisation_ids=[organisation.id])
            contributor = next(one for one in staff if one.organisations_as(Role.CONTRIBUTOR))
            work.accounts.set_password_hash(contributor.id, hashed, office.clock())
            standards_set = frozen_set(work, assessment.set_sha256)
            visitors.append(_visitor(number, contributor.person.email, assessment, organisation, standards_set))
        work.commit()
    if len(visitors) < people:
        raise RuntimeError(f"The demo has {len(visitors)} open returns, and {people} people need one each.")
    return visitors


def _visitor(
    number: int, email: str, assessment: Assessment, organisation: Organisation, standards_set: StandardsSet
) -> Visitor:
    places = []
    for standard in standards_set.standards:
        rated = [one for one in standard.questions_for(organisation.type) if one.is_rated]
        keys = [f"{CARD_KEYS}{assessment.id}.{one.id}" for one in rated]
        if keys:
            places.append(
                Place(
                    {"assessment": assessment.id, "standard": standard.id},
                    rating_keys=tuple(f"{key}.rating" for key in keys),
                    text_keys=tuple(f"{key}.{text}" for key in keys for text in TEXTS),
                )
            )
    first = number % len(places)
    return Visitor(
        number,
        "assessment",
        (*places[first:], *places[:first]),
        ratings=tuple(rating.label for rating in standards_set.scale.ratings),
        email=email,
        password=PASSWORD,
    )


def _not_stored(office: Office, visitors: Sequence[Visitor], outcome: Outcome) -> list[str]:
    """Return a sentence for each change that was called saved and is not in the database."""
    ids = [visitor.places[0].query["assessment"] for visitor in visitors]
    with office.store.reading() as work:
        answers = [work.answers.of_assessment(one) for one in ids]
        found = [work.assessments.get(one) for one in ids]
        scales = [frozen_set(work, one.set_sha256).scale for one in found if one is not None]
    labels = [{rating.key: rating.label for rating in scale.ratings} for scale in scales]
    faults = []
    for (number, key), value in outcome.saved.items():
        question_id, _, name = key.removeprefix(f"{CARD_KEYS}{ids[number]}.").rpartition(".")
        stored = getattr(answers[number].get(question_id), name, None)
        if value != (labels[number].get(stored or "") if name == "rating" else stored):
            faults.append(f"{key}: said to be saved, but the database has something else.")
    return faults
