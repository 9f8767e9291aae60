"""What is kept about one person, to hand over: to themselves, or to an administrator for the places they look after."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from section11.domain.audit import AuditEvent
from section11.domain.erased_events import facts_of
from section11.domain.mail_choices import OPTIONAL_MAILS
from section11.domain.people import ROLE_TITLES, Person, User
from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.errors import NotAvailableError
from section11.permissions import Place, Right, may
from section11.reports.personal_data import Section, personal_data_html, said_words
from section11.services.accounts import person_stream
from section11.services.downloads import ZIP, Download
from section11.services.erasing_people import handled_partnerships, partnerships_around
from section11.services.office import Office
from section11.services.trail import record
from section11.storage.personal_data import HeldRole
from section11.storage.unit_of_work import UnitOfWork

TEXTS_LEFT_OUT = (
    "What was written is left out: it is the record of the organisation or of scrutiny, which an administrator may "
    "not read. The person finds it in the file from their own account page."
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data are handed over, and how much. ``partnership_ids`` is None for all of it, texts included."""

    person: Person
    roles: tuple[HeldRole, ...]
    partnership_ids: frozenset[str] | None


def download_own_data(office: Office, user: User) -> Download:
    """Return everything kept about the person who asks: a ZIP with a page to read and JSON. It is an event."""
    with office.store.writing() as work:
        person = work.personal_data.person(user.id)
        if person is None:
            raise NotAvailableError()
        roles = work.personal_data.roles_of([user.id]).get(user.id, [])
        return _handed_over(work, office, user, Scope(person, tuple(roles), None))


def download_personal_data(office: Office, actor: User, person_id: str) -> Download:
    """Return the same about somebody else, of the partnerships in which the actor handles personal data.

    The command line gets all of it. An administrator gets what the person did and when, and not what they wrote.

    Raises:
        NotAvailableError: there is no such person, or they never held a role where the actor has one.
        NotPermittedError: the actor has a role there that does not handle personal data.
    """
    with office.store.writing() as work:
        person, _, handled = handled_partnerships(work, actor, person_id)
        roles = work.personal_data.roles_of([person_id]).get(person_id, [])
        if may(actor, Right.HANDLE_PERSONAL_DATA, Place()):
            return _handed_over(work, office, actor, Scope(person, tuple(roles), None))
        here = tuple(one for one in roles if partnerships_around(work, [one]) & handled)
        return _handed_over(work, office, actor, Scope(person, here, frozenset(handled)))


def _handed_over(work: UnitOfWork, office: Office, actor: User, scope: Scope) -> Download:
    now = office.clock()
    sections = [make(work, scope) for make in SECTIONS]
    record(work, person_stream(scope.person.id), actor, "personal_data_exported", now)
    work.commit()
    made, data = io.BytesIO(), {one.key: one.data() for one in sections}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.html", personal_data_html(scope.person.name, uk_date(now), sections))
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1).encode(errors="replace"))
    return Download(f"personal-data-{uk_date(now).isoformat()}.zip", ZIP, made.getvalue())


def _account(work: UnitOfWork, scope: Scope) -> Section:
    person = scope.person
    set_at = work.accounts.password_set_at(person.id)
    rows = (
        ("Name", person.name),
        ("E-mail address", person.email),
        ("Post", person.post),
        ("Account", "Closed" if person.is_closed else "Open"),
        ("Password", f"Set on {long_date(uk_date(set_at))}; kept so that nobody can read it" if set_at else "None"),
        ("Two-step sign-in", "On" if work.second_steps.is_on(person.id) else "Off"),
        *(("Account with another service", one) for one in work.personal_data.outside_accounts_of(person.id)),
    )
    return Section("account", "Account", ("What", "Value"), rows)


def _roles(work: UnitOfWork, scope: Scope) -> Section:
    organisations, partnerships = work.organisations.all_by_id(), work.facts.partnerships()
    rows = []
    for held in scope.roles:
        organisation = organisations.get(held.grant.organisation_id or "")
        partnership = partnerships.get(held.grant.partnership_id or "")
        place = organisation.name if organisation else partnership.name if partnership else ""
        rows.append((ROLE_TITLES[held.grant.role], place, _moment(held.ended_at) if held.ended_at else "Held now"))
    return Section("roles", "Roles", ("Role", "Place", "Until"), tuple(rows))


def _sessions(work: UnitOfWork, scope: Scope) -> Section:
    rows = tuple(
        (_moment(one.created_at), _moment(one.last_seen_at), _moment(one.expires_at), one.browser)
        for one in work.web_sessions.of_person(scope.person.id)
    )
    return Section("sessions", "Where they are signed in", ("Since", "Last used", "Until at most", "Browser"), rows)


