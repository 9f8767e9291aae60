"""The plain form of ``plain_form.py``, filled in by the same crowd, with Streamlit's default settings."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bench.crowd import let_them_in
from bench.product_form import SET_ID
from bench.servers import free_port, running_servers
from bench.visitors import TEXTS, Outcome, Place, Plan, Visitor
from section11.config import settings
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.domain.standards import Question, StandardsSet

PLAIN_FORM = Path(__file__).parent / "plain_form.py"
QUESTIONS_OF_ONE_PERSON = 5
"""As many as a standard has, so that both crowds change the same number of answers."""


def measure(plan: Plan) -> Outcome:
    """Run the plain form, let the crowd in, and check what is stored."""
    types = read_organisation_types(settings().organisation_types_file)
    standards_set = StandardsLibrary(settings().standards_dir, types.keys).load(SET_ID)
    visitors = [_visitor(number, standards_set, plan.seed) for number in range(plan.people)]
    with tempfile.TemporaryDirectory(prefix="section11-bench-") as name:
        folder = Path(name)
        _prepare(folder, standards_set, plan.people)
        # A home of its own: nobody's Streamlit settings, only the defaults, are what is compared.
        environment = {"PLAIN_FORM_FOLDER": str(folder), "HOME": str(folder), "USERPROFILE": str(folder)}
        with running_servers(
            PLAIN_FORM,
            folder=folder,
            ports=[free_port()],
            environment=environment,
            logs=folder,
            options=("--browser.gatherUsageStats", "false"),
        ) as (server,):
            outcome = asyncio.run(let_them_in(server.host, visitors, plan))
        outcome.errors += _not_stored(folder, outcome)
    return outcome


def _prepare(folder: Path, standards_set: StandardsSet, people: int) -> None:
    """Write the questions, and an empty answer to each of them for everybody."""
    questions = [_as_plain(standards_set, question) for question in standards_set.all_questions()]
    (folder / "questions.json").write_text(json.dumps(questions), encoding="utf-8")
    with closing(sqlite3.connect(folder / "plain.db")) as connection, connection:
        connection.execute(
            "CREATE TABLE answers (person INTEGER, question_id TEXT, rating TEXT, evidence TEXT, impact TEXT,"
            " PRIMARY KEY (person, question_id))"
        )
        connection.executemany(
            "INSERT INTO answers VALUES (?, ?, NULL, '', '')",
            [(number, question["id"]) for number in range(people) for question in questions],
        )


def _as_plain(standards_set: StandardsSet, question: Question) -> dict[str, object]:
    ratings = standards_set.scale.ratings
    return {
        "id": question.id,
        "text": question.text,
        "ratings": [rating.label for rating in ratings],
        "captions": [question.descriptors.get(rating.key) or rating.meaning for rating in ratings],
    }


def _visitor(number: int, standards_set: StandardsSet, seed: int) -> Visitor:
    ids = [question.id for question in standards_set.all_questions()]
    own = random.Random(f"{seed}/{number}").sample(ids, QUESTIONS_OF_ONE_PERSON)
    place = Place(
        {"person": str(number)},
        rating_keys=tuple(f"{question_id}.rating" for question_id in own),
        text_keys=tuple(f"{question_id}.{text}" for question_id in own for text in TEXTS),
    )
    return Visitor(number, "", (place,), ratings=tuple(rating.label for rating in standards_set.scale.ratings))


def _not_stored(folder: Path, outcome: Outcome) -> list[str]:
    """Return a sentence for each change that was called saved and is not in the database."""
    with closing(sqlite3.connect(folder / "plain.db")) as connection:
        rows = connection.execute("SELECT person, question_id, rating, evidence, impact FROM answers").fetchall()
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
