"""The whole return on one page: what is missing, sending it, signing it, and reading it afterwards."""

import pytest

from section11.domain.answers import Marker
from section11.domain.people import Role
from section11.domain.workflow import AssessmentStatus
from section11.services.declarations import DECLARATION
from section11.services.signing import sign_off
from tests.app.browsing import downloads_on, field, go_to, links_on, words_on
from tests.services.builders import (
    POLICE_RETURN,
    answer,
    answer_everything,
    awaiting_sign_off,
    handed_back,
    in_progress,
    invite,
    promise,
    stored_assessment,
    submitted,
)


@pytest.fixture
def whole_return(town, open_app):
    def open_(user=None):
        return go_to(open_app(town.office, user or town.contributor), "whole_return.py", assessment=POLICE_RETURN)

    return open_


def status(town):
    return stored_assessment(town, POLICE_RETURN).status


def keys(at):
    return [button.key for button in at.button]


def test_everything_that_is_missing_is_a_link_to_its_question(town, whole_return):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="not_met")
    answer(town, town.contributor, POLICE_RETURN, "S1.2", marker=Marker.NOT_APPLICABLE)
    answer(town, town.contributor, POLICE_RETURN, "S2.1", marker=Marker.DONT_KNOW_YET)

    at = whole_return()

    assert "4 things to put right before this return can be signed." in words_on(at)
    first, second = (f"assessment={POLICE_RETURN}&standard={standard}" for standard in ("S1", "S2"))
    missing = {words: address for words, address in links_on(at).items() if "standard=" in address}
    assert missing == {
        "S1.1: Essential and rated low. Add an action with an owner and a date.": f"{first}&question=S1.1",
        "S1.2: Marked not applicable without a reason. Say why.": f"{first}&question=S1.2",
        "S2.1: Marked “Don't know yet”. Choose a rating.": f"{second}&question=S2.1",
        "S2.2: Not answered yet.": f"{second}&question=S2.2",
    }
    assert "page.send" not in keys(at)


def test_a_missing_thing_that_was_put_right_is_gone_from_the_list(town, whole_return):
    answer_everything(town, town.contributor, POLICE_RETURN, "not_met")
    at = whole_return()
    assert "1 thing to put right before this return can be signed." in words_on(at)

    promise(town, town.contributor, POLICE_RETURN)
    at.run()

    assert "to put right" not in words_on(at)
    assert "page.send" in keys(at)


