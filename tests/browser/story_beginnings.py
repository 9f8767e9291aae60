"""How a cycle begins in the browser: organisations are imported, people invited, and the cycle is opened."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

CYCLE = "Section 11 audit 2026"
POLICE, SCHOOL, TRUST = "Oakfield Police", "Elmtree Primary School", "Birchwood Hospitals NHS Trust"
ORGANISATIONS = f"name,type\n{POLICE},police-force\n{SCHOOL},school-maintained\n{TRUST},nhs-acute\n"
PASSWORD = "three lanterns by the river"


def import_organisations(administrator: Visitor) -> None:
    administrator.link("1. Organisations").click()
    administrator.arrived("Organisations")
    administrator.upload(
        "File", {"name": "organisations.csv", "mimeType": "text/csv", "buffer": ORGANISATIONS.encode()}
    )
    expect(administrator.text("3 new organisations")).to_be_visible()
    administrator.button("Import").click()
    expect(administrator.text("Imported. 3 organisations added.")).to_be_visible()
    expect(administrator.text(SCHOOL)).to_be_visible()


def invited(administrator: Visitor, visitor: Visitor, email: str, role: str, organisation: str | None) -> Visitor:
    """Invite somebody on the People page and accept the invitation in the browser of their own."""
    administrator.go("/people", "People")
    page = administrator.page
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Name", exact=True).fill(email.partition("@")[0].title())
    administrator.choose("Role", role)
    if organisation is not None:
        administrator.choose("Organisation (for contributors and approvers)", organisation)
    administrator.button("Make an invitation").click()
    expect(administrator.text("Send this link to the person")).to_be_visible()
    visitor.accept(address_in(administrator.page.get_by_test_id("stCode").inner_text()), email, PASSWORD)
    return visitor


def open_a_cycle(administrator: Visitor) -> None:
    administrator.go("/cycles", "Cycles")
    administrator.page.get_by_label("Name, for example").fill(CYCLE)
    administrator.text("The same set for everyone").click()
    administrator.choose("The set for everyone", "Section 11 self-assessment 2026")
    administrator.button("Create").click()
    expect(administrator.text(f"{CYCLE} is created.")).to_be_visible()
    administrator.button("Open").click()
    expect(administrator.text("Opened. 3 organisations can answer now.")).to_be_visible(timeout=20_000)


def address_in(text: str) -> str:
    found = re.search(r"http://\S+/invitation/\S+", text)
    assert found is not None, text
    return found.group()
