"""The differences between two standards sets, question by question, as their crosswalk links them."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.crosswalks import Crosswalk, LinkKind, TrendBreak
from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.definition_changes import Change, changes_of_question, changes_of_set, changes_of_standard


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A question of the set before beside one that stands for it, with what changed besides its words."""

    question: Question
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class QuestionDifference:
    """A question of the set after; ``kind`` is None if it is new.

    ``beside`` are the other questions that a split one became. ``breaks`` says why results do not compare.
    """

    question: Question
    kind: LinkKind | None
    predecessors: tuple[Predecessor, ...] = ()
    beside: tuple[str, ...] = ()
    breaks: tuple[TrendBreak, ...] = ()
    note: str = ""

    @property
    def is_unchanged(self) -> bool:
        return self.kind is LinkKind.SAME and not any(
            one.changes or one.question.id != self.question.id or one.question.text != self.question.text
            for one in self.predecessors
        )

    @property
    def is_comparable(self) -> bool:
        return self.kind is LinkKind.SAME and not self.breaks


@dataclass(frozen=True, slots=True)
class StandardDifference:
    """A standard of the set after with all its questions; ``is_new`` if the set before had none of its id."""

    standard: Standard
    is_new: bool
    changes: tuple[Change, ...]
    questions: tuple[QuestionDifference, ...]

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.changes and all(question.is_unchanged for question in self.questions)


@dataclass(frozen=True, slots=True)
class ArrangementDifference:
    """An arrangement and the questions that test it in either set, by id; a set may lack the arrangement."""

    key: str
    title: str
    in_before: bool
    in_after: bool
    tested_before: tuple[str, ...]
    tested_after: tuple[str, ...]


@dataclass(frozen=True)
class SetDifferences:
    """Everything in which two sets differ."""

    crosswalk: Crosswalk
    changes: tuple[Change, ...]
    standards: tuple[StandardDifference, ...]
    standards_removed: tuple[Standard, ...]
    dropped: tuple[Question, ...]
    arrangements: tuple[ArrangementDifference, ...]

    @property
    def questions(self) -> tuple[QuestionDifference, ...]:
        return tuple(question for standard in self.standards for question in standard.questions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but, at most, the id, title and version of the set."""
        found = (self.changes, self.standards_removed, self.dropped)
        return not any(found) and all(standard.is_unchanged for standard in self.standards)


def set_differences(crosswalk: Crosswalk) -> SetDifferences:
    """Return every difference between the two sets of a crosswalk."""
    before, after = crosswalk.before, crosswalk.after
    return SetDifferences(
        crosswalk=crosswalk,
        changes=changes_of_set(before, after),
        standards=tuple(_standard(crosswalk, standard) for standard in after.standards),
        standards_removed=tuple(one for one in before.standards if after.standard(one.id) is None),
        dropped=tuple(before.questions_by_id[question_id] for question_id in crosswalk.dropped),
        arrangements=tuple(
            ArrangementDifference(
                key,
                after.arrangements.get(key) or before.arrangements[key],
                key in before.arrangements,
                key in after.arrangements,
                _tested(before, key),
                _tested(after, key),
            )
            for key in {**before.arrangements, **after.arrangements}
        ),
    )


def _tested(standards_set: StandardsSet, arrangement: str) -> tuple[str, ...]:
    return tuple(one.id for one in standards_set.all_questions() if arrangement in one.arrangements)


def _standard(crosswalk: Crosswalk, standard: Standard) -> StandardDifference:
    earlier = crosswalk.before.standard(standard.id)
    return StandardDifference(
        standard,
        is_new=earlier is None,
        changes=() if earlier is None else changes_of_standard(earlier, standard),
        questions=tuple(_question(crosswalk, question) for question in standard.questions),
    )


def _question(crosswalk: Crosswalk, question: Question) -> QuestionDifference:
    match = crosswalk.back(question.id)
    if match.kind is None:
        return QuestionDifference(question, None)
    siblings = crosswalk.onward(match.question_ids[0]).question_ids
    return QuestionDifference(
        question,
        match.kind,
        predecessors=tuple(_predecessor(crosswalk, one, question) for one in match.question_ids),
        beside=tuple(one for one in siblings if one != question.id),
        breaks=match.breaks,
        note=match.note,
    )


def _predecessor(crosswalk: Crosswalk, earlier_id: str, question: Question) -> Predecessor:
    earlier = crosswalk.before.questions_by_id[earlier_id]
    changes = changes_of_question(earlier, question, crosswalk.after)
    left = crosswalk.before.standard_id_by_question_id[earlier_id]
    entered = crosswalk.after.standard_id_by_question_id[question.id]
    if earlier_id == question.id and left != entered:
        changes = (Change("Standard", left, entered), *changes)
    return Predecessor(earlier, changes)
