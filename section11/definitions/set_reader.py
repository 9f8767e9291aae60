"""Reading a standards set from its folder, with every fault found in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from section11.definitions.far_reading import FarReading, Fault, read_far
from section11.definitions.question_faults import SET_FILE, Surroundings, faults_of_question
from section11.definitions.scales import ReadScales
from section11.definitions.schema import QuestionDefinition, SetDefinition, StandardDefinition
from section11.definitions.set_faults import Head, Standards, faults_of_set, lists_its_files
from section11.definitions.yaml_lines import read_yaml
from section11.domain.scales import RatingScale
from section11.domain.standards import Question, Reference, Standard, StandardsSet, Thresholds
from section11.errors import Problem


@dataclass(frozen=True)
class ReadSet:
    """What a folder says as far as it can be read, its problems, and where things stand.

    ``draft`` is for comparing only: None when not even that much can be read, and not ``is_whole`` when a standard
    is left out of it. Places are ``path:line``: of each
    standard and question by its id, of keys in ``set.yaml``, and of the scale's ratings in ``scales.yaml``.
    """

    draft: StandardsSet | None
    is_whole: bool
    problems: tuple[Problem, ...]
    place_by_id: Mapping[str, str]
    place_of_version: str
    place_of_scale: str
    place_of_ratings: str

    @property
    def standards_set(self) -> StandardsSet | None:
        """The set, or None when it has faults."""
        return None if self.problems else self.draft


def read_set(folder: Path, scales: ReadScales, organisation_types: frozenset[str]) -> ReadSet:
    """Read the set in a folder: ``set.yaml`` and the standard files it lists."""
    head = read_far(read_yaml(folder / SET_FILE), SetDefinition)
    standards = [read_far(read_yaml(folder / name), StandardDefinition) for name in _file_names(folder, head)]
    definition = head.definition
    scale = scales.by_id.get(definition.scale) if definition else None
    around = Surroundings(
        scale=scale,
        arrangements=definition.arrangements if definition and not head.is_faulty(("arrangements",)) else None,
        references=definition.references if definition and not head.is_faulty(("references",)) else None,
        organisation_types=organisation_types,
    )
    problems = _problems(head, faults_of_set(head, folder, scales, standards))
    place_by_id: dict[str, str] = {}
    for one in standards:
        problems += _problems(one, _faults_of_standard(one, around, place_by_id))
    return ReadSet(
        draft=_set(definition, scale, standards) if definition and scale else None,
        is_whole=all(one.definition for one in standards),
        problems=tuple(problems),
        place_by_id=place_by_id,
        place_of_version=head.file.place(("version",)),
        place_of_scale=head.file.place(("scale",)),
        place_of_ratings=scales.place(definition.scale) if definition else "",
    )


def _problems(reading: FarReading[Any], faults: Iterable[Fault]) -> list[Problem]:
    """Return the problems of one file, from its first line to its last."""
    return sorted(
        [*reading.problems, *reading.further(faults)], key=lambda problem: int(problem.place.rpartition(":")[2])
    )


def _file_names(folder: Path, head: Head) -> Sequence[str]:
    """Return the standard files; all there are, where ``set.yaml`` is there but its list cannot be read."""
    if head.definition is not None and lists_its_files(head):
        return head.definition.standards
    if not (folder / SET_FILE).is_file():
        return []
    return sorted(path.name for path in folder.glob("*.yaml") if path.name != SET_FILE)


def _faults_of_standard(
    one: FarReading[StandardDefinition], around: Surroundings, place_by_id: dict[str, str]
) -> Iterator[Fault]:
    if one.definition is None:
        return
    yield from _seen_twice(one, ("id",), one.definition.id, place_by_id)
    for index, question in enumerate(one.definition.questions):
        at = ("questions", index)
        yield from _seen_twice(one, (*at, "id"), question.id, place_by_id)
        yield from faults_of_question(at, question, around)


def _seen_twice(
    one: FarReading[StandardDefinition], at: tuple[str | int, ...], found: str, place_by_id: dict[str, str]
) -> Iterator[Fault]:
    alike = next((one for one in place_by_id if _plain_id(one) == _plain_id(found)), None)
    if found in place_by_id:
        yield at, f'The id "{found}" is used twice, first at {place_by_id[found]}. Give this one another.'
    elif alike is not None:
        message = f'The id "{found}" is too much like "{alike}" at {place_by_id[alike]}. Give this one another.'
        yield at, message
    elif not one.is_faulty(at):
        place_by_id[found] = one.file.place(at)


def _plain_id(found: str) -> str:
    """Return an id without what people do not tell apart when they speak of it, and addresses do not either."""
    return found.replace(".", "-").casefold()


def _standard(definition: StandardDefinition) -> Standard:
    return Standard(
        id=definition.id,
        title=definition.title,
        summary=definition.summary.strip(),
        questions=tuple(_question(question) for question in definition.questions),
    )


def _question(definition: QuestionDefinition) -> Question:
    return Question(
        id=definition.id,
        text=definition.text,
        type=definition.type,
        unit=definition.unit,
        least=definition.least,
        most=definition.most,
        choices={choice.key: choice.label for choice in definition.choices},
        optional=definition.optional,
        help=definition.help.strip(),
        essential=definition.essential,
        descriptors=dict(definition.descriptors),
        arrangements=tuple(definition.arrangements),
        references=tuple(definition.references),
        evidence_prompts=tuple(definition.evidence),
        impact_prompt=definition.impact.strip(),
        asked_of=frozenset(definition.asked_of),
        not_asked_of=frozenset(definition.not_asked_of),
    )


def _set(definition: SetDefinition, scale: RatingScale, standards: Standards) -> StandardsSet:
    return StandardsSet(
        id=definition.id,
        title=definition.title,
        version=definition.version,
        summary=definition.summary.strip(),
        scale=scale,
        duties=tuple(definition.duties),
        thresholds=Thresholds(definition.thresholds.strong_from_percent, definition.thresholds.weak_below_percent),
        arrangements=dict(definition.arrangements),
        references={
            key: Reference(key, reference.title, reference.url) for key, reference in definition.references.items()
        },
        standards=tuple(_standard(one.definition) for one in standards if one.definition is not None),
    )
