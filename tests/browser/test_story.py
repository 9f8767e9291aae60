"""A whole cycle in a real partnership, in real browsers, walked by its four roles from ``init`` to the hand-back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser import excel_steps
from tests.browser.axe import faults_of
from tests.browser.conftest import OpenBrowser
from tests.browser.server import Product
from tests.browser.story_beginnings import (
    CYCLE,
    PASSWORD,
    POLICE,
    SCHOOL,
    TRUST,
    address_in,
    import_organisations,
    invited,
    open_a_cycle,
)
from tests.browser.visitor import Visitor

PARTNERSHIP = "Riverdale Safeguarding Partnership"
ADMINISTRATOR, CONTRIBUTOR = "lead@riverdale.example", "ann@police.example"
APPROVER, SCRUTINY_LEAD = "ben@police.example", "cleo@riverdale.example"

EVIDENCE = "Minutes of the safeguarding board, June 2026 <b>& annex</b>"
IMPACT = "Children are heard first: *every* report opens with what they said."
REASON = "Say how S3.2 will be put right, and by when."
NOT_AVAILABLE = "not available. It may have moved, or your account may not include it."

# One answer is given on screen, one is left out of the file and given by the approver, and the file has one "Not met"
# among its 54: so 53 of the 56 questions are fully met, which is 94.6 %.
ON_SCREEN, LEFT_OUT, NOT_MET = "S1.1", "S12.5", "S3.2"
FACTS = {
    "P.1": "Deputy chief constable",
    "P.2": "Head of professional standards",
    "P.3": "We serve the public, children included",
    "P.4": "1,250",
    "P.5": "87%",
    "P.6": "96.5%",
    "P.7": "1 March 2026",
    "P.8": "No",
}
"""What is answered beside the ratings, as it is typed into Excel; P.10 may be left empty and is."""


def test_one_cycle_runs_from_the_first_command_to_the_hand_back(product: Product, open_browser: OpenBrowser) -> None:
    printed = product.command("init", "--partnership", PARTNERSHIP, "--admin", ADMINISTRATOR)
    product.start()

    administrator = open_browser()
    administrator.accept(address_in(printed), ADMINISTRATOR, PASSWORD)
    import_organisations(administrator)
    contributor, approver, scrutiny = (
        invited(administrator, open_browser(), email, role, organisation)
        for email, role, organisation in (
            (CONTRIBUTOR, "Contributor", POLICE),
            (APPROVER, "Approver (senior lead)", POLICE),
            (SCRUTINY_LEAD, "Scrutiny lead", None),
        )
    )
    open_a_cycle(administrator)

    assessment = start_the_return(contributor)
    answer_on_screen(contributor)
    see_the_answer_everywhere(contributor, open_browser(), product)
    import_the_rest(contributor, assessment)

    fill_the_gap(approver, assessment)
    send_for_sign_off(contributor, assessment)
    sign(approver, assessment)

    look_at_the_returns(scrutiny, assessment)
    take_the_workbooks(scrutiny, assessment)
    hand_back(scrutiny, assessment)
    see_the_reason(contributor, assessment)
    other_addresses_say_nothing(contributor, assessment)

    for visitor in (administrator, contributor, approver, scrutiny):
        assert visitor.complaints == []


def start_the_return(contributor: Visitor) -> str:
    """Find what is due on the home page, open the form, and return the id of the assessment."""
    contributor.go("/", "Home")
    expect(contributor.text(re.compile(f"{CYCLE}, due .* in 84 days"))).to_be_visible()
    expect(contributor.text("0 of 61 questions answered")).to_be_visible()
    contributor.button("Start").click()
    contributor.arrived("1. Leadership and accountability")
    found = re.search(r"assessment=([^&]+)", contributor.page.url)
    assert found is not None, contributor.page.url
    return found.group(1)


def answer_on_screen(contributor: Visitor) -> None:
    with contributor.one_run():
        contributor.rating(ON_SCREEN, "Mostly met").click()
    expect(contributor.card(ON_SCREEN).get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    for label, words in (("Evidence: what shows it", EVIDENCE), ("Impact on children", IMPACT)):
        box = contributor.page.get_by_label(f"{label} ({ON_SCREEN})")
        box.fill(words)
        with contributor.one_run():
            box.press("Tab")


def see_the_answer_everywhere(contributor: Visitor, second: Visitor, product: Product) -> None:
    """After a reload, in a second browser, and after the server was killed and started again."""
    form = contributor.page.url
    contributor.page.reload()
    _shows_the_answer(contributor)

    second.sign_in(CONTRIBUTOR, PASSWORD)
    second.go(form, "1. Leadership and accountability")
    _shows_the_answer(second)

    product.kill()
    product.start()
    contributor.go(form, "1. Leadership and accountability")
    _shows_the_answer(contributor)


def _shows_the_answer(visitor: Visitor) -> None:
    page = visitor.page
    expect(visitor.button("Sign out")).to_be_visible()
    expect(visitor.radio(ON_SCREEN, "Mostly met")).to_be_checked(timeout=20_000)
    expect(page.get_by_label(f"Evidence: what shows it ({ON_SCREEN})")).to_have_value(EVIDENCE)
    expect(page.get_by_label(f"Impact on children ({ON_SCREEN})")).to_have_value(IMPACT)
    expect(page.get_by_text("1 of 61 answered")).to_be_visible()


def import_the_rest(contributor: Visitor, assessment: str) -> None:
    contributor.link("Fill in with Excel").click()
    contributor.arrived("Fill in with Excel")
    path = contributor.download("With the answers so far")
    answers = excel_steps.answers_in(path)
    assert len(answers) == 65
    assert answers[ON_SCREEN] == "Mostly met"

    rated = [one for one in answers if not one.startswith("P.") and one not in (ON_SCREEN, LEFT_OUT)]
    everything = dict.fromkeys(rated, "Fully met") | {NOT_MET: "Not met"} | FACTS
    cell = excel_steps.fill_in(path, everything | {"S2.1": "Sort of"})["S2.1"]
    contributor.upload("Your filled-in Excel return", path)
    expect(contributor.text(f"Answers!{cell}")).to_be_visible(timeout=20_000)
    expect(contributor.text('"Sort of" is not a rating. Choose one from the list.')).to_be_visible()

    excel_steps.fill_in(path, everything)
    contributor.go(f"/excel-return?assessment={assessment}", "Fill in with Excel")
    contributor.upload("Your filled-in Excel return", path)
    expect(contributor.page.get_by_role("heading", name="What will change")).to_be_visible(timeout=20_000)
    expect(contributor.text(f"{NOT_MET}, Rating")).to_be_visible()
    contributor.button("Import 62 changes").click()
    expect(contributor.text("Imported 62 changes")).to_be_visible(timeout=20_000)


def fill_the_gap(approver: Visitor, assessment: str) -> None:
    """The approver reads the whole return, follows the one thing missing, and answers it."""
    approver.go("/", "Home")
    approver.link("Check the whole return").click()
    approver.arrived("The whole return")
    expect(approver.text("1 thing to put right")).to_be_visible()
    approver.link(f"{LEFT_OUT}: Not answered yet.").click()
    approver.arrived("12. Culture, quality assurance and learning")
    with approver.one_run():
        approver.rating(LEFT_OUT, "Partly met").click()
    expect(approver.card(LEFT_OUT).get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()


def send_for_sign_off(contributor: Visitor, assessment: str) -> None:
    contributor.go(f"/whole-return?assessment={assessment}", "The whole return")
    contributor.button("Send for sign-off").click()
    expect(contributor.text("Sent for sign-off.")).to_be_visible()
    expect(contributor.text("This return waits for your organisation's approver to sign it.")).to_be_visible()


def sign(approver: Visitor, assessment: str) -> None:
    approver.go(f"/whole-return?assessment={assessment}", "The whole return")
    expect(approver.text(EVIDENCE)).to_be_visible()
    # The demo has no return that waits for its approver, so this page is looked at here.
    faults = faults_of(approver, "approver-sign-off")
    assert not faults, "\n".join(faults)
    approver.button("Sign and submit").click()
    expect(approver.text("Tick the declaration to say that you agree with it")).to_be_visible()
    approver.text("I have read this return.").click()
    approver.button("Sign and submit").click()
    expect(approver.text("Signed and submitted.")).to_be_visible()


def look_at_the_returns(scrutiny: Visitor, assessment: str) -> None:
    scrutiny.go("/", "Home")
    scrutiny.link("Who has returned").click()
    scrutiny.arrived("Returns")
    expect(scrutiny.text("1 of 3")).to_be_visible()
    scrutiny.follow_menu("Compare", "Heat map")
    scrutiny.arrived("Heat map")
    expect(scrutiny.page.get_by_role("row", name=re.compile("^Fully met 53 94.6"))).to_be_visible()
    scrutiny.follow_menu("Compare", "Standards")
    scrutiny.arrived("One standard in detail")
    scrutiny.choose("Standard", "S3 Commissioning and contracted services")
    expect(scrutiny.page.get_by_role("row", name=re.compile("^Fully met 3 75.0"))).to_be_visible()
    expect(scrutiny.page.get_by_role("gridcell", name=POLICE, include_hidden=True)).to_be_attached()


def take_the_workbooks(scrutiny: Visitor, assessment: str) -> None:
    scrutiny.go("/returns", "Returns")
    scrutiny.link("Read").click()
    scrutiny.arrived(POLICE)
    expect(scrutiny.text(EVIDENCE)).to_be_visible()
    answers = excel_steps.answers_in(scrutiny.download("Download the Excel return"))
    assert answers[LEFT_OUT] == "Partly met"
    assert list(answers.values()).count("Fully met") == 53
    assert answers["P.4"] == "1,250 people"

    scrutiny.go("/returns", "Returns")
    workbook = scrutiny.download("Download the partnership workbook")
    by_standard = excel_steps.table_in(workbook, "By standard", "Standard")
    assert by_standard["S3"]["n"] == 4
    assert by_standard["S3"]["Fully met %"] == 0.75
    assert by_standard["All"]["Fully met"] == 53
    facts = excel_steps.table_in(workbook, "Numbers and facts", "Question id")
    assert (facts["P.4"]["Median"], facts["P.5"]["Median"], facts["P.8"]["In words"]) == (
        1250, 87, "Yes 0 (0.0%), No 1 (100.0%)",
    )  # fmt: skip
    organisations = excel_steps.table_in(workbook, "Organisations", "Organisation")
    assert {name: row["Status"] for name, row in organisations.items()} == {
        POLICE: "Submitted",
        SCHOOL: "Not started",
        TRUST: "Not started",
    }


def hand_back(scrutiny: Visitor, assessment: str) -> None:
    scrutiny.go(f"/organisation?assessment={assessment}", POLICE)
    scrutiny.unfold(scrutiny.text("Hand back for more work"))
    with scrutiny.one_run():
        scrutiny.page.get_by_label("What needs more work").fill(REASON)
        scrutiny.page.keyboard.press("Tab")
    scrutiny.button("Hand back").click()
    scrutiny.arrived("Returns")
    expect(scrutiny.text(f"Handed back to {POLICE}.")).to_be_visible()
    expect(scrutiny.text("0 of 3")).to_be_visible()


def see_the_reason(contributor: Visitor, assessment: str) -> None:
    contributor.go("/", "Home")
    expect(contributor.text(f"Scrutiny asks for more work: {REASON}")).to_be_visible()
    contributor.button("See what to change").click()
    contributor.arrived("1. Leadership and accountability")
    expect(contributor.text(re.compile(f"Handed back .*: {re.escape(REASON)}"))).to_be_visible()
    expect(contributor.radio(ON_SCREEN, "Mostly met")).to_be_enabled()


def other_addresses_say_nothing(contributor: Visitor, assessment: str) -> None:
    """An organisation that is not ours and one that does not exist look alike, on every page that takes an address."""
    cycle_id = assessment.partition(".")[0]
    for page in ("assessment", "whole-return", "excel-return"):
        shown = set()
        for other in (f"{cycle_id}.elmtree-primary-school", f"{cycle_id}.no-such-place", "nonsense"):
            contributor.page.goto(f"{contributor.url}/{page}?assessment={other}")
            expect(contributor.text(NOT_AVAILABLE)).to_be_visible(timeout=20_000)
            contributor.settled()
            shown.add(contributor.page.get_by_test_id("stMain").inner_text())
        assert len(shown) == 1, shown
