"""Inviting one person: who may give which role, and who may hold the link that chooses a password."""

import pytest

from section11.domain.organisations import DutyBasis, Organisation
from section11.domain.people import OPERATOR, Grant, Role, User
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.services.accounts import sign_in
from section11.services.invitations import InvitationClosedError, accept_invitation, role_offer, take_up_roles
from section11.services.inviting import SIGN_IN_PATH, invite_person
from section11.storage.organisations import Membership
from tests.services.import_builders import (
    ADMIN,
    ELMTREE,
    ELMTREE_ADMIN,
    ELMTREE_POLICE,
    OAKFIELD,
    POLICE,
    POLICE_APPROVER,
    RIVERDALE,
    SCRUTINY,
    close_account,
    events_in,
    user_with,
    with_members,
    with_partnerships,
)

EMAIL = "kim@police.example"
PASSWORD = "purple tractor moon"


@pytest.fixture(autouse=True)
def members(office):
    with_partnerships(office)
    with_members(office, POLICE, OAKFIELD)
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)


def invite(office, user, role, *, email=EMAIL, name="Kim Ode", **place):
    return invite_person(office, user, email=email, name=name, post="Analyst", role=role, **place)


def stored(office, email=EMAIL) -> User | None:
    with office.store.reading() as work:
        person = work.accounts.person_by_email(email)
        return work.accounts.user(person.id) if person else None


def accept(office, path):
    return accept_invitation(office, path.removeprefix("/invitation/"), PASSWORD)


def test_an_approver_invites_a_colleague_who_can_then_choose_a_password(office):
    path = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, email=" Kim@Police.Example ", organisation_id=POLICE.id)

    kim = stored(office)
    assert accept(office, path) == kim.person
    assert (kim.person.name, kim.person.post) == ("Kim Ode", "Analyst")
    assert kim.grants == {Grant(Role.CONTRIBUTOR, organisation_id=POLICE.id)}
    [event] = events_in(office, "partnership:riverdale")
    assert (event.name, event.actor) == ("person_invited", POLICE_APPROVER.id)
    assert event.details == {"person": kim.id, "role": "contributor", "organisation": POLICE.id}


@pytest.mark.parametrize(
    ("user", "role", "place", "error"),
    [
        (POLICE_APPROVER, Role.APPROVER, {"organisation_id": OAKFIELD.id}, NotAvailableError),
        (POLICE_APPROVER, Role.SCRUTINY_LEAD, {"partnership_id": RIVERDALE.id}, NotAvailableError),
        (ADMIN, Role.APPROVER, {"organisation_id": ELMTREE_POLICE.id}, NotAvailableError),
        (ADMIN, Role.ADMINISTRATOR, {"partnership_id": ELMTREE.id}, NotAvailableError),
        (ADMIN, Role.APPROVER, {"organisation_id": "no-such"}, NotAvailableError),
        (OPERATOR, Role.ADMINISTRATOR, {"partnership_id": "no-such"}, NotAvailableError),
        (SCRUTINY, Role.BOARD_VIEWER, {"partnership_id": RIVERDALE.id}, NotPermittedError),
        (user_with(Role.CONTRIBUTOR, organisation_id=POLICE.id), Role.CONTRIBUTOR, {"organisation_id": POLICE.id},
         NotPermittedError),
    ],
)  # fmt: skip
def test_nobody_gives_a_role_beyond_their_own_place(office, user, role, place, error):
    with pytest.raises(error):
        invite(office, user, role, **place)
    assert stored(office) is None
    assert events_in(office, "partnership:riverdale") == []


@pytest.mark.parametrize("role", [Role.SCRUTINY_LEAD, Role.BOARD_VIEWER, Role.ADMINISTRATOR])
def test_an_administrator_gives_every_role_of_the_partnership(office, role):
    invite(office, ADMIN, role, partnership_id=RIVERDALE.id)
    assert stored(office).grants == {Grant(role, partnership_id=RIVERDALE.id)}


@pytest.mark.parametrize(
    ("role", "place", "says"),
    [
        (Role.OPERATOR, {"partnership_id": RIVERDALE.id}, "cannot be given"),
        (Role.APPROVER, {"partnership_id": RIVERDALE.id}, "belongs to an organisation"),
        (Role.SCRUTINY_LEAD, {"organisation_id": POLICE.id}, "for the whole partnership"),
        (Role.SCRUTINY_LEAD, {}, "belongs to a partnership"),
    ],
)
def test_a_role_and_its_place_must_go_together(office, role, place, says):
    with pytest.raises(BadInputError, match=says):
        invite(office, OPERATOR, role, **place)


@pytest.mark.parametrize(
    "email", ["", "kim", "kim@police", "a b@c.org", "a@b.org,c@d.org", "a\0@b.org", "x" * 250 + "@b.org"]
)
def test_what_is_no_email_address_is_refused(office, email):
    with pytest.raises(BadInputError, match="not an e-mail address"):
        invite(office, ADMIN, Role.APPROVER, email=email, organisation_id=POLICE.id)


