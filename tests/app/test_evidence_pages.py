"""Evidence on screen: under a question, on its own page, and as scrutiny reads it. What is refused stays typed."""

from dataclasses import replace
from datetime import date

import pytest

from section11.domain.evidence import NOBODY_IDENTIFIABLE, Description
from section11.domain.people import Role
from section11.errors import NotAvailableError
from section11.services.attaching import evidence_of_return
from section11.services.clamav import ClamAv
from section11.services.evidence import list_evidence, replace_file
from tests.app.browsing import downloads_on, go_to, links_on, words_on
from tests.services.builders import FIRE, GROUP, POLICE, POLICE_RETURN, invite, submitted
from tests.services.evidence_builders import POLICY, a_file, a_link, nobody_listens
from tests.small_files import PROGRAM, a_pdf

KEY = f"page.evidence.{POLICE_RETURN}.S1.1"
PDF = "application/pdf"


@pytest.fixture
def form(town, open_app):
    return go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)


@pytest.fixture
def evidence_page(town, open_app):
    """Return a function that opens the Evidence page at an address."""
    return lambda user=None, **address: go_to(open_app(town.office, user or town.contributor), "evidence.py", **address)


def choose(at, way, key=KEY, round_number=0):
    at.radio(key=f"{key}.way.{round_number}").set_value(way).run()
    return at


def upload(at, content, name="policy.pdf", key=KEY):
    at.file_uploader(key=f"{key}.file.0").set_value((name, content, PDF)).run()
    return at


def attached(town):
    found = evidence_of_return(town.office, town.contributor, POLICE_RETURN)
    return {question_id: [one.title for one in items] for question_id, items in found.items()}


def test_a_file_is_uploaded_and_attached_on_the_card(town, form):
    at = upload(choose(form, "file"), a_pdf())
    assert NOBODY_IDENTIFIABLE in words_on(at)
    at.text_input(key=f"{KEY}.title.0").set_value("Policy of *2026*")
    at.date_input(key=f"{KEY}.expires.0").set_value(date(2026, 4, 1))

    at.button(key=f"{KEY}.keep.0").click().run()

    assert not at.exception
    assert attached(town) == {"S1.1": ["Policy of *2026*"]}
    said = words_on(at)
    assert "“Policy of *2026*” is kept." in said
    assert "**Policy of *2026***  :orange-badge[Expires soon]  \nPDF, 1 KB, expires 1 April 2026" in said
    assert downloads_on(at)["Open “Policy of *2026*”"] == f"/evidence/{POLICE}.e1/1"
    assert [one.key for one in at.file_uploader] == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("policy.pdf", PROGRAM, "“policy.pdf” is not what its name says"),
        ("policy.pdf", a_pdf("secret"), "This PDF is protected"),
        ("policy.pdf", b"", "This file is empty."),
    ],
)
def test_a_file_that_is_refused_says_why_and_what_was_typed_stays(town, form, name, content, sentence):
    at = upload(choose(form, "file"), content, name)
    at.text_input(key=f"{KEY}.title.0").set_value("Our policy")

    at.button(key=f"{KEY}.keep.0").click().run()

    assert [sentence in error.value.replace("\\", "") for error in at.error] == [True]
    assert at.text_input(key=f"{KEY}.title.0").value == "Our policy"
    assert attached(town) == {}


def test_without_a_file_or_title_the_person_is_asked_for_one(town, form):
    at = choose(form, "file")
    at.button(key=f"{KEY}.keep.0").click().run()
    assert "Choose a file first" in words_on(at)

    upload(at, a_pdf()).button(key=f"{KEY}.keep.0").click().run()

    assert "Give the evidence a title" in words_on(at)
    assert attached(town) == {}


