"""Administration: organisations from a file, people by invitation, and the life of a cycle."""

import re

import pytest

from section11.domain.cycles import CycleStatus
from section11.domain.people import Grant, Role
from section11.permissions import Right
from section11.services.cycles import list_cycles
from section11.services.directory import list_members
from tests.app.browsing import go_to, links_on, words_on
from tests.app.worlds import DATA, add_cycle, fresh_partnership
from tests.services.builders import POLICE, user_by_email

ORGANISATIONS = b"name,type\nOakfield School,school-maintained\nElm Lane Nursery,early-years-group\n"
FAULTY = b"name,type\nOakfield School,castle\n,school-maintained\n"


@pytest.fixture
def newtown(sqlite_office):
    """A partnership with an administrator and nothing in it."""
    return fresh_partnership(sqlite_office)


@pytest.fixture
def admin(newtown, open_app):
    return open_app(newtown.office, newtown.admin)


def upload(at, content, name="organisations.csv"):
    return at.file_uploader[0].set_value((name, content, "text/csv")).run()


def members(place):
    return [line.organisation.name for line in list_members(place.office, place.admin)]


def test_organisations_are_previewed_and_then_imported(newtown, admin):
    at = upload(go_to(admin, "organisations.py"), ORGANISATIONS)
    assert "2 new organisations" in words_on(at)
    assert members(newtown) == []

    at.button(key="page.import").click().run()

    assert members(newtown) == ["Elm Lane Nursery", "Oakfield School"]
    assert "Imported. 2 organisations added." in words_on(at)
    assert "2 organisations in the partnership." in words_on(at)
    assert "page.import" not in [button.key for button in at.button]


def test_what_would_change_is_shown_before_it_does(newtown, admin):
    at = upload(go_to(admin, "organisations.py"), b"id,name,type\noak,Oakfield School,school-maintained\n")
    at.button(key="page.import").click().run()

    upload(at, b"id,name,type,status\noak,Oakfield <b> Academy,school-maintained,closed\n")

    said = words_on(at)
    assert "name: Oakfield School → Oakfield <b> Academy; is_open: yes → no" in said
    assert members(newtown) == ["Oakfield School"]


def test_every_fault_of_a_file_is_shown_at_once_and_nothing_is_imported(newtown, admin):
    at = upload(go_to(admin, "organisations.py"), FAULTY)

    said = words_on(at)
    assert "The file has 2 faults. Nothing was imported." in said
    assert "castle" in said
    assert "page.import" not in [button.key for button in at.button]
    assert members(newtown) == []


def test_a_file_that_is_no_table_is_refused_in_a_sentence(newtown, admin):
    at = upload(go_to(admin, "organisations.py"), b"%PDF-1.7 \x00\x01", "organisations.csv")

    assert len(at.error) == 1
    assert not at.exception


def test_the_schools_extract_comes_in_as_downloaded(newtown, admin):
    at = go_to(admin, "organisations.py")
    at.text_input(key="page.la").input("990").run()
    upload(at, (DATA / "gias-sample.csv").read_bytes(), "edubasealldata.csv")
    assert "8 new organisations" in words_on(at)
    assert "- 1 left out: Closed" in words_on(at)

    at.button(key="page.import").click().run()

    assert len(members(newtown)) == 8
    assert "St Mary’s Café Nursery School" in words_on(at)


def test_the_schools_extract_asks_which_authority(admin):
    at = upload(go_to(admin, "organisations.py"), (DATA / "gias-sample.csv").read_bytes(), "edubasealldata.csv")

    assert "990 Riverdale, 991 Elmtree" in words_on(at)


def test_over_twenty_organisations_are_searched_and_paged(newtown, admin):
    rows = "\n".join(f"School {number:02},school-maintained" for number in range(1, 26))
    at = upload(go_to(admin, "organisations.py"), f"name,type\n{rows}\n".encode())
    at.button(key="page.import").click().run()
    assert "**School 20**" in words_on(at)
    assert "**School 21**" not in words_on(at)

    at.pagination[0].set_value(2).run()
    assert "**School 21**" in words_on(at)
    assert "**School 20**" not in words_on(at)

    at.text_input(key="page.search").input("school 07").run()
    assert not at.exception
    assert "**School 07**" in words_on(at)
    assert "**School 21**" not in words_on(at)


def invite_through(at, *, email, name, role, organisation_index=None):
    inputs = {one.label: one for one in at.text_input}
    inputs["E-mail address"].input(email)
    inputs["Name"].input(name)
    boxes = {one.label: one for one in at.selectbox}
    boxes["Role"].set_value(role)
    if organisation_index is not None:
        boxes["Organisation (for contributors and approvers)"].select_index(organisation_index)
    next(one for one in at.button if one.label == "Make an invitation").click()
    return at.run()


def test_an_administrator_invites_a_scrutiny_lead_and_gets_the_link_to_send(newtown, admin):
    at = invite_through(
        go_to(admin, "people.py"), email="Sam@Newtown.example", name="Sam Okoro", role=Role.SCRUTINY_LEAD
    )

    assert "Invited. Send this link to the person; it works once, for seven days." in words_on(at)
    assert "/invitation/" in at.code[0].value
    sam = user_by_email(newtown.office, "sam@newtown.example")
    assert sam.grants == {Grant(Role.SCRUTINY_LEAD, partnership_id="newtown")}


