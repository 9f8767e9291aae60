"""The e-mails of “Your account” through the real routes: what can be switched off, and what the page says cannot."""

import re

import pytest

from section11.domain.mail import MailKind
from section11.domain.organisations import DutyBasis, Organisation
from section11.domain.people import Grant, Role
from section11.storage.organisations import Membership
from tests.web.door_steps import ANN, fill_in, form_token

OVERDUE_IN_ANY_CASE = "reminders after the due date, and those the partnership sends by hand: you are the approver"


@pytest.fixture
def as_role(office, open_browser):
    """Return a function that signs Ann in with a role at Oakfield School, or in the partnership."""
    school = Organisation("oakfield", "Oakfield School", "school-maintained")
    with office.store.writing() as work:
        work.organisations.add_all([Membership(school, "riverdale", DutyBasis.SECTION_11)])
        work.commit()

    def signed_in(role, **place):
        with office.store.writing() as work:
            work.accounts.add_grants([(ANN.id, Grant(role, **(place or {"organisation_id": "oakfield"})))])
            work.commit()
        browser = open_browser()
        fill_in(browser)
        return browser

    return signed_in


def boxes(browser):
    """Return the boxes of the page and whether each is ticked."""
    page = browser.get("/account").text
    found = re.findall(r'<input type="checkbox" id="mail-(\w+)" name="mail-\1" value="yes"( checked)?', page)
    return {name: bool(checked) for name, checked in found}


def choose(browser, *names):
    fields = dict.fromkeys((f"mail-{name}" for name in names), "yes")
    return browser.post("/account/mail", data={"form_token": form_token(browser.get("/account")), **fields})


def test_a_form_that_is_not_ours_changes_nothing(as_role):
    browser = as_role(Role.CONTRIBUTOR)

    answer = browser.post("/account/mail", data={"form_token": "made-up", "mail-reminder": "yes"})

    assert answer.status_code == 400
    assert "This form was open too long" in answer.text
    assert all(boxes(browser).values())


def test_nobody_without_a_session_chooses(open_browser):
    assert open_browser().post("/account/mail").status_code == 403


def test_what_was_switched_off_stays_off(as_role):
    browser = as_role(Role.CONTRIBUTOR)

    answer = choose(browser, "overdue", "released")

    assert answer.headers["location"] == "/account?notice=mails-chosen"
    assert "Your choice of e-mails is saved." in browser.get(answer.headers["location"]).text
    off = {"cycle_opened": False, "reminder": False, "submitted": False}
    assert boxes(browser) == {**off, "overdue": True, "released": True}


def test_names_that_are_no_choice_of_hers_are_passed_over(as_role, office):
    browser = as_role(Role.CONTRIBUTOR)

    choose(browser, *boxes(browser), "digest", "handed_back", "\x00")

    with office.store.reading() as work:
        assert work.mail_choices.of([ANN.id]) == {}


def test_an_approver_reads_that_overdue_notices_come_in_any_case_and_why(as_role):
    browser = as_role(Role.APPROVER)

    assert "overdue" not in boxes(browser)
    assert OVERDUE_IN_ANY_CASE in browser.get("/account").text


def test_an_approver_who_contributes_elsewhere_reads_where_they_come_all_the_same(as_role):
    browser = as_role(Role.CONTRIBUTOR)
    assert "Where you are the approver they come in any case" not in browser.get("/account").text

    browser = as_role(Role.APPROVER)

    assert "overdue" in boxes(browser)
    assert "Where you are the approver they come in any case" in browser.get("/account").text


def test_a_scrutiny_lead_asks_for_the_weekly_summary(as_role, office):
    browser = as_role(Role.SCRUTINY_LEAD, partnership_id="riverdale")
    assert boxes(browser)["digest"] is False

    choose(browser, "digest", "return_arrived", "query_replied")

    with office.store.reading() as work:
        assert list(work.mail_choices.who_want(MailKind.DIGEST)) == [ANN.id]


def test_somebody_with_nothing_to_choose_reads_what_comes_in_any_case(as_role):
    browser = as_role(Role.BOARD_VIEWER, partnership_id="riverdale")

    page = browser.get("/account").text

    assert "Save my choice" not in page
    assert "invitations and links for a password" in page
