"""What was judged in many returns, without the texts of the reasons: a return comes from the database in one row.

Without its texts a judged answer is one of a few, so each of these is made once and stands in many returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, String, and_, case, cast, func, literal, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.functions import aggregate_strings

from section11.domain.answers import Answer, Marker
from section11.domain.moderation import EvidenceQuality, Moderation, Seat
from section11.domain.snapshots import SignedEvidence
from section11.storage.tables import answers, assessments, moderations

_BETWEEN, _WITHIN, _IN_JUDGEMENT = "\x1f", "\x1e", "\x1d"
"""Stand between two judged answers, between the parts of one and between those of a judgement; no id holds them."""
_AGREED_ON = "\x1c"
"""Begins what was agreed on in place of what several seats judged."""
_AGREED_WITH = 3
"""Parts of an answer that every seat agreed with; any other has more."""
_ITS_VERSION = 1
"""Stands for that of an answer every seat agreed with as it stands: that it is the same is all that counts."""
_BLANK = "".join(one for one in map(chr, range(1, 0x3001)) if one.isspace())
"""What a reason may consist of and still say nothing."""

Columns = ReadOnlyColumnCollection[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class JudgedAnswer:
    """An answer without texts, and its judgements by seat; ``answer`` is of version 0 where there is none.

    Of a reason the first letter is there, which says that there is one, and only where the judgement is no mere
    agreement with the answer, of which the version is not there either; who judged when is never. One is equal to
    itself alone, so that it is quickly found again.
    """

    answer: Answer
    judgements: dict[Seat, Moderation]


class _Known(dict[str, JudgedAnswer]):
    """The judged answers made so far, by their words."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        super().__init__()
        self._seats = seats

    def __missing__(self, words: str) -> JudgedAnswer:
        parts = words.split(_WITHIN)
        self[words] = made = self._agreed_with(*parts) if len(parts) == _AGREED_WITH else self._judged(*parts)
        return made

    def _agreed_with(self, question_id: str, rating: str, quality: str) -> JudgedAnswer:
        found: dict[Seat, Moderation] = {
            seat: Moderation(
                question_id,
                seat,
                rating,
                evidence_quality=EvidenceQuality(quality),
                answer_version=_ITS_VERSION,
                version=1,
            )
            for seat in self._seats
        }
        return JudgedAnswer(Answer(question_id, rating, version=_ITS_VERSION), found)

    def _judged(
        self, question_id: str, rating: str, marker: str, carried_from: str, version: str, *judged: str
    ) -> JudgedAnswer:
        chosen = Marker(marker) if marker else None
        answer = Answer(question_id, rating or None, chosen, carried_from=carried_from or None, version=int(version))
        by_seat = {
            seat: _judged_in(one, question_id, seat) for seat, one in zip(self._seats, judged, strict=True) if one
        }
        return JudgedAnswer(answer, by_seat)


def judged_answers(
    connection: Connection, seats: Sequence[Seat], *conditions: ColumnElement[bool]
) -> dict[str, list[JudgedAnswer]]:
    """Return the answers that the first of these seats judged, of assessments like this, by assessment id.

    What was agreed on in place of what several seats judged is in them.
    """
    tables = {seat: moderations.alias(seat.value) for seat in seats}
    first, said = tables[seats[0]], answers.c
    query: FromClause = first
    for seat in seats[1:]:
        other = tables[seat].c
        here = (other.assessment_id == first.c.assessment_id) & (other.question_id == first.c.question_id)
        query = query.outerjoin(tables[seat], here & (other.seat == seat.value))
    here = (said.assessment_id == first.c.assessment_id) & (said.question_id == first.c.question_id)
    parts = (
        first.c.question_id,
        *(func.coalesce(one, "") for one in (said.rating, said.marker, said.carried_from)),
        func.coalesce(cast(said.version, String), "0"),
        *(_words_of(tables[seat].c) for seat in seats),
    )
    agreed_with = (first.c.question_id, first.c.rating, first.c.evidence_quality)
    ways = [(_agrees([table.c for table in tables.values()]), _joined(agreed_with, _WITHIN))]
    wanted = [seats[0].value]
    if len(seats) > 1:
        # Rows of the same scan: so few were agreed on that to join them to all the others is dearer.
        agreed_on = _joined((first.c.question_id, _words_of(first.c)), _WITHIN)
        ways.insert(0, (first.c.seat == Seat.AGREED.value, literal(_AGREED_ON).concat(agreed_on)))
        wanted.append(Seat.AGREED.value)
    rows = select(first.c.assessment_id, aggregate_strings(case(*ways, else_=_joined(parts, _WITHIN)), _BETWEEN))
    rows = rows.select_from(query.outerjoin(answers, here)).where(
        first.c.seat.in_(wanted), _is_of(first.c, *conditions)
    )
    rows = rows.group_by(first.c.assessment_id)
    judged_in = _Known(seats).__getitem__
    return {
        one: _with_agreed_on(words, judged_in) if _AGREED_ON in words else list(map(judged_in, words.split(_BETWEEN)))
        for one, words in connection.execute(rows).all()
    }


