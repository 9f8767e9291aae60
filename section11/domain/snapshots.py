"""What was signed: the content of a return as canonical JSON with its SHA-256, kept for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from section11.domain.answers import Action, ActionsByQuestion, Answer, AnswersByQuestion, Marker
from section11.domain.assessments import Assessment
from section11.domain.audit import AuditEvent
from section11.domain.erased_events import is_emptied
from section11.domain.evidence import EvidenceItem
from section11.domain.standards import Question
from section11.domain.uk_time import long_date, uk_date
from section11.domain.workflow import Move


@dataclass(frozen=True, slots=True)
class SignedSnapshot:
    """One sign-off: ``number`` counts from 1 within the assessment, ``content`` is what ``content_of`` returned."""

    assessment_id: str
    number: int
    at: datetime
    by: str
    post: str
    """The signer's post, as it was then."""
    declaration: str
    content: str
    sha256: str

    @property
    def words(self) -> str:
        """What is printed on a copy of what was signed."""
        return f"Signed {long_date(uk_date(self.at))} by {self.post}; SHA-256 {self.sha256}"

    def answers(self) -> dict[str, Answer]:
        """Return the signed answers by question id, without versions and authors."""
        return {one["question"]: _answer(one) for one in json.loads(self.content)["answers"]}

    def actions(self) -> dict[str, Action]:
        """Return the signed actions by question id."""
        return {one["question"]: _action(one) for one in json.loads(self.content)["actions"]}

    def evidence(self) -> dict[str, tuple[SignedEvidence, ...]]:
        """Return the files and links that stood under the answers, by question id."""
        found: dict[str, tuple[SignedEvidence, ...]] = {}
        for one in json.loads(self.content)["evidence"]:
            kept = SignedEvidence(one["item"], one["revision"])
            found[one["question"]] = (*found.get(one["question"], ()), kept)
        return found


@dataclass(frozen=True, slots=True)
class SignedEvidence:
    """A piece of evidence by its id, in the revision that was signed."""

    item_id: str
    revision: int


def content_of(
    assessment: Assessment,
    questions: Iterable[Question],
    answers: AnswersByQuestion,
    actions: ActionsByQuestion,
    evidence: Mapping[str, Sequence[EvidenceItem]],
) -> str:
    """Return what a return says as canonical JSON: equal returns give equal text.

    ``questions`` are those asked; what is stored under others is not part of the return. Who wrote an answer and
    when is in the audit trail and not in here.
    """
    ids = sorted(question.id for question in questions)
    said = [(one, answers[one]) for one in ids if one in answers and not answers[one].is_empty]
    attached = [(one, item) for one in ids for item in sorted(evidence.get(one, ()), key=lambda item: item.id)]
    promised = [(one, actions[one]) for one in ids if one in actions and not actions[one].is_empty]
    content = {
        "cycle": assessment.cycle_id,
        "organisation": assessment.organisation_id,
        "organisation_type": assessment.organisation_type,
        "set_sha256": assessment.set_sha256,
        "answers": [
            {
                "question": question_id,
                "rating": one.rating,
                "value": one.value,
                "marker": one.marker.value if one.marker else None,
                "reason": one.reason,
                "evidence": one.evidence,
                "impact": one.impact,
                "carried_from": one.carried_from,
            }
            for question_id, one in said
        ],
        "actions": [
            {
                "question": question_id,
                "what": one.what,
                "owner": one.owner,
                "due": one.due.isoformat() if one.due else None,
            }
            for question_id, one in promised
        ],
        # By its content and not by its title, which may be put in better words at any time.
        "evidence": [
            {
                "question": question_id,
                "item": item.id,
                "revision": item.latest.number,
                "sha256": item.latest.sha256,
                "url": item.latest.url,
            }
            for question_id, item in attached
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(content: str) -> str:
    # Half a character, as a damaged paste can leave, has no bytes of its own.
    return hashlib.sha256(content.encode(errors="surrogatepass")).hexdigest()


def faults_in_signed(stream: str, events: Iterable[AuditEvent], kept: Iterable[SignedSnapshot]) -> list[str]:
    """Return what is wrong with what was signed in one stream, beside the events that tell of it.

    Finds a signed version that was changed, removed or added. Sign-offs of the time before signed versions were kept
    name no SHA-256 and are passed over.
    """
    told = dict(enumerate(filter(is_kept_sign_off, events), start=1))
    found = {one.number: one for one in kept}
    faults = []
    for number in sorted(told.keys() | found.keys()):
        event, snapshot = told.get(number), found.get(number)
        if event is None:
            faults.append(f"{stream}: no event tells of signed version {number}.")
        elif is_emptied(event):
            if snapshot is not None:
                faults.append(
                    f"{stream}: signed version {number} is there, but event {event.number} says it was erased."
                )
        elif snapshot is None:
            faults.append(f"{stream}: signed version {number} is missing; event {event.number} tells of it.")
        elif not _is_what_was_signed(snapshot, event):
            faults.append(f"{stream}: signed version {number} is not what was signed in event {event.number}.")
    return faults


def is_kept_sign_off(event: AuditEvent) -> bool:
    """Return whether an event tells of a sign-off whose content is kept as a snapshot."""
    return event.name == Move.SIGN_OFF.value and "sha256" in event.details


def _is_what_was_signed(snapshot: SignedSnapshot, event: AuditEvent) -> bool:
    hashes = {snapshot.sha256, sha256_of(snapshot.content)}
    return (hashes, snapshot.declaration, snapshot.by, snapshot.at) == (
        {event.details["sha256"]},
        event.details["declaration"],
        event.actor,
        event.at,
    )


def _answer(one: dict[str, Any]) -> Answer:
    return Answer(
        question_id=one["question"],
        rating=one["rating"],
        value=one["value"],
        marker=Marker(one["marker"]) if one["marker"] else None,
        reason=one["reason"],
        evidence=one["evidence"],
        impact=one["impact"],
        carried_from=one["carried_from"],
    )


def _action(one: dict[str, Any]) -> Action:
    due = date.fromisoformat(one["due"]) if one["due"] else None
    return Action(question_id=one["question"], what=one["what"], owner=one["owner"], due=due)
