"""Inviting people, and choosing a password from an invitation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from section11.config import Settings
from section11.domain.organisations import DutyBasis, Organisation, Partnership
from section11.domain.people import OPERATOR, Grant, Person, Role, User
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.services.accounts import sign_in, user_for_token
from section11.services.invitations import (
    InvitationClosedError,
    accept_invitation,
    create_invitation,
    invitation_for,
)
from section11.services.office import open_office
from section11.storage.organisations import Membership

PASSWORD = "purple tractor moon"
APPROVER, CONTRIBUTOR = (Grant(role, organisation_id="oakfield") for role in (Role.APPROVER, Role.CONTRIBUTOR))
ADMINISTRATOR = Grant(Role.ADMINISTRATOR, partnership_id="riverdale")

ANN = User(Person("ann", "ann@oakfield.example", "Ann Lee"), frozenset({APPROVER}))
BEN = User(Person("ben", "ben@oakfield.example", "Ben Roe"), frozenset({CONTRIBUTOR}))
CAT = User(Person("cat", "cat@elmtree.example", "Cat Orr"), frozenset({Grant(Role.APPROVER, "elmtree")}))
DEE = User(Person("dee", "dee@riverdale.example", "Dee Fox"), frozenset({ADMINISTRATOR}))
EVE = User(Person("eve", "eve@oakfield.example", "Eve Ash"), frozenset({CONTRIBUTOR, ADMINISTRATOR}))
FAY = User(Person("fay", "fay@oakfield.example", "Fay Ito"), frozenset())


class Clock:
    def __init__(self):
        self.now = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office(tmp_path, clock, _migrated_sqlite):
    (tmp_path / "section11.db").write_bytes(_migrated_sqlite.read_bytes())
    office = replace(open_office(Settings(data_dir=tmp_path, database_url="")), clock=clock)
    with office.store.writing() as work:
        work.facts.add_partnership(Partnership("riverdale", "Riverdale Partnership"))
        work.organisations.add_all(
            [
                Membership(Organisation("oakfield", "Oakfield", "school"), "riverdale", DutyBasis.EQUIVALENT),
                Membership(Organisation("elmtree", "Elmtree", "school"), "riverdale", DutyBasis.EQUIVALENT),
            ]
        )
        for user in (ANN, BEN, CAT, DEE, EVE, FAY):
            work.accounts.add_person(user.person)
            work.accounts.add_grants((user.id, grant) for grant in user.grants)
        work.commit()
    yield office
    office.store.close()


def invited(office, actor, person):
    return create_invitation(office, actor, person.id).removeprefix("/invitation/")


def events_about(office, person):
    with office.store.reading() as work:
        return [(event.name, event.actor) for event in work.audit_trail.events(f"person:{person.id}")]


def test_an_invited_colleague_chooses_a_password_and_signs_in(office):
    token = invited(office, ANN, BEN)

    assert invitation_for(office, token) == BEN.person
    assert accept_invitation(office, token, PASSWORD) == BEN.person

    assert sign_in(office, BEN.person.email, PASSWORD).person == BEN.person
    assert events_about(office, BEN) == [
        ("invitation_created", "ann"),
        ("invitation_accepted", "ben"),
        ("signed_in", "ben"),
    ]


def test_an_invitation_is_good_once(office):
    token = invited(office, ANN, BEN)
    accept_invitation(office, token, PASSWORD)

    with pytest.raises(InvitationClosedError):
        invitation_for(office, token)
    with pytest.raises(InvitationClosedError):
        accept_invitation(office, token, "another tractor moon")

    assert sign_in(office, BEN.person.email, PASSWORD)


def test_an_invitation_runs_out_after_seven_days(office, clock):
    token = invited(office, ANN, BEN)

    clock.now += timedelta(days=7) - timedelta(seconds=1)
    assert invitation_for(office, token) == BEN.person
    clock.now += timedelta(seconds=1)
    with pytest.raises(InvitationClosedError):
        accept_invitation(office, token, PASSWORD)


def test_a_made_up_invitation_opens_nothing(office):
    with pytest.raises(InvitationClosedError):
        invitation_for(office, "made-up")


def test_a_weak_password_leaves_the_invitation_open(office):
    token = invited(office, ANN, BEN)

    with pytest.raises(BadInputError):
        accept_invitation(office, token, "short")

    assert accept_invitation(office, token, PASSWORD) == BEN.person


def test_a_new_password_ends_the_sessions_that_were_open(office):
    accept_invitation(office, invited(office, ANN, BEN), PASSWORD)
    session = sign_in(office, BEN.person.email, PASSWORD).token

    accept_invitation(office, invited(office, DEE, BEN), "another tractor moon")

    assert user_for_token(office, session) is None


@pytest.mark.parametrize(("actor", "person"), [(ANN, BEN), (DEE, BEN), (DEE, ANN), (DEE, EVE), (OPERATOR, FAY)])
def test_whoever_may_invite_in_every_place_of_a_person_may_invite_them(office, actor, person):
    assert invitation_for(office, invited(office, actor, person)) == person.person


@pytest.mark.parametrize(
    ("actor", "person", "refusal"),
    [
        (BEN, ANN, NotPermittedError),  # A contributor invites nobody.
        (CAT, BEN, NotAvailableError),  # Another organisation.
        (ANN, EVE, NotAvailableError),  # Eve is an administrator too: her password would open the partnership.
        (DEE, FAY, NotAvailableError),  # In no place yet.
    ],
)
def test_nobody_else_may_and_no_trace_is_left(office, actor, person, refusal):
    with pytest.raises(refusal):
        create_invitation(office, actor, person.id)

    assert events_about(office, person) == []


def test_an_approver_gives_a_colleague_who_forgot_the_password_a_link_for_a_day(office, clock):
    accept_invitation(office, invited(office, ANN, BEN), PASSWORD)
    token = invited(office, ANN, BEN)

    clock.now += timedelta(days=1) - timedelta(seconds=1)
    assert invitation_for(office, token) == BEN.person
    clock.now += timedelta(seconds=1)
    with pytest.raises(InvitationClosedError):
        invitation_for(office, token)


def test_the_account_says_when_its_password_was_chosen(office, clock):
    accept_invitation(office, invited(office, ANN, BEN), PASSWORD)

    with office.store.reading() as work:
        assert work.accounts.password_set_at(BEN.id) == clock.now


def test_nobody_of_that_id_cannot_be_invited(office):
    with pytest.raises(NotAvailableError):
        create_invitation(office, OPERATOR, "nobody")
