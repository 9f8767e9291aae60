"""Reading a standards set from its folder, with every fault found in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from section11.definitions.fault_words import parsed
from section11.definitions.question_faults import SET_FILE, Surroundings, faults_of_question
from section11.definitions.schema import QuestionDefinition, SetDefinition, StandardDefinition
from section11.definitions.yaml_lines import YamlFile, read_yaml
from section11.domain.scales import RatingScale
from section11.domain.standards import Question, Reference, Standard, StandardsSet, Thresholds
from section11.errors import Problem


@dataclass(frozen=True)
class ReadSet:
    """The set, or None when it has faults."""

    standards_set: StandardsSet | None
    problems: tuple[Problem, ...]


def read_set(folder: Path, scales: Mapping[str, RatingScale], organisation_types: frozenset[str]) -> ReadSet:
    """Read the set in a folder: ``set.yaml`` and the standard files it lists."""
    set_file = read_yaml(folder / SET_FILE)
    definition, problems = parsed(set_file, SetDefinition)
    if definition is None:
        return ReadSet(None, tuple(problems))
    scale = scales.get(definition.scale)
    if scale is None:
        message = f'There is no scale "{definition.scale}". Choose one of: {", ".join(sorted(scales))}.'
        return ReadSet(None, (set_file.problem(("scale",), message),))

    around = Surroundings(scale, definition, organisation_types)
    standards: list[Standard] = []
    first_seen: dict[str, str] = {}
    for name in definition.standards:
        file = read_yaml(folder / name)
        standard, faults = parsed(file, StandardDefinition)
        problems += faults
        if standard is not None:
            problems += _faults_of_standard(file, standard, around, first_seen)
            standards.append(_standard(standard))
    if len(standards) == len(definition.standards):  # a file that cannot be read may hold the question that tests it
        problems += _untested_arrangements(set_file, definition, standards)
    if problems:
        return ReadSet(None, tuple(problems))
    return ReadSet(_set(definition, scale, standards), ())


def _faults_of_standard(
    file: YamlFile, standard: StandardDefinition, around: Surroundings, first_seen: dict[str, str]
) -> list[Problem]:
    problems = _seen_twice(file, ("id",), standard.id, first_seen)
    for index, question in enumerate(standard.questions):
        at = ("questions", index)
        problems += _seen_twice(file, (*at, "id"), question.id, first_seen)
        problems += faults_of_question(file, at, question, around)
    return problems


def _seen_twice(file: YamlFile, at: tuple[str | int, ...], found: str, first_seen: dict[str, str]) -> list[Problem]:
    if found in first_seen:
        return [
            file.problem(at, f'The id "{found}" is used twice, first at {first_seen[found]}. Give this one another.')
        ]
    first_seen[found] = file.place(at)
    return []


def _untested_arrangements(file: YamlFile, definition: SetDefinition, standards: list[Standard]) -> list[Problem]:
    tested = {key for standard in standards for question in standard.questions for key in question.arrangements}
    return [
        file.problem(("arrangements", key), f"No question tests the arrangement {key}. Add it to one, or take it away.")
        for key in definition.arrangements
        if key not in tested
    ]


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


def _set(definition: SetDefinition, scale: RatingScale, standards: list[Standard]) -> StandardsSet:
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
        standards=tuple(standards),
    )
