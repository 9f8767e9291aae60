"""The second round on the pages: handing back with questions, answering them, signing, and reading what changed."""

import pytest

from section11.domain.workflow import AssessmentStatus
from section11.services.asking import ask, note_internally, reply
from section11.services.cycles import close_cycle
from section11.services.declarations import DECLARATION, change_declaration, list_declarations
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import send_for_sign_off, sign_off, signed_versions, take_back
from tests.app.browsing import downloads_on, go_to, links_on, words_on
from tests.services.builders import (
    CYCLE,
    PARTNERSHIP,
    POLICE_RETURN,
    answer,
    awaiting_sign_off,
    event_names,
    stored_assessment,
    submitted,
)


@pytest.fixture
def scrutiny(town, open_app):
    return open_app(town.office, town.scrutiny)


def status(town):
    return stored_assessment(town, POLICE_RETURN).status


def organisation_page(at):
    return go_to(at, "organisation.py", assessment=POLICE_RETURN)


def test_scrutiny_hands_back_two_questions_and_the_organisation_finds_them_everywhere(town, scrutiny, open_app):
    submitted(town)
    at = organisation_page(scrutiny)
    at.text_area(key="page.reason").input("Who reviewed it?")
    at.multiselect(key="page.about").select("S2.1").select("S2.2")
    at.button(key="page.hand_back").click().run()
    assert "Handed back to Riverdale Police. They see your reason on their home page." in words_on(at)

    at = open_app(town.office, town.contributor)
    assert "Scrutiny asks for more work: Who reviewed it?" in words_on(at)
    go_to(at, "assessment.py", assessment=POLICE_RETURN)
    said = words_on(at)
    assert at.title[0].value.replace("\\", "") == "2. Listening"
    assert "Handed back by scrutiny on 2 March 2026: Who reviewed it?" in said
    assert "Scrutiny asks you to look at S2.1 again." in said
    assert "Scrutiny asks you to look at S2.2 again." in said
    standards = [words for words in links_on(at) if "Leadership" in words or "Listening" in words]
    assert standards == ["2. Listening (done, to look at again)", "1. Leadership (done)"]
    go_to(at, "assessment.py", assessment=POLICE_RETURN, standard="S1")
    assert "Scrutiny asks you to look at" not in words_on(at)
    go_to(at, "whole_return.py", assessment=POLICE_RETURN)
    address = f"assessment={POLICE_RETURN}&standard=S2&question=S2.1"
    assert links_on(at)["S2.1 What do you do about S2.1?"] == address


def test_a_reason_is_asked_for_and_what_was_chosen_stays(town, scrutiny):
    submitted(town)
    at = organisation_page(scrutiny)
    at.multiselect(key="page.about").select("S2.1")

    at.button(key="page.hand_back").click().run()

    assert "Say what needs more work, so that the organisation knows what to do." in words_on(at)
    assert at.multiselect(key="page.about").value == ["S2.1"]
    assert status(town) is AssessmentStatus.SUBMITTED


def test_after_the_close_the_page_offers_to_reopen_and_says_that_it_is_noted(town, scrutiny):
    submitted(town)
    close_cycle(town.office, town.admin, CYCLE)
    at = organisation_page(scrutiny)
    assert "The cycle is closed; that is noted and stops nobody." in words_on(at)

    at.text_area(key="page.reason").input("A serious incident came to light.")
    at.button(key="page.hand_back").click().run()

    assert status(town) is AssessmentStatus.REOPENED
    assert "Reopened for Riverdale Police." in words_on(at)


def test_a_reopened_return_of_a_closed_cycle_waits_for_its_approver_on_the_home_page(town, open_app):
    submitted(town)
    close_cycle(town.office, town.admin, CYCLE)
    reopen(town.office, town.scrutiny, POLICE_RETURN, "Say more.")
    assert open_app(town.office, town.contributor).button(key=f"go-{POLICE_RETURN}").label == "See what to change"
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    at = open_app(town.office, town.approver)

    assert at.button(key=f"sign-{POLICE_RETURN}").label == "Read and sign"


