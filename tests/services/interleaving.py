"""Many people at work on one return in any order: what each does, what they were told, and what must then be true.

A script is what one person does, one step after the other, on pages that are as old as they happen to be. Scripts of
several people are either shuffled together by a seed or run at the same moment in threads. Whatever happens, the
audit trail is read again from its beginning, step by step, by rules that are written here once more.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier, Lock, Thread

from section11.domain.answers import Answer
from section11.domain.moderation import Attached, EvidenceQuality, Said, Seat, Standing, standing_of
from section11.domain.people import Role, User
from section11.domain.workflow import EDITABLE, RETURNED, AssessmentStatus, Move
from section11.errors import Section11Error, StaleAnswerError, StaleModerationError
from section11.services.answering import AssessmentView, save_answer, view_assessment
from section11.services.attaching import QuestionPlace, attach_evidence, detach_evidence
from section11.services.evidence import replace_link
from section11.services.inviting import invite_person
from section11.services.moderating import save_moderation
from section11.services.moderation_views import ModerationView, view_moderation
from section11.services.office import Office
from section11.services.scrutiny import hand_back
from section11.services.signing import SigningPaper, paper_to_sign, send_for_sign_off, sign_off, take_back
from section11.services.trail import verify_trail
from tests.services.builders import POLICE, POLICE_RETURN, QUESTIONS, events, user_by_email
from tests.services.evidence_builders import a_link
from tests.services.moderation_builders import Panel, a_panel

RATINGS = ("fully_met", "mostly_met", "partly_met", "not_met")
Step = Callable[[], object]
Script = list[Step]


class TickingClock:
    """Every look at it is a little later than the one before, in whatever thread."""

    def __init__(self) -> None:
        self._lock, self._now = Lock(), datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        with self._lock:
            self._now += timedelta(milliseconds=1)
            return self._now


@dataclass
class Told:
    """What people were told had been done, with what they had read before; lists only grow, so threads may share it."""

    texts: list[tuple[str, int, str, str]] = field(default_factory=list)
    """Question, version and text of each answer that was said to be saved, and the text that its writer saw before."""
    judged: dict[tuple[Seat, str, int], tuple[str, Attached]] = field(default_factory=dict)
    """The text and evidence on the moderator's page, by seat, question and version of the judgement saved from it."""
    signed: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """The hash that was said to be signed, and the texts on the page it was signed from."""
    done: list[str] = field(default_factory=list)
    """Everything else that was said to be done or refused, by its name."""


@dataclass(frozen=True)
class Crowd:
    """Everybody at work on the return of the police."""

    panel: Panel
    second: User
    """Another contributor, beside the town's."""
    told: Told
    words: Iterator[int]
    addresses: Iterator[int]
    items: tuple[str, ...]
    pages: dict[Seat, ModerationView] = field(default_factory=dict)
    """The page each moderator opened last, which may be rounds old."""

    @property
    def office(self) -> Office:
        return self.panel.office


def a_crowd(office: Office, folder: Path) -> Crowd:
    """Start Riverdale with two moderators, two contributors and two links that are attached to nothing yet."""
    panel = a_panel(replace(office, clock=TickingClock()), folder, moderators=2)
    town = panel.town
    invite_person(
        town.office, town.admin, email="second@police.example", name="Second", post="", role=Role.CONTRIBUTOR,
        organisation_id=POLICE,
    )  # fmt: skip
    items = tuple(a_link(town.office, town.contributor, attach_to=None).id for _ in range(2))
    second = user_by_email(town.office, "second@police.example")
    return Crowd(panel, second, Told(), count(1), count(1), items)


# What each person does --------------------------------------------------------------------------------------------


def writer(crowd: Crowd, user: User, rng: random.Random) -> Script:
    """Open the form, then write two answers on the page as it was, or one and do something with evidence."""
    page: list[AssessmentView] = []
    questions = [rng.choice(QUESTIONS[:3]) for _ in range(2)]
    other = rng.choice([_attach, _attach, _detach, _replace])
    place, item = QuestionPlace(POLICE_RETURN, rng.choice(QUESTIONS[:2])), rng.choice(crowd.items)
    ratings = [rng.choice(RATINGS[:2]) for _ in questions]

    def write(question_id: str, rating: str) -> None:
        text = f"Text number {next(crowd.words)}"
        shown = page[-1].answer_to(question_id)
        try:
            saved = save_answer(
                crowd.office,
                user,
                POLICE_RETURN,
                question_id,
                expected_version=shown.version,
                evidence=text,
                rating=rating,
            )
        except StaleAnswerError:
            crowd.told.done.append("stale answers")
            page.append(view_assessment(crowd.office, user, POLICE_RETURN))
            return
        crowd.told.texts.append((question_id, saved.version, text, shown.evidence))

    steps: Script = [lambda: page.append(view_assessment(crowd.office, user, POLICE_RETURN))]
    steps += [lambda one=one, rating=rating: write(one, rating) for one, rating in zip(questions, ratings, strict=True)]
    return steps if rng.random() < 0.4 else [*steps[:2], lambda: other(crowd, user, place, item)]


