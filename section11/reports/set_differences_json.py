"""Differences between two sets as plain data for JSON."""

from __future__ import annotations

from typing import Any

from section11.domain.crosswalks import LinkKind
from section11.domain.standards import StandardsSet
from section11.reports.definition_changes import Change
from section11.reports.set_differences import QuestionDifference, SetDifferences, StandardDifference

Json = dict[str, Any]


def set_differences_json(differences: SetDifferences) -> Json:
    """Return the differences as dictionaries, lists, texts and numbers, ready for ``json.dumps``.

    ``counts`` of kinds are links: a split counts once, whatever it became. Changes of a question do not
    repeat its text. ``kind`` is "new" where nothing in the set before stands for the question.
    """
    crosswalk = differences.crosswalk
    return {
        "from": _set(crosswalk.before),
        "to": _set(crosswalk.after),
        "counts": {kind.value: sum(link.kind is kind for link in crosswalk.links) for kind in LinkKind}
        | {
            "new": len(crosswalk.new),
            "dropped": len(crosswalk.dropped),
            "unchanged": sum(question.is_unchanged for question in differences.questions),
            "comparable": sum(question.is_comparable for question in differences.questions),
        },
        "changes": [_change(change) for change in differences.changes],
        "standards": [_standard(standard) for standard in differences.standards],
        "standards_removed": [{"id": one.id, "title": one.title} for one in differences.standards_removed],
        "dropped": [{"id": one.id, "text": one.text} for one in differences.dropped],
        "arrangements": [
            {
                "key": one.key,
                "title": one.title,
                "in_from": one.in_before,
                "in_to": one.in_after,
                "tested_by_from": list(one.tested_before),
                "tested_by_to": list(one.tested_after),
            }
            for one in differences.arrangements
        ],
    }


def _set(standards_set: StandardsSet) -> Json:
    return {
        "id": standards_set.id,
        "title": standards_set.title,
        "version": standards_set.version,
        "scale": standards_set.scale.id,
        "questions": len(standards_set.questions_by_id),
    }


def _standard(difference: StandardDifference) -> Json:
    return {
        "id": difference.standard.id,
        "title": difference.standard.title,
        "new": difference.is_new,
        "changes": [_change(change) for change in difference.changes],
        "questions": [_question(question) for question in difference.questions],
    }


def _question(difference: QuestionDifference) -> Json:
    return {
        "id": difference.question.id,
        "kind": difference.kind.value if difference.kind else "new",
        "text": difference.question.text,
        "comparable": difference.is_comparable,
        "breaks": [one.value for one in difference.breaks],
        "note": difference.note,
        "beside": list(difference.beside),
        "from": [
            {
                "id": one.question.id,
                "text": one.question.text,
                "changes": [_change(change) for change in one.changes],
            }
            for one in difference.predecessors
        ],
    }


def _change(change: Change) -> Json:
    return {"what": change.what, "from": change.before, "to": change.after}
