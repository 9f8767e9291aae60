"""Which mails a person gets: their own choice, on their account page.

As everything about one's own account it is asked with the session's token, and is about nobody else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from section11.domain.mail_choices import OptionalMail, choices_offered, is_always_sent, is_bound, is_wanted
from section11.domain.people import User
from section11.errors import NotSignedInError
from section11.services.accounts import person_stream, user_for_token
from section11.services.office import Office
from section11.services.trail import record
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnChoice:
    """One kind of mail a person may choose about.

    ``is_always`` when theirs comes in any case, ``is_partly_bound`` when it does in some of the places they work for.
    """

    mail: OptionalMail
    is_wanted: bool
    is_always: bool
    is_partly_bound: bool


def own_mail_choices(office: Office, token: str | None) -> tuple[OwnChoice, ...]:
    """Return what the person of the session may choose about, in the order it is shown.

    Raises:
        NotSignedInError: there is no session.
    """
    user = _signed_in(office, token)
    with office.store.reading() as work:
        return _choices(work, user)


def choose_own_mails(office: Office, token: str | None, wanted: Collection[str]) -> None:
    """Keep which of the offered mails the person of the session wants; ``wanted`` are names of kinds.

    What they may not choose about stays as it is, whatever is named.

    Raises:
        NotSignedInError: there is no session.
    """
    user, now = _signed_in(office, token), office.clock()
    with office.store.writing() as work:
        changed = {
            one.mail.kind: one.mail.kind.value in wanted
            for one in _choices(work, user)
            if not one.is_always and one.is_wanted != (one.mail.kind.value in wanted)
        }
        if changed:
            work.mail_choices.put(user.id, changed, now)
            chosen = {kind.value: is_on for kind, is_on in changed.items()}
            record(work, person_stream(user.id), user, "mails_chosen", now, chosen=chosen)
            work.commit()


def _choices(work: UnitOfWork, user: User) -> tuple[OwnChoice, ...]:
    roles = frozenset(grant.role for grant in user.grants)
    chosen = work.mail_choices.of([user.id]).get(user.id, {})
    found = []
    for mail in choices_offered(roles):
        is_always = is_always_sent(mail, roles)
        is_partly_bound = not is_always and is_bound(mail.kind, roles)
        found.append(OwnChoice(mail, is_wanted(mail.kind, chosen, frozenset()), is_always, is_partly_bound))
    return tuple(found)


def _signed_in(office: Office, token: str | None) -> User:
    user = user_for_token(office, token)
    if user is None:
        raise NotSignedInError()
    return user
