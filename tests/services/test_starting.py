"""Starting a real partnership: the first administrator is invited, and a demo stays a demo."""

import pytest

from section11.domain.people import Grant, Role
from section11.errors import BadInputError
from section11.services.accounts import sign_in, user_for_token
from section11.services.invitations import accept_invitation
from section11.services.starting import start_partnership
from section11.services.surroundings import surroundings_of
from section11.storage.facts import DEMO, REAL
from tests.services.builders import user_by_email

EMAIL = "jo@riverdale.example"


def start(office, **changes):
    return start_partnership(office, **{"name": "Riverdale", "admin_email": EMAIL, "admin_name": "Jo Hill"} | changes)


def test_the_administrator_of_a_new_partnership_chooses_a_password_and_signs_in(office):
    started = start(office, name="  Riverdale Partnership ")
    assert (started.partnership.id, started.partnership.name) == ("riverdale-partnership", "Riverdale Partnership")

    token = started.invitation_path.removeprefix("/invitation/")
    accept_invitation(office, token, "purple tractor moon")
    user = user_for_token(office, sign_in(office, EMAIL, "purple tractor moon").token)

    assert user is not None
    assert user.person.name == "Jo Hill"
    assert user.grants == {Grant(Role.ADMINISTRATOR, partnership_id="riverdale-partnership")}
    here = surroundings_of(office, user)
    assert (here.partnership_names, here.is_demo) == (("Riverdale Partnership",), False)
    with office.store.reading() as work:
        assert work.facts.kind() == REAL
        trail = work.audit_trail.events("partnership:riverdale-partnership")
    assert trail[0].name == "partnership_started"
    [given] = [event.details for event in trail if event.details.get("person") == user.id]
    assert given["role"] == "administrator"


def test_a_second_partnership_may_share_the_database(sqlite_office):
    start(sqlite_office)
    start(sqlite_office, name="Elmtree", admin_email="sam@elmtree.example")

    elmtree = user_by_email(sqlite_office, "sam@elmtree.example")
    assert elmtree.grants == {Grant(Role.ADMINISTRATOR, partnership_id="elmtree")}
    assert surroundings_of(sqlite_office, elmtree).partnership_names == ("Elmtree",)


@pytest.mark.parametrize("name", ["Riverdale", " riverdale ", "RIVERDALE!"])
def test_a_partnership_is_started_once(sqlite_office, name):
    start(sqlite_office)

    with pytest.raises(BadInputError, match="already in this database"):
        start(sqlite_office, name=name, admin_email="other@riverdale.example")

    with sqlite_office.store.reading() as work:
        assert work.accounts.person_by_email("other@riverdale.example") is None


@pytest.mark.parametrize("name", ["", "  ", "…!"])
def test_a_partnership_without_a_name_is_refused(sqlite_office, name):
    with pytest.raises(BadInputError, match="needs a name"):
        start(sqlite_office, name=name)

    with sqlite_office.store.reading() as work:
        assert (work.facts.kind(), work.facts.partnerships()) == (None, {})


def test_a_demo_never_becomes_a_real_partnership(sqlite_office):
    with sqlite_office.store.writing() as work:
        work.facts.set_kind(DEMO)
        work.commit()

    with pytest.raises(BadInputError, match="stays a demo"):
        start(sqlite_office)

    with sqlite_office.store.reading() as work:
        assert (work.facts.kind(), work.facts.partnerships()) == (DEMO, {})


def test_a_mistyped_address_leaves_nothing_behind_so_that_starting_can_be_tried_again(office):
    with pytest.raises(BadInputError, match="not an e-mail address"):
        start(office, admin_email="jo at riverdale")

    with office.store.reading() as work:
        assert (work.facts.kind(), work.facts.partnerships(), work.audit_trail.heads()) == (None, {}, {})
    assert start(office).invitation_path.startswith("/invitation/")