def signed_again(town):
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Who reviewed it?", ["S1.1", "S2.1"])
    words = "Reviewed by the board and the forum in January 2026."
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence=words)
    answer(town, town.contributor, POLICE_RETURN, "S2.1", rating="mostly_met")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)


def test_scrutiny_reads_only_what_changed_as_differences(town, scrutiny):
    submitted(town)
    assert "Changed since last time" not in words_on(organisation_page(scrutiny))
    signed_again(town)

    said = words_on(organisation_page(scrutiny))

    changed = said[said.index("Changed since last time") : said.index("Results", said.index("Changed since last time"))]
    assert "**2 answers changed**, the others read as before." in changed
    assert "Asked for: Who reviewed it? (S1.1, S2.1)" in changed
    assert "Evidence: Reviewed by the board **and the forum** in January 2026." in changed
    assert "Rating: ~~Fully met~~ **Mostly met**" in changed
    assert "S1.2" not in changed
    assert "S2.2" not in changed


def test_both_sides_see_when_and_by_whom_it_was_signed_and_the_hash(town, scrutiny, open_app):
    submitted(town)
    signed_again(town)
    second, first = signed_versions(town.office, town.contributor, POLICE_RETURN)

    at = go_to(open_app(town.office, town.contributor), "whole_return.py", assessment=POLICE_RETURN)

    assert f"2. {second.words}" in words_on(at)
    assert f"1. {first.words}" in words_on(at)
    assert downloads_on(at)["Download as PDF"] == f"/downloads/returns/{POLICE_RETURN}.pdf"


