"""People who leave: what ends, what stays, and who may end it."""

import pytest

from section11.domain.people import OPERATOR, Grant, Role, User
from section11.errors import BadInputError, NotAvailableError, NotPermittedError, SignInRefusedError
from section11.services.accounts import sign_in, user_for_token
from section11.services.invitations import InvitationClosedError, create_invitation, invitation_for, take_up_roles
from section11.services.inviting import invite_person
from section11.services.leaving import end_access, list_leavers, reopen_account
from tests.services.account_builders import ANN, BEN, HOME, PASSWORD, event_names, with_ann_and_ben

APPROVER = User(ANN, frozenset({Grant(Role.APPROVER, organisation_id="oakfield")}))
BOARD = Grant(Role.BOARD_VIEWER, partnership_id="riverdale")


@pytest.fixture(autouse=True)
def people(office):
    with_ann_and_ben(office)


@pytest.fixture
def admin(office):
    role = {"role": Role.ADMINISTRATOR, "partnership_id": "riverdale"}
    invite_person(office, OPERATOR, email="m@riverdale.example", name="Mo", post="", **role)
    with office.store.reading() as work:
        return work.accounts.user(work.accounts.person_by_email("m@riverdale.example").id)


def give_ben(office, grant):
    with office.store.writing() as work:
        work.accounts.add_grants([(BEN.id, grant)])
        work.commit()


def test_a_leaver_is_signed_out_at_once_and_cannot_sign_in(office):
    token = sign_in(office, BEN.email, PASSWORD, HOME).token

    left = end_access(office, APPROVER, BEN.id)

    assert (left.ended, left.is_closed) == (1, True)
    assert user_for_token(office, token) is None
    with pytest.raises(SignInRefusedError):
        sign_in(office, BEN.email, PASSWORD, HOME)


def test_the_account_and_its_roles_are_kept_and_the_trail_says_who_ended_them(office):
    end_access(office, APPROVER, BEN.id)

    with office.store.reading() as work:
        assert work.accounts.people_by_id([BEN.id])[BEN.id].name == BEN.name
        assert work.access.ended_grants(BEN.id) == {Grant(Role.CONTRIBUTOR, organisation_id="oakfield")}
        [event] = work.audit_trail.events("partnership:riverdale")
    assert (event.name, event.actor, event.details["person"]) == ("role_ended", ANN.id, BEN.id)
    assert event_names(office, BEN)[-1] == "account_closed"


def test_links_that_were_open_are_closed(office):
    link = create_invitation(office, OPERATOR, BEN.id).removeprefix("/invitation/")
    end_access(office, APPROVER, BEN.id)

    with pytest.raises(InvitationClosedError):
        invitation_for(office, link)


def test_an_approver_ends_the_roles_of_their_organisation_and_no_others(office):
    give_ben(office, BOARD)

    left = end_access(office, APPROVER, BEN.id)

    assert not left.is_closed
    with office.store.reading() as work:
        assert work.accounts.user(BEN.id).grants == {BOARD}


@pytest.mark.parametrize(
    ("grants", "refusal"),
    [
        ({Grant(Role.CONTRIBUTOR, organisation_id="oakfield")}, NotPermittedError),
        ({Grant(Role.APPROVER, organisation_id="elsewhere")}, NotAvailableError),
        (set(), NotAvailableError),
    ],
)
def test_nobody_else_ends_them_and_nothing_changes(office, grants, refusal):
    with pytest.raises(refusal):
        end_access(office, User(ANN, frozenset(grants)), BEN.id)

    with office.store.reading() as work:
        assert len(work.accounts.user(BEN.id).grants) == 1


def test_nobody_ends_their_own_access(office):
    with pytest.raises(BadInputError, match="your own access"):
        end_access(office, APPROVER, ANN.id)


def test_somebody_who_left_already_is_not_there(office):
    end_access(office, APPROVER, BEN.id)

    with pytest.raises(NotAvailableError):
        end_access(office, APPROVER, BEN.id)


def test_an_account_that_is_opened_again_has_no_role_and_no_password(office, admin):
    end_access(office, APPROVER, BEN.id)
    assert [one.id for one in list_leavers(office, admin)] == [BEN.id]

    reopen_account(office, admin, BEN.id)

    assert list_leavers(office, admin) == []
    with office.store.reading() as work:
        assert work.accounts.user(BEN.id).grants == frozenset()
    with pytest.raises(SignInRefusedError):
        sign_in(office, BEN.email, PASSWORD, HOME)


def test_somebody_who_comes_back_is_invited_anew(office, admin):
    end_access(office, APPROVER, BEN.id)
    reopen_account(office, admin, BEN.id)
    role = {"role": Role.CONTRIBUTOR, "organisation_id": "oakfield"}

    path = invite_person(office, admin, email=BEN.email, name="?", post="", **role)

    assert invitation_for(office, path.removeprefix("/invitation/")).name == BEN.name


def test_a_role_that_waits_is_not_taken_up_after_leaving(office, admin):
    token = sign_in(office, BEN.email, PASSWORD, HOME).token
    role = {"role": Role.BOARD_VIEWER, "partnership_id": "riverdale"}
    offer = invite_person(office, admin, email=BEN.email, name="?", post="", **role)
    end_access(office, APPROVER, BEN.id)

    with pytest.raises(InvitationClosedError):
        take_up_roles(office, token, offer.removeprefix("/invitation/"))
