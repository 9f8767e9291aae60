"""Actions with what they belong to, and with what was reported about them, as lists show them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from section11.domain.actions import ActionUpdate, TrackedAction
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import Person
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.uk_time import uk_date
from section11.services.office import Office, frozen_set
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ActionLine:
    """An action with what it belongs to. ``updates`` come with the latest first, beside who reported them."""

    action: TrackedAction
    organisation: Organisation
    cycle: Cycle
    standards_set: StandardsSet
    standard: Standard
    question: Question
    is_overdue: bool
    updates: tuple[tuple[ActionUpdate, str], ...] = ()
    may_change: bool = False


def lines_of(
    office: Office,
    work: UnitOfWork,
    actions: Iterable[TrackedAction],
    organisations: Mapping[str, Organisation],
    cycles: Mapping[str, Cycle],
    sets_by_assessment_id: Mapping[str, tuple[str, str]],
    changeable: Container[str] = (),
) -> list[ActionLine]:
    """Return actions with what they belong to; ``sets_by_assessment_id`` has (cycle id, SHA-256 of the set).

    ``changeable`` are the cycles whose actions the person may do something about.
    """
    today = uk_date(office.clock())
    lines = []
    for action in actions:
        cycle_id, sha256 = sets_by_assessment_id[action.assessment_id]
        standards_set = frozen_set(work, sha256)
        lines.append(
            ActionLine(
                action=action,
                organisation=organisations[action.organisation_id],
                cycle=cycles[cycle_id],
                standards_set=standards_set,
                standard=standards_set.standard_by_question_id[action.question_id],
                question=standards_set.questions_by_id[action.question_id],
                is_overdue=action.is_overdue(today),
                may_change=cycle_id in changeable,
            )
        )
    return lines


def with_updates(work: UnitOfWork, lines: Sequence[ActionLine]) -> list[ActionLine]:
    """Return the lines with what was reported about each, and the post or name of who did."""
    updates = work.actions.updates_of(line.action.id for line in lines)
    people = work.accounts.people_by_id({one.by for found in updates.values() for one in found})
    return [
        replace(line, updates=tuple((one, _who(people, one.by)) for one in updates.get(line.action.id, ())))
        for line in lines
    ]


def _who(people: Mapping[str, Person], person_id: str) -> str:
    person = people.get(person_id)
    return "somebody" if person is None else person.post or person.name