def _links(work: UnitOfWork, scope: Scope) -> Section:
    rows = tuple(
        (_moment(made), _moment(until), _moment(used) if used else "Not used")
        for made, until, used in work.personal_data.links_of(scope.person.id)
    )
    return Section("links", "One-time links made for them", ("Made", "Good until", "Used or withdrawn"), rows)


def _mails(work: UnitOfWork, scope: Scope) -> Section:
    mails = work.personal_data.mails_to(scope.person.id, scope.partnership_ids)
    rows = tuple((_moment(made), subject, became) for made, subject, became in mails)
    return Section("e-mails", "E-mails to them", ("Made", "Subject", "What became of it"), rows)


def _choices(work: UnitOfWork, scope: Scope) -> Section:
    chosen = work.mail_choices.of([scope.person.id]).get(scope.person.id, {})
    titles = {one.kind: one.title for one in OPTIONAL_MAILS}
    rows = tuple((titles.get(kind, kind.value), "Yes" if wanted else "No") for kind, wanted in chosen.items())
    return Section("e-mail-choices", "E-mails they chose", ("E-mail", "Wanted"), rows)


def _done(work: UnitOfWork, scope: Scope) -> Section:
    """What the person did: wrote, signed, read, decided."""
    places = _Places(work)
    rows = []
    for event in work.audit_trail.of_actor(scope.person.id):
        if event.stream == person_stream(scope.person.id):
            continue
        if scope.partnership_ids is None or places.partnerships_of(event) & scope.partnership_ids:
            details = facts_of(event) if scope.partnership_ids is not None else event.details
            rows.append((_moment(event.at), said_words(event.name), places.name_of(event), written_words(details)))
    note = "" if scope.partnership_ids is None else TEXTS_LEFT_OUT
    return Section("done", "What they did", ("When", "What", "Where", "Details"), tuple(rows), note)


def _account_events(work: UnitOfWork, scope: Scope) -> Section:
    rows = tuple(
        (
            _moment(event.at),
            said_words(event.name),
            "Themselves" if event.actor == scope.person.id else "Somebody else",
            written_words(event.details),
        )
        for event in work.audit_trail.events(person_stream(scope.person.id))
    )
    return Section("account-events", "What happened to the account", ("When", "What", "By", "Details"), rows)


SECTIONS: tuple[Callable[[UnitOfWork, Scope], Section], ...] = (
    _account,
    _roles,
    _sessions,
    _links,
    _mails,
    _choices,
    _done,
    _account_events,
)
"""What is handed over, in order. Where something else is kept about people, it is one more line."""


class _Places:
    """The names of the things events are about, and whose they are."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._organisations = work.organisations.all_by_id()
        self._cycles = {one.id: one for one in work.cycles.all()}
        self._known: dict[str, tuple[str, frozenset[str]]] = {}

    def name_of(self, event: AuditEvent) -> str:
        return self._of(event.stream)[0]

    def partnerships_of(self, event: AuditEvent) -> frozenset[str]:
        return self._of(event.stream)[1]

    def _of(self, stream: str) -> tuple[str, frozenset[str]]:
        if stream not in self._known:
            self._known[stream] = self._found(stream)
        return self._known[stream]

    def _found(self, stream: str) -> tuple[str, frozenset[str]]:
        kind, _, thing = stream.partition(":")
        if kind == "partnership":
            partnership = self._work.facts.partnerships().get(thing)
            return partnership.name if partnership else thing, frozenset({thing})
        if kind == "organisation" and thing in self._organisations:
            return self._organisations[thing].name, frozenset(self._work.organisations.partnership_ids_of(thing))
        assessment = self._work.assessments.get(thing) if kind == "assessment" else None
        if assessment is None:
            return ("A person's account" if kind == "person" else thing), frozenset()
        cycle = self._cycles[assessment.cycle_id]
        return f"{self._organisations[assessment.organisation_id].name}, {cycle.name}", cycle.partnership_ids


def written_words(details: object) -> str:
    """Return what an event holds as lines of text."""
    if isinstance(details, dict):
        parts = [(str(name).replace("_", " "), written_words(value)) for name, value in details.items()]
        return "\n".join(f"{name}: {words}" for name, words in parts if words)
    if isinstance(details, list):
        return ", ".join(written_words(one) for one in details)
    if isinstance(details, bool):
        return "yes" if details else "no"
    return "" if details is None else str(details)


def _moment(moment: datetime) -> str:
    return f"{long_date(uk_date(moment))}, {uk_time(moment):%H:%M}"
