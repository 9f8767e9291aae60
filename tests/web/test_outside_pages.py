"""Signing in with another service's account, against a real OpenID Connect provider."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx2
import pytest
from itsdangerous import URLSafeTimedSerializer

from section11.domain.people import OPERATOR, Grant, Person, Role
from section11.services.accounts import user_for_token
from section11.services.leaving import end_access
from tests.browser.server import free_port
from tests.identity_provider import identity_provider
from tests.web.door_steps import ANN, PASSWORD, fill_in

BEN = Person("ben", "ben@oakfield.example", "Ben Roe")
ANN_THERE = {"sub": "a-1", "email": "Ann@Oakfield.example", "email_verified": True}
PEOPLE = (
    ANN_THERE,
    {"sub": "a-2", "email": ANN.email, "email_verified": True},
    {"sub": "a-3", "email": ANN.email, "email_verified": True, "amr": ["pwd", "mfa"]},
    {"sub": "x-1", "email": ANN.email, "email_verified": False},
    {"sub": "x-2", "email": ANN.email},
    {"sub": "x-3", "email_verified": True},
    {"sub": "x-4", "email": ANN.email, "email_verified": "true"},
    {"sub": "n-1", "email": "nobody@oakfield.example", "email_verified": True},
    {"sub": "b-1", "email": BEN.email, "email_verified": True},
)


@pytest.fixture(scope="module")
def issuer():
    with identity_provider(free_port(), *PEOPLE) as address:
        yield address


@pytest.fixture
def open_here(open_browser, issuer):
    def open_(**more):
        client = {"oidc_client_id": "audit", "oidc_client_secret": "s", "oidc_name": "Riverdale ID"}
        return open_browser(**{"oidc_issuer": issuer, **client, **more})

    return open_


@pytest.fixture
def here(open_here):
    return open_here()


def go_there(browser, wanted="/"):
    """Follow the link to the service; return its address."""
    answer = browser.get(f"/sign-in/with?next={wanted}")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def let_in_there(address, sub):
    """Sign in at the service, and return the address it sends the browser back to."""
    back = httpx2.post(address, data={"sub": sub}).headers["location"]
    return back.removeprefix("http://testserver")


def sign_in_as(browser, sub, wanted="/"):
    return browser.get(let_in_there(go_there(browser, wanted), sub))


def test_the_way_there_asks_for_a_code_with_pkce_a_nonce_and_a_state(here, issuer):
    asked = parse_qs(urlsplit(go_there(here)).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert min(len(asked[name][0]) for name in ("state", "nonce")) >= 20
    assert asked["redirect_uri"] == ["http://testserver/sign-in/back"]
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    assert go_there(here) != go_there(here)


def test_the_sign_in_page_offers_it_by_its_name_only_where_it_is_set_up(here, browser):
    assert "Sign in with Riverdale ID" in here.get("/sign-in?next=/return").text
    assert 'href="/sign-in/with?next=/return"' in here.get("/sign-in?next=/return").text
    assert "/sign-in/with" not in browser.get("/sign-in").text
    assert "no other way to sign in here" in browser.get("/sign-in/with").text


def test_an_invited_person_signs_in_by_the_verified_address_and_gets_where_they_wanted(office, here):
    answer = sign_in_as(here, "a-1", "/return")

    assert (answer.status_code, answer.headers["location"]) == (303, "/return")
    assert user_for_token(office, here.cookies["section11"]).person == ANN
    assert "section11-outside" not in here.cookies


def test_somebody_who_never_chose_a_password_signs_in_too(office, here):
    with office.store.writing() as work:
        work.accounts.add_person(BEN)
        work.commit()

    sign_in_as(here, "b-1")

    assert user_for_token(office, here.cookies["section11"]).person == BEN
    assert "You have no password here" in here.get("/account").text


@pytest.mark.parametrize("sub", ["x-1", "x-2", "x-3", "x-4"])
def test_an_address_that_is_not_verified_opens_nothing(here, sub):
    answer = sign_in_as(here, sub)

    assert answer.status_code == 403
    assert "did not say that your e-mail address is checked" in answer.text
    assert "section11" not in here.cookies


def test_a_service_that_gives_out_no_address_but_the_persons_own_may_leave_the_claim_out(office, open_here):
    browser = open_here(oidc_emails_are_verified=True)

    sign_in_as(browser, "x-2")

    assert user_for_token(office, browser.cookies["section11"]).person == ANN


def test_nobody_gets_an_account_that_was_not_invited(office, here):
    answer = sign_in_as(here, "n-1")

    assert answer.status_code == 403
    assert "nobody has invited nobody@oakfield.example here" in answer.text
    with office.store.reading() as work:
        assert work.accounts.person_by_email("nobody@oakfield.example") is None


def test_a_leaver_is_not_let_in(office, here):
    sign_in_as(here, "a-1")
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, Grant(Role.ADMINISTRATOR, partnership_id="riverdale"))])
        work.commit()
    end_access(office, OPERATOR, ANN.id)
    here.cookies.clear()

    assert sign_in_as(here, "a-1").status_code == 403


def test_another_account_with_the_same_address_does_not_take_the_place_of_the_first(here):
    sign_in_as(here, "a-1")
    here.cookies.clear()

    answer = sign_in_as(here, "a-2")

    assert answer.status_code == 403
    assert "another account of the sign-in service" in answer.text


def test_the_second_step_is_still_asked_for_unless_the_service_asked_for_one(office, here, clock):
    with office.store.writing() as work:
        work.second_steps.prepare(ANN.id, "sealed")
        work.second_steps.turn_on(ANN.id)
        work.commit()

    assert sign_in_as(here, "a-1").headers["location"] == "/sign-in/code?next=/"
    with office.store.writing() as work:
        work.access.forget_outside_accounts(ANN.id)
        work.commit()
    assert sign_in_as(here, "a-3").headers["location"] == "/"


def test_the_answer_is_good_once(here):
    back = let_in_there(go_there(here), "a-1")
    here.get(back)
    here.cookies.clear()

    assert here.get(back).status_code == 400
    assert "section11" not in here.cookies


def test_an_answer_to_another_browser_opens_nothing(open_here):
    """Otherwise somebody could sign others in to an account of their own, and read what they then write."""
    attacker, victim = open_here(), open_here()
    back = let_in_there(go_there(attacker), "a-1")
    go_there(victim)

    answer = victim.get(back)

    assert answer.status_code == 400
    assert "belongs to another sign-in" in answer.text
    assert "section11" not in victim.cookies


def test_a_code_for_another_sign_in_is_refused_by_its_nonce(open_here):
    attacker, victim = open_here(), open_here()
    stolen = dict(parse_qsl(urlsplit(let_in_there(go_there(attacker), "a-1")).query))["code"]
    state = parse_qs(urlsplit(go_there(victim)).query)["state"][0]

    answer = victim.get(f"/sign-in/back?{urlencode({'code': stolen, 'state': state})}")

    assert answer.status_code == 400
    assert "section11" not in victim.cookies


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=access_denied", "?state=%00&code=%00"])
def test_an_answer_nobody_waits_for_opens_nothing(here, query):
    answer = here.get(f"/sign-in/back{query}")

    assert answer.status_code == 400
    assert "took too long or began in another browser" in answer.text


def test_whoever_takes_more_than_ten_minutes_starts_again(here, monkeypatch):
    back = let_in_there(go_there(here), "a-1")
    monkeypatch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda self: 4_102_444_800)

    assert here.get(back).status_code == 400


def test_being_refused_there_is_told(here):
    back = httpx2.post(go_there(here), data={"action": "deny"}).headers["location"].removeprefix("http://testserver")

    assert "The sign-in service did not let you in." in here.get(back).text


def test_a_made_up_code_is_told_without_what_the_service_said(here, caplog):
    state = parse_qs(urlsplit(go_there(here)).query)["state"][0]

    answer = here.get(f"/sign-in/back?code=made-up-code&state={state}")

    assert answer.status_code == 400
    assert "did not answer as it should" in answer.text
    assert "made-up-code" not in caplog.text


def test_a_service_that_does_not_answer_is_told_and_the_password_still_works(open_here):
    browser = open_here(oidc_issuer=f"http://127.0.0.1:{free_port()}")

    answer = browser.get("/sign-in/with")

    assert answer.status_code == 400
    assert "Try again later, or sign in with your password." in answer.text
    assert fill_in(browser, password=PASSWORD).status_code == 303


def test_the_verifier_that_belongs_to_the_challenge_stays_in_this_browser(here):
    asked = parse_qs(urlsplit(go_there(here)).query)
    (cookie,) = [one for one in here.cookies.jar if one.name == "section11-outside"]
    kept = URLSafeTimedSerializer("any").loads_unsafe(cookie.value)[1]

    digest = urlsafe_b64encode(sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
    assert digest == asked["code_challenge"][0]
