"""Who may do what where: the whole table, compared with one written by hand."""

from itertools import product

import pytest

from section11.domain.people import ORGANISATION_ROLES, PARTNERSHIP_ROLES, Grant, Person, Role, User
from section11.errors import NotAvailableError, NotPermittedError
from section11.permissions import HOLDERS, Place, Right, may, may_somewhere, require, roles_at

# fmt: off
ROLES = (Role.CONTRIBUTOR, Role.APPROVER, Role.SCRUTINY_LEAD, Role.BOARD_VIEWER, Role.ADMINISTRATOR, Role.OPERATOR)
TABLE = {
    #                             con app scr boa adm ope
    Right.READ_RETURN:           "yes yes no  no  no  yes",
    Right.ANSWER:                "yes yes no  no  no  yes",
    Right.SEND_FOR_SIGN_OFF:     "yes yes no  no  no  yes",
    Right.SIGN_OFF:              "no  yes no  no  no  no",
    Right.INVITE_COLLEAGUES:     "no  yes no  no  yes yes",
    Right.FOLLOW_PROGRESS:       "no  no  yes no  yes yes",
    Right.READ_RETURNED:         "no  no  yes no  no  yes",
    Right.HAND_BACK:             "no  no  yes no  no  no",
    Right.SEE_DASHBOARDS:        "no  no  yes no  no  yes",
    Right.EXPORT:                "no  no  yes no  no  yes",
    Right.MANAGE_ORGANISATIONS:  "no  no  no  no  yes yes",
    Right.MANAGE_PEOPLE:         "no  no  no  no  yes yes",
    Right.MANAGE_CYCLES:         "no  no  no  no  yes yes",
    Right.IMPORT_RESULTS:        "no  no  no  no  yes yes",
    Right.VERIFY_TRAIL:          "no  no  no  no  yes yes",
    Right.KEEP_EVIDENCE:                "yes yes no  no  no  yes",
    Right.REOPEN:                "no  no  yes no  no  no",
    Right.ASK_QUERIES:           "no  no  yes no  no  no",
    Right.INTERNAL_NOTES:        "no  no  yes no  no  no",
    Right.CHANGE_DECLARATION:    "no  no  no  no  yes yes",
    Right.MODERATE:              "no  no  yes no  no  no",
    Right.RELEASE:               "no  no  yes no  no  no",
    Right.READ_RELEASED:         "no  no  yes yes no  yes",
    Right.UPDATE_ACTIONS:        "yes yes no  no  no  yes",
    Right.READ_ACTIONS:          "no  no  yes no  no  yes",
    Right.VERIFY_ACTIONS:        "no  no  yes no  no  no",
    Right.WRITE_LETTERS:         "no  no  yes no  no  yes",
    Right.CHANGE_LETTER:         "no  no  yes no  yes yes",
    Right.EDIT_BOARD_PACK:       "no  no  yes no  no  yes",
    Right.READ_BOARD_PACK:       "no  no  yes yes no  yes",
    Right.BRING_IN_RETURNS:      "no  no  no  no  yes yes",
    Right.MANAGE_API_TOKENS:     "no  no  no  no  yes yes",
    Right.PICK_GOOD_PRACTICE:    "no  no  yes no  no  no",
    Right.REMIND:                "no  no  yes no  yes no",
    Right.MANAGE_MAIL:           "no  no  no  no  yes yes",
    Right.SET_RETENTION:         "no  no  no  no  yes yes",
    Right.HANDLE_PERSONAL_DATA:  "no  no  no  no  yes yes",
}
# fmt: on

SITE = Place("oakfield", parent_id="trust", partnership_ids=frozenset({"riverdale"}))
PARTNERSHIP = Place(partnership_ids=frozenset({"riverdale"}))
ELSEWHERE = (
    Place("elmtree", parent_id="another-trust", partnership_ids=frozenset({"elmdale"})),
    Place(partnership_ids=frozenset({"elmdale"})),
    Place(),
)


def user_with(*grants: Grant) -> User:
    return User(Person("ann", "ann@example.org", "Ann Lee"), frozenset(grants))


