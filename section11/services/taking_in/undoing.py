"""Imports listed, and undone as a whole: everything is put back, or nothing where something newer rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from section11.domain.organisations import Organisation
from section11.domain.people import Grant, Role, User
from section11.domain.survey import SurveyResult
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import may, require
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.recounting import give_new_type
from section11.services.taking_in.keeping import PARTNERSHIPS, RIGHT_FOR, ImportKind
from section11.services.trail import assessment_stream, partnership_stream, record
from section11.storage.imports import ImportRecord, telling_what_is_in_use
from section11.storage.unit_of_work import UnitOfWork

_REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import as the list shows it; ``by`` is the post or name of who did it."""

    id: str
    kind: ImportKind
    record: ImportRecord
    by: str


def list_imports(office: Office, user: User) -> list[ImportLine]:
    """Return the imports this person may undo or might have done, the latest first."""
    with office.store.reading() as work:
        known = list(work.facts.partnerships())
        mine = {one for right in set(RIGHT_FOR.values()) for one in partnerships_with(user, right, known)}
        found = [
            one
            for one in work.imports.of_partnerships(mine)
            if may(user, RIGHT_FOR[ImportKind(one.kind)], partnership_place(one.partnership_id))
        ]
        people = work.accounts.people_by_id(one.by for one in found)
    return [
        ImportLine(
            one.id,
            ImportKind(one.kind),
            one,
            people[one.by].shown_as if one.by in people else "The server's command line",
        )
        for one in found
    ]


def undo_import(office: Office, user: User, import_id: str) -> None:
    """Put back everything one import changed, all or nothing.

    Raises:
        NotAvailableError, NotPermittedError: there is no such import, or it is not this person's to undo.
        BadInputError: it was undone before, or something newer rests on it; the sentence says what.
    """
    now = office.clock()
    with office.store.writing() as work:
        found = work.imports.get(import_id)
        if found is None:
            raise NotAvailableError()
        kind = ImportKind(found.kind)
        for partnership_id in found.changes[PARTNERSHIPS]:
            require(user, RIGHT_FOR[kind], partnership_place(partnership_id))
        if not work.imports.mark_undone(import_id, at=now, by=user.id):
            raise BadInputError("This import has been undone already.")
        reasons = list(dict.fromkeys(_UNDO[kind].check(work, found)))
        if reasons:
            more = len(reasons) - _REASONS_SHOWN
            words = " ".join(reasons[:_REASONS_SHOWN]) + (f" And {more} more like these." if more > 0 else "")
            raise BadInputError(f"This import cannot be undone, because something newer rests on it. {words}")
        with telling_what_is_in_use():
            _UNDO[kind].put_back(work, found)
        for partnership_id in found.changes[PARTNERSHIPS]:
            stream = partnership_stream(partnership_id)
            record(work, stream, user, "import_undone", now, import_id=import_id, kind=kind.value)
        for assessment_id in found.changes.get("assessments", {}):
            record(work, assessment_stream(assessment_id), user, "results_import_undone", now, import_id=import_id)
        work.commit()


def _check_results(work: UnitOfWork, found: ImportRecord) -> Iterator[str]:
    for assessment_id, before in found.changes["assessments"].items():
        assessment = work.assessments.lock_for_change(assessment_id)
        organisation = work.organisations.get(assessment.organisation_id) if assessment else None
        if assessment is None or organisation is None:
            yield "A return it filled is not there any more."
        # Everything anybody does to a return raises its revision; locking it here did so once.
        elif assessment.revision != before["revision"] + 1:
            yield f"The return of {organisation.name} was changed, moderated or asked about since."
        elif work.answers.rest_on(found.cycle_id or "", organisation.id):
            yield f"A later return of {organisation.name} began with these answers."


def _put_back_results(work: UnitOfWork, found: ImportRecord) -> None:
    for assessment_id, before in found.changes["assessments"].items():
        work.answers.remove_of(assessment_id)
        work.assessments.set_status(assessment_id, AssessmentStatus(before["status"]))
        work.assessments.add_to_settled(assessment_id, -before["settled"])


def _check_survey(work: UnitOfWork, found: ImportRecord) -> Iterator[str]:
    kept = work.survey_results.in_cycle(found.cycle_id or "")
    stored = {(one.partnership_id, one.organisation_id, one.subject): one for one in kept}
    for partnership_id, organisation_id, subject, agree, responses, _before in found.changes["results"]:
        expected = SurveyResult(partnership_id, organisation_id, subject, agree, responses)
        if stored.get((partnership_id, organisation_id, subject)) != expected:
            yield f"The result about {subject} was imported again since. Undo that import first."


