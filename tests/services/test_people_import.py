"""Importing people: roles in the right places, one account per e-mail address, and links only for newcomers."""

import hashlib
import json

import pytest

from section11.domain.people import OPERATOR, Grant, Person, Role
from section11.errors import NotAvailableError, NotPermittedError, ProblemsFoundError
from section11.services.invitations import InvitationClosedError, accept_invitation, role_offer
from section11.services.taking_in.people import import_people, preview_people
from tests.services.import_builders import (
    ADMIN,
    ELMTREE,
    ELMTREE_POLICE,
    OAKFIELD,
    POLICE,
    POLICE_APPROVER,
    RIVERDALE,
    SCRUTINY,
    close_account,
    csv_file,
    events_in,
    with_members,
    with_partnerships,
    xlsx_file,
)

FILE = csv_file(
    """
    email,name,post,role,organisation,partnership
    Kim@Police.example,Kim Ode,Chief officer,Approver (senior lead),riverdale-police,
    kim@police.example,Kim Ode,,scrutiny lead,,
    ann@oakfield.example,Ann Lee,Head teacher,contributor,Oakfield primary school,riverdale
    """
)


@pytest.fixture(autouse=True)
def members(office):
    with_partnerships(office)
    with_members(office, POLICE, OAKFIELD)
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)


def run(office, content=FILE, *, user=ADMIN):
    return import_people(office, user, RIVERDALE.id, content, "people.csv")


def grants_of(office, email):
    with office.store.reading() as work:
        person = work.accounts.person_by_email(email)
        return work.accounts.user(person.id).grants if person else None


def with_person(office, email, name="Kim Ode", *, password_hash=None, grants=()):
    with office.store.writing() as work:
        work.accounts.add_person(Person("known", email, name), password_hash)
        work.accounts.add_grants(("known", grant) for grant in grants)
        work.commit()


def problems_in(office, content):
    preview = preview_people(office, ADMIN, RIVERDALE.id, content, "people.csv")
    with pytest.raises(ProblemsFoundError) as refused:
        run(office, content)
    assert refused.value.problems == preview.problems
    return [str(problem) for problem in preview.problems]


def test_people_get_their_roles_and_each_newcomer_one_link(office):
    done = run(office)

    assert grants_of(office, "kim@police.example") == {
        Grant(Role.APPROVER, organisation_id=POLICE.id),
        Grant(Role.SCRUTINY_LEAD, partnership_id=RIVERDALE.id),
    }
    assert grants_of(office, "ann@oakfield.example") == {Grant(Role.CONTRIBUTOR, organisation_id=OAKFIELD.id)}
    assert [(one.person.email, one.person.post) for one in done.invitations] == [
        ("kim@police.example", "Chief officer"),
        ("ann@oakfield.example", "Head teacher"),
    ]
    token = done.invitations[1].path.removeprefix("/invitation/")
    assert accept_invitation(office, token, "purple tractor moon").name == "Ann Lee"


def test_the_event_has_counts_and_no_addresses(office):
    run(office)

    [event] = events_in(office, "partnership:riverdale")
    assert (event.name, event.actor) == ("people_imported", ADMIN.id)
    assert event.details == {
        "file_sha256": hashlib.sha256(FILE).hexdigest(),
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "roles": 3,
        "invitations": 2,
    }
    assert "@" not in json.dumps(dict(event.details))


def test_a_preview_changes_nothing(office):
    preview = preview_people(office, ADMIN, RIVERDALE.id, FILE, "people.csv")

    assert [one.person.name for one in preview.new] == ["Kim Ode", "Ann Lee"]
    assert grants_of(office, "kim@police.example") is None
    assert events_in(office, "partnership:riverdale") == []


def test_the_same_file_again_gives_no_roles_and_no_links(office):
    run(office)
    again = run(office)
    assert (again.preview.new, again.preview.changed, again.preview.unchanged) == ((), (), 2)
    assert again.invitations == ()


