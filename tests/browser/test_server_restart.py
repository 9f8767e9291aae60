"""The server ends while a person is typing: what was typed is still in the box, and is saved once it is back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, expect

from section11.config import Settings
from section11.domain.answers import Answer
from section11.services.answering import save_answer, view_assessment
from section11.services.demo.people import PASSWORD
from section11.services.office import Office, open_office
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.visitor import Visitor
from tests.services.builders import user_by_email

RETURN = "2026.riverdale-police"
FORM = (f"/assessment?assessment={RETURN}", "1. Leadership and accountability")
ANN, OTTO = "contributor@riverdale.example", "approver@riverdale.example"
LOST = "Connection lost. What you type is kept, and is saved as soon as the connection is back."
KILLED, STOPPED = Product.kill, Product.stop


@pytest.fixture(scope="module")
def office(demo: Product) -> Iterator[Office]:
    """The same database as the server's."""
    opened = open_office(Settings(data_dir=demo.data_dir, database_url=""))
    yield opened
    opened.store.close()


@pytest.fixture
def writer(demo: Product, open_browser: OpenBrowser) -> Visitor:
    visitor = open_browser(viewport={"width": 1100, "height": 900})
    visitor.come_in(ANN, PASSWORD)
    visitor.go(*FORM)
    return visitor


def box_of(visitor: Visitor, question_id: str) -> Locator:
    return visitor.page.get_by_label(f"Evidence: what shows it ({question_id})")


def type_anew(box: Locator, words: str) -> None:
    """Empty the box and type, letter by letter; the box is not left."""
    box.fill("")
    box.press_sequentially(words)


def answer_to(office: Office, question_id: str) -> Answer:
    return view_assessment(office, user_by_email(office, ANN), RETURN).answer_to(question_id)


def end_sessions(office: Office, email: str) -> None:
    """As when the person presses "Sign out everywhere" at another machine."""
    with office.store.writing() as work:
        work.web_sessions.end_all_of(user_by_email(office, email).id)
        work.commit()


def banner(visitor: Visitor) -> Locator:
    return visitor.page.locator("#connection")


def saved(visitor: Visitor, question_id: str) -> None:
    """Wait until nothing typed is waiting in the tab and the card says that it is saved."""
    visitor.nothing_unsaved()
    expect(visitor.card(question_id).get_by_text(re.compile(r"\bSaved \d"))).to_be_visible(timeout=20_000)


@pytest.mark.parametrize(("end", "question_id"), [(KILLED, "S1.1"), (STOPPED, "S1.2")], ids=["SIGKILL", "SIGTERM"])
def test_what_is_typed_before_and_while_the_server_is_away_is_saved_when_it_is_back(
    demo: Product, writer: Visitor, office: Office, end: Callable[[Product], None], question_id: str
) -> None:
    box = box_of(writer, question_id)
    type_anew(box, "Typed before,")
    end(demo)
    expect(banner(writer)).to_have_text(LOST)
    writer.page.keyboard.type(" while,")
    writer.page.screenshot(path=f"test-results/screens/connection-lost-{question_id}.png")
    demo.start()
    saved(writer, question_id)
    assert answer_to(office, question_id).evidence == "Typed before, while,"
    expect(banner(writer)).to_be_empty()

    writer.page.keyboard.type(" and after.")
    writer.page.keyboard.press("Tab")
    writer.go("/", "Home")

    assert answer_to(office, question_id).evidence == "Typed before, while, and after."
    assert writer.complaints == []


def test_a_box_that_was_left_while_the_server_was_away_is_saved_as_well(
    demo: Product, writer: Visitor, office: Office
) -> None:
    demo.kill()
    expect(banner(writer)).to_have_text(LOST)
    box_of(writer, "S1.3").fill("Typed and left.")
    box_of(writer, "S1.4").fill("And the next one.")
    demo.start()
    for question_id in ("S1.3", "S1.4"):
        saved(writer, question_id)

    assert answer_to(office, "S1.3").evidence == "Typed and left."
    assert answer_to(office, "S1.4").evidence == "And the next one."
    assert writer.complaints == []


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_and_nothing_typed_is_lost(
    demo: Product, writer: Visitor, office: Office
) -> None:
    type_anew(box_of(writer, "S1.1"), "Mine.")
    demo.kill()
    expect(banner(writer)).to_have_text(LOST)
    approver = user_by_email(office, OTTO)
    save_answer(
        office, approver, RETURN, "S1.1", expected_version=answer_to(office, "S1.1").version, evidence="A colleague's."
    )
    demo.start()

    expect(banner(writer)).to_contain_text("was changed", timeout=20_000)
    expect(banner(writer).get_by_label("What you typed")).to_have_value("Mine.")
    assert answer_to(office, "S1.1").evidence == "A colleague's."
    expect(box_of(writer, "S1.1")).to_have_value("A colleague's.")
    writer.page.screenshot(path="test-results/screens/connection-conflict.png")
    banner(writer).get_by_role("button", name="Use mine").click()
    saved(writer, "S1.1")

    assert answer_to(office, "S1.1").evidence == "Mine."
    expect(banner(writer)).to_be_empty()


def test_who_must_sign_in_again_finds_what_they_typed_in_its_box_and_saved(
    demo: Product, writer: Visitor, office: Office
) -> None:
    type_anew(box_of(writer, "S1.2"), "Typed before the session ended.")
    demo.kill()
    expect(banner(writer)).to_have_text(LOST)
    end_sessions(office, ANN)
    demo.start()
    banner(writer).get_by_role("link", name="Sign in").click(timeout=20_000)
    writer.page.get_by_label("E-mail address").fill(ANN)
    writer.page.get_by_label("Password").fill(PASSWORD)
    writer.page.get_by_role("button", name="Sign in").click()
    writer.arrived(FORM[1])
    saved(writer, "S1.2")

    expect(box_of(writer, "S1.2")).to_have_value("Typed before the session ended.")
    assert answer_to(office, "S1.2").evidence == "Typed before the session ended."


def test_somebody_else_who_signs_in_at_the_same_tab_sees_nothing_of_it(
    demo: Product, writer: Visitor, office: Office
) -> None:
    type_anew(box_of(writer, "S1.2"), "Ann's alone.")
    end_sessions(office, ANN)
    writer.page.keyboard.press("Tab")
    expect(banner(writer)).to_contain_text("You are signed out.", timeout=20_000)
    assert answer_to(office, "S1.2").evidence != "Ann's alone."
    assert "Ann's alone." in writer.page.evaluate("sessionStorage.getItem('section11.typed')")

    writer.sign_in(OTTO, PASSWORD)
    writer.go(*FORM)

    expect(box_of(writer, "S1.2")).not_to_have_value("Ann's alone.")
    assert writer.page.evaluate("sessionStorage.getItem('section11.typed')") is None
