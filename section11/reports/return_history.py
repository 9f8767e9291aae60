"""The whole history of one return as sentences: who did what when, and how each answer read before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from section11.domain.actions import ActionMove
from section11.domain.answers import MARKER_TITLES, Marker
from section11.domain.audit import AuditEvent
from section11.domain.moderation import QUALITY_TITLES, EvidenceQuality
from section11.domain.question_types import value_words
from section11.domain.standards import StandardsSet
from section11.domain.uk_time import long_date
from section11.domain.workflow import Move
from section11.reports.return_changes import ChangedField, changed_field

SAID = {
    Move.START: "began the return",
    Move.SEND_FOR_SIGN_OFF: "sent the return for sign-off",
    Move.TAKE_BACK: "took the return back from sign-off",
    Move.SIGN_OFF: "signed and submitted the return",
    Move.HAND_BACK: "handed the return back",
    Move.RESUME: "went on with the return",
    Move.MODERATE: "finished moderation",
    Move.RELEASE: "released the return to its organisation",
    Move.REOPEN: "opened the return again",
    ActionMove.UPDATE: "reported on the action",
    ActionMove.FINISH: "said that the action is done",
    ActionMove.DROP: "dropped the action",
    ActionMove.REOPEN: "took the action up again",
    ActionMove.VERIFY: "verified the action",
    ActionMove.NOT_YET: "found the action not yet done",
    "answer_saved": "changed the answer",
    "action_saved": "changed the promised action",
    "carried_forward": "carried last time's answers forward",
    "results_imported": "imported past results",
    "return_imported": "imported an Excel return",
    "answers_imported": "imported answers",
    "return_read": "read the return",
    "return_downloaded": "downloaded the return",
    "return_form_downloaded": "downloaded the blank form",
    "history_downloaded": "downloaded what happened",
    "evidence_attached": "attached evidence",
    "evidence_detached": "took evidence off",
    "evidence_opened": "opened evidence",
    "query_asked": "asked",
    "query_replied": "replied",
    "moderator_assigned": "gave the return to a moderator",
    "moderator_taken_off": "took the return back from a moderator",
    "moderation_saved": "changed a judgement",
    "moderator_done": "finished judging",
    "moderations_imported": "imported judgements",
    "letter_downloaded": "downloaded the feedback letter",
    "letter_previewed": "previewed the feedback letter",
    "reminder_sent": "sent a reminder by e-mail",
}
"""What each event says, after who did it. A test compares the table with what services write."""

FOR_SCRUTINY_ALONE = frozenset(
    {
        "moderator_assigned", "moderator_taken_off", "moderation_saved", "moderator_done", "moderations_imported",
        "letter_previewed", Move.MODERATE,
    }
)  # fmt: skip
"""What the organisation does not see: how scrutiny came to what it released."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event. ``fields`` are the things that read differently since; ``note`` is what was said with it."""

    number: int
    at: datetime
    who: str
    said: str
    question_id: str
    note: str
    fields: tuple[ChangedField, ...]
    hash: str


def history_of(
    events: Iterable[AuditEvent], standards_set: StandardsSet, who: Mapping[str, str], *, for_scrutiny: bool
) -> tuple[HistoryEntry, ...]:
    """Return the entries in the order they happened.

    Args:
        who: How each actor is called, by id.
        for_scrutiny: Whether what only scrutiny may see is in it.
    """
    telling = _Telling(standards_set)
    entries = []
    for event in events:
        # Followed through every event, so that a difference is never to something left out.
        fields = tuple(telling.changes(event))
        if event.name in FOR_SCRUTINY_ALONE and not for_scrutiny:
            continue
        details = event.details
        entries.append(
            HistoryEntry(
                number=event.number,
                at=event.at,
                who=who.get(event.actor, event.actor or "Nobody signed in"),
                said=SAID.get(event.name, event.name.replace("_", " ")),
                question_id=str(details.get("question", "")),
                note=_note(event),
                fields=fields,
                hash=event.hash,
            )
        )
    return tuple(entries)


def _note(event: AuditEvent) -> str:
    details = event.details
    if event.name == "return_imported":
        return str(details.get("file", ""))
    if event.name == Move.SIGN_OFF and details.get("sha256"):
        return f"SHA-256 {details['sha256']}" + (", after the due date" if details.get("late") else "")
    said = [details.get(name) for name in ("reason", "words", "completion", "change", "format", "item")]
    about = details.get("questions")
    # An import tells how many there were, everything else which.
    asked = [f"About {', '.join(about)}."] if isinstance(about, list) and about else []
    return " ".join([*(str(one) for one in said if one), *asked])


class _Telling:
    """Follows every value through the events, to say how it read before."""

    def __init__(self, standards_set: StandardsSet) -> None:
        self._set = standards_set
        self._last: dict[tuple[str, str, str], str] = {}

    def changes(self, event: AuditEvent) -> Iterable[ChangedField]:
        details = event.details
        if event.name == "return_imported":
            for question_id, changed in details["changed"].items():
                yield from self._fields(
                    question_id, "", {IMPORTED_AS.get(name, name): changed[name] for name in changed}
                )
        elif event.name in {"answer_saved", "moderation_saved"}:
            yield from self._fields(str(details["question"]), str(details.get("seat", "")), details["changed"])
        elif event.name == "action_saved":
            promise = {name: details.get(name) for name in ("what", "owner", "due")}
            yield from self._fields(str(details["question"]), "", promise)

    def _fields(self, question_id: str, about: str, changed: Mapping[str, Any]) -> Iterable[ChangedField]:
        for name, value in changed.items():
            title = TITLES.get(name, name.replace("_", " ").capitalize())
            now = self._words(question_id, name, value)
            place = (question_id, about, name)
            before = self._last.get(place, "")
            self._last[place] = now
            if now != before:
                yield changed_field(title, before, now)

    def _words(self, question_id: str, name: str, value: Any) -> str:
        if value is None or value == "" or value is False:
            return ""
        question = self._set.questions_by_id.get(question_id)
        if name == "rating":
            return next((one.label for one in self._set.scale.ratings if one.key == value), str(value))
        if name == "marker":
            return MARKER_TITLES[Marker(value)]
        if name == "value" and question is not None:
            return value_words(question, str(value))
        if name == "evidence_quality":
            return QUALITY_TITLES[EvidenceQuality(value)]
        if name == "due":
            return long_date(date.fromisoformat(str(value)))
        return "Yes" if value is True else str(value)


IMPORTED_AS = {"action": "what"}
"""What an import calls a field otherwise than the form."""

TITLES = {
    "rating": "Rating",
    "value": "Answer",
    "marker": "Marked as",
    "reason": "Why",
    "evidence": "Evidence",
    "impact": "Impact on children",
    "what": "Action",
    "owner": "Who will do it",
    "due": "By when",
    "evidence_quality": "Evidence quality",
    "no_rating": "Judged without a rating",
}
