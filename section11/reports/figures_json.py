"""Figures as plain data for JSON: stable keys, percentages with two decimals, when taken and from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from section11.domain.answers import AnswerState
from section11.domain.question_types import type_of
from section11.reports.action_figures import ActionFigures
from section11.reports.arrangement_map import ArrangementTotals
from section11.reports.dashboard_json import (
    calibration_json,
    promises_json,
    quartiles_json,
    selection_json,
    signed_day_json,
    survey_json,
    trends_json,
    type_json,
)
from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.json_parts import rounded, tally_json
from section11.reports.moderation_figures import SelfAndModerated
from section11.reports.promises import CyclePromises
from section11.reports.results import Level, Result
from section11.reports.return_rates import ReturnRate
from section11.reports.set_figures import SetFigures
from section11.reports.trend import Trend
from section11.reports.value_figures import ValueFigures

Json = dict[str, Any]


def figures_json(figures: CycleFigures, trends: Sequence[Trend] = (), before: CyclePromises | None = None) -> Json:
    """Return everything in the figures as dictionaries, lists, texts and numbers, ready for ``json.dumps``.

    Percentages are 0 to 100, rounded to two decimals, null where there is nothing to take a share of;
    ``n`` beside them is what they are a share of.

    ``sets`` has the counts and shares of each question set on its own, and in ``moderation`` how moderated ratings
    compare with the organisations' own where moderation is finished; ``n`` there is higher, same and lower together.
    ``arrangement_map`` is over all sets, so it has counts of organisations and no percentages: ``levels`` says how
    many organisations have which result in an arrangement, ``organisations`` is their sum, and ``n`` is how many of
    them are strong, mixed or weak. Each entry of ``organisations`` has its results in the standards of its own set
    and in every arrangement of the map.

    ``actions`` has counts of the actions promised in returns that count: ``n`` is all of them, and ``overdue`` are
    some of the open ones.

    ``from.returns_deleted`` is how many returns of the cycle are gone under the retention rules, and in no figure.

    ``selection`` says which returns all of it is made of. ``trends`` are over the cycles up to this one; ``promises``
    are ``before``, what became of the actions of the cycle before, and null for the first cycle.
    """
    rates = figures.return_rates
    return {
        "taken_at": figures.taken_at.isoformat(),
        "is_demo": figures.is_demo,
        "from": {
            "partnership": figures.partnership_name,
            "cycle": {
                "id": figures.cycle.id,
                "name": figures.cycle.name,
                "audit_name": figures.cycle.audit_name,
                "due": figures.cycle.due.isoformat(),
                "status": figures.cycle.status.value,
            },
            "sets": [_set_source(each) for each in figures.sets],
            "returns_expected": figures.returns_expected,
            "returns_counted": figures.returns_counted,
            "returns_deleted": figures.cycle.removed_returns,
        },
        "selection": selection_json(figures.selection),
        "return_rates": {
            "overall": _rate(rates.overall),
            "signed_by_day": [signed_day_json(day) for day in rates.signed_days],
            "by_type": [
                {"type": row.type_key, "title": row.title, "group": row.group, **_rate(row.rate)}
                for row in rates.by_type
            ],
        },
        "sets": [_set(each) for each in figures.sets],
        "arrangement_map": [_arrangement_totals(each) for each in figures.arrangement_map.arrangements],
        "organisations": [
            _organisation(
                each,
                figures.arrangement_map.rows[each.assessment_id],
                figures.set_of(each),
            )
            for each in figures.organisations
        ],
        "actions": _actions(figures.actions),
        "promises": None if before is None else promises_json(before),
        "trends": trends_json(trends),
    }


def _actions(figures: ActionFigures) -> Json:
    return {
        **asdict(figures.total),
        "by_organisation": [
            {"id": row.organisation_id, "name": row.name, **asdict(row.totals)} for row in figures.organisations
        ],
        "by_standard": [
            {"set": row.set_id, "standard": row.standard_id, "heading": row.heading, **asdict(row.totals)}
            for row in figures.standards
        ],
    }


def _set_source(figures: SetFigures) -> Json:
    return {
        "id": figures.standards_set.id,
        "title": figures.standards_set.title,
        "version": figures.standards_set.version,
        "returns_expected": figures.returns_expected,
        "returns_counted": figures.returns_counted,
    }


def _rate(rate: ReturnRate) -> Json:
    return {
        "expected": rate.expected,
        "started": rate.started,
        "returned": rate.returned,
        "returned_percent": rounded(rate.returned_percent),
        "outstanding": rate.outstanding,
        "late": rate.late,
        "overdue": rate.overdue,
        "by_status": {status.value: count for status, count in rate.by_status.items()},
    }


def _set(figures: SetFigures) -> Json:
    scale = figures.standards_set.scale
    return {
        **_set_source(figures),
        "scale": {
            "id": scale.id,
            "title": scale.title,
            "ratings": [{"key": rating.key, "label": rating.label} for rating in scale.ratings],
        },
        "total": tally_json(figures.total),
        "standards": [
            {
                "id": row.standard_id,
                "title": row.title,
                **tally_json(row.tally),
                "levels": _levels(row.levels),
            }
            for row in figures.standards
        ],
        "questions": [
            {
                "id": row.question_id,
                "standard": row.standard_id,
                "text": row.text,
                "essential": row.essential,
                **tally_json(row.tally),
            }
            for row in figures.questions
        ],
        "arrangements": [
            {
                "key": row.key,
                "title": row.title,
                "questions": list(row.question_ids),
                **tally_json(row.tally),
                "levels": _levels(row.levels),
            }
            for row in figures.arrangements
        ],
        "values": [_value(row) for row in figures.values],
        "moderation": {
            "returns": figures.moderation.returns,
            "total": _compared(figures.moderation.total),
            "questions": [{"id": row.subject_id, **_compared(row)} for row in figures.moderation.questions],
        },
        "calibration": calibration_json(figures.calibration),
        "types": [type_json(one) for one in figures.types],
        "quartiles": {key: quartiles_json(one) for key, one in figures.spread.quartiles.items()},
    }


def _compared(row: SelfAndModerated) -> Json:
    return {
        "n": row.n,
        **{comparison.value: count for comparison, count in row.counts.items()},
        "evidence_quality": {quality.value: count for quality, count in row.qualities.items()},
    }


def _value(figures: ValueFigures) -> Json:
    question = figures.question
    options = type_of(question).options(question)
    return {
        "id": question.id,
        "standard": figures.standard.id,
        "type": question.type,
        "unit": question.unit or None,
        "text": question.text,
        "n": figures.n,
        "choices": [
            {
                "key": key,
                "label": label,
                "count": figures.by_choice[label],
                "percent": rounded(figures.percent(label)),
            }
            for key, label in options.items()
        ],
        "spread": None if figures.spread is None else asdict(figures.spread),
        "earliest": figures.earliest.isoformat() if figures.earliest else None,
        "latest": figures.latest.isoformat() if figures.latest else None,
        **{state.value: count for state, count in figures.states.items() if state is not AnswerState.ANSWERED},
    }


def _levels(levels: Mapping[Level, int]) -> Json:
    return {level.value: count for level, count in levels.items()}


def _arrangement_totals(totals: ArrangementTotals) -> Json:
    return {
        "key": totals.key,
        "title": totals.title,
        "other_titles": dict(totals.other_titles),
        "organisations": totals.organisations,
        "n": totals.n,
        "levels": _levels(totals.levels),
    }


def _organisation(figures: OrganisationFigures, arrangements: Sequence[Result], of_set: SetFigures) -> Json:
    in_type = of_set.type_ranks.get(figures.assessment_id, {})
    in_set = of_set.spread.ranks.get(figures.assessment_id, {})
    return {
        "id": figures.organisation_id,
        "assessment": figures.assessment_id,
        "name": figures.name,
        "type": figures.type_key,
        "set": {"id": figures.set_id, "version": figures.set_version},
        "status": figures.status.value,
        "timing": figures.timing.value,
        "counts": figures.counts,
        "total": None if figures.tally is None else tally_json(figures.tally),
        "standards": [
            {
                **_result(result),
                "rank_in_type": in_type.get(result.subject_id),
                "rank_in_set": in_set.get(result.subject_id),
            }
            for result in figures.standards
        ],
        "arrangements": [_result(result) for result in arrangements],
        "survey": [survey_json(subject, share) for subject, share in figures.survey.items()],
    }


def _result(result: Result) -> Json:
    return {
        "id": result.subject_id,
        "level": result.level.value,
        "percent": rounded(result.percent),
        "n": result.n,
        "lowest_essential": result.lowest_essential,
    }
