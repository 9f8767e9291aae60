"""Tokens with which a program, such as Power BI, reads the data of one partnership: given, listed, revoked, used."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from section11.domain.people import Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.services.accounts import new_token, token_hash
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.trail import partnership_stream, record
from section11.storage.api_tokens import ApiToken

TOKEN_LASTS = timedelta(days=365)
PREFIX = "s11_"
"""Lets people, and programs that look for secrets left lying about, see what it is."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewApiToken:
    """A token that has just been made. ``secret`` is shown once and kept nowhere."""

    secret: str
    token: ApiToken


@dataclass(frozen=True, slots=True)
class ApiTokenLine:
    """A token as the list shows it, with the name of who made it and whether it opens anything now."""

    token: ApiToken
    made_by: str
    is_open: bool


def create_api_token(office: Office, user: User, partnership_id: str, name: str) -> NewApiToken:
    """Make a token that reads one partnership's data for a year.

    Raises:
        NotAvailableError, NotPermittedError: the person may not give tokens of this partnership.
        BadInputError: the name is missing or too long.
    """
    with office.store.refusals_told():
        require(user, Right.MANAGE_API_TOKENS, partnership_place(partnership_id))
    name = " ".join(name.split())
    if not name:
        raise BadInputError("Say what the token is for, for example “Power BI of the council”.")
    if len(name) > LONGEST_NAME:
        raise BadInputError(f"The name has more than {LONGEST_NAME} characters. Shorten it.")
    now, secret = office.clock(), PREFIX + new_token()
    with office.store.writing() as work:
        if partnership_id not in work.facts.partnerships():
            raise NotAvailableError()
        token = ApiToken(secrets.token_hex(8), partnership_id, name, now, user.id, now + TOKEN_LASTS)
        work.api_tokens.add(token, token_hash(secret))
        record(work, partnership_stream(partnership_id), user, "api_token_created", now, token=token.id)
        work.commit()
    return NewApiToken(secret, token)


def list_api_tokens(office: Office, user: User) -> list[ApiTokenLine]:
    """Return the tokens of every partnership whose tokens the person gives, the latest first."""
    now = office.clock()
    with office.store.reading() as work:
        mine = partnerships_with(user, Right.MANAGE_API_TOKENS, list(work.facts.partnerships()))
        tokens = work.api_tokens.of_partnerships(mine)
        people = work.accounts.people_by_id(one.created_by for one in tokens)
    return [
        ApiTokenLine(
            one,
            people[one.created_by].shown_as if one.created_by in people else "The server's command line",
            is_open=one.revoked_at is None and now < one.expires_at,
        )
        for one in tokens
    ]


def revoke_api_token(office: Office, user: User, token_id: str) -> None:
    """End a token at once and for good. Nothing happens when it was revoked before.

    Raises:
        NotAvailableError, NotPermittedError: there is no such token, or it is not this person's to revoke.
    """
    now = office.clock()
    with office.store.writing() as work:
        token = work.api_tokens.get(token_id)
        if token is None:
            raise NotAvailableError()
        require(user, Right.MANAGE_API_TOKENS, partnership_place(token.partnership_id))
        if work.api_tokens.revoke(token_id, now):
            record(work, partnership_stream(token.partnership_id), user, "api_token_revoked", now, token=token_id)
            work.commit()


def reader_with(office: Office, secret: str | None) -> User | None:
    """Return the program a token belongs to, as somebody who may see what a scrutiny lead of the partnership sees.

    None when there is no such token, or it was revoked or has run out. Writes when it was last used.
    """
    if not secret:
        return None
    now = office.clock()
    with office.store.reading() as work:
        token = work.api_tokens.with_hash(token_hash(secret))
    if token is None or token.revoked_at is not None or now >= token.expires_at:
        return None
    with office.store.writing() as work:
        work.api_tokens.note_use(token.id, now)
        work.commit()
    reader = Person(f"token-{token.id}", "", token.name)
    return User(reader, frozenset({Grant(Role.SCRUTINY_LEAD, partnership_id=token.partnership_id)}))
