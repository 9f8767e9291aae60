"""What must be true after many people worked on one return in any order.

The audit trail is read again from its beginning, step by step, by rules that are written here once more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from section11.domain.answers import Answer
from section11.domain.moderation import Said, Seat, Standing, standing_of
from section11.domain.workflow import EDITABLE, RETURNED, AssessmentStatus, Move
from section11.services.trail import verify_trail
from tests.services.builders import POLICE_RETURN, events
from tests.services.interleaving import Crowd


def check_that_judgements_are_of_what_was_read(crowd: Crowd) -> None:
    """Check after a round: a judgement holds exactly as long as its moderator read what scrutiny sees now."""
    with crowd.office.store.reading() as work:
        assessment = work.assessments.get(POLICE_RETURN)
        if assessment is None or assessment.status not in RETURNED:
            return
        answers, judgements = work.answers.of_assessment(POLICE_RETURN), work.moderations.of_assessment(POLICE_RETURN)
        seen = work.evidence.signed_of(POLICE_RETURN)
        [signed] = work.signing.latest(POLICE_RETURN, 1)
    assert seen == {key: tuple(sorted(kept, key=lambda one: one.item_id)) for key, kept in signed.evidence().items()}
    assert {key: one.evidence for key, one in signed.answers().items()} == {
        key: one.evidence for key, one in answers.items()
    }
    for seat in (Seat.FIRST, Seat.SECOND):
        for question_id, kept in judgements[seat].items():
            answer, attached = answers.get(question_id, Answer(question_id)), seen.get(question_id, ())
            read = crowd.told.judged[seat, question_id, kept.version]
            holds = standing_of(kept, Said(answer, attached)) is Standing.JUDGED
            assert holds == (read == (answer.evidence, attached)), f"{seat} {question_id}"


@dataclass
class Replay:
    """The return as its trail tells it, event by event; an event that could not be at its place fails at once."""

    status: AssessmentStatus = AssessmentStatus.NOT_STARTED
    texts: dict[str, list[str]] = field(default_factory=dict)
    attached: dict[str, set[str]] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)
    judgements: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, name: str, details: dict[str, object]) -> None:
        writes = name in {"answer_saved", "evidence_attached", "evidence_detached"}
        assert not writes or self.status in EDITABLE, f"{name} while {self.status}"
        assert name != "moderation_saved" or self.status is AssessmentStatus.SUBMITTED, f"judged while {self.status}"
        if name in _ENDS:
            starts, end = _ENDS[Move(name)]
            assert self.status in starts, f"{name} while {self.status}"
            self.status = end
        question_id = str(details.get("question", ""))
        if name == "answer_saved":
            texts = self.texts.setdefault(question_id, [])
            texts.append(str(details["changed"].get("evidence", texts[-1] if texts else "")))  # type: ignore[attr-defined]
            assert details["version"] == len(texts), f"{question_id}: a version was written twice or left out"
        elif name == "evidence_attached":
            self.attached.setdefault(question_id, set()).add(str(details["item"]))
        elif name == "evidence_detached":
            self.attached[question_id].remove(str(details["item"]))
        elif name == "moderation_saved":
            self._judge(question_id, details)
        elif name == Move.SIGN_OFF:
            self.signed.append(str(details["sha256"]))

    def _judge(self, question_id: str, details: dict[str, object]) -> None:
        key = (str(details["seat"]), question_id)
        self.judgements[key] += 1
        assert details["version"] == self.judgements[key], f"{key}: a judgement was overwritten"
        assert details["answer_version"] == len(self.texts.get(question_id, []))
        assert set(details["attached"]) == self.attached.get(question_id, set())  # type: ignore[call-overload]


_S = AssessmentStatus
_ENDS = {
    Move.START: ({_S.NOT_STARTED}, _S.IN_PROGRESS),
    Move.RESUME: ({_S.HANDED_BACK}, _S.IN_PROGRESS),
    Move.SEND_FOR_SIGN_OFF: ({_S.IN_PROGRESS}, _S.AWAITING_SIGN_OFF),
    Move.TAKE_BACK: ({_S.AWAITING_SIGN_OFF}, _S.IN_PROGRESS),
    Move.SIGN_OFF: ({_S.AWAITING_SIGN_OFF}, _S.SUBMITTED),
    Move.HAND_BACK: ({_S.SUBMITTED}, _S.HANDED_BACK),
}


def check_everything(crowd: Crowd) -> None:
    """Check at the end: no text is lost, nothing happened out of turn, what was signed was read, the chain is whole."""
    town, told, replay = crowd.panel.town, crowd.told, Replay()
    for event in events(town, f"assessment:{POLICE_RETURN}"):
        replay.take(event.name, dict(event.details))
    with town.office.store.reading() as work:
        assessment = work.assessments.get(POLICE_RETURN)
        answers, attached = work.answers.of_assessment(POLICE_RETURN), work.evidence.of_assessment(POLICE_RETURN)
        snapshots = {one.sha256: one for one in work.signing.latest(POLICE_RETURN, len(replay.signed))}
        addresses = [
            revision.url for item in map(work.evidence.get, crowd.items) if item for revision in item.revisions
        ]
    assert assessment is not None
    assert assessment.status is replay.status
    # Each text that was said to be saved is in the trail under its version, after the one that its writer saw, so
    # nobody wrote over words they had not read; and the last is what is stored.
    for question_id, version, text, seen in told.texts:
        assert replay.texts[question_id][version - 2 : version] == [seen, text]
    assert len(told.texts) == len({(question_id, version) for question_id, version, *_ in told.texts})
    assert {key: texts[-1] for key, texts in replay.texts.items()} == {
        key: one.evidence for key, one in answers.items()
    }
    assert {key: ids for key, ids in replay.attached.items() if ids} == {
        key: {item.id for item in items} for key, items in attached.items()
    }
    # Both links began with one and the same address.
    assert len(addresses) == 1 + len(set(addresses)) == len(crowd.items) + told.done.count("replaced")
    # What was signed is what the signer's page said.
    assert [sha256 for sha256, _ in told.signed] == replay.signed[-len(told.signed) :]
    for sha256, texts in told.signed:
        assert {key: one.evidence for key, one in snapshots[sha256].answers().items()} == texts
    assert verify_trail(town.office, town.admin).faults == ()