def test_every_answer_is_read_on_this_page(town, whole_return):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="not_met", evidence="*None* yet", impact="# Unknown")
    promise(town, town.contributor, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S2.1", marker=Marker.NOT_APPLICABLE, reason="We have no premises.")

    said = words_on(whole_return())

    assert "S1.1** What do you do about S1.1? (essential)" in said
    assert "Not met" in said
    assert "**Evidence:** *None* yet" in said
    assert "**Impact on children:** # Unknown" in said
    assert "**Action:** Train every manager (Head of training, by 30 September 2026)" in said
    assert "**Why it does not apply:** We have no premises." in said
    assert ":gray-badge[Not answered]" in said


def test_a_contributor_sends_a_complete_return_and_is_told_who_has_it_now(town, whole_return):
    in_progress(town)
    at = whole_return()

    at.button(key="page.send").click().run()

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF
    assert "Sent for sign-off." in words_on(at)
    assert "This return waits for your organisation's approver to sign it." in words_on(at)
    assert "page.sign" not in keys(at)


def test_whoever_signs_alone_is_not_sent_to_an_approver(town, whole_return):
    in_progress(town)

    at = whole_return(town.approver)

    said = words_on(at)
    assert "Every question is answered. Close the return for changes, then read it as a whole and sign it here." in said
    assert "your approver" not in said
    at.button(key="page.send").click().run()
    assert "Closed for changes. Read the answers below, then sign." in words_on(at)
    assert "page.sign" in keys(at)


def test_signing_without_the_declaration_is_refused_in_words(town, whole_return):
    awaiting_sign_off(town)
    at = whole_return(town.approver)
    assert DECLARATION in words_on(at)

    at.button(key="page.sign").click().run()

    assert "Tick the declaration to say that you agree with it, then submit." in words_on(at)
    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF


def test_an_approver_agrees_signs_and_submits(town, whole_return):
    awaiting_sign_off(town)
    at = whole_return(town.approver)

    at.checkbox(key="page.agreed").check().run()
    at.button(key="page.sign").click().run()

    assert status(town) is AssessmentStatus.SUBMITTED
    assert stored_assessment(town, POLICE_RETURN).signed_by == town.approver.id
    assert "Signed and submitted. You can read and download it here at any time." in words_on(at)
    assert "Signed and submitted at 09:00." in words_on(at)
    assert keys(at) == ["sign_out"]


def test_an_approver_takes_the_return_back_for_changes(town, whole_return):
    awaiting_sign_off(town)
    at = whole_return(town.approver)

    at.button(key="page.take_back").click().run()

    assert status(town) is AssessmentStatus.IN_PROGRESS
    assert "The return is open for changes again." in words_on(at)
    assert "Back to the questions" in links_on(at)


def test_an_approver_who_wrote_every_answer_is_asked_for_a_second_person(town, whole_return):
    answer_everything(town, town.approver, POLICE_RETURN)
    at = whole_return(town.approver)
    at.button(key="page.send").click().run()

    at.checkbox(key="page.agreed").check().run()
    at.button(key="page.sign").click().run()

    assert "You wrote every answer yourself. Ask a colleague to check and update at least one answer" in words_on(at)
    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF


def test_a_return_somebody_signed_meanwhile_is_not_signed_twice(town, whole_return):
    at = whole_return(town.approver)
    awaiting_sign_off(town)
    at.run()
    at.checkbox(key="page.agreed").check().run()
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    at.button(key="page.sign").click().run()

    assert not at.exception
    assert status(town) is AssessmentStatus.SUBMITTED


def test_a_return_handed_back_shows_the_reason_and_goes_round_again(town, open_app, whole_return):
    handed_back(town)
    at = whole_return()
    assert "Handed back by scrutiny on 2 March 2026: Say more about S1.1." in words_on(at)

    go_to(at, "assessment.py", assessment=POLICE_RETURN)
    at.text_area(key=field(POLICE_RETURN, "S1.1", "evidence")).input("More about S1.1").run()
    go_to(at, "whole_return.py", assessment=POLICE_RETURN)
    at.button(key="page.send").click().run()

    assert status(town) is AssessmentStatus.AWAITING_SIGN_OFF


def test_a_return_handed_back_offers_no_step_that_would_be_refused(town, whole_return):
    handed_back(town)
    at = whole_return()

    if "page.send" in keys(at):
        at.button(key="page.send").click().run()

    assert not at.error, at.error[0].value


def test_the_reason_of_an_earlier_hand_back_is_gone_after_signing_again(town, whole_return):
    handed_back(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More about S1.1")
    at = whole_return()
    at.button(key="page.send").click().run()

    at = whole_return(town.approver)
    at.checkbox(key="page.agreed").check().run()
    at.button(key="page.sign").click().run()

    assert "Say more about S1.1." not in words_on(at)


def test_somebody_of_the_parent_organisation_is_offered_no_step_that_would_be_refused(town, whole_return):
    in_progress(town)
    parent = invite(town.office, Role.CONTRIBUTOR, organisation_id="blue-light")

    at = whole_return(parent)

    assert "Reviewed by the board in January 2026." in words_on(at)
    assert keys(at) == ["sign_out"]


@pytest.mark.parametrize("brought_to", [lambda town: POLICE_RETURN, in_progress, awaiting_sign_off, submitted])
def test_the_return_can_be_downloaded_in_every_status(town, whole_return, brought_to):
    brought_to(town)

    assert downloads_on(whole_return())["Download as Excel"] == f"/downloads/returns/{POLICE_RETURN}.xlsx"
