"""Queries: what scrutiny asked about answers and was replied, and its own notes, as each may read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from section11.domain.people import ORGANISATION_ROLES, Person, User
from section11.domain.queries import Query, QuerySide
from section11.domain.standards import Question
from section11.domain.workflow import RETURNED
from section11.permissions import HOLDERS, Place, Right, may
from section11.services.office import Office, frozen_set
from section11.services.places import (
    AssessmentFile,
    cycle_place,
    find_assessment,
    find_cycle,
)
from section11.storage.unit_of_work import UnitOfWork

SHARED = frozenset({QuerySide.SHARED})


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is shown: ``who`` is a post, and where it belongs is said beside it."""

    side: QuerySide
    at: datetime
    who: str
    by_scrutiny: bool
    words: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """The messages on one answer that this person may see, oldest first."""

    assessment_id: str
    question: Question
    messages: tuple[Message, ...]

    @property
    def unread(self) -> int:
        return sum(one.is_unread for one in self.messages)


@dataclass(frozen=True, slots=True)
class Unread:
    """What a person has not read of one return: how many messages, and on which questions."""

    assessment_id: str
    organisation_name: str
    cycle_id: str
    cycle_name: str
    standard_id: str
    """Of the first of the questions."""
    question_ids: tuple[str, ...]
    count: int
    is_own: bool
    """Whether it is the person's own organisation that is asked, rather than the person who scrutinises."""


@dataclass(frozen=True, slots=True)
class ReturnThreads:
    """The threads on the answers of one return, as scrutiny lists them."""

    assessment_id: str
    organisation_name: str
    is_returned: bool
    threads: tuple[Thread, ...]

    @property
    def unread(self) -> int:
        return sum(thread.unread for thread in self.threads)


def threads_of_own_return(office: Office, user: User, assessment_id: str) -> dict[str, Thread]:
    """Return by question id what scrutiny asked the organisation and what was replied; never scrutiny's notes."""
    with office.store.reading() as work:
        return own_threads_of(work, user, find_assessment(work, user, assessment_id, Right.READ_RETURN))


def own_threads_of(work: UnitOfWork, user: User, file: AssessmentFile) -> dict[str, Thread]:
    """Return the same of an assessment the person was already found to have a right to."""
    return _threads_of(work, user, file, SHARED)


def threads_for_scrutiny(office: Office, user: User, assessment_id: str) -> dict[str, Thread]:
    """Return by question id what was asked and replied, and scrutiny's own notes to those who may read them.

    Replies are for scrutiny in every status of the return; its answers are not.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
        return _threads_of(work, user, file, _sides_at(user, file.place))


def list_threads(office: Office, user: User, cycle_id: str) -> list[ReturnThreads]:
    """Return every return of a cycle with threads: unread ones first, then by organisation name."""
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.READ_RETURNED)
        place = cycle_place(cycle)
        messages = work.queries.in_cycle(cycle_id, _sides_at(user, place))
        people = work.accounts.people_by_id(one.by for found in messages.values() for one in found)
        last_read = work.queries.last_read_in_cycle(user.id, cycle_id)
        organisations = work.organisations.all_by_id()
        found = []
        for one in (row.assessment for row in work.assessments.in_cycle(cycle_id) if row.assessment.id in messages):
            file = AssessmentFile(one, organisations[one.organisation_id], cycle, place)
            threads = _threads(work, user, file, messages[one.id], people, last_read.get(one.id, {}))
            returned = one.status in RETURNED
            if threads:
                found.append(ReturnThreads(one.id, file.organisation.name, returned, tuple(threads.values())))
    return sorted(found, key=lambda one: (not one.unread, one.organisation_name.casefold()))


def mark_read(office: Office, user: User, assessment_id: str, question_id: str, *, as_scrutiny: bool = False) -> None:
    """Remember that a person has read a thread up to its last message that they may see.

    Args:
        as_scrutiny: whether they read it as scrutiny, rather than for the organisation that was asked.
    """
    with office.store.writing() as work:
        right = Right.READ_RETURNED if as_scrutiny else Right.READ_RETURN
        file = find_assessment(work, user, assessment_id, right)
        sides = _sides_at(user, file.place) if as_scrutiny else SHARED
        ids = [one.id for one in work.queries.of_assessment(assessment_id, sides) if one.question_id == question_id]
        if ids and work.queries.last_read(user.id, assessment_id).get(question_id, 0) < ids[-1]:
            work.queries.set_read(user.id, assessment_id, question_id, ids[-1])
            work.commit()


def list_unread(office: Office, user: User) -> list[Unread]:
    """Return what a person has not read: of the organisations they answer for, and of those they scrutinise."""
    own = user.organisations_as(*ORGANISATION_ROLES)
    scrutinised = user.partnerships_as(*HOLDERS[Right.ASK_QUERIES])
    if not own and not scrutinised:
        return []
    with office.store.reading() as work:
        found = [
            *_unread(work, work.queries.unread_of_organisations(user.id, own), is_own=True),
            *_unread(work, work.queries.unread_of_partnerships(user.id, scrutinised), is_own=False),
        ]
    return sorted(found, key=lambda one: (not one.is_own, one.organisation_name.casefold(), one.cycle_name))


def _unread(work: UnitOfWork, counts: dict[tuple[str, str], int], *, is_own: bool) -> Iterable[Unread]:
    assessments = work.assessments.by_ids({assessment_id for assessment_id, _question_id in counts})
    organisations = work.organisations.with_sites({one.organisation_id for one in assessments})
    cycles = {one.id: one for one in work.cycles.all()}
    for one in assessments:
        standards_set = frozen_set(work, one.set_sha256)
        asked = standards_set.questions_for(one.organisation_type)
        ids = tuple(question.id for question in asked if (one.id, question.id) in counts)
        if not ids:
            continue
        yield Unread(
            assessment_id=one.id,
            organisation_name=organisations[one.organisation_id].name,
            cycle_id=one.cycle_id,
            cycle_name=cycles[one.cycle_id].name,
            standard_id=standards_set.standard_id_by_question_id[ids[0]],
            question_ids=ids,
            count=sum(counts[one.id, question_id] for question_id in ids),
            is_own=is_own,
        )


def _sides_at(user: User, place: Place) -> Collection[QuerySide]:
    return frozenset(QuerySide) if may(user, Right.INTERNAL_NOTES, place) else SHARED


def _threads_of(work: UnitOfWork, user: User, file: AssessmentFile, sides: Collection[QuerySide]) -> dict[str, Thread]:
    queries = work.queries.of_assessment(file.assessment.id, sides)
    if not queries:
        return {}
    people = work.accounts.people_by_id(one.by for one in queries)
    return _threads(work, user, file, queries, people, work.queries.last_read(user.id, file.assessment.id))


def _threads(
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    queries: Sequence[Query],
    people: Mapping[str, Person],
    last_read: Mapping[str, int],
) -> dict[str, Thread]:
    found: dict[str, Thread] = {}
    for question in frozen_set(work, file.assessment.set_sha256).questions_for(file.assessment.organisation_type):
        messages = tuple(
            Message(
                side=one.side,
                at=one.at,
                who=people[one.by].shown_as if one.by in people else "Command line",
                by_scrutiny=one.by_scrutiny,
                words=one.words,
                is_unread=one.by != user.id and one.id > last_read.get(question.id, 0),
            )
            for one in queries
            if one.question_id == question.id
        )
        if messages:
            found[question.id] = Thread(file.assessment.id, question, messages)
    return found
