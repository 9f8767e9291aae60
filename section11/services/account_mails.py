"""Mails about a person's account: the one-time link that opens it, and word that it was changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from section11.domain.mail import MailFacts, MailKind
from section11.domain.people import Grant, User
from section11.domain.uk_time import uk_date
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.places import partnership_ids_around
from section11.storage.unit_of_work import UnitOfWork

PASSWORD, SECOND_STEP = "password", "two-step sign-in"


def mail_link(
    work: UnitOfWork,
    office: Office,
    person_id: str,
    *,
    kind: MailKind,
    path: str,
    hashed: str,
    good_until: datetime,
    waiting: Collection[Grant] = (),
) -> None:
    """Send a person the link that was made for them. ``waiting`` are roles they hold only once they took them up."""
    user = work.accounts.user(person_id)
    if user is None or office.mail is None:
        return
    user = User(user.person, user.grants | frozenset(waiting))
    partnership_ids = sorted(partnership_ids_around(work, user))
    if not partnership_ids:
        return
    put_in_outbox(
        work,
        office,
        kind=kind,
        to=user.person,
        partnership_id=partnership_ids[0],
        key=link_mail_key(kind, hashed),
        facts=MailFacts(organisation=_only_organisation(work, user), due=uk_date(good_until), path=path),
        good_until=good_until,
    )


def link_mail_key(kind: MailKind, hashed: str) -> str:
    """Return what names the mail of a one-time link, by the hash of its token."""
    return f"{kind.value}:{hashed}"


def mail_account_changed(work: UnitOfWork, office: Office, user: User, change: str) -> None:
    """Tell a person that the way they sign in was changed, so that they notice when it was not them."""
    partnership_ids = sorted(partnership_ids_around(work, user)) if office.mail else []
    if partnership_ids:
        put_in_outbox(
            work,
            office,
            kind=MailKind.ACCOUNT_CHANGED,
            to=user.person,
            partnership_id=partnership_ids[0],
            key=f"account_changed:{change}:{user.id}:{office.clock().isoformat()}",
            facts=MailFacts(change=change, path="/account"),
        )


def _only_organisation(work: UnitOfWork, user: User) -> str:
    """Return the name of the organisation a person works for; empty when there are none or several."""
    ids = {grant.organisation_id for grant in user.grants if grant.organisation_id}
    organisation = work.organisations.get(ids.pop()) if len(ids) == 1 else None
    return organisation.name if organisation else ""
