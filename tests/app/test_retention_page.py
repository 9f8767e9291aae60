"""The pages of keeping and deleting, of one person's data, and of roles that wait."""

import pytest

from section11.domain.people import OPERATOR, Role
from section11.domain.retention import Rule
from section11.services.invitations import accept_invitation, create_invitation
from section11.services.inviting import invite_person
from section11.services.keeping.rules import list_rules, set_rules
from section11.services.waiting_roles import list_waiting_roles
from tests.app.browsing import downloads_on, go_to, words_on
from tests.services.builders import CYCLE, PARTNERSHIP

PASSWORD = "purple tractor moon"


def press(at, label):
    next(one for one in at.button if one.label.replace("\\", "").startswith(label)).click()
    return at.run()


@pytest.fixture
def page(town, open_app):
    return go_to(open_app(town.office, town.admin), "retention.py")


def test_nothing_is_due_before_a_rule_is_on_and_switching_one_on_deletes_nothing(town, page):
    assert "No rule is switched on, so nothing is due." in words_on(page)
    page.checkbox(key=f"page.{PARTNERSHIP}.returns.on").check()
    page.number_input(key=f"page.{PARTNERSHIP}.returns.years").set_value(6)

    press(page, "Save the rules")

    assert "The rules are saved. Nothing has been deleted" in words_on(page)
    assert list_rules(town.office, town.admin) == {PARTNERSHIP: {Rule.RETURNS: 6}}
    assert "nothing is due" in words_on(press(page, "Show what would be deleted"))


def test_rules_that_a_colleague_changed_meanwhile_are_not_written_over(town, page):
    set_rules(town.office, town.admin, PARTNERSHIP, {Rule.EVIDENCE: 4})
    page.checkbox(key=f"page.{PARTNERSHIP}.returns.on").check()

    press(page, "Save the rules")

    assert "A colleague changed these rules after you opened this page." in words_on(page)
    assert list_rules(town.office, town.admin) == {PARTNERSHIP: {Rule.EVIDENCE: 4}}


def test_deleting_asks_for_the_partnerships_name_and_says_what_went(town, open_app):
    set_rules(town.office, town.admin, PARTNERSHIP, {Rule.SIGN_INS: 1})
    create_invitation(town.office, OPERATOR, town.board.id)
    town.office.clock.move(days=800)
    at = press(go_to(open_app(town.office, town.admin), "retention.py"), "Show what would be deleted")
    assert "One-time links:" in words_on(at)

    at.text_input[0].input("Somewhere")
    press(at, "Delete what is due")
    assert "Nothing was deleted." in words_on(at)
    at.text_input[0].input("Riverdale")
    press(at, "Delete what is due")

    assert "Deleted: sign-ins and e-mails:" in words_on(at)
    with town.office.store.reading() as work:
        assert work.personal_data.kept_of(town.board.id) == {}


def test_pages_of_a_cycle_say_that_returns_of_it_were_deleted(town, open_app):
    with town.office.store.writing() as work:
        work.cycles.count_removed_return(CYCLE)
        work.commit()

    for user, page in ((town.admin, "cycles.py"), (town.scrutiny, "heat_map.py")):
        said = words_on(go_to(open_app(town.office, user), page))
        assert "1 return of this cycle was deleted under the rules on how long data are kept." in said


def test_the_administrator_downloads_and_erases_after_a_look(town, open_app):
    at = go_to(open_app(town.office, town.admin), "people.py")
    person = town.contributor
    assert f"/downloads/people/{person.id}.zip" in downloads_on(at).values()
    at.button(key=f"page.erase.{person.id}.look").click().run()
    assert "“Former member of staff, Riverdale Police” takes its place" in words_on(at)

    typed = next(one for one in at.text_input if "type the e-mail address" in one.label)
    typed.input("somebody@else.example")
    press(at, "Erase contributor of")
    assert "is not the e-mail address of" in words_on(at)
    next(one for one in at.text_input if "type the e-mail address" in one.label).input(person.person.email)
    press(at, "Erase contributor of")

    said = words_on(at)
    assert "Erased. In place of the name stands" in said
    assert person.person.email not in said


def test_an_approver_is_not_offered_the_data_of_colleagues(town, open_app):
    at = go_to(open_app(town.office, town.approver), "people.py")

    assert not any("/downloads/people/" in one for one in downloads_on(at).values())


def test_a_role_that_waits_is_listed_renewed_and_withdrawn(town, open_app):
    link = create_invitation(town.office, town.admin, town.approver.id)
    accept_invitation(town.office, link.rpartition("/")[2], PASSWORD)
    board = {"email": town.approver.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    invite_person(town.office, town.admin, **board, partnership_id=PARTNERSHIP)
    at = go_to(open_app(town.office, town.admin), "people.py")
    assert "Waiting for the link to be used until 9 March 2026." in words_on(at)

    press(at, "Make a new link for approver")
    assert any("/invitation/" in one.value for one in at.code)
    press(at, "Withdraw the role of approver")

    assert "opens nothing any more." in words_on(at)
    assert list_waiting_roles(town.office, town.admin) == []