def _with_agreed_on(words: str, judged_in: Callable[[str], JudgedAnswer]) -> list[JudgedAnswer]:
    """Return the judged answers of a return, with what was agreed on in those that it was agreed on about."""
    agreed: dict[str, Moderation] = {}
    judged = []
    for one in words.split(_BETWEEN):
        if one.startswith(_AGREED_ON):
            question_id, _, outcome = one.removeprefix(_AGREED_ON).partition(_WITHIN)
            agreed[question_id] = _judged_in(outcome, question_id, Seat.AGREED)
        else:
            judged.append(judged_in(one))
    return [_with(one, agreed.get(one.answer.question_id)) for one in judged]


def _with(judged: JudgedAnswer, agreed: Moderation | None) -> JudgedAnswer:
    return judged if agreed is None else JudgedAnswer(judged.answer, {**judged.judgements, Seat.AGREED: agreed})


def _is_of(judged: Columns, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a judgement is of an assessment like this; joined to the assessments, everything would be sorted."""
    is_of: ColumnElement[bool] = judged.assessment_id.in_(select(assessments.c.id).where(*conditions))
    return is_of


def evidence_in(words: str) -> tuple[SignedEvidence, ...]:
    """Return the evidence that was judged, as its column names it."""
    pairs = (one.rpartition("/") for one in words.split())
    return tuple(SignedEvidence(item_id, int(revision)) for item_id, _, revision in pairs)


def _agrees(tables: Sequence[Columns]) -> ColumnElement[bool]:
    """Whether every seat judged a rating as it stands, without evidence attached, and alike, as in most answers."""
    said, first = answers.c, tables[0]
    found = [said.marker.is_(None), said.carried_from.is_(None), first.evidence_quality.is_not(None)]
    for mine in tables:
        found += [mine.rating == said.rating, mine.answer_version == said.version, ~mine.no_rating, mine.attached == ""]
    found += [mine.evidence_quality == first.evidence_quality for mine in tables[1:]]
    return and_(*found)


def _words_of(judged: Columns) -> ColumnElement[str]:
    """Return a judgement in words, empty where there is none."""
    reason = case((judged.reason == "", ""), else_=func.substr(func.ltrim(judged.reason, _BLANK), 1, 1))
    parts = (
        cast(judged.answer_version, String),
        func.coalesce(judged.rating, ""),
        case((judged.no_rating, "1"), else_=""),
        func.coalesce(judged.evidence_quality, ""),
        reason,
        judged.attached,
    )
    return func.coalesce(_joined(parts, _IN_JUDGEMENT), "")


def _joined(parts: Sequence[ColumnElement[str]], between: str) -> ColumnElement[str]:
    return reduce(lambda before, part: before.concat(between).concat(part), parts)


def _judged_in(words: str, question_id: str, seat: Seat) -> Moderation:
    answer_version, rating, no_rating, quality, reason, attached = words.split(_IN_JUDGEMENT)
    return Moderation(
        question_id=question_id,
        seat=seat,
        rating=rating or None,
        no_rating=bool(no_rating),
        evidence_quality=EvidenceQuality(quality) if quality else None,
        reason=reason,
        answer_version=int(answer_version),
        attached=evidence_in(attached),
        version=1,
    )
