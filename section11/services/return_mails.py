"""Mails about a return: to its organisation, and to those who scrutinise it. They never say which news there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from section11.domain.assessments import Assessment
from section11.domain.cycles import Cycle
from section11.domain.mail import MailFacts, MailKind
from section11.domain.organisations import Organisation
from section11.domain.people import Person, User
from section11.domain.uk_time import uk_date
from section11.permissions import HOLDERS, Right
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.places import AssessmentFile
from section11.storage.unit_of_work import UnitOfWork


def mail_organisation(
    work: UnitOfWork,
    office: Office,
    file: AssessmentFile,
    kind: MailKind,
    *,
    path: str,
    occasion: str = "",
    right: Right = Right.READ_RETURN,
) -> None:
    """Write to the people of a return's organisation who hold the right there; once for each occasion.

    Without an ``occasion`` it is this moment. ``path`` is the page it is about.
    """
    if office.mail is None:
        return
    people = people_by_organisation(work, [file.organisation.id], right).get(file.organisation.id, [])
    _mail(work, office, file, kind, people, path=path, occasion=occasion)


def mail_scrutiny(
    work: UnitOfWork,
    office: Office,
    file: AssessmentFile,
    kind: MailKind,
    person_ids: Collection[str],
    *,
    path: str,
    occasion: str = "",
) -> None:
    """Write to those of these people who scrutinise the return now."""
    if office.mail is None:
        return
    users = work.accounts.users_in(partnership_ids=file.cycle.partnership_ids, organisation_ids=())
    scrutinising = HOLDERS[Right.ASK_QUERIES]
    people = [
        user.person
        for user in users
        if user.id in person_ids and user.partnerships_as(*scrutinising) & file.cycle.partnership_ids
    ]
    _mail(work, office, file, kind, people, path=path, occasion=occasion)


def mail_cycle_opened(
    work: UnitOfWork,
    office: Office,
    cycle: Cycle,
    forms: Iterable[Assessment],
    organisations: Mapping[str, Organisation],
) -> None:
    """Tell the people of organisations that their form is there; ``organisations`` are by id."""
    if office.mail is None:
        return
    forms = list(forms)
    people = people_by_organisation(work, [one.organisation_id for one in forms], Right.READ_RETURN)
    for form in forms:
        organisation = organisations[form.organisation_id]
        for person in people.get(organisation.id, []):
            put_in_outbox(
                work,
                office,
                kind=MailKind.CYCLE_OPENED,
                to=person,
                partnership_id=partnership_writing(work, cycle, organisation.id),
                key=f"cycle_opened:{form.id}:{person.id}",
                facts=facts_of(cycle, organisation, f"/assessment?assessment={form.id}"),
                about=form.id,
            )


def facts_of(cycle: Cycle, organisation: Organisation, path: str) -> MailFacts:
    return MailFacts(organisation=organisation.name, audit=cycle.audit_name, cycle=cycle.name, due=cycle.due, path=path)


def people_by_organisation(
    work: UnitOfWork, organisation_ids: Collection[str], right: Right
) -> dict[str, list[Person]]:
    """Return who holds a right in each organisation through a role of the organisation itself, by name."""
    found: dict[str, list[Person]] = {}
    for user in work.accounts.users_in(partnership_ids=(), organisation_ids=organisation_ids):
        for organisation_id in _organisations_with(user, right) & frozenset(organisation_ids):
            found.setdefault(organisation_id, []).append(user.person)
    return found


def partnership_writing(work: UnitOfWork, cycle: Cycle, organisation_id: str) -> str:
    """Return which partnership writes to an organisation about a cycle that several may run: the first it is in."""
    own = cycle.partnership_ids & work.organisations.partnership_ids_of(organisation_id)
    return min(own or cycle.partnership_ids)


def _mail(
    work: UnitOfWork,
    office: Office,
    file: AssessmentFile,
    kind: MailKind,
    people: Iterable[Person],
    *,
    path: str,
    occasion: str,
) -> None:
    occasion = occasion or office.clock().isoformat()
    for person in people:
        put_in_outbox(
            work,
            office,
            kind=kind,
            to=person,
            partnership_id=partnership_writing(work, file.cycle, file.organisation.id),
            key=f"{kind.value}:{file.assessment.id}:{occasion}:{person.id}",
            facts=facts_of(file.cycle, file.organisation, path),
            about=file.assessment.id,
        )


def today(office: Office) -> str:
    """Return an occasion that there is once a day."""
    return uk_date(office.clock()).isoformat()


def _organisations_with(user: User, right: Right) -> frozenset[str]:
    return user.organisations_as(*HOLDERS[right])
