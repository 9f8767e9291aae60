"""Freezing a set: canonical JSON and its SHA-256, and the set back from that JSON."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Reference, Standard, StandardsSet, Thresholds


def frozen(standards_set: StandardsSet) -> tuple[str, str]:
    """Return the canonical JSON of a set and its SHA-256: equal sets give equal text.

    Choices are kept as pairs, because their order is part of the question and keys are sorted.
    """
    content = json.dumps(_plain(standards_set), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content, hashlib.sha256(content.encode()).hexdigest()


def thawed(content: str) -> StandardsSet:
    """Return the set that ``frozen`` wrote."""
    data = json.loads(content)
    return StandardsSet(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        summary=data["summary"],
        duties=tuple(data["duties"]),
        scale=_scale(data["scale"]),
        thresholds=Thresholds(**data["thresholds"]),
        arrangements=data["arrangements"],
        references={key: Reference(**reference) for key, reference in data["references"].items()},
        standards=tuple(_standard(standard) for standard in data["standards"]),
    )


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain = {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        if isinstance(value, Question):
            plain["choices"] = [list(pair) for pair in value.choices.items()]
        return plain
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)  # 80 and 80.0 are the same threshold
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def _scale(data: dict[str, Any]) -> RatingScale:
    ratings = tuple(Rating(one["key"], one["label"], one["meaning"], Tone(one["tone"])) for one in data["ratings"])
    return RatingScale(data["id"], data["title"], ratings, tuple(data["not_applicable_words"]))


def _standard(data: dict[str, Any]) -> Standard:
    questions = tuple(
        Question(
            **{
                **question,
                "arrangements": tuple(question["arrangements"]),
                "references": tuple(question["references"]),
                "choices": dict(question.get("choices", ())),
                "evidence_prompts": tuple(question["evidence_prompts"]),
                "asked_of": frozenset(question["asked_of"]),
                "not_asked_of": frozenset(question["not_asked_of"]),
            }
        )
        for question in data["questions"]
    )
    return Standard(data["id"], data["title"], questions, data["summary"])
