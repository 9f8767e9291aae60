"""What can be wrong with one question of a set: what it points at, and what its type asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from section11.definitions.schema import QuestionDefinition, SetDefinition
from section11.definitions.yaml_lines import YamlFile
from section11.domain.question_types import QUESTION_TYPES
from section11.domain.scales import RatingScale
from section11.domain.standards import RATING
from section11.errors import Problem

SET_FILE = "set.yaml"

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Surroundings:
    """What questions may point at."""

    scale: RatingScale
    definition: SetDefinition
    organisation_types: frozenset[str]


def faults_of_question(
    file: YamlFile, at: Place, question: QuestionDefinition, around: Surroundings
) -> Iterator[Problem]:
    """Find every fault of a question; ``at`` is its place in the file."""
    if question.type not in QUESTION_TYPES:
        message = f'"{question.type}" is not a type of question. Choose one of: {", ".join(QUESTION_TYPES)}.'
        yield file.problem((*at, "type"), message)
        return
    if question.type == RATING:
        yield from _faults_of_descriptors(file, at, question, around)
    yield from _keys_of_other_types(file, at, question)
    if question.type == "number" and not question.unit.strip():
        message = f"Question {question.id} has no unit. Say what is counted, for example unit: people."
        yield file.problem((*at, "type"), message)
    if question.type == "choice":
        yield from _faults_of_choices(file, at, question)
    if question.least is not None and question.most is not None and question.least > question.most:
        yield file.problem((*at, "least"), f"The least of question {question.id} is more than its most. Correct one.")
    yield from _faults_of_keys(file, at, question, around)


def _faults_of_descriptors(
    file: YamlFile, at: Place, question: QuestionDefinition, around: Surroundings
) -> Iterator[Problem]:
    for rating in around.scale.ratings:
        if rating.key not in question.descriptors:
            message = f'Question {question.id} has no descriptor for "{rating.key}" ({rating.label}). Add one.'
            yield file.problem((*at, "descriptors"), message)
    for key in question.descriptors:
        if key not in around.scale.keys:
            message = f'"{key}" is not a rating of the scale. Use: {", ".join(around.scale.keys)}.'
            yield file.problem((*at, "descriptors", key), message)


_TYPES_BY_KEY = {
    "descriptors": (RATING,),
    "impact": (RATING,),
    "essential": (RATING,),
    "evidence": (RATING,),
    "unit": ("number",),
    "least": ("number",),
    "most": ("number",),
    "choices": ("choice",),
}
"""Keys that only some types of question have."""


def _keys_of_other_types(file: YamlFile, at: Place, question: QuestionDefinition) -> Iterator[Problem]:
    for key, types in _TYPES_BY_KEY.items():
        if key in question.model_fields_set and question.type not in types:
            message = f'"{key}" belongs to questions of type {types[0]}; this one is {question.type}. Take it away.'
            yield file.problem((*at, key), message)


def _faults_of_choices(file: YamlFile, at: Place, question: QuestionDefinition) -> Iterator[Problem]:
    if len(question.choices) < 2:
        yield file.problem((*at, "type"), f"Question {question.id} needs at least two choices. Add them.")
    seen: set[str] = set()
    for index, choice in enumerate(question.choices):
        if choice.key in seen:
            message = f'The choice "{choice.key}" stands here twice. Give this one another key.'
            yield file.problem((*at, "choices", index, "key"), message)
        seen.add(choice.key)


def _faults_of_keys(file: YamlFile, at: Place, question: QuestionDefinition, around: Surroundings) -> Iterator[Problem]:
    for index, key in enumerate(question.arrangements):
        if key not in around.definition.arrangements:
            message = f'The arrangement "{key}" is not listed in {SET_FILE}. Add it there, or correct it here.'
            yield file.problem((*at, "arrangements", index), message)
    for index, key in enumerate(question.references):
        if key not in around.definition.references:
            message = f'The reference "{key}" is not listed in {SET_FILE}. Add it there, or correct it here.'
            yield file.problem((*at, "references", index), message)
    for field, types in (("asked_of", question.asked_of), ("not_asked_of", question.not_asked_of)):
        for index, key in enumerate(types):
            if key not in around.organisation_types:
                message = f'"{key}" is not an organisation type. The types are listed in orgs/types.yaml.'
                yield file.problem((*at, field, index), message)
