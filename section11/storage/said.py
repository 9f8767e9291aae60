"""What was chosen in many returns, without texts: most of a return comes from the database in one row.

A cycle of 2,000 returns has some 120,000 answers, and a row for each is what takes long. Without its texts an answer is
one of a few, so each of these is made once and stands in many returns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from functools import reduce
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, String, cast, func, select
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.answers import Answer, Marker
from section11.storage.tables import answers, assessments

_BETWEEN, _WITHIN = "\x1f", "\x1e"
"""Stand between two answers and between the parts of one; no id holds them."""
Group = TypeVar("Group", bound=Hashable)


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


def count_what_was_said(connection: Connection, group_of: Mapping[str, Group]) -> dict[Group, list[tuple[Answer, int]]]:
    """Return each thing that is said to a question in the assessments of a group, and how many of them say it.

    ``group_of`` names the group by assessment id. The database would count them as well, but takes twice as long.
    """
    mine = answers.c
    parts = (mine.question_id, *(func.coalesce(one, "") for one in (mine.rating, mine.marker, mine.carried_from)))
    said = reduce(lambda before, part: before.concat(_WITHIN).concat(part), parts)
    query = select(mine.assessment_id, aggregate_strings(said, _BETWEEN)).group_by(mine.assessment_id)
    counted: dict[Group, Counter[str]] = {}
    for assessment_id, words in connection.execute(query.where(mine.assessment_id.in_(sorted(group_of)))).all():
        counted.setdefault(group_of[assessment_id], Counter()).update(words.split(_BETWEEN))
    return {group: [(_said_in(words), number) for words, number in found.items()] for group, found in counted.items()}


def _said_in(words: str) -> Answer:
    question_id, rating, marker, carried_from = words.split(_WITHIN)
    chosen = Marker(marker) if marker else None
    return Answer(question_id, rating=rating or None, marker=chosen, carried_from=carried_from or None)


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
