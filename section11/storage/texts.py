"""What was said in many returns, with its texts: most of a return comes from the database in one row.

A row for each answer takes several times as long, for most of the time goes into rows and not into what is in them.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, func, select
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.answers import Answer, Marker
from section11.storage.tables import answers

_BETWEEN = "\x1f"
"""Stands between two answers; no id holds it. In a text it is read as the space it looks like."""


def answers_to_read(
    connection: Connection, assessment_ids: Collection[str], ratings: Collection[str] | None
) -> dict[str, dict[str, Answer]]:
    """Return answers by assessment id and question id, without who wrote them when and in which version.

    With ``ratings``, only the answers that are rated so.
    """
    here = [answers.c.assessment_id.in_(sorted(assessment_ids))]
    if ratings is not None:
        here.append(answers.c.rating.in_(sorted(ratings)))
    found: dict[str, dict[str, Answer]] = {one: {} for one in assessment_ids}
    _add_plain(found, connection, here)
    _add_others(found, connection, here)
    return found


def _is_plain() -> ColumnElement[bool]:
    """Whether there is a rating with its texts and nothing else, as there is in nearly all answers."""
    mine = answers.c
    has_one = mine.rating.is_not(None) & (mine.reason == "")
    return has_one & mine.marker.is_(None) & mine.carried_from.is_(None) & mine.value.is_(None)


def _add_plain(
    found: dict[str, dict[str, Answer]], connection: Connection, here: Collection[ColumnElement[bool]]
) -> None:
    mine = answers.c
    parts = (mine.question_id, mine.rating, *(func.replace(one, _BETWEEN, " ") for one in (mine.evidence, mine.impact)))
    query = select(mine.assessment_id, *(aggregate_strings(part, _BETWEEN) for part in parts))
    for assessment_id, *of_return in connection.execute(
        query.where(_is_plain(), *here).group_by(mine.assessment_id)
    ).all():
        said = zip(*(part.split(_BETWEEN) for part in of_return), strict=True)
        found[assessment_id] = {
            question_id: Answer(question_id, rating, None, "", evidence, impact)
            for question_id, rating, evidence, impact in said
        }


def _add_others(
    found: dict[str, dict[str, Answer]], connection: Connection, here: Collection[ColumnElement[bool]]
) -> None:
    names = ("question_id", "rating", "marker", "reason", "evidence", "impact", "carried_from", "value")
    query = select(answers.c.assessment_id, *(answers.c[name] for name in names)).where(~_is_plain(), *here)
    for of, one, rating, marker, reason, evidence, impact, before, value in connection.execute(query).all():
        chosen = Marker(marker) if marker else None
        found[of][one] = Answer(one, rating, chosen, reason, evidence, impact, before, value=value)