def test_a_return_that_changed_behind_an_open_page_is_not_signed_before_it_is_read_again(town, open_app):
    awaiting_sign_off(town)
    at = go_to(open_app(town.office, town.approver), "whole_return.py", assessment=POLICE_RETURN)
    at.checkbox(key="page.agreed").check().run()
    take_back(town.office, town.approver, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Slipped in")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    at.button(key="page.sign").click().run()

    assert "was changed after you opened the page. Read it again, then sign." in words_on(at)
    assert "Slipped in" in words_on(at)
    at.button(key="page.sign").click().run()
    assert status(town) is AssessmentStatus.SUBMITTED


def test_the_administrator_changes_the_declaration_and_the_approver_is_asked_to_agree_to_it(town, open_app):
    awaiting_sign_off(town)
    at = go_to(open_app(town.office, town.admin), "cycles.py")
    [box] = [one for one in at.text_area if one.label == "Declaration of Riverdale"]
    assert box.value == DECLARATION

    box.input("We stand by *this* return.")
    next(one for one in at.button if one.label == "Save the declaration").click().run()

    assert "The declaration is saved." in words_on(at)
    at = go_to(open_app(town.office, town.approver), "whole_return.py", assessment=POLICE_RETURN)
    assert at.checkbox(key="page.agreed").label.replace("\\", "") == "We stand by *this* return."


def test_a_declaration_that_a_colleague_changed_meanwhile_is_not_written_over(town, open_app):
    at = go_to(open_app(town.office, town.admin), "cycles.py")
    change_declaration(town.office, town.admin, PARTNERSHIP, "Theirs")

    at.text_area(key=f"page.declaration.{PARTNERSHIP}.words").input("Mine")
    next(one for one in at.button if one.label == "Save the declaration").click().run()

    assert "A colleague changed the declaration after you opened this page." in words_on(at)
    assert at.text_area(key=f"page.declaration.{PARTNERSHIP}.words").value == "Mine"
    assert list_declarations(town.office, town.admin) == {PARTNERSHIP: "Theirs"}


def test_scrutiny_asks_and_the_organisation_replies_from_its_form(town, scrutiny, open_app):
    submitted(town)
    at = organisation_page(scrutiny)
    assert "Nothing has been asked about this return yet." in words_on(at)
    at.selectbox(key="page.ask.question").set_value("S2.1")
    at.text_area(key="page.ask").input("Which policy?")
    next(one for one in at.button if one.label == "Add to the thread").click().run()
    assert "Which policy?" in words_on(at)
    assert at.text_area(key="page.ask").value == ""

    at = open_app(town.office, town.contributor)
    assert "1 new message" in words_on(at)
    address = f"assessment={POLICE_RETURN}&standard=S2&question=S2.1"
    assert links_on(at)["Riverdale Police, 2026: 1 new about S2.1"] == address
    go_to(at, "assessment.py", assessment=POLICE_RETURN, standard="S2", question="S2.1")
    assert "Scrutiny asks about S2.1 What do you do about S2.1? (1 new)" in [
        one.label.replace("\\", "") for one in at.expander
    ]
    at.text_area(key="page.reply.S2.1").input("The one of May 2025.")
    next(one for one in at.button if one.label == "Send the reply about S2.1").click().run()
    assert "The one of May 2025." in words_on(at)
    assert "new message" not in words_on(go_to(at, "home.py"))

    at = open_app(town.office, town.scrutiny)
    assert links_on(at)["Riverdale Police, 2026: 1 new about S2.1"] == f"cycle={CYCLE}"
    go_to(at, "queries.py", cycle=CYCLE)
    assert "The one of May 2025." in words_on(at)
    at.button(key=f"page.read.{POLICE_RETURN}.S2.1").click().run()
    assert "new message" not in words_on(go_to(at, "home.py"))


def test_an_empty_message_is_refused_in_words_and_the_page_stays(town, scrutiny):
    submitted(town)
    at = organisation_page(scrutiny)

    next(one for one in at.button if one.label == "Add to the thread").click().run()

    assert "Write what you want to ask." in words_on(at)
    assert "Sent." not in words_on(at)


def test_words_that_are_refused_stay_in_the_box(town, open_app):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    at = go_to(open_app(town.office, town.contributor), "whole_return.py", assessment=POLICE_RETURN)
    long = "x" * 4_001
    at.text_area(key="page.reply.S1.1").input(long)

    next(one for one in at.button if one.label == "Send the reply about S1.1").click().run()

    assert "at most 4,000 characters" in words_on(at)
    assert at.text_area(key="page.reply.S1.1").value == long


@pytest.mark.parametrize("role", ["contributor", "approver"])
@pytest.mark.parametrize("file", ["home.py", "assessment.py", "whole_return.py", "excel_return.py"])
def test_notes_of_scrutiny_are_on_no_page_of_the_organisation(town, open_app, role, file):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Between ourselves")

    at = open_app(town.office, getattr(town, role))
    at = go_to(at, file, **({} if file == "home.py" else {"assessment": POLICE_RETURN}))

    assert "Between ourselves" not in words_on(at)
    assert "Scrutiny only" not in words_on(at)


def test_a_note_is_marked_as_scrutinys_own(town, scrutiny):
    submitted(town)
    at = organisation_page(scrutiny)
    at.radio(key="page.ask.side").set_value("Scrutiny only")
    at.text_area(key="page.ask").input("Between ourselves")

    next(one for one in at.button if one.label == "Add to the thread").click().run()

    assert "Between ourselves" in words_on(at)
    assert ":gray-badge[Scrutiny only]" in words_on(at)
    assert "query_asked" not in event_names(town, POLICE_RETURN)


def test_replies_are_read_while_the_return_is_with_its_organisation_and_its_answers_are_not(town, scrutiny):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.")
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="A draft of ours")
    reply(town.office, town.contributor, POLICE_RETURN, "S1.1", "The one of May 2025.")

    at = go_to(scrutiny, "queries.py", cycle=CYCLE)

    assert "The one of May 2025." in words_on(at)
    assert "A draft of ours" not in words_on(at)
    assert "The organisation is working on this return." in words_on(at)
