"""The figures of what is released as plain data; null stands where something is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from section11.reports.dashboard_json import promises_totals_json, signed_day_json, trends_json
from section11.reports.json_parts import rounded, tally_json
from section11.reports.released_figures import GroupRate, ReleasedFigures, ReleasedOfSet
from section11.reports.selection import RatingsBy
from section11.reports.tally import Tally
from section11.reports.trend import Trend
from section11.reports.withholding import SMALLEST_GROUP

Json = dict[str, Any]


def released_json(figures: ReleasedFigures, trends: Mapping[RatingsBy, Sequence[Trend]]) -> Json:
    """Return everything that is shown of the released returns, ready for ``json.dumps``.

    ``groups`` have the same keys in ``rates`` and in each set; the first is of all. A tally is null where nothing
    of it may be shown, and what is withheld is in no other number either.
    """
    return {
        "taken_at": figures.taken_at.isoformat(),
        "from": {
            "partnership": figures.partnership_name,
            "cycle": figures.cycle.id,
            "returns_expected": figures.expected,
            "returns_released": figures.released,
            "smallest_group": SMALLEST_GROUP,
        },
        "rates": [_rate(one) for one in figures.rates],
        "signed_by_day": [signed_day_json(day) for day in figures.signed_days],
        "sets": [_set(one) for one in figures.sets],
        "actions": {
            **asdict(figures.actions.total),
            "by_standard": [
                {"set": row.set_id, "standard": row.standard_id, "heading": row.heading, **asdict(row.totals)}
                for row in figures.actions.standards
            ],
        },
        "promises": promises_totals_json(figures.promises),
        "trends": {ratings_by.value: trends_json(found) for ratings_by, found in trends.items()},
    }


def _rate(one: GroupRate) -> Json:
    return {
        "group": one.key,
        "title": one.title,
        "expected": one.rate.expected,
        "returned": one.rate.returned,
        "returned_percent": rounded(one.rate.returned_percent),
        "outstanding": one.rate.outstanding,
        "late": one.rate.late,
        "overdue": one.rate.overdue,
        "released": one.released,
    }


def _set(one: ReleasedOfSet) -> Json:
    return {
        "id": one.standards_set.id,
        "version": one.standards_set.version,
        "title": one.standards_set.title,
        "returns_released": one.returns,
        "groups": [
            {"key": group.key, "title": group.title, "organisations": group.organisations} for group in one.groups
        ],
        "withheld_questions": {by.value: sorted(ids) for by, ids in one.withheld.items()},
        "ratings": {by.value: [_group(one, by, group.key) for group in one.groups] for by in RatingsBy},
    }


def _group(one: ReleasedOfSet, ratings_by: RatingsBy, group: str) -> Json:
    found = one.standards_set
    return {
        "group": group,
        "total": _tally(one.total(ratings_by, group)),
        "standards": [
            {"id": each.id, **_counted(one.tally(ratings_by, group, [a.id for a in each.rated_questions]))}
            for each in found.rated_standards
        ],
        "arrangements": [
            {"key": key, **_counted(one.tally(ratings_by, group, [each.id for each in questions]))}
            for key, questions in found.questions_by_arrangement.items()
        ],
        "questions": [
            {"id": each.id, **_counted(one.tally(ratings_by, group, [each.id]))} for each in found.rated_questions
        ],
    }


def _counted(tally: Tally | None) -> Json:
    return {"tally": _tally(tally)}


def _tally(tally: Tally | None) -> Json | None:
    return None if tally is None else tally_json(tally)