def holder_of(role: Role) -> User:
    """Return somebody with one role: at Oakfield or in Riverdale, as the role has it."""
    if role in ORGANISATION_ROLES:
        return user_with(Grant(role, organisation_id="oakfield"))
    if role in PARTNERSHIP_ROLES:
        return user_with(Grant(role, partnership_id="riverdale"))
    return user_with(Grant(role))


def says_yes(right: Right, role: Role) -> bool:
    return dict(zip(ROLES, TABLE[right].split(), strict=True))[role] == "yes"


def test_every_right_and_every_role_is_in_the_table():
    assert set(TABLE) == set(Right) == set(HOLDERS)
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(("right", "role"), list(product(Right, Role)))
def test_a_role_gives_at_its_own_place_what_the_table_says(right, role):
    assert may(holder_of(role), right, SITE) is says_yes(right, role)
    assert may_somewhere(holder_of(role), right) is says_yes(right, role)


@pytest.mark.parametrize(("right", "role"), list(product(Right, sorted(PARTNERSHIP_ROLES | ORGANISATION_ROLES))))
def test_a_role_gives_nothing_anywhere_else(right, role):
    for place in ELSEWHERE:
        assert not may(holder_of(role), right, place)
        with pytest.raises(NotAvailableError):
            require(holder_of(role), right, place)


@pytest.mark.parametrize(("right", "role"), list(product(Right, sorted(ORGANISATION_ROLES))))
def test_a_role_in_an_organisation_gives_nothing_in_the_partnership_as_a_whole(right, role):
    assert not may(holder_of(role), right, PARTNERSHIP)


@pytest.mark.parametrize(("right", "role"), list(product(Right, sorted(ORGANISATION_ROLES))))
def test_a_role_at_the_parent_reads_the_return_of_a_site_and_does_nothing_else(right, role):
    person = user_with(Grant(role, organisation_id="trust"))

    assert may(person, right, SITE) is (right is Right.READ_RETURN)


@pytest.mark.parametrize(("right", "role"), list(product(Right, sorted(ORGANISATION_ROLES))))
def test_a_role_at_a_site_gives_nothing_at_its_parent(right, role):
    assert not may(holder_of(role), right, Place("trust", partnership_ids=frozenset({"riverdale"})))


@pytest.mark.parametrize("right", Right)
def test_somebody_without_roles_may_do_nothing_and_learns_nothing(right):
    for place in (SITE, PARTNERSHIP, *ELSEWHERE):
        with pytest.raises(NotAvailableError):
            require(user_with(), right, place)


@pytest.mark.parametrize("right", Right)
def test_a_refusal_to_somebody_with_another_role_here_says_what_and_whom_to_ask(right):
    other = Role.ADMINISTRATOR if right in {Right.READ_RELEASED, Right.READ_BOARD_PACK} else Role.BOARD_VIEWER
    with pytest.raises(NotPermittedError) as refused:
        require(holder_of(other), right, SITE)

    message = refused.value.user_message
    assert message.startswith(f"Your role here may not {right.value}. Ask somebody who is a")
    assert "operator" not in message
    assert "_" not in message


def test_roles_in_several_places_add_up_and_stay_where_they_are():
    person = user_with(
        Grant(Role.CONTRIBUTOR, organisation_id="oakfield"), Grant(Role.SCRUTINY_LEAD, partnership_id="elmdale")
    )

    assert roles_at(person, SITE) == {Role.CONTRIBUTOR}
    assert roles_at(person, ELSEWHERE[0]) == {Role.SCRUTINY_LEAD}
    assert not may(person, Right.HAND_BACK, SITE)
    assert not may(person, Right.ANSWER, ELSEWHERE[0])


def test_nobody_can_hold_a_grant_without_a_place_but_the_operator():
    """A grant that lost its place, or names an empty one, must not open places that have none."""
    for role in sorted(ORGANISATION_ROLES | PARTNERSHIP_ROLES):
        for place in (SITE, PARTNERSHIP, *ELSEWHERE):
            assert roles_at(user_with(Grant(role)), place) == frozenset()