def _put_back_survey(work: UnitOfWork, found: ImportRecord) -> None:
    cycle_id = found.cycle_id or ""
    back = []
    for *key, _agree, _responses, before in found.changes["results"]:
        if before is None:
            work.survey_results.remove(cycle_id, *key)
        else:
            back.append(SurveyResult(*key, *before))
    work.survey_results.put_all(cycle_id, back, at=found.at)


def _check_organisations(work: UnitOfWork, found: ImportRecord) -> Iterator[str]:
    stored = work.organisations.all_by_id()
    for pair in found.changes["changed"]:
        after = Organisation(**pair["after"])
        if stored.get(after.id) != after:
            yield f"{after.name} was changed since."
    new = [Organisation(**one) for one in found.changes["new"]]
    new_ids = {one.id for one in new}
    used = {
        row.assessment.organisation_id
        for row in work.assessments.of_organisations({*new_ids, *found.changes["joined"]})
        if row.assessment.organisation_id in new_ids or _is_here(work, found, row.assessment.cycle_id)
    }
    for one in new:
        if stored.get(one.id) != one or work.organisations.partnership_ids_of(one.id) != {found.partnership_id}:
            yield f"{one.name} was changed, or joined another partnership, since."
        if one.id in used or work.evidence.of_organisation(one.id):
            yield f"{one.name} has a form or evidence."
        if work.accounts.users_in(partnership_ids=(), organisation_ids=[one.id]):
            yield f"{one.name} has people with a role."
        if any(other.parent_id == one.id and other.id not in new_ids for other in stored.values()):
            yield f"{one.name} is the parent of another organisation."
    for organisation_id in found.changes["joined"]:
        if organisation_id in used:
            yield f"{stored[organisation_id].name} has a form."


def _is_here(work: UnitOfWork, found: ImportRecord, cycle_id: str) -> bool:
    cycle = work.cycles.get(cycle_id)
    return cycle is not None and found.partnership_id in cycle.partnership_ids


def _put_back_organisations(work: UnitOfWork, found: ImportRecord) -> None:
    for pair in found.changes["changed"]:
        before = Organisation(**pair["before"])
        work.organisations.change(before)
        if before.type != pair["after"]["type"]:
            give_new_type(work, before)
    new_ids = [one["id"] for one in found.changes["new"]]
    work.organisations.leave_all(found.partnership_id, [*found.changes["joined"], *new_ids])
    # Parents were added first, so they go last.
    for organisation_id in reversed(new_ids):
        work.organisations.remove(organisation_id)


def _check_people(work: UnitOfWork, found: ImportRecord) -> Iterator[str]:
    given = _given(found)
    people = work.accounts.people_by_id(given)
    for person_id, grants in given.items():
        user = work.accounts.user(person_id)
        name = people[person_id].name if person_id in people else "Somebody"
        if user is None or not grants <= user.grants:
            yield f"{name} no longer has what the import gave."
        elif person_id in found.changes["new"]:
            signed_up = work.accounts.sign_in_record(user.person.email)
            if user.grants != grants or signed_up is None or signed_up.password_hash is not None:
                yield f"{name} has signed up, or was given another role, since."


def _put_back_people(work: UnitOfWork, found: ImportRecord) -> None:
    for person_id, grants in _given(found).items():
        work.accounts.take_grants(person_id, grants)
        work.web_sessions.end_all_of(person_id)
        if person_id in found.changes["new"]:
            work.accounts.remove_person(person_id)


def _given(found: ImportRecord) -> dict[str, set[Grant]]:
    given: dict[str, set[Grant]] = {}
    for person_id, role, organisation_id, partnership_id in found.changes["grants"]:
        given.setdefault(person_id, set()).add(Grant(Role(role), organisation_id, partnership_id))
    return given


@dataclass(frozen=True, slots=True)
class _Undoing:
    """How a kind of import is undone: why it may not be, each reason a sentence, and then putting everything back."""

    check: Callable[[UnitOfWork, ImportRecord], Iterator[str]]
    put_back: Callable[[UnitOfWork, ImportRecord], None]


_UNDO: dict[ImportKind, _Undoing] = {
    ImportKind.RESULTS: _Undoing(_check_results, _put_back_results),
    ImportKind.SURVEY: _Undoing(_check_survey, _put_back_survey),
    ImportKind.ORGANISATIONS: _Undoing(_check_organisations, _put_back_organisations),
    ImportKind.PEOPLE: _Undoing(_check_people, _put_back_people),
}
