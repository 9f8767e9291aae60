"""“Your account” through the real routes: sessions, sign out everywhere, and changing the password."""

import re

import pytest

from section11.domain.people import OPERATOR, Grant, Role
from section11.services.accounts import user_for_token
from section11.services.invitations import create_invitation
from section11.services.inviting import invite_person
from tests.web.door_steps import ANN, PASSWORD, fill_in, form_token

NEW = "quiet river lantern"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def signed_in(open_browser, agent=FIREFOX):
    browser = open_browser()
    browser.headers["User-Agent"] = agent
    fill_in(browser)
    return browser


def send(browser, path, page="/account", **fields):
    return browser.post(path, data={"form_token": form_token(browser.get(page)), **fields})


def change(browser, *, current=PASSWORD, new=NEW, again=None):
    fields = {"current": current, "password": new, "password_again": new if again is None else again}
    return send(browser, "/account/password", "/account/password", **fields)


def test_the_page_says_who_you_are_and_where_you_are_signed_in(open_browser):
    browser, _phone = signed_in(open_browser), signed_in(open_browser, SAFARI)

    page = browser.get("/account").text

    assert "Ann &lt;Lee&gt;" in page
    assert "<strong>Firefox on Windows</strong>, this browser" in page
    assert "<strong>Safari on an iPhone</strong>" in page
    assert page.count('action="/account/end-session"') == 1


def test_what_a_browser_calls_itself_is_not_shown(open_browser):
    browser = signed_in(open_browser, "<script>alert(1)</script> Firefox")

    assert "<script>" not in browser.get("/account").text
    assert "Firefox, this browser" in browser.get("/account").text.replace("</strong>", "")


def test_another_browser_is_signed_out_from_here(open_browser):
    browser, phone = signed_in(open_browser), signed_in(open_browser, SAFARI)
    hashed = re.search(r'name="session" value="([0-9a-f]{64})"', browser.get("/account").text)[1]

    send(browser, "/account/end-session", session=hashed)

    assert phone.get("/").status_code == 303
    assert browser.get("/").text == "inside /"


@pytest.mark.parametrize("session", ["", "0" * 64, "\x00"])
def test_a_session_that_is_not_mine_is_not_ended(open_browser, session):
    browser, phone = signed_in(open_browser), signed_in(open_browser, SAFARI)

    send(browser, "/account/end-session", session=session)

    assert phone.get("/").text == "inside /"


def test_sign_out_everywhere_ends_every_session_in_the_database(office, open_browser):
    browser, phone = signed_in(open_browser), signed_in(open_browser, SAFARI)
    tokens = [one.cookies["section11"] for one in (browser, phone)]

    answer = send(browser, "/account/sign-out-everywhere")

    assert answer.headers["location"] == "/sign-in?notice=signed-out-everywhere"
    assert [user_for_token(office, token) for token in tokens] == [None, None]
    assert "section11" not in browser.cookies


def test_a_new_password_gives_this_browser_a_new_session_and_ends_all_others(office, open_browser):
    browser, phone = signed_in(open_browser), signed_in(open_browser, SAFARI)
    before = browser.cookies["section11"]

    answer = change(browser)

    assert answer.headers["location"] == "/account?notice=password-changed"
    assert browser.cookies["section11"] != before
    assert user_for_token(office, before) is None
    assert phone.get("/").status_code == 303
    assert "Set on 30 September 2026." in browser.get("/account").text
    assert fill_in(open_browser(), password=NEW).status_code == 303
    assert fill_in(open_browser(), password=PASSWORD).status_code == 400


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"current": "a wrong password"}, "That is not your password now."),
        ({"new": "short"}, "This password is too short."),
        ({"new": ANN.email}, "This password is your e-mail address."),
        ({"again": "quiet river lamp"}, "The two passwords are not the same."),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_and_changes_nothing(open_browser, values, says):
    browser = signed_in(open_browser)

    answer = change(browser, **values)

    assert answer.status_code == 400
    assert says in answer.text
    assert fill_in(open_browser()).status_code == 303


def test_a_new_password_ends_the_links_that_could_set_another(office, open_browser):
    link = create_invitation(office, OPERATOR, ANN.id)
    change(signed_in(open_browser))

    assert open_browser().get(link).status_code == 404


def test_after_five_wrong_passwords_the_right_one_has_to_wait(open_browser):
    browser = signed_in(open_browser)
    for _ in range(5):
        change(browser, current="a wrong password")

    assert change(browser).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/account/end-session",
        "/account/sign-out-everywhere",
        "/account/mail",
        "/account/password",
        "/account/second-step",
        "/account/second-step/off",
        "/account/second-step/codes",
    ],
)
@pytest.mark.parametrize("token", [None, "made up"])
def test_a_form_of_another_site_does_nothing(open_browser, path, token):
    browser = signed_in(open_browser)
    before = browser.get("/account").text

    answer = browser.post(path, data={"form_token": token, "password": PASSWORD} if token else {})

    assert answer.status_code == 400
    assert "open too long" in answer.text
    assert browser.get("/account").text.count("Off. Your password alone") == before.count("Off. Your password alone")


def test_forgotten_says_whom_to_ask(browser):
    assert 'href="/forgotten-password"' in browser.get("/sign-in").text
    page = browser.get("/forgotten-password").text
    assert "approver" in page
    assert "administrator" in page


@pytest.fixture
def offer(office):
    """A board viewer's role that waits for Ann."""
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(Role.ADMINISTRATOR, partnership_id="riverdale"))])
        work.commit()
    role = {"name": "Ann", "post": "", "role": Role.BOARD_VIEWER, "partnership_id": "riverdale"}
    return invite_person(office, OPERATOR, email=ANN.email, **role)


def test_a_role_is_taken_up_by_whoever_is_signed_in_as_the_person(office, open_browser, offer):
    browser = open_browser()
    page = browser.get(offer)
    assert "Board viewer" in page.text
    assert "Riverdale &amp; District" in page.text
    assert "Take it up" not in page.text
    fill_in(browser)

    answer = browser.post(offer, data={"form_token": form_token(browser.get(offer))})

    assert answer.headers["location"] == "/"
    assert Role.BOARD_VIEWER in {grant.role for grant in user_for_token(office, browser.cookies["section11"]).grants}


def test_a_role_is_not_taken_up_without_a_session_or_by_a_form_of_another_site(office, open_browser, offer):
    stranger, ann = open_browser(), open_browser()
    token = form_token(stranger.get("/sign-in"))
    assert stranger.post(offer, data={"form_token": token}).status_code == 404
    fill_in(ann)

    assert ann.post(offer, data={}).status_code == 400

    assert len(user_for_token(office, ann.cookies["section11"]).grants) == 1
