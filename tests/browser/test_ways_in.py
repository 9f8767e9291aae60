"""The ways in and the account in a real browser: another service, a code from a phone, sign out everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import expect

from section11.services.demo.people import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product, free_port
from tests.browser.visitor import Visitor
from tests.identity_provider import identity_provider

NAME = "Kim www.evil.example kim@evil.example https://evil.example/x"
SCRUTINY = "scrutiny@riverdale.example"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An installation where people may sign in with another service, which knows the demo's scrutiny lead."""
    known = {"sub": "lead-1", "email": SCRUTINY, "email_verified": True}
    with identity_provider(
        free_port(), known, {"sub": "stranger", "email": "s@x.example", "email_verified": True}
    ) as at:
        settings = {
            "SECTION11_OIDC_ISSUER": at,
            "SECTION11_OIDC_CLIENT_ID": "audit",
            "SECTION11_OIDC_CLIENT_SECRET": "secret",
            "SECTION11_OIDC_NAME": "Riverdale Council",
        }
        made = Product(tmp_path_factory.mktemp("product"), **settings)
        yield made
        made.stop()


def signed_in(open_browser: OpenBrowser, mailbox: str, **options: object) -> Visitor:
    visitor = open_browser(**options)
    visitor.sign_in(f"{mailbox}@riverdale.example", PASSWORD)
    return visitor


def test_another_services_account_opens_the_page_asked_for(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = open_browser()
    visitor.page.goto(f"{demo.url}/returns?cycle=2026")
    faults = faults_of(visitor, "stranger-sign-in-with-another-service")
    visitor.page.get_by_role("link", name="Sign in with Riverdale Council").click()
    visitor.page.get_by_role("button", name="lead-1").click()

    visitor.arrived("Returns")

    assert not faults, "\n".join(faults)
    cookies = {one["name"] for one in visitor.context.cookies(demo.url)}
    assert "section11" in cookies
    assert "section11-outside" not in cookies


def test_somebody_nobody_invited_is_told_whom_to_ask(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = open_browser()
    visitor.page.goto(f"{demo.url}/sign-in")
    visitor.page.get_by_role("link", name="Sign in with Riverdale Council").click()
    visitor.page.get_by_role("button", name="stranger").click()

    expect(visitor.page.get_by_text("nobody has invited s@x.example here")).to_be_visible()
    faults = faults_of(visitor, "stranger-not-invited")

    assert not faults, "\n".join(faults)
    visitor.page.goto(f"{demo.url}/")
    expect(visitor.page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_a_code_from_the_phone_is_set_up_and_asked_for(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = signed_in(open_browser, "board")
    page = visitor.page
    visitor.link("Your account").click()
    expect(page.get_by_role("heading", level=1, name="Your account")).to_be_visible()
    faults = faults_of(visitor, "account")
    visitor.link("Change your password").click()
    faults += faults_of(visitor, "account-password")
    page.goto(f"{demo.url}/account/second-step")
    faults += faults_of(visitor, "account-two-step")
    secret = page.locator("code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Turn on two-step sign-in").click()
    expect(page.get_by_role("heading", level=1, name="Keep your recovery codes")).to_be_visible()
    faults += faults_of(visitor, "account-recovery-codes")
    codes = page.locator(".codes code").all_inner_texts()
    visitor.link("Go to your account").click()
    faults += faults_of(visitor, "account-with-two-step")
    page.goto(f"{demo.url}/account/second-step/off")
    faults += faults_of(visitor, "account-confirm")

    second = open_browser(locale="en-GB")
    second.page.goto(f"{demo.url}/sign-in")
    second.page.get_by_label("E-mail address").fill("board@riverdale.example")
    second.page.get_by_label("Password").fill(PASSWORD)
    second.page.get_by_role("button", name="Sign in").click()
    expect(second.page.get_by_role("heading", level=1, name="Enter your code")).to_be_visible()
    faults += faults_of(second, "stranger-code")
    second.page.get_by_label("Code").fill("000000")
    second.page.get_by_role("button", name="Sign in").click()
    expect(second.page.get_by_role("alert")).to_be_visible()
    faults += faults_of(second, "stranger-code-with-faults")
    second.page.get_by_label("Code").fill(codes[0])
    second.page.get_by_role("button", name="Sign in").click()
    second.arrived("Home")

    assert not faults, "\n".join(faults)
    assert visitor.complaints == []
    assert second.complaints == []


def test_signing_out_everywhere_ends_what_is_open_elsewhere(demo: Product, open_browser: OpenBrowser) -> None:
    laptop, phone = signed_in(open_browser, "contributor"), signed_in(open_browser, "contributor")
    phone.go("/library", "Question library")
    laptop.page.goto(f"{demo.url}/account")
    faults = faults_of(laptop, "account-two-browsers")
    laptop.page.get_by_role("button", name="Sign out everywhere").click()
    expect(laptop.page.get_by_text("You are signed out in every browser.")).to_be_visible()

    phone.page.get_by_role("link", name="Evidence").first.click()

    expect(phone.page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    assert not faults, "\n".join(faults)


def test_forgotten_says_whom_to_ask(demo: Product, open_browser: OpenBrowser) -> None:
    visitor = open_browser()
    visitor.page.goto(f"{demo.url}/sign-in")
    visitor.link("Forgotten your password?").click()

    faults = faults_of(visitor, "stranger-forgotten")

    assert not faults, "\n".join(faults)
    expect(visitor.page.get_by_text("ask an approver")).to_be_visible()


def test_addresses_in_what_people_write_are_no_links(demo: Product, open_browser: OpenBrowser) -> None:
    admin = signed_in(open_browser, "administrator")
    admin.go("/people", "People")
    admin.page.get_by_label("E-mail address").fill("kim@evil.example")
    admin.page.get_by_label("Name", exact=True).fill(NAME)
    admin.choose("Role", "Board viewer")
    admin.button("Make an invitation").click()
    expect(admin.text("Send this link to the person")).to_be_visible()
    admin.page.get_by_label("Search").fill("evil")
    admin.page.get_by_label("Search").press("Enter")

    drawn = admin.page.get_by_text(NAME).first
    expect(drawn).to_be_visible()
    assert admin.page.locator('a[href*="evil"]').count() == 0
    admin.unfold(admin.page.get_by_text("Help Kim"))
    expect(admin.page.get_by_role("button", name="Make a link for Kim")).to_be_visible()
    assert admin.page.locator('a[href*="evil"]').count() == 0
    faults = faults_of(admin, "administrator-people-help")
    assert not faults, "\n".join(faults)