def test_a_link_is_added_on_the_card_and_a_wrong_one_stays_typed(town, form):
    at = choose(form, "link")
    at.text_input(key=f"{KEY}.title.0").set_value("Training")
    at.text_input(key=f"{KEY}.url.0").set_value("intranet/training")
    at.button(key=f"{KEY}.keep.0").click().run()
    assert "This is not a web address that can be opened from here." in words_on(at)
    assert at.text_input(key=f"{KEY}.url.0").value == "intranet/training"

    at.text_input(key=f"{KEY}.url.0").set_value("https://intranet.example/training")
    at.button(key=f"{KEY}.keep.0").click().run()

    assert attached(town) == {"S1.1": ["Training"]}
    assert "Link to `https://intranet.example/training`" in words_on(at)


def test_what_the_organisation_keeps_is_attached_without_uploading_it_again(town, form):
    a_file(town.office, town.contributor, attach_to=None)

    choose(form, "kept").button(key=f"{KEY}.keep.0").click().run()

    assert attached(town) == {"S1.1": ["Safeguarding policy"]}
    choose(form, "kept", round_number=1)
    assert "Your organisation keeps no other evidence yet." in words_on(form)


def test_evidence_is_taken_off_a_question_and_kept(town, open_app):
    item = a_file(town.office, town.contributor)
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)

    at.button(key=f"{KEY}.{item.id}.off").click().run()

    assert attached(town) == {}
    assert "Your organisation still keeps it on the Evidence page." in words_on(at)
    assert "Open “Safeguarding policy”" not in downloads_on(at)


def test_a_return_that_was_signed_shows_its_evidence_and_takes_no_more(town, open_app):
    a_file(town.office, town.contributor)
    submitted(town)

    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN)

    assert "Open “Safeguarding policy”" in downloads_on(at)
    assert [one.key for one in at.radio if "evidence" in str(one.key)] == []
    assert [one.key for one in at.button if "Take off" in one.label] == []


def test_the_whole_return_and_scrutiny_show_the_evidence_under_its_answer(town, open_app):
    a_file(town.office, town.contributor)
    submitted(town)

    own = go_to(open_app(town.office, town.approver), "whole_return.py", assessment=POLICE_RETURN)
    assert downloads_on(own)["Open “Safeguarding policy”"] == f"/evidence/{POLICE}.e1/1"
    theirs = go_to(open_app(town.office, town.scrutiny), "organisation.py", assessment=POLICE_RETURN)
    assert downloads_on(theirs)["Open “Safeguarding policy”"] == f"/evidence/{POLICE}.e1/1"
    assert not theirs.exception


def test_an_organisation_without_evidence_is_told_how_to_begin(evidence_page):
    at = evidence_page()

    assert "There is no evidence yet. Add the first file or link above" in words_on(at)
    assert not at.exception


def test_the_page_lists_everything_with_expiry_and_where_it_is_used(town, evidence_page):
    a_file(town.office, town.contributor, about=replace(POLICY, expires=date(2026, 2, 1)))
    a_link(town.office, town.contributor, attach_to=None)

    said = words_on(evidence_page())

    assert "**Riverdale Police:** 2 pieces of evidence, 1 expired. 1 KB of 500 MB used." in said
    assert (
        "**Safeguarding policy**  :red-badge[Expired]  \nPDF, 1 KB, of 15 January 2026, expired 1 February 2026" in said
    )
    assert "Used in 2026: S1.1." in said
    assert "Not attached to any question yet." in said


def test_what_expired_comes_first(town, evidence_page):
    a_link(town.office, town.contributor, attach_to=None)
    old = Description("Zebra crossing plan", expires=date(2026, 2, 1))
    a_file(town.office, town.contributor, about=old, attach_to=None)

    links = [words for words in links_on(evidence_page()) if words.startswith("Change or replace")]

    assert links == ["Change or replace “Zebra crossing plan”", "Change or replace “Training record”"]


def test_evidence_is_added_on_the_page_without_a_question(town, evidence_page):
    key = "page.evidence.new"
    at = upload(choose(evidence_page(), "file", key), a_pdf(), key=key)
    at.text_input(key=f"{key}.title.0").set_value("Policy")

    at.button(key=f"{key}.keep.0").click().run()

    [line] = list_evidence(town.office, town.contributor, POLICE).lines
    assert (line.item.title, line.uses) == ("Policy", ())
    assert "“Policy” is kept." in words_on(at)


