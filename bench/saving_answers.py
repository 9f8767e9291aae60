"""Benchmark: saving an answer, in this product and in the same form written the plain way."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bench.crowd import Outcome, Visitor, let_them_in
from bench.servers import free_port, streamlit_server
from section11.config import PROJECT_DIR, Settings
from section11.domain.people import Role
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import EDITABLE
from section11.services.accounts import SESSION_LASTS, new_token, token_hash
from section11.services.demo import build_demo
from section11.services.office import Office, open_office
from section11.services.session_cookie import cookie_name
from section11.storage.accounts import WebSession

SET_ID = "section11-2026"
PLAIN_FORM = Path(__file__).parent / "plain_form.py"
TEXTS = ("evidence", "impact")


def measure_product(*, people: int, seconds: float, think: float, seed: int) -> Outcome:
    """Let a crowd fill in the product's own form, each person for another organisation, and check what is stored."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        port = free_port()
        settings = Settings(data_dir=folder, database_url="", base_url=f"http://127.0.0.1:{port}")
        office = open_office(settings)
        # About half of the demo's returns are open for changes.
        build_demo(office, agencies=2 * people + 10, schools=0, seed=seed)
        visitors = _signed_in_contributors(office, settings, people)
        environment = {
            "SECTION11_DATA_DIR": str(folder),
            "SECTION11_DATABASE_URL": "",
            "SECTION11_BASE_URL": settings.base_url,
            "BENCH_LOG": str(folder / "server.log"),
        }
        script = PROJECT_DIR / "audit_app.py"
        with streamlit_server(script, folder=PROJECT_DIR, port=port, environment=environment) as host:
            outcome = asyncio.run(let_them_in(host, visitors, seconds=seconds, think=think, seed=seed))
        outcome.errors += _not_stored_in_product(office, visitors, outcome)
        office.store.close()
    return outcome


def measure_plain_form(*, people: int, seconds: float, think: float, seed: int) -> Outcome:
    """Let the same crowd fill in ``plain_form.py`` with Streamlit's default settings, and check what is stored."""
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        questions = _prepare_plain_form(folder, people)
        visitors = [_plain_visitor(number, questions, seed) for number in range(people)]
        environment = {
            "PLAIN_FORM_FOLDER": str(folder),
            "BENCH_LOG": str(folder / "server.log"),
            # Nobody's own Streamlit settings: the defaults are what is compared.
            "HOME": str(folder),
            "USERPROFILE": str(folder),
        }
        options = ("--browser.gatherUsageStats", "false")
        with streamlit_server(
            PLAIN_FORM, folder=folder, port=free_port(), environment=environment, options=options
        ) as host:
            outcome = asyncio.run(let_them_in(host, visitors, seconds=seconds, think=think, seed=seed))
        outcome.errors += _not_stored_in_plain_form(folder, outcome)
    return outcome


def _signed_in_contributors(office: Office, settings: Settings, people: int) -> list[Visitor]:
    """Sign in the contributor of each of the first open returns, each on the next of the standards."""
    standards_set = office.library.load(SET_ID)
    labels = tuple(rating.label for rating in standards_set.scale.ratings)
    now = office.clock()
    visitors: list[Visitor] = []
    with office.store.writing() as work:
        cycle = max(work.cycles.all(), key=lambda one: one.due)
        for row in work.assessments.in_cycle(cycle.id):
            organisation = work.organisations.get(row.assessment.organisation_id)
            if organisation is None or row.assessment.status not in EDITABLE:
                continue
            number = len(visitors)
            if number == people:
                break
            staff = work.accounts.users_in(partnership_ids=[], organisation_ids=[organisation.id])
            contributor = next(one for one in staff if one.organisations_as(Role.CONTRIBUTOR))
            token = new_token()
            session = WebSession(contributor.id, created_at=now, last_seen_at=now, expires_at=now + SESSION_LASTS)
            work.accounts.add_session(token_hash(token), session)
            standard = standards_set.standards[number % len(standards_set.standards)]
            asked = standard.questions_for(organisation.type)
            keys = [f"page.{row.assessment.id}.{question.id}" for question in asked]
            visitors.append(
                Visitor(
                    number,
                    "assessment",
                    {"assessment": row.assessment.id, "standard": standard.id},
                    f"{cookie_name(settings)}={token}",
                    rating_keys=tuple(f"{key}.rating" for key in keys),
                    text_keys=tuple(f"{key}.{text}" for key in keys for text in TEXTS),
                    ratings=labels,
                )
            )
        work.commit()
    if len(visitors) < people:
        raise RuntimeError(f"The demo has {len(visitors)} open returns, and {people} people need one each.")
    return visitors


