"""Many people at work on one return in any order: what each does, and what they were told.

A script is what one person does, one step after the other, on pages that are as old as they happen to be. Scripts of
several people are either shuffled together by a seed or run at the same moment in threads.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier, Lock, Thread

from section11.domain.moderation import Attached, EvidenceQuality, Seat
from section11.domain.people import Role, User
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
from tests.services.builders import POLICE, POLICE_RETURN, QUESTIONS, user_by_email
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
    # Not possible now, or there is no page yet because it was refused: what that left behind is looked at afterwards.
    with suppress(Section11Error, LookupError):
        step()
