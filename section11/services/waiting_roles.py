"""Roles that wait for their one-time link to be used: listing them, withdrawing them, and making a new link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from section11.domain.mail import MailKind
from section11.domain.people import Role, User
from section11.errors import NotAvailableError, NotPermittedError
from section11.permissions import roles_at
from section11.services.account_mails import link_mail_key
from section11.services.accounts import person_stream
from section11.services.invitations import issue_invitation, place_name
from section11.services.inviting import may_give, place_of_grant
from section11.services.office import Office
from section11.services.trail import record
from section11.storage.access import WaitingLink
from section11.storage.unit_of_work import UnitOfWork

WITHDRAWN = "The roles it offers were withdrawn."


@dataclass(frozen=True, slots=True)
class WaitingRole:
    """Roles offered to somebody by one link. Only the address they were offered to is shown, as it was typed."""

    link_id: str
    email: str
    roles: tuple[tuple[Role, str], ...]
    """Each role with the name of its place."""
    until: datetime
    has_run_out: bool


def list_waiting_roles(office: Office, user: User) -> list[WaitingRole]:
    """Return what waits to be taken up of the roles that this person could give, the one that ends first first."""
    now = office.clock()
    with office.store.reading() as work:
        links = [one for one in work.access.waiting_links() if _may_give_all(work, user, one)]
        people = work.accounts.people_by_id(one.person_id for one in links)
        return [
            WaitingRole(
                one.token_hash,
                people[one.person_id].email,
                tuple((grant.role, place_name(work, grant)) for grant in one.grants),
                one.expires_at,
                has_run_out=one.expires_at <= now,
            )
            for one in links
        ]


def withdraw_waiting_role(office: Office, actor: User, link_id: str) -> None:
    """Take back what a link offers; it opens nothing any more.

    Raises:
        NotAvailableError, NotPermittedError: there is no such link, or the actor could not give its roles.
    """
    with office.store.writing() as work:
        _withdraw(work, office, actor, link_id)
        work.commit()


def renew_waiting_role(office: Office, actor: User, link_id: str) -> str:
    """Make a new link for the same roles and return its path; the old one opens nothing any more.

    Raises:
        NotAvailableError, NotPermittedError: as ``withdraw_waiting_role``.
    """
    with office.store.writing() as work:
        link = _withdraw(work, office, actor, link_id)
        path = issue_invitation(work, office, actor, link.person_id, waiting=link.grants)
        work.commit()
    return path


def _withdraw(work: UnitOfWork, office: Office, actor: User, link_id: str) -> WaitingLink:
    link = next((one for one in work.access.waiting_links() if one.token_hash == link_id), None)
    if link is None:
        raise NotAvailableError()
    if not _may_give_all(work, actor, link):
        if any(roles_at(actor, place_of_grant(work, grant)) for grant in link.grants):
            raise NotPermittedError("Your role here may not give this role, so it cannot withdraw or renew it either.")
        raise NotAvailableError()
    now = office.clock()
    work.accounts.use_invitation(link_id, now)
    work.access.end_waiting(link_id)
    work.outbox.leave_out(link_mail_key(MailKind.ROLE_OFFER, link_id), WITHDRAWN)
    record(work, person_stream(link.person_id), actor, "role_offer_withdrawn", now)
    return link


def _may_give_all(work: UnitOfWork, user: User, link: WaitingLink) -> bool:
    return all(may_give(work, user, grant) for grant in link.grants)
