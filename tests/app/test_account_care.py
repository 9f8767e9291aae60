"""The People page: a new link, removing the second step, and ending the access of somebody who left."""

import re

import pytest

from section11.services.invitations import accept_invitation
from section11.services.second_steps import codes_left
from tests.app.browsing import go_to, words_on
from tests.services.builders import user_by_email

PASSWORD = "purple tractor moon"


def people_page(open_app, town, user):
    return go_to(open_app(town.office, user), "people.py")


def press(at, name, person):
    return at.button(key=f"page.{name}.{person.id}").click().run()


@pytest.mark.parametrize("role", ["approver", "admin"])
def test_a_colleague_who_forgot_the_password_gets_a_link(town, open_app, role):
    at = people_page(open_app, town, getattr(town, role))

    press(at, "link", town.contributor)

    link = re.search(r"/invitation/(\S+)", at.code[0].value)[1]
    assert accept_invitation(town.office, link, PASSWORD) == town.contributor.person


def test_nobody_is_offered_to_end_their_own_access(town, open_app):
    at = people_page(open_app, town, town.admin)

    assert f"page.end.{town.admin.id}" not in [one.key for one in at.button]
    assert f"page.end.{town.contributor.id}" in [one.key for one in at.button]


def test_ending_access_asks_whether_it_is_meant(town, open_app):
    at = people_page(open_app, town, town.approver)

    assert at.button(key=f"page.end.{town.contributor.id}").disabled


def test_a_leaver_is_closed_and_listed_and_can_be_opened_again(town, open_app):
    at = people_page(open_app, town, town.admin)
    at.checkbox(key=f"page.left.{town.contributor.id}").check().run()

    press(at, "end", town.contributor)

    said = words_on(at)
    assert "1 role ended. The account is closed." in said
    assert "People who have left" in said
    with town.office.store.reading() as work:
        assert work.accounts.user(town.contributor.id) is None

    press(at, "reopen", town.contributor)

    assert "has an account again, without a role" in words_on(at)
    assert user_by_email(town.office, town.contributor.person.email).grants == frozenset()


def test_an_administrator_removes_the_second_step_and_an_approver_is_not_offered_to(town, open_app):
    with town.office.store.writing() as work:
        work.second_steps.prepare(town.contributor.id, "sealed")
        work.second_steps.turn_on(town.contributor.id)
        work.commit()
    approver = people_page(open_app, town, town.approver)
    assert f"page.step.{town.contributor.id}" not in [one.key for one in approver.button]

    press(people_page(open_app, town, town.admin), "step", town.contributor)

    assert codes_left(town.office, town.contributor.id) is None


def test_a_refusal_is_shown_and_leaves_an_event(town, open_app):
    """The approver of the police has the fire service's address in mind, and no business with it."""
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment="2026.riverdale-fire")
    at.run()

    with town.office.store.reading() as work:
        events = [one for one in work.audit_trail.events(f"person:{town.contributor.id}") if one.name == "refused"]
    assert [event.details for event in events] == [
        {"where": "assessment", "asked": "assessment=2026.riverdale-fire", "reason": "not available"}
    ]


def test_every_page_leads_to_your_account(town, open_app):
    assert 'href="/account"' in words_on(open_app(town.office, town.contributor))
