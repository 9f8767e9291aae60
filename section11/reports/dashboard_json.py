"""The dashboards' further figures as plain data: over time, by type, calibration, trends and promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from section11.domain.survey import SurveyShare
from section11.reports.agreement import Agreement
from section11.reports.calibration import CalibrationFigures, Drift
from section11.reports.json_parts import rounded, tally_json
from section11.reports.promises import CyclePromises, Promises
from section11.reports.return_timeline import SignedDay
from section11.reports.selection import Selection
from section11.reports.trend import Trend, TrendLine, TrendPoint, TrendStep
from section11.reports.type_figures import Quartiles, TypeFigures

Json = dict[str, Any]


def selection_json(selection: Selection) -> Json:
    return {
        "partnership": selection.partnership_id or None,
        "types": sorted(selection.types),
        "duties": sorted(one.value for one in selection.duties),
        "ratings": selection.ratings_by.value,
    }


def signed_day_json(day: SignedDay) -> Json:
    return {
        "day": day.day.isoformat(),
        "days_after_due": day.days_after_due,
        "signed": day.signed,
        "signed_so_far": day.signed_so_far,
        "n": day.expected,
        "percent": rounded(day.percent),
    }


def type_json(figures: TypeFigures) -> Json:
    """Return one type: its tallies, and the quartiles of its organisations' shares in each standard."""
    return {
        "type": figures.type_key,
        "title": figures.title,
        "returns_expected": figures.returns_expected,
        "returns_counted": figures.returns_counted,
        "total": tally_json(figures.total),
        "standards": [
            {"id": key, **tally_json(tally), "quartiles": quartiles_json(figures.spread.quartiles.get(key))}
            for key, tally in figures.standards.items()
        ],
        "questions": [{"id": key, **tally_json(tally)} for key, tally in figures.questions.items()],
    }


def quartiles_json(found: Quartiles | None) -> Json | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "lower": rounded(found.lower),
        "median": rounded(found.median),
        "upper": rounded(found.upper),
    }


def calibration_json(figures: CalibrationFigures) -> Json:
    """Return self against moderated; ``n`` is higher, same and lower together, steps are rating steps."""
    return {
        "returns": figures.returns,
        "panels": figures.panels,
        "total": _drift(figures.total),
        "standards": [{"id": one.subject_id, **_drift(one)} for one in figures.standards],
        "organisations": [{"assessment": one.subject_id, **_drift(one)} for one in figures.organisations],
        "agreement": _agreement(figures.agreement),
    }


def _drift(one: Drift) -> Json:
    return {
        "n": one.n,
        "higher": one.higher,
        "same": one.same,
        "lower": one.lower,
        "mean_steps": rounded(one.mean_steps),
        "mean_steps_moved": rounded(one.mean_steps_moved),
    }


def _agreement(found: Agreement) -> Json:
    return {
        "n": found.n,
        "same": found.same,
        "same_percent": rounded(found.same_percent),
        "counts": [list(row) for row in found.counts],
        "weighted_kappa": None if found.kappa is None else {key: round(x, 4) for key, x in asdict(found.kappa).items()},
    }


def survey_json(subject: str, share: SurveyShare) -> Json:
    """Return what staff say; a share of fewer than five answers is not told."""
    return {
        "subject": subject,
        "n": share.responses,
        "agree": share.agree if share.is_usable else None,
        "percent": rounded(share.percent) if share.is_usable else None,
        "own_staff": share.is_own,
    }


def trends_json(trends: Sequence[Trend]) -> list[Json]:
    """Return the trend of every set: lines of points, and what lies between each two."""
    return [
        {
            "set": one.standards_set.id,
            "version": one.standards_set.version,
            "lines": [_line(each) for each in one.lines],
        }
        for one in trends
    ]


def _line(line: TrendLine) -> Json:
    return {
        "kind": line.kind.value,
        "id": line.subject_id,
        "title": line.title,
        "points": [_point(one) for one in line.points],
        "steps": [_step(one) for one in line.steps],
    }


def _point(point: TrendPoint) -> Json:
    counted = None if point.tally is None else tally_json(point.tally)
    return {
        "cycle": point.cycle_id,
        "returns_counted": point.returns_counted,
        "percent": rounded(point.percent),
        "tally": counted,
    }


def _step(step: TrendStep) -> Json:
    return {
        "is_break": step.is_break,
        "reasons": list(step.reasons),
        "questions_compared": step.compared,
        "questions": step.asked,
        "percent_before": rounded(step.before),
        "percent_after": rounded(step.after),
    }


def promises_json(promises: CyclePromises) -> Json:
    """Return what became of the actions promised in a cycle; ``n`` is all of them."""
    return {
        "cycle": promises.cycle.id,
        "total": promises_totals_json(promises.kept.total),
        "by_organisation": [
            {"id": one.organisation_id, "name": one.name, **promises_totals_json(one)}
            for one in promises.kept.organisations
        ],
    }


def promises_totals_json(one: Promises) -> Json:
    return {
        **asdict(one.totals),
        "kept": one.kept,
        "kept_percent": rounded(one.kept_percent),
        "kept_on_time": one.on_time,
    }
