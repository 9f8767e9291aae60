"""Merging a file into what is stored: what was stored when it was made, what is stored now, what it says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from section11.domain.answers import Action, Answer, Marker

FieldValue = str | Marker | date | bool | None
Saying = tuple[Answer, Action]
"""What is said about one question: the answer and the action that goes with it."""
SayingsByQuestion = Mapping[str, Saying]


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One field of one question that the file would change.

    ``conflict`` means that somebody else changed it too since the file was made: a person chooses.
    For the field ``rating`` the values are a rating's key, a ``Marker`` or None; for ``value``, which questions
    that are not rated have instead, the kept value, a ``Marker`` or None.
    """

    question_id: str
    field: str
    stored: FieldValue
    incoming: FieldValue
    base: FieldValue
    conflict: bool


@dataclass(frozen=True, slots=True)
class _Field:
    read: Callable[[Saying], FieldValue]
    write: Callable[[Saying, FieldValue], Saying]


def _with_answer(saying: Saying, **changes: object) -> Saying:
    """An answer that is changed is no longer merely brought forward."""
    answer, action = saying
    return replace(answer, carried_from=None, **changes), action  # type: ignore[arg-type]


def _with_action(saying: Saying, **changes: object) -> Saying:
    answer, action = saying
    return answer, replace(action, **changes)  # type: ignore[arg-type]


def _with_said(saying: Saying, field: str, said: FieldValue) -> Saying:
    marker = said if isinstance(said, Marker) else None
    return _with_answer(saying, marker=marker, **{field: None if marker else said})


_FIELDS: dict[str, _Field] = {
    "rating": _Field(lambda saying: saying[0].said, lambda saying, said: _with_said(saying, "rating", said)),
    "value": _Field(lambda saying: saying[0].said, lambda saying, said: _with_said(saying, "value", said)),
    "reason": _Field(lambda saying: saying[0].reason, lambda saying, value: _with_answer(saying, reason=value)),
    "evidence": _Field(lambda saying: saying[0].evidence, lambda saying, value: _with_answer(saying, evidence=value)),
    "impact": _Field(lambda saying: saying[0].impact, lambda saying, value: _with_answer(saying, impact=value)),
    "confirmed": _Field(lambda saying: saying[0].carried_from is None, lambda saying, value: _with_answer(saying)),
    "action": _Field(lambda saying: saying[1].what, lambda saying, value: _with_action(saying, what=value)),
    "owner": _Field(lambda saying: saying[1].owner, lambda saying, value: _with_action(saying, owner=value)),
    "due": _Field(lambda saying: saying[1].due, lambda saying, value: _with_action(saying, due=value)),
}
RATED_FIELDS = ("rating", "reason", "evidence", "impact", "confirmed", "action", "owner", "due")
VALUE_FIELDS = ("value", "reason", "confirmed")
ACTION_FIELDS = ("action", "owner", "due")
"""In the order of the form. "confirmed" is True unless the answer was brought forward and nobody confirmed it."""


def merge_returns(
    base: SayingsByQuestion,
    stored: SayingsByQuestion,
    incoming: SayingsByQuestion,
    *,
    not_rated: Container[str] = frozenset(),
) -> list[ProposedChange]:
    """Return what the file would change, in the order of ``incoming`` and then of the form.

    Args:
        base: What was stored when the file was made, by question id.
        stored: What is stored now.
        incoming: What the file says.
        not_rated: The ids of the questions that are answered with a value.

    Nothing is proposed where the file says what is stored already, or what it said when it was made
    (nobody touched it). A question missing from ``base`` or ``stored`` counts as empty there; one missing
    from ``incoming`` is left alone. Line endings and space at the ends of a text make no difference.
    """
    changes: list[ProposedChange] = []
    for question_id, file_saying in incoming.items():
        stored_saying = stored.get(question_id) or _empty(question_id)
        base_saying = base.get(question_id) or _empty(question_id)
        for name in VALUE_FIELDS if question_id in not_rated else RATED_FIELDS:
            field = _FIELDS[name]
            now, new, then = field.read(stored_saying), field.read(file_saying), field.read(base_saying)
            if _same(new, now) or _same(new, then):
                continue
            changes.append(ProposedChange(question_id, name, now, new, then, conflict=not _same(now, then)))
    return changes


def apply_changes(
    stored: SayingsByQuestion, changes: Iterable[ProposedChange], keep_stored: Collection[tuple[str, str]] = ()
) -> dict[str, Saying]:
    """Return the new answer and action of each question that changes; its version stays the stored one.

    Args:
        stored: What is stored now, by question id.
        changes: What ``merge_returns`` proposed.
        keep_stored: (question id, field) of the changes to leave out. Conflicts that are not named here
            take what the file says, so ask first.
    """
    changed: dict[str, Saying] = {}
    for change in changes:
        if (change.question_id, change.field) in keep_stored:
            continue
        question_id = change.question_id
        before = changed.get(question_id) or stored.get(question_id) or _empty(question_id)
        changed[question_id] = _FIELDS[change.field].write(before, change.incoming)
    return changed


def _empty(question_id: str) -> Saying:
    return Answer(question_id), Action(question_id)


def _same(one: FieldValue, other: FieldValue) -> bool:
    return one == other or _comparable(one) == _comparable(other)


def _comparable(value: FieldValue) -> FieldValue:
    if isinstance(value, str) and not isinstance(value, Marker):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return value
