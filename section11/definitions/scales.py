"""Reading the rating scales from ``standards/scales.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import RootModel

from section11.definitions.far_reading import Fault, read_far
from section11.definitions.offered_faults import faults_of_offered
from section11.definitions.schema import ScaleDefinition
from section11.definitions.yaml_lines import YamlFile, read_yaml
from section11.domain.scales import Rating, RatingScale, Tone
from section11.errors import Problem


class ScalesDefinition(RootModel[dict[str, ScaleDefinition]]):
    """Every scale by its id."""


@dataclass(frozen=True)
class ReadScales:
    """The scales by id, None for one that has faults; empty when the file cannot be read."""

    file: YamlFile
    by_id: Mapping[str, RatingScale | None]
    problems: tuple[Problem, ...]

    def place(self, scale_id: str) -> str:
        return self.file.place((scale_id, "ratings"))


def read_scales(path: Path) -> ReadScales:
    """Read every scale, and find the faults of the file."""
    reading = read_far(read_yaml(path), ScalesDefinition)
    if reading.definition is None:
        return ReadScales(reading.file, {}, reading.problems)
    faults = list(_faults(reading.definition))
    problems = (*reading.problems, *reading.further(faults))
    faulty = {place[0] for place in reading.faulty} | {place[0] for place, _ in faults}
    scales = {
        scale_id: None if scale_id in faulty else _scale(scale_id, scale)
        for scale_id, scale in reading.definition.root.items()
    }
    return ReadScales(reading.file, scales, problems)


def _faults(definition: ScalesDefinition) -> Iterator[Fault]:
    for scale_id, scale in definition.root.items():
        for index, key, message in faults_of_offered([(one.key, one.label) for one in scale.ratings], "rating"):
            yield (scale_id, "ratings", index, key), message


def _scale(scale_id: str, definition: ScaleDefinition) -> RatingScale:
    return RatingScale(
        id=scale_id,
        title=definition.title,
        ratings=tuple(
            Rating(rating.key, rating.label, rating.meaning, Tone(rating.tone)) for rating in definition.ratings
        ),
        not_applicable_words=tuple(word.lower() for word in definition.not_applicable_words),
    )