def test_the_person_just_invited_is_in_the_list(admin):
    at = go_to(admin, "people.py")
    before = int(re.search(r"(\d+) (person|people) with a role", words_on(at))[1])
    at = invite_through(at, email="sam@newtown.example", name="Sam Okoro", role=Role.BOARD_VIEWER)

    # At once, and the form is empty for the next one while the link is still there.
    assert "**Sam Okoro**, sam@newtown.example" in words_on(at)
    assert f"{before + 1} people with a role." in words_on(at)
    assert {one.label: one.value for one in at.text_input}["Name"] == ""
    assert at.code


def test_the_post_of_a_person_is_shown_and_found(admin):
    at = go_to(admin, "people.py")
    next(one for one in at.text_input if one.label.startswith("Post")).input("Head of *Safeguarding*")
    at = invite_through(at, email="sam@newtown.example", name="Sam Okoro", role=Role.BOARD_VIEWER)

    assert "**Sam Okoro**, Head of *Safeguarding*, sam@newtown.example" in words_on(at)


def test_a_contributor_without_an_organisation_is_refused_in_words(admin):
    at = invite_through(go_to(admin, "people.py"), email="ann@newtown.example", name="Ann Lee", role=Role.CONTRIBUTOR)

    assert "Choose the organisation this person works for." in words_on(at)


@pytest.mark.parametrize(
    ("email", "name", "says"),
    [
        ("not an address", "Sam", "is not an e-mail address. Write one like name@organisation.org.uk."),
        ("", "Sam", "is not an e-mail address."),
        ("sam@newtown.example", " ", "The name is missing. Write the person's name."),
    ],
)
def test_an_address_or_name_that_cannot_be_used_is_refused_in_words(admin, email, name, says):
    at = invite_through(go_to(admin, "people.py"), email=email, name=name, role=Role.BOARD_VIEWER)

    assert says in words_on(at)
    assert not at.exception
    assert not at.code
    assert {one.label: one.value for one in at.text_input}["E-mail address"] == email, "what was typed is still there"


def test_an_approver_invites_colleagues_of_their_own_organisation_and_nobody_else(town, open_app):
    at = go_to(open_app(town.office, town.approver), "people.py")

    boxes = {one.label: one for one in at.selectbox}
    assert boxes["Role"].options == ["Contributor", "Approver (senior lead)"]
    assert boxes["Organisation (for contributors and approvers)"].options == ["Riverdale Police"]
    assert "riverdale-fire" not in words_on(at)
    invite_through(at, email="new@police.example", name="Kim Day", role=Role.CONTRIBUTOR, organisation_index=0)
    assert user_by_email(town.office, "new@police.example").grants == {Grant(Role.CONTRIBUTOR, organisation_id=POLICE)}


def create_through(at, *, name):
    next(one for one in at.text_input if one.label.startswith("Name")).input(name)
    next(one for one in at.button if one.label == "Create").click()
    return at.run()


def cycles_of(place):
    return {one.id: one.status for one in list_cycles(place.office, place.admin, Right.MANAGE_CYCLES)}


def test_a_cycle_is_created_opened_and_closed(newtown, admin):
    upload(go_to(admin, "organisations.py"), ORGANISATIONS)
    admin.button(key="page.import").click().run()

    at = create_through(go_to(admin, "cycles.py"), name="Audit 2026")
    assert "Audit 2026 is created. Open it when the organisations are in place." in words_on(at)
    assert "Being prepared. Nobody sees it yet." in words_on(at)

    at.button(key="page.open.audit-2026").click().run()
    assert "Opened. 2 organisations can answer now." in words_on(at)
    assert cycles_of(newtown) == {"audit-2026": CycleStatus.OPEN}
    assert links_on(at)["Who has returned"] == "cycle=audit-2026"

    at.button(key="page.close.audit-2026").click().run()
    assert "Closed. Late returns are still taken." in words_on(at)
    assert cycles_of(newtown) == {"audit-2026": CycleStatus.CLOSED}


def test_organisations_that_joined_later_get_their_forms(newtown, admin):
    cycle_id = add_cycle(newtown)
    upload(go_to(admin, "organisations.py"), ORGANISATIONS)
    admin.button(key="page.import").click().run()

    at = go_to(admin, "cycles.py")
    at.button(key=f"page.more.{cycle_id}").click().run()

    assert "2 forms added." in words_on(at)


def test_a_cycle_without_a_name_is_refused_in_words(newtown, admin):
    at = create_through(go_to(admin, "cycles.py"), name=" ")

    assert "A cycle needs a name, for example “2026” or “Section 11 audit 2026”." in words_on(at)
    assert cycles_of(newtown) == {}


def test_a_second_cycle_of_the_same_name_is_refused_in_words(newtown, admin):
    create_through(go_to(admin, "cycles.py"), name="2026")

    at = create_through(admin, name="2026")

    assert 'There is already a cycle "2026". Give this one another name.' in words_on(at)


def test_the_questions_a_cycle_asks_are_named(newtown, admin):
    add_cycle(newtown, is_open=False)

    assert "- **Section 11 self-assessment 2026**: everyone" in words_on(go_to(admin, "cycles.py"))


def test_people_of_another_partnership_are_not_listed(town, open_app):
    fresh_partnership(town.office, "Elmtree")

    said = words_on(go_to(open_app(town.office, town.admin), "people.py"))

    assert "Scrutiny lead, Riverdale" in said
    assert "elmtree" not in said.casefold()