def test_a_new_revision_is_kept_and_the_earlier_can_still_be_opened(town, evidence_page):
    item = a_file(town.office, town.contributor)
    at = evidence_page(item=item.id)
    at.file_uploader[0].set_value(("policy-2.pdf", a_pdf(pages=2), PDF)).run()

    at.button(key="page.change.replace").click().run()

    assert "Revision 2 of “Safeguarding policy” is kept." in words_on(at)
    addresses = downloads_on(at)
    assert addresses["Open “Safeguarding policy”"] == f"/evidence/{POLICE}.e1/2"
    [first] = [words for words in addresses if words.startswith("Revision 1 of 2 March 2026: “policy.pdf”")]
    assert addresses[first] == f"/evidence/{POLICE}.e1/1"


def test_a_refused_revision_changes_nothing(town, evidence_page):
    item = a_file(town.office, town.contributor)
    at = evidence_page(item=item.id)
    at.button(key="page.change.replace").click().run()
    assert "Choose a file first." in words_on(at)
    at.file_uploader[0].set_value(("policy.pdf", PROGRAM, PDF)).run()

    at.button(key="page.change.replace").click().run()

    assert "is not what its name says" in words_on(at)
    assert list_evidence(town.office, town.contributor, POLICE).lines[0].item.latest.number == 1


def test_title_and_dates_are_changed_on_the_page(town, evidence_page):
    item = a_link(town.office, town.contributor)
    at = evidence_page(item=item.id)
    at.text_input(key="page.change.title").set_value("Training of 2026")
    at.date_input(key="page.change.expires").set_value(date(2026, 12, 31))

    at.button(key="page.change.describe").click().run()

    assert "“Training of 2026” is saved." in words_on(at)
    at.date_input(key="page.change.dated").set_value(date(2027, 1, 1))
    at.button(key="page.change.describe").click().run()
    assert "The expiry date, 31 December 2026, is before the date of the evidence" in words_on(at)
    assert at.date_input(key="page.change.dated").value == date(2027, 1, 1)


def test_a_file_that_waits_for_the_virus_check_says_so(town, open_app):
    office = replace(town.office, scanner=ClamAv.at(nobody_listens()))
    a_file(office, town.contributor)

    at = go_to(open_app(office, town.contributor), "evidence.py")

    assert ":orange-badge[Waits for the virus check]" in words_on(at)


def test_a_parent_chooses_among_its_sites_and_only_reads_there(town, evidence_page):
    parent = invite(town.office, Role.APPROVER, organisation_id=GROUP)
    a_file(town.office, town.contributor)

    at = evidence_page(parent, organisation=POLICE)

    assert "See all of “Safeguarding policy”" in links_on(at)
    assert [one.label for one in at.expander if one.label == "Add evidence"] == []


@pytest.mark.parametrize("address", [{"organisation": FIRE}, {"organisation": "nobody"}, {"item": f"{FIRE}.e1"}])
def test_another_organisations_evidence_is_not_available(town, evidence_page, address):
    a_file(town.office, town.fire_contributor, organisation_id=FIRE, attach_to=None)

    at = evidence_page(**address)

    assert [error.value.replace("\\", "") for error in at.error] == [NotAvailableError().user_message]
    assert "Safeguarding policy" not in words_on(at)


def test_titles_and_names_with_markdown_are_drawn_as_they_are_written(town, evidence_page):
    about = Description("# [x](javascript:1) <b> $a$")
    item = a_file(town.office, town.contributor, about=about, name="*a*.pdf")
    replace_file(town.office, town.contributor, item.id, "`b`.pdf", a_pdf(pages=2))

    said = words_on(evidence_page(item=item.id))

    assert "# [x](javascript:1) <b> $a$" in said
    assert "“*a*.pdf”" in said