def test_a_name_is_needed(office):
    with pytest.raises(BadInputError, match="name is missing"):
        invite(office, ADMIN, Role.APPROVER, name="  ", organisation_id=POLICE.id)


def test_inviting_again_gives_a_new_link_and_no_second_role(office):
    first = invite(office, ADMIN, Role.APPROVER, organisation_id=POLICE.id)
    second = invite(office, ADMIN, Role.APPROVER, name="Another Name", organisation_id=POLICE.id)

    assert first != second
    assert stored(office).person.name == "Kim Ode"
    assert len(stored(office).grants) == 1


def test_a_person_with_a_password_gets_the_role_and_nobody_gets_a_link_to_the_account(office):
    accept(office, invite(office, ADMIN, Role.APPROVER, organisation_id=POLICE.id))

    path = invite(office, ADMIN, Role.APPROVER, organisation_id=OAKFIELD.id)

    assert path == SIGN_IN_PATH
    assert stored(office).organisations_as(Role.APPROVER) == {POLICE.id, OAKFIELD.id}


def token_of(path):
    return path.removeprefix("/invitation/")


def signed_in_as_kim(office):
    return sign_in(office, EMAIL, PASSWORD).token


def test_a_role_given_by_another_place_waits_for_whoever_has_both_the_account_and_its_link(office):
    first = invite(office, ELMTREE_ADMIN, Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id)
    second = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id)
    assert len(stored(office).grants) == 1
    accept(office, first)

    take_up_roles(office, signed_in_as_kim(office), token_of(second))

    assert stored(office).organisations_as(Role.CONTRIBUTOR) == {POLICE.id}
    assert [event.name for event in events_in(office, f"person:{stored(office).id}")][-2:] == [
        "signed_in",
        "role_taken_up",
    ]


def test_the_link_of_a_role_sets_no_password(office):
    invite(office, ELMTREE_ADMIN, Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id)
    path = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id)

    with pytest.raises(InvitationClosedError):
        accept(office, path)


def test_the_link_of_a_role_says_which_and_where(office):
    invite(office, ELMTREE_ADMIN, Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id)
    path = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id)

    offer = role_offer(office, token_of(path))

    assert (offer.person.email, offer.roles) == (EMAIL, ((Role.CONTRIBUTOR, POLICE.name),))


@pytest.mark.parametrize("session", [None, "made up", "somebody else"])
def test_the_link_of_a_role_alone_gives_nothing(office, session):
    invite(office, ELMTREE_ADMIN, Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id)
    path = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id)
    if session == "somebody else":
        other = invite(office, ADMIN, Role.APPROVER, email="lee@police.example", organisation_id=POLICE.id)
        accept(office, other)
        session = sign_in(office, "lee@police.example", PASSWORD).token

    with pytest.raises(InvitationClosedError):
        take_up_roles(office, session, token_of(path))

    assert len(stored(office).grants) == 1


def test_the_link_of_a_role_is_good_once_and_for_seven_days(office):
    accept(office, invite(office, ELMTREE_ADMIN, Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id))
    late, used = (invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id) for _ in range(2))
    take_up_roles(office, signed_in_as_kim(office), token_of(used))
    office.clock.move(days=7)

    for path in (used, late):
        with pytest.raises(InvitationClosedError):
            take_up_roles(office, signed_in_as_kim(office), token_of(path))


def test_a_partnerships_role_waits_even_where_its_administrator_looks_after_all_the_person_does(office):
    """The approver who invited Kim may have kept the link, and must not become a board viewer with it."""
    accept(office, invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id))

    path = invite(office, ADMIN, Role.BOARD_VIEWER, partnership_id=RIVERDALE.id)

    assert path.startswith("/invitation/")
    assert stored(office).grants == {Grant(Role.CONTRIBUTOR, organisation_id=POLICE.id)}


def test_an_older_link_does_not_open_a_role_that_was_given_later(office):
    older = invite(office, POLICE_APPROVER, Role.CONTRIBUTOR, organisation_id=POLICE.id)
    newer = invite(office, ADMIN, Role.BOARD_VIEWER, partnership_id=RIVERDALE.id)

    with pytest.raises(InvitationClosedError):
        accept(office, older)
    assert accept(office, newer).email == EMAIL


def test_a_closed_account_is_not_opened_by_an_invitation(office):
    invite(office, ADMIN, Role.APPROVER, organisation_id=POLICE.id)
    close_account(office, EMAIL)

    with pytest.raises(BadInputError, match="is closed"):
        invite(office, ADMIN, Role.APPROVER, organisation_id=OAKFIELD.id)


def test_an_organisation_of_two_partnerships_has_the_event_in_both(office):
    shared = Organisation("probation", "Probation", "probation")
    with_members(office, shared)
    with office.store.writing() as work:
        work.organisations.join_all([Membership(shared, ELMTREE.id, DutyBasis.SECTION_11)])
        work.commit()

    invite(office, ELMTREE_ADMIN, Role.APPROVER, organisation_id=shared.id)

    for stream in ("partnership:riverdale", "partnership:elmtree"):
        assert [event.name for event in events_in(office, stream)] == ["person_invited"]
