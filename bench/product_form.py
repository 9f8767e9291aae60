"""The product's own form, filled in by a crowd: each person signed in, each for another organisation."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.crowd import TEXTS, Outcome, Plan, Visitor, let_them_in
from bench.servers import free_port, streamlit_server
from section11.config import PROJECT_DIR, Settings
from section11.domain.assessments import Assessment
from section11.domain.organisations import Organisation
from section11.domain.people import Role
from section11.domain.standards import StandardsSet
from section11.domain.workflow import EDITABLE
from section11.services.accounts import SESSION_LASTS, new_token, token_hash
from section11.services.demo import build_demo
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name
from section11.storage.accounts import WebSession
from section11.storage.unit_of_work import UnitOfWork

SET_ID = "section11-2026"
CARD_KEYS = "card."
"""As in section11/ui/session.py, which is not imported here: Streamlit warns outside a page."""


def measure(plan: Plan) -> Outcome:
    """Run the product on a demo of its own with its own settings, let the crowd in, and check what is stored."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        port = free_port()
        settings = Settings(data_dir=folder, database_url="", base_url=f"http://127.0.0.1:{port}")
        office = open_office(settings)
        build_demo(office, agencies=demo_organisations(plan.people), schools=0, seed=plan.seed)
        visitors = sign_in(office, settings, plan.people)
        environment = {
            "SECTION11_DATA_DIR": str(folder),
            "SECTION11_DATABASE_URL": "",
            "SECTION11_BASE_URL": settings.base_url,
        }
        script, log = PROJECT_DIR / "audit_app.py", folder / "server.log"
        with streamlit_server(script, folder=PROJECT_DIR, port=port, environment=environment, log=log) as host:
            outcome = asyncio.run(let_them_in(host, visitors, plan))
        if outcome.errors:
            # The product shows people no details of its own errors, and the folder with the log is about to go.
            print(log.read_text(encoding="utf-8", errors="replace")[-2000:], file=sys.stderr)
        outcome.errors += _not_stored(office, visitors, outcome)
        office.store.close()
    return outcome


def demo_organisations(people: int) -> int:
    """Return how large the demo must be: about half of its returns are open for changes."""
    return 2 * people + 10


def sign_in(office: Office, settings: Settings, people: int) -> list[Visitor]:
    """Begin a session for the contributors of that many open returns; the crowd spreads over the standards.

    Raises:
        RuntimeError: the demo has fewer open returns than people.
    """
    standards_set = office.library.load(SET_ID)
    visitors: list[Visitor] = []
    with office.store.writing() as work:
        latest = work.cycles.all()[0]
        open_returns = [one.assessment for one in work.assessments.in_cycle(latest.id)]
        open_returns = [one for one in open_returns if one.status in EDITABLE][:people]
        for number, assessment in enumerate(open_returns):
            organisation = work.organisations.get(assessment.organisation_id)
            assert organisation is not None
            cookie = f"{cookie_name(settings)}={_session_for(office, work, organisation)}"
            visitors.append(_visitor(number, assessment, organisation, standards_set, cookie))
        work.commit()
    if len(visitors) < people:
        raise RuntimeError(f"The demo has {len(visitors)} open returns, and {people} people need one each.")
    return visitors


def _session_for(office: Office, work: UnitOfWork, organisation: Organisation) -> str:
    staff = work.accounts.users_in(partnership_ids=[], organisation_ids=[organisation.id])
    contributor = next(one for one in staff if one.organisations_as(Role.CONTRIBUTOR))
    token, now = new_token(), office.clock()
    session = WebSession(contributor.id, created_at=now, last_seen_at=now, expires_at=now + SESSION_LASTS)
    work.accounts.add_session(token_hash(token), session)
    return token


def _visitor(
    number: int, assessment: Assessment, organisation: Organisation, standards_set: StandardsSet, cookie: str
) -> Visitor:
    standard = standards_set.standards[number % len(standards_set.standards)]
    keys = [f"{CARD_KEYS}{assessment.id}.{question.id}" for question in standard.questions_for(organisation.type)]
    return Visitor(
        number,
        "assessment",
        {"assessment": assessment.id, "standard": standard.id},
        cookie,
        rating_keys=tuple(f"{key}.rating" for key in keys),
        text_keys=tuple(f"{key}.{text}" for key in keys for text in TEXTS),
        ratings=tuple(rating.label for rating in standards_set.scale.ratings),
    )


def _not_stored(office: Office, visitors: Sequence[Visitor], outcome: Outcome) -> list[str]:
    """Return a sentence for each change that was called saved and is not in the database."""
    labels = {rating.key: rating.label for rating in office.library.load(SET_ID).scale.ratings}
    with office.store.reading() as work:
        answers = [work.answers.of_assessment(visitor.query["assessment"]) for visitor in visitors]
    faults = []
    for (number, key), value in outcome.saved.items():
        question_id, _, name = key.removeprefix(f"{CARD_KEYS}{visitors[number].query['assessment']}.").rpartition(".")
        stored = getattr(answers[number].get(question_id), name, None)
        if value != (labels.get(stored or "") if name == "rating" else stored):
            faults.append(f"{key}: said to be saved, but the database has something else.")
    return faults
