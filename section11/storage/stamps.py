"""Stamps: words that change whenever what they stand for does, put together in the database in one read.

They name every row, so that no two changes can cancel each other out as they could in a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from sqlalchemy import ColumnElement, Connection, Select, String, case, cast, func, select
from sqlalchemy.sql.functions import aggregate_strings

from section11.storage.tables import assessments, memberships, organisations, survey_results


class StampRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_returns(self, cycle_id: str, counted: Sequence[str]) -> str:
        """Return what changes with the type or status of any return of a cycle, and with all else of those counted.

        ``counted`` are statuses. The revision of the others is left out: while people write, nothing changes.
        """
        mine = assessments.c
        revision = case((mine.status.in_(counted), cast(mine.revision, String)), else_="")
        words = _joined([mine.id, mine.organisation_type, mine.status, revision])
        return self._in_one(select(words).where(mine.cycle_id == cycle_id).order_by(mine.id))

    def of_all_in(self, statuses: Sequence[str]) -> str:
        """Return what changes with every return in these statuses, over all cycles."""
        mine = assessments.c
        words = _joined([mine.id, mine.organisation_type, mine.status, cast(mine.revision, String)])
        return self._in_one(select(words).where(mine.status.in_(statuses)).order_by(mine.id))

    def of_members(self, partnership_ids: Iterable[str]) -> str:
        """Return what changes with the members of these partnerships and with anything about one of them."""
        mine, theirs = organisations.c, memberships.c
        words = _joined(
            [
                mine.id,
                mine.type,
                mine.urn,
                mine.ods_code,
                func.coalesce(mine.parent_id, ""),
                cast(mine.is_open, String),
                theirs.partnership_id,
                theirs.duty,
                # A name may hold anything: with its length before it, it is read in one way only.
                cast(func.length(mine.name), String),
                mine.name,
            ]
        )
        here = select(words).join_from(organisations, memberships, theirs.organisation_id == mine.id)
        chosen = here.where(theirs.partnership_id.in_(sorted(partnership_ids)))
        return self._in_one(chosen.order_by(mine.id, theirs.partnership_id))

    def of_survey(self, cycle_id: str) -> str:
        """Return what changes with any result of the staff survey of a cycle."""
        mine = survey_results.c
        key = [mine.partnership_id, mine.organisation_id, mine.subject]
        words = _joined([*key, cast(mine.agree, String), cast(mine.responses, String)])
        return self._in_one(select(words).where(mine.cycle_id == cycle_id).order_by(*key))

    def _in_one(self, words: Select[str]) -> str:
        rows = words.subquery()
        return self._connection.execute(select(aggregate_strings(rows.c[0], "\n"))).scalar_one() or ""


def _joined(parts: Sequence[ColumnElement[str]]) -> ColumnElement[str]:
    return reduce(lambda before, part: before.concat(" ").concat(part), parts)