def _attach(crowd: Crowd, user: User, place: QuestionPlace, item: str) -> None:
    attach_evidence(crowd.office, user, place, item)
    crowd.told.done.append("attached")


def _detach(crowd: Crowd, user: User, place: QuestionPlace, item: str) -> None:
    detach_evidence(crowd.office, user, place, item)
    crowd.told.done.append("detached")


def _replace(crowd: Crowd, user: User, place: QuestionPlace, item: str) -> None:
    replace_link(crowd.office, user, item, f"https://intranet.example/{next(crowd.addresses)}")
    crowd.told.done.append("replaced")


def sender(crowd: Crowd) -> Script:
    return [lambda: send_for_sign_off(crowd.office, crowd.panel.town.contributor, POLICE_RETURN)]


def signer(crowd: Crowd, rng: random.Random) -> Script:
    """Read the whole return, then sign what was read; or take it back."""
    approver, page = crowd.panel.town.approver, list[tuple[SigningPaper, dict[str, str]]]()

    def read() -> None:
        # The paper first: if an answer changes before the texts are read, the paper is the older of the two.
        paper = paper_to_sign(crowd.office, approver, POLICE_RETURN)
        view = view_assessment(crowd.office, approver, POLICE_RETURN)
        page.append((paper, {one: view.answer_to(one).evidence for one in QUESTIONS}))

    def sign() -> None:
        paper, texts = page[-1]
        crowd.told.signed.append((sign_off(crowd.office, approver, POLICE_RETURN, agreed=True, paper=paper), texts))

    if rng.random() < 0.15:
        return [lambda: take_back(crowd.office, approver, POLICE_RETURN)]
    return [read, sign]


def moderator(crowd: Crowd, user: User, seat: Seat, rng: random.Random) -> Script:
    """Judge one or two answers by what the page says: one opened just now, or sometimes that of a round before."""

    def judge(question_id: str, rating: str) -> None:
        page = crowd.pages[seat]
        read, shown = page.said_to(question_id), page.judgement(question_id, seat)
        try:
            saved = save_moderation(
                crowd.office, user, POLICE_RETURN, question_id, expected_version=shown.version,
                expected_answer_version=read.answer.version, expected_attached=read.attached, rating=rating,
                evidence_quality=EvidenceQuality.TESTED, reason=f"Reason number {next(crowd.words)}",
            )  # fmt: skip
        except StaleModerationError as error:
            crowd.told.done.append("judged an old text" if error.answer_changed else "judged from an old page")
            return
        assert saved.version == shown.version + 1, "a judgement was written over by one who had not seen it"
        crowd.told.judged[seat, question_id, saved.version] = (read.answer.evidence, read.attached)

    def look() -> None:
        crowd.pages[seat] = view_moderation(crowd.office, user, POLICE_RETURN)

    steps: Script = [look] if rng.random() < 0.6 else []
    choices = [(rng.choice(QUESTIONS[:3]), rng.choice(RATINGS)) for _ in range(rng.choice([1, 2]))]
    return steps + [lambda one=one, rating=rating: judge(one, rating) for one, rating in choices]


def giver_back(crowd: Crowd) -> Script:
    def give_back() -> None:
        hand_back(crowd.office, crowd.panel.ben, POLICE_RETURN, "More.")
        crowd.told.done.append("handed back")

    return [give_back]


def scripts_for(crowd: Crowd, rng: random.Random) -> list[Script]:
    """Draw who is at work in one round: some on each side of the counter, and somebody who moves the return on."""
    town = crowd.panel.town
    writing = [writer(crowd, town.contributor, rng), writer(crowd, crowd.second, rng)]
    judging = [
        moderator(crowd, crowd.panel.ann, Seat.FIRST, rng), moderator(crowd, crowd.panel.ben, Seat.SECOND, rng),
    ]  # fmt: skip
    moving = [sender(crowd), signer(crowd, rng), giver_back(crowd)]
    return [*rng.sample(writing, rng.choice([1, 2])), *rng.sample(judging, rng.choice([1, 2])), *rng.sample(moving, 2)]


# How they do it ---------------------------------------------------------------------------------------------------


def shuffled(scripts: list[Script], rng: random.Random) -> None:
    """Run the scripts one step at a time, in an order drawn by chance; each script keeps its own order."""
    waiting = [list(script) for script in scripts]
    while waiting:
        chosen = rng.choice(waiting)
        _try(chosen.pop(0))
        waiting = [script for script in waiting if script]


def at_once(scripts: list[Script]) -> None:
    """Run each script in a thread of its own, all starting at the same moment."""
    barrier, broken = Barrier(len(scripts)), list[BaseException]()

    def run(script: Script) -> None:
        barrier.wait()
        try:
            for step in script:
                _try(step)
        except BaseException as error:
            broken.append(error)

    threads = [Thread(target=run, args=(script,)) for script in scripts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if broken:
        raise broken[0]


def _try(step: Step) -> None:
    # Not possible now, or there is no page yet because it was refused: what that left behind is looked at below.
    with suppress(Section11Error, LookupError):
        step()


# What must be true ------------------------------------------------------------------------------------------------


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