def _not_stored_in_product(office: Office, visitors: Sequence[Visitor], outcome: Outcome) -> list[str]:
    """Return a sentence for each change that was called saved and is not in the database."""
    labels = {rating.key: rating.label for rating in office.library.load(SET_ID).scale.ratings}
    faults = []
    with office.store.reading() as work:
        answers = [work.answers.of_assessment(visitor.query["assessment"]) for visitor in visitors]
    for (number, key), value in outcome.saved.items():
        question_id, _, name = key.removeprefix(f"page.{visitors[number].query['assessment']}.").rpartition(".")
        answer = answers[number].get(question_id)
        stored = getattr(answer, name, None)
        if value != (labels.get(stored or "") if name == "rating" else stored):
            faults.append(f"{key}: said to be saved, but the database has something else.")
    return faults


def _prepare_plain_form(folder: Path, people: int) -> list[Question]:
    """Write the questions and an empty answer to each for everybody."""
    office_settings = Settings(data_dir=folder, database_url="")
    standards_set = open_office(office_settings).library.load(SET_ID)
    questions = list(standards_set.all_questions())
    (folder / "questions.json").write_text(json.dumps([_as_plain(standards_set, one) for one in questions]), "utf-8")
    with sqlite3.connect(folder / "plain.db") as connection:
        connection.execute(
            "CREATE TABLE answers (person INTEGER, question_id TEXT, rating TEXT, evidence TEXT, impact TEXT,"
            " PRIMARY KEY (person, question_id))"
        )
        connection.executemany(
            "INSERT INTO answers VALUES (?, ?, NULL, '', '')",
            [(number, question.id) for number in range(people) for question in questions],
        )
    connection.close()
    return questions


def _as_plain(standards_set: StandardsSet, question: Question) -> dict[str, object]:
    ratings = standards_set.scale.ratings
    return {
        "id": question.id,
        "text": question.text,
        "ratings": [rating.label for rating in ratings],
        "captions": [question.descriptors.get(rating.key) or rating.meaning for rating in ratings],
        "labels_by_key": {rating.key: rating.label for rating in ratings},
    }


def _plain_visitor(number: int, questions: Sequence[Question], seed: int) -> Visitor:
    """Return a person who changes five of the questions, as many as a standard has."""
    own = random.Random(f"{seed}/{number}").sample([question.id for question in questions], 5)
    labels = tuple(json.loads("[]"))
    return Visitor(
        number,
        "",
        {"person": str(number)},
        "",
        rating_keys=tuple(f"{question_id}.rating" for question_id in own),
        text_keys=tuple(f"{question_id}.{text}" for question_id in own for text in TEXTS),
        ratings=labels,
    )


def _not_stored_in_plain_form(folder: Path, outcome: Outcome) -> list[str]:
    connection = sqlite3.connect(folder / "plain.db")
    rows = connection.execute("SELECT person, question_id, rating, evidence, impact FROM answers").fetchall()
    connection.close()
    stored = {
        (person, f"{question_id}.{name}"): value
        for person, question_id, *values in rows
        for name, value in zip(("rating", *TEXTS), values, strict=True)
    }
    return [
        f"{key}: said to be saved, but the database has something else."
        for (number, key), value in outcome.saved.items()
        if stored[number, key] != value
    ]
