"""Standards sets: the published questions, with a version, as one organisation is asked them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from section11.domain.scales import RatingScale

RATING = "rating"
"""The type of a question that is answered with a rating; ``question_types`` has the others."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source a question rests on, as it is printed, with a web address where there is one."""

    key: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked. The id never changes between editions; the words may.

    ``unit``, ``least`` and ``most`` belong to numbers, ``choices`` (words by key) to choices. An ``optional``
    question may be left without an answer.
    """

    id: str
    text: str
    descriptors: Mapping[str, str]
    """What each rating means for this question, by rating key; empty unless it is rated."""
    arrangements: tuple[str, ...]
    type: str = RATING
    unit: str = ""
    least: float | None = None
    most: float | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    optional: bool = False
    help: str = ""
    essential: bool = False
    references: tuple[str, ...] = ()
    evidence_prompts: tuple[str, ...] = ()
    impact_prompt: str = ""
    asked_of: frozenset[str] = frozenset()
    """Organisation types that are asked; empty means all."""
    not_asked_of: frozenset[str] = frozenset()

    @property
    def is_rated(self) -> bool:
        return self.type == RATING

    def is_asked_of(self, organisation_type: str) -> bool:
        """Return whether an organisation of this type is asked the question."""
        if organisation_type in self.not_asked_of:
            return False
        return not self.asked_of or organisation_type in self.asked_of


@dataclass(frozen=True, slots=True)
class Standard:
    """One numbered standard and its questions, in order."""

    id: str
    title: str
    questions: tuple[Question, ...]
    summary: str = ""

    @property
    def rated_questions(self) -> tuple[Question, ...]:
        """The questions that make its result; the others ask for numbers and facts."""
        return tuple(question for question in self.questions if question.is_rated)

    @property
    def number(self) -> str:
        """The number people call it by: its id without the S; empty where nothing in it is rated."""
        return self.id.removeprefix("S") if self.rated_questions else ""

    @property
    def heading(self) -> str:
        """``1. Leadership``, or the title alone where nothing in it is rated."""
        return f"{self.number}. {self.title}" if self.number else self.title

    def questions_for(self, organisation_type: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_asked_of(organisation_type))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a standard's result is called strong or weak, in percent of questions at the best rating."""

    strong_from_percent: float = 80.0
    weak_below_percent: float = 50.0


@dataclass(frozen=True)
class StandardsSet:
    """A complete, versioned question set with its scale."""

    id: str
    title: str
    version: str
    scale: RatingScale
    standards: tuple[Standard, ...]
    summary: str = ""
    duties: tuple[str, ...] = ()
    arrangements: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)
    thresholds: Thresholds = Thresholds()

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.all_questions()}

    @cached_property
    def standard_by_question_id(self) -> dict[str, Standard]:
        return {question.id: standard for standard in self.standards for question in standard.questions}

    @cached_property
    def standard_id_by_question_id(self) -> dict[str, str]:
        return {question_id: standard.id for question_id, standard in self.standard_by_question_id.items()}

    @cached_property
    def rated_standards(self) -> tuple[Standard, ...]:
        """The standards that have a result."""
        return tuple(standard for standard in self.standards if standard.rated_questions)

    @cached_property
    def rated_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.all_questions() if question.is_rated)

    @cached_property
    def questions_by_arrangement(self) -> dict[str, tuple[Question, ...]]:
        """The rated questions that test each arrangement, by its key, in the order the set lists arrangements.

        A question that tests two is in both. Arrangements that no rated question tests are left out.
        """
        found: dict[str, list[Question]] = {key: [] for key in self.arrangements}
        for question in self.rated_questions:
            for key in dict.fromkeys(question.arrangements):
                found.setdefault(key, []).append(question)
        return {key: tuple(questions) for key, questions in found.items() if questions}

    def all_questions(self) -> Iterator[Question]:
        for standard in self.standards:
            yield from standard.questions

    def questions_for(self, organisation_type: str) -> tuple[Question, ...]:
        """Return every question an organisation of this type is asked, in order."""
        if organisation_type not in self._questions_by_type:
            asked = tuple(question for question in self.all_questions() if question.is_asked_of(organisation_type))
            self._questions_by_type[organisation_type] = asked
        return self._questions_by_type[organisation_type]

    @cached_property
    def _questions_by_type(self) -> dict[str, tuple[Question, ...]]:
        return {}

    def standards_for(self, organisation_type: str) -> tuple[Standard, ...]:
        """Return the standards with only the questions an organisation of this type is asked; none is empty."""
        kept = (replace(standard, questions=standard.questions_for(organisation_type)) for standard in self.standards)
        return tuple(standard for standard in kept if standard.questions)

    def standard(self, standard_id: str) -> Standard | None:
        for standard in self.standards:
            if standard.id == standard_id:
                return standard
        return None
