"""What can be wrong with one question of a set: what it points at, and what its type asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from section11.definitions.far_reading import Fault
from section11.definitions.offered_faults import faults_of_offered
from section11.definitions.schema import QuestionDefinition
from section11.definitions.yaml_lines import KeyPath
from section11.domain.question_types import QUESTION_TYPES
from section11.domain.scales import RatingScale
from section11.domain.standards import RATING

SET_FILE = "set.yaml"


@dataclass(frozen=True)
class Surroundings:
    """What questions may point at; None where it has faults of its own, and is not compared with."""

    scale: RatingScale | None
    arrangements: Collection[str] | None
    references: Collection[str] | None
    organisation_types: Collection[str]


def faults_of_question(at: KeyPath, question: QuestionDefinition, around: Surroundings) -> Iterator[Fault]:
    """Find every fault of a question; ``at`` is its place in the file."""
    if question.type in QUESTION_TYPES:
        yield from _faults_of_type(at, question, around)
    else:
        message = f'"{question.type}" is not a type of question. Choose one of: {", ".join(QUESTION_TYPES)}.'
        yield (*at, "type"), message
    yield from _faults_of_keys(at, question, around)


def _faults_of_type(at: KeyPath, question: QuestionDefinition, around: Surroundings) -> Iterator[Fault]:
    yield from _keys_of_other_types(at, question)
    if question.type == RATING and around.scale is not None:
        yield from _faults_of_descriptors(at, question, around.scale)
    if question.type == "number" and not question.unit.strip():
        yield (*at, "unit"), f"Question {question.id} has no unit. Say what is counted, for example unit: people."
    if question.type == "choice":
        yield from _faults_of_choices(at, question)
    if question.least is not None and question.most is not None and question.least > question.most:
        yield (*at, "least"), f"The least of question {question.id} is more than its most. Correct one."


def _faults_of_descriptors(at: KeyPath, question: QuestionDefinition, scale: RatingScale) -> Iterator[Fault]:
    for rating in scale.ratings:
        if rating.key not in question.descriptors:
            message = f'Question {question.id} has no descriptor for "{rating.key}" ({rating.label}). Add one.'
            yield (*at, "descriptors"), message
    for key in question.descriptors:
        if key not in scale.keys:
            message = f'"{key}" is not a rating of the scale. Use: {", ".join(scale.keys)}.'
            yield (*at, "descriptors", key), message


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


def _keys_of_other_types(at: KeyPath, question: QuestionDefinition) -> Iterator[Fault]:
    for key, types in _TYPES_BY_KEY.items():
        if key in question.model_fields_set and question.type not in types:
            message = f'"{key}" belongs to questions of type {types[0]}; this one is {question.type}. Take it away.'
            yield (*at, key), message


def _faults_of_choices(at: KeyPath, question: QuestionDefinition) -> Iterator[Fault]:
    if len(question.choices) < 2:
        yield (*at, "choices"), f"Question {question.id} needs at least two choices. Add them."
    for index, key, message in faults_of_offered([(one.key, one.label) for one in question.choices], "choice"):
        yield (*at, "choices", index, key), message


def _faults_of_keys(at: KeyPath, question: QuestionDefinition, around: Surroundings) -> Iterator[Fault]:
    not_listed = f"is not listed in {SET_FILE}. Add it there, or correct it here."
    for index, key in _strangers(question.arrangements, around.arrangements):
        yield (*at, "arrangements", index), f'The arrangement "{key}" {not_listed}'
    for index, key in _strangers(question.references, around.references):
        yield (*at, "references", index), f'The reference "{key}" {not_listed}'
    for field, types in (("asked_of", question.asked_of), ("not_asked_of", question.not_asked_of)):
        for index, key in _strangers(types, around.organisation_types):
            message = f'"{key}" is not an organisation type. The types are listed in orgs/types.yaml.'
            yield (*at, field, index), message
    yield from _nobody_asked(at, question, around.organisation_types)


def _nobody_asked(at: KeyPath, question: QuestionDefinition, known: Collection[str]) -> Iterator[Fault]:
    asked = set(question.asked_of or known)
    if asked and not asked - set(question.not_asked_of):
        message = f"No type of organisation is left that is asked question {question.id}."
        yield (*at, "not_asked_of"), f"{message} Take a type from this list, or the question away."


def _strangers(keys: Sequence[str], known: Collection[str] | None) -> Iterator[tuple[int, str]]:
    return ((index, key) for index, key in enumerate(keys) if known is not None and key not in known)
