"""The question library: which sets there are, and a set as one kind of organisation is asked it.

The questions are no secret: every signed-in person may read every set. Only the faults of a set that cannot be
read are told to those who may choose sets for a cycle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from section11.definitions.remembered_sets import read_remembered
from section11.domain.cycles import EVERY_TYPE
from section11.domain.organisations import OrganisationType
from section11.domain.people import User
from section11.domain.question_types import type_of
from section11.domain.standards import Question, Standard, StandardsSet
from section11.errors import BadInputError, NotAvailableError, Problem
from section11.permissions import Right, may_somewhere
from section11.services.office import Office
from section11.services.scrutiny import list_own_returns

EVERY_QUESTION = "every-question"
"""Stands for an organisation type in addresses: the whole set, whoever is asked."""


@dataclass(frozen=True, slots=True)
class SetOnShelf:
    """A set of the library: what it holds, or None when it has faults.

    ``problems`` are empty for people who could not put them right.
    """

    id: str
    title: str
    standards_set: StandardsSet | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class SetView:
    """A set as organisations of one type are asked it; ``asked_of`` is None for every question."""

    standards_set: StandardsSet
    asked_of: OrganisationType | None
    standards: tuple[Standard, ...]

    @property
    def asked(self) -> int:
        return sum(len(standard.questions) for standard in self.standards)

    @property
    def left_out(self) -> int:
        return len(self.standards_set.questions_by_id) - self.asked


def list_sets(office: Office, user: User) -> list[SetOnShelf]:
    """Return every set of the library by its title, those with faults included."""
    may_put_right = may_somewhere(user, Right.MANAGE_CYCLES)
    found = []
    for folder in office.library.folders():
        read = read_remembered(office.library, folder)
        title = read.standards_set.title if read.standards_set else folder.name
        problems = read.problems if may_put_right else ()
        found.append(SetOnShelf(folder.name, title, read.standards_set, problems))
    return sorted(found, key=lambda one: one.title.casefold())


def view_set(office: Office, user: User, set_id: str, organisation_type: str) -> SetView:
    """Return a set as organisations of a type are asked it; ``EVERY_QUESTION`` gives all of it.

    Raises:
        NotAvailableError: there is no such set or type.
        BadInputError: the set has faults.
    """
    if organisation_type not in {EVERY_QUESTION, *office.types.keys}:
        raise NotAvailableError()
    standards_set = _readable(office, set_id)
    if organisation_type == EVERY_QUESTION:
        return SetView(standards_set, None, standards_set.standards)
    return SetView(standards_set, office.types[organisation_type], standards_set.standards_for(organisation_type))


def usual_set_id(office: Office, user: User) -> str | None:
    """Return the set to show a person first: that of their newest return, or the usual one of their organisation.

    None in an empty library.
    """
    usual = office.types.usual_set_ids
    answered = [cycle.set_id_for(line.assessment.organisation_type) for cycle, line in list_own_returns(office, user)]
    wanted = [*answered, *(usual.get(key, usual[EVERY_TYPE]) for key in [*_own_types(office, user), EVERY_TYPE])]
    readable = [one.id for one in list_sets(office, user) if one.standards_set is not None]
    return next((set_id for set_id in [*wanted, *readable] if set_id in readable), None)


def usual_type(office: Office, user: User, set_id: str) -> str:
    """Return the organisation type to show a set for first: the person's own, or the first that usually answers it."""
    usual = office.types.usual_set_ids
    answering = [key for key in office.types.by_key if usual.get(key, usual[EVERY_TYPE]) == set_id]
    own = _own_types(office, user)
    fitting = [key for key in own if key in answering]
    return next(iter([*fitting, *own, *answering]), EVERY_QUESTION)


def search(view: SetView, words: str) -> tuple[Standard, ...]:
    """Return the standards with only the questions that have every word, in any case; none is empty.

    The beginning of a word is enough, so that "train" finds training; the middle is not, or "how" would find showing.
    """
    wanted = [re.compile(rf"(?<!\w){re.escape(word)}") for word in words.casefold().split()]
    found = []
    for standard in view.standards:
        kept = tuple(
            question
            for question in standard.questions
            if all(word.search(_everything_in(question, view.standards_set)) for word in wanted)
        )
        if kept:
            found.append(Standard(standard.id, standard.title, kept, standard.summary))
    return tuple(found)


def _readable(office: Office, set_id: str) -> StandardsSet:
    folder = _folder(office, set_id)
    read = read_remembered(office.library, folder)
    if read.standards_set is None:
        raise BadInputError(
            f"The set “{folder.name}” has faults, so it cannot be shown or downloaded. Your administrator can put "
            "them right; the question library lists them."
        )
    return read.standards_set


def _folder(office: Office, set_id: str) -> Path:
    """Only a name that is listed leads anywhere, so that an address cannot lead out of the library."""
    for folder in office.library.folders():
        if folder.name == set_id:
            return folder
    raise NotAvailableError()


def _own_types(office: Office, user: User) -> list[str]:
    """The types of the organisations a person works for, by the organisations' names."""
    with office.store.reading() as work:
        own = [work.organisations.get(grant.organisation_id) for grant in user.grants if grant.organisation_id]
    named = sorted((one for one in own if one is not None), key=lambda one: one.name.casefold())
    return list(dict.fromkeys(one.type for one in named if one.type in office.types.keys))


def _everything_in(question: Question, standards_set: StandardsSet) -> str:
    arrangements = [f"{key} {standards_set.arrangements.get(key, '')}" for key in question.arrangements]
    references = [standards_set.references[key].title for key in question.references if key in standards_set.references]
    pieces = [
        question.id,
        question.text,
        question.help,
        *question.descriptors.values(),
        *type_of(question).options(question).values(),
        question.unit,
        *question.evidence_prompts,
        question.impact_prompt,
        *arrangements,
        *references,
    ]
    return "\n".join(pieces).casefold()
