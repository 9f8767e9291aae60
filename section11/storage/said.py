"""What was chosen in many returns, without texts: most of a return comes from the database in one row.

A cycle of 2,000 returns has some 120,000 answers, and a row for each is what takes long. Without its texts an answer is
one of a few, so each of these is made once and stands in many returns.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, String, cast, func, select
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.answers import Answer, Marker
from section11.storage.tables import answers, assessments

_BETWEEN = "\x1f"
"""Stands between two answers; no id holds it."""


class _Known(dict[tuple[str, str, str], Answer]):
    """The answers made so far, by question id, rating and version."""

    def __missing__(self, key: tuple[str, str, str]) -> Answer:
        question_id, rating, version = key
        self[key] = made = Answer(question_id, rating=rating or None, version=int(version))
        return made


def what_was_said(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, dict[str, Answer]]:
    """Return answers by assessment id and question id, of assessments like this."""
    found = _rated(connection, *conditions)
    for assessment_id, answer in _others(connection, *conditions):
        found.setdefault(assessment_id, {})[answer.question_id] = answer
    return found


def _is_rated() -> ColumnElement[bool]:
    return answers.c.marker.is_(None) & answers.c.carried_from.is_(None) & answers.c.value.is_(None)


def _rated(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, dict[str, Answer]]:
    """Return the answers that are a rating and nothing else, or nothing at all."""
    # A null would be left out, and what stands beside it would move to another question.
    parts = (answers.c.question_id, func.coalesce(answers.c.rating, ""), cast(answers.c.version, String))
    query = (
        select(answers.c.assessment_id, *(aggregate_strings(part, _BETWEEN) for part in parts))
        .join_from(assessments, answers, answers.c.assessment_id == assessments.c.id)
        .where(_is_rated(), *conditions)
        .group_by(answers.c.assessment_id)
    )
    answer_of = _Known().__getitem__
    found = {}
    for assessment_id, *of_return in connection.execute(query).all():
        question_ids, ratings, versions = (part.split(_BETWEEN) for part in of_return)
        found[assessment_id] = dict(
            zip(question_ids, map(answer_of, zip(question_ids, ratings, versions, strict=True)), strict=True)
        )
    return found


def _others(connection: Connection, *conditions: ColumnElement[bool]) -> list[tuple[str, Answer]]:
    names = ("assessment_id", "question_id", "rating", "marker", "carried_from", "value", "version")
    query = (
        select(*(answers.c[name] for name in names))
        .join_from(assessments, answers, answers.c.assessment_id == assessments.c.id)
        .where(~_is_rated(), *conditions)
    )
    known: dict[tuple[object, ...], Answer] = {}
    found = []
    for assessment_id, *said in connection.execute(query).all():
        key = tuple(said)
        if key not in known:
            question_id, rating, marker, carried_from, value, version = said
            known[key] = Answer(
                question_id,
                rating=rating,
                marker=Marker(marker) if marker else None,
                carried_from=carried_from,
                value=value,
                version=version,
            )
        found.append((assessment_id, known[key]))
    return found
