"""Reading the rating scales from ``standards/scales.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel

from section11.definitions.fault_words import parsed
from section11.definitions.schema import ScaleDefinition
from section11.definitions.yaml_lines import YamlFile, read_yaml
from section11.domain.scales import Rating, RatingScale, Tone
from section11.errors import Problem


class ScalesDefinition(RootModel[dict[str, ScaleDefinition]]):
    """Every scale by its id."""


def read_scales(path: Path) -> tuple[dict[str, RatingScale], tuple[Problem, ...]]:
    """Return the scales by id, and the faults of the file."""
    file = read_yaml(path)
    definition, problems = parsed(file, ScalesDefinition)
    if definition is None:
        return {}, tuple(problems)
    doubles = tuple(_doubles(file, definition))
    if doubles:
        return {}, doubles
    return {scale_id: _scale(scale_id, scale) for scale_id, scale in definition.root.items()}, ()


def _doubles(file: YamlFile, definition: ScalesDefinition) -> Iterator[Problem]:
    for scale_id, scale in definition.root.items():
        seen: set[str] = set()
        for index, rating in enumerate(scale.ratings):
            if rating.key in seen:
                at = (scale_id, "ratings", index, "key")
                yield file.problem(at, f'The rating "{rating.key}" stands here twice. Give this one another key.')
            seen.add(rating.key)


def _scale(scale_id: str, definition: ScaleDefinition) -> RatingScale:
    return RatingScale(
        id=scale_id,
        title=definition.title,
        ratings=tuple(
            Rating(rating.key, rating.label, rating.meaning, Tone(rating.tone)) for rating in definition.ratings
        ),
        not_applicable_words=tuple(word.lower() for word in definition.not_applicable_words),
    )