def test_a_known_person_keeps_name_and_password_and_is_offered_the_roles_as_well(office):
    elmtree = Grant(Role.SCRUTINY_LEAD, partnership_id=ELMTREE.id)
    with_person(office, "kim@police.example", "Kimberley Ode", password_hash="hash", grants=[elmtree])

    done = run(office)

    assert grants_of(office, "kim@police.example") == {elmtree}
    [path] = [one.path for one in done.invitations if one.person.email == "kim@police.example"]
    offer = role_offer(office, path.removeprefix("/invitation/"))
    assert {role for role, _ in offer.roles} == {Role.APPROVER, Role.SCRUTINY_LEAD}
    assert [one.person.name for one in done.preview.changed] == ["Kimberley Ode"]


def test_nobody_gets_a_link_to_an_account_with_roles_they_do_not_manage(office):
    with_person(office, "kim@police.example", grants=[Grant(Role.ADMINISTRATOR, partnership_id=ELMTREE.id)])
    for one in run(office).invitations:
        if one.person.email == "kim@police.example":
            with pytest.raises(InvitationClosedError):
                accept_invitation(office, one.path.removeprefix("/invitation/"), "purple tractor moon")
    assert grants_of(office, "kim@police.example") == {Grant(Role.ADMINISTRATOR, partnership_id=ELMTREE.id)}


def test_every_fault_of_every_row_is_named_at_once_and_nobody_is_added(office):
    content = csv_file(
        """
        email,name,role,organisation,partnership
        fine@a.example,Fine,board_viewer,,
        not-an-address,,boss,nowhere,elmtree
        a@a.example,A,operator,,
        b@a.example,B,approver,,
        c@a.example,C,administrator,oakfield,
        d@a.example,D,contributor,elmtree-police,
        e@a.example,E,contributor,Riverdale Polise,
        fine@a.example,Other Name,contributor,oakfield,
        fine@a.example,Fine,Board viewer,,
        """
    )

    assert problems_in(office, content) == [
        'row 3: "not-an-address" is not an e-mail address. Write one like name@organisation.org.uk.',
        "row 3: The name is missing. Write the person's name.",
        'row 3: "nowhere" is not an organisation here. Write its id as the organisations list has it.',
        'row 3: These are people of the partnership "riverdale". Import those of others from their own file.',
        'row 3: "boss" is not a role. Use one of: contributor, approver, scrutiny_lead, board_viewer, administrator.',
        "row 4: The role Operator (the server's command line) cannot be given to a person. Choose another role.",
        "row 5: The role Approver (senior lead) belongs to an organisation. Say which one.",
        "row 6: The role Administrator is for the whole partnership. Leave the organisation empty.",
        'row 7: "elmtree-police" is not an organisation here. Did you mean "Riverdale Police" (riverdale-police)?',
        'row 8: "Riverdale Polise" is not an organisation here. Did you mean "Riverdale Police" (riverdale-police)?',
        'row 9: This address stands in row 2 with the name "Fine". Write one name.',
        "row 10: This person has this role in an earlier row already. Keep one row.",
    ]
    assert grants_of(office, "fine@a.example") is None
    assert events_in(office, "partnership:riverdale") == []


def test_a_fault_in_a_workbook_names_its_cell(office):
    content = xlsx_file([["Email", "Name", "Role"], ["kim@a.example", "Kim", "aprover"]], title="People")
    message = '"aprover" is not a role. The nearest is "approver".'
    assert problems_in(office, content) == [f"People!C2: {message}"]


def test_a_closed_account_is_a_problem(office):
    with_person(office, "kim@police.example")
    close_account(office, "kim@police.example")
    assert problems_in(office, FILE) == [
        "row 2: The account with this e-mail address is closed. Open it again before you give it a role."
    ]


def test_the_operator_imports_people_too(office):
    assert len(run(office, user=OPERATOR).invitations) == 2


@pytest.mark.parametrize(("user", "error"), [(SCRUTINY, NotPermittedError), (POLICE_APPROVER, NotAvailableError)])
def test_only_those_who_manage_people_may_import_them(office, user, error):
    with pytest.raises(error):
        run(office, user=user)
    with pytest.raises(error):
        preview_people(office, user, RIVERDALE.id, FILE, "people.csv")
    assert grants_of(office, "kim@police.example") is None
