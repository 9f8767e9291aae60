"""Roles that wait for their link: listed to whoever could give them, withdrawn and renewed."""

from datetime import timedelta

import pytest

from section11.domain.people import Role
from section11.errors import NotAvailableError, NotPermittedError
from section11.services.accounts import sign_in
from section11.services.invitations import (
    INVITATION_LASTS,
    InvitationClosedError,
    accept_invitation,
    create_invitation,
    take_up_roles,
)
from section11.services.inviting import invite_person
from section11.services.waiting_roles import list_waiting_roles, renew_waiting_role, withdraw_waiting_role
from tests.services.builders import PARTNERSHIP, user_by_email

PASSWORD = "correct horse battery staple"


@pytest.fixture
def town(ready, office, tmp_path):
    town = ready.quiet_town(office, tmp_path)
    path = create_invitation(town.office, town.admin, town.approver.id)
    accept_invitation(town.office, path.rpartition("/")[2], PASSWORD)
    return town


def offer(town):
    """Offer the approver of the police, who has a password, to be a board viewer as well; return the link's token."""
    board = {"email": town.approver.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    return invite_person(town.office, town.admin, **board, partnership_id=PARTNERSHIP).rpartition("/")[2]


def take_up(town, token):
    signed_in = sign_in(town.office, town.approver.person.email, PASSWORD)
    take_up_roles(town.office, signed_in.token, token)


def test_a_link_that_is_not_there_and_one_of_others_cannot_be_withdrawn_or_renewed(town):
    offer(town)
    [waiting] = list_waiting_roles(town.office, town.admin)

    for change in (withdraw_waiting_role, renew_waiting_role):
        with pytest.raises(NotAvailableError):
            change(town.office, town.admin, "made up")
        with pytest.raises(NotPermittedError):
            change(town.office, town.scrutiny, waiting.link_id)
    assert list_waiting_roles(town.office, town.admin) == [waiting]
    assert list_waiting_roles(town.office, town.scrutiny) == []


def test_a_role_that_waits_is_listed_until_it_is_taken_up(town):
    token = offer(town)

    [waiting] = list_waiting_roles(town.office, town.admin)
    assert (waiting.email, waiting.roles) == (town.approver.person.email, ((Role.BOARD_VIEWER, "Riverdale"),))
    assert waiting.until == town.office.clock() + INVITATION_LASTS

    take_up(town, token)
    assert list_waiting_roles(town.office, town.admin) == []


def test_a_role_that_was_withdrawn_cannot_be_taken_up(town):
    token = offer(town)

    withdraw_waiting_role(town.office, town.admin, list_waiting_roles(town.office, town.admin)[0].link_id)

    assert list_waiting_roles(town.office, town.admin) == []
    with pytest.raises(InvitationClosedError):
        take_up(town, token)


def test_a_new_link_takes_the_place_of_one_that_ran_out(town):
    old = offer(town)
    town.office.clock.now += INVITATION_LASTS + timedelta(hours=1)
    [waiting] = list_waiting_roles(town.office, town.admin)
    assert waiting.has_run_out

    path = renew_waiting_role(town.office, town.admin, waiting.link_id)

    [renewed] = list_waiting_roles(town.office, town.admin)
    assert not renewed.has_run_out
    with pytest.raises(InvitationClosedError):
        take_up(town, old)
    take_up(town, path.rpartition("/")[2])
    user = user_by_email(town.office, town.approver.person.email)
    assert user.partnerships_as(Role.BOARD_VIEWER) == {PARTNERSHIP}
