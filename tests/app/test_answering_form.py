"""The form: what a question shows, and that every change is saved by itself."""

import pytest

from section11.domain.answers import Answer, Marker
from section11.domain.organisations import DutyBasis, Organisation
from section11.domain.people import Role
from section11.domain.workflow import AssessmentStatus
from section11.storage.organisations import Membership
from tests.app.browsing import field, go_to, links_on, words_on
from tests.app.worlds import add_cycle, fresh_partnership
from tests.services.builders import (
    MINDER_RETURN,
    POLICE_RETURN,
    answer,
    awaiting_sign_off,
    event_names,
    invite,
    stored_answers,
    stored_assessment,
)

RATING = field(POLICE_RETURN, "S1.1", "rating")
REASON = field(POLICE_RETURN, "S1.1", "reason")
EVIDENCE = field(POLICE_RETURN, "S1.1", "evidence")
IMPACT = field(POLICE_RETURN, "S1.1", "impact")


@pytest.fixture
def form(town, open_app):
    """The first standard of the police's return, as their contributor sees it."""

    def open_(**address):
        address = {"assessment": POLICE_RETURN, **address}
        return go_to(open_app(town.office, town.contributor), "assessment.py", **address)

    return open_


@pytest.fixture
def real_form(sqlite_office, open_app):
    """The first standard of the section 11 self-assessment, as a school's contributor sees it."""
    place = fresh_partnership(sqlite_office)
    school = Organisation("oakfield", "Oakfield School", "school-maintained")
    with sqlite_office.store.writing() as work:
        work.organisations.add_all([Membership(school, place.partnership_id, DutyBasis.EQUIVALENT)])
        work.commit()
    add_cycle(place)
    ann = invite(sqlite_office, Role.CONTRIBUTOR, organisation_id="oakfield")
    return go_to(open_app(sqlite_office, ann), "assessment.py", assessment="2026.oakfield")


def test_a_question_shows_its_text_what_each_rating_means_and_what_counts_as_evidence(real_form):
    said = words_on(real_form)
    assert "S1.1 Does your organisation have one board or executive member who is accountable" in said
    assert "Think of the senior lead, not the person staff ring for advice" in said
    assert "Someone senior is known as the lead, but that person has no seat on the board" in said
    assert "- Job description for the post, showing the safeguarding duties in writing" in said
    assert "What has the senior lead decided in the last 12 months that left children safer" in said
    assert "(S11-02)" in said


def test_each_meaning_stands_under_its_own_rating(real_form):
    rating = real_form.radio(key=field("2026.oakfield", "S1.1", "rating"))

    assert rating.options[:4] == ["Fully met", "Mostly met", "Partly met", "Not met"]
    assert rating.proto.captions[0].startswith("A board or executive member holds the role, the job description")
    assert rating.proto.captions[3].startswith("No senior post holds this responsibility")
    assert rating.options[4:] == ["Not applicable", "Don't know yet"]


def test_all_twelve_standards_and_the_facts_are_listed_with_their_progress(real_form):
    standards = [words for words, address in links_on(real_form).items() if "standard=" in address]

    assert len(standards) == 13
    assert standards[0].startswith("1. Leadership and accountability (0 of ")


def test_a_rating_is_saved_as_soon_as_it_is_chosen(town, form):
    at = form()

    at.radio(key=RATING).set_value("mostly_met").run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.version, stored.updated_by) == ("mostly_met", 1, town.contributor.id)
    assert "Saved 09:00" in words_on(at)
    assert event_names(town, POLICE_RETURN) == ["answer_saved", "assessment_started"]


@pytest.mark.parametrize(("key", "name"), [(EVIDENCE, "evidence"), (IMPACT, "impact")])
def test_a_text_is_saved_as_soon_as_its_box_is_left(town, form, key, name):
    at = form()

    at.text_area(key=key).input("Minutes of *May* <b>2026</b>").run()

    assert getattr(stored_answers(town, POLICE_RETURN)["S1.1"], name) == "Minutes of *May* <b>2026</b>"
    assert "Saved 09:00" in words_on(at)


def choose_low(at):
    """Rate S1.1 low: only what this changes on the card is drawn again, and the second run shows the whole page."""
    at.radio(key=RATING).set_value("not_met").run()
    at.run()


def test_one_change_after_another_is_saved_without_a_reload(town, form):
    at = form()

    choose_low(at)
    at.text_area(key=EVIDENCE).input("None yet").run()
    at.text_area(key=IMPACT).input("We do not know").run()
    at.radio(key=RATING).set_value("partly_met").run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.evidence, stored.impact) == ("partly_met", "None yet", "We do not know")
    assert stored.version == 4


def test_what_was_saved_is_there_in_another_browser(town, form, open_app):
    at = form()
    choose_low(at)
    at.text_area(key=EVIDENCE).input("None yet").run()

    other = go_to(open_app(town.office, town.approver), "assessment.py", assessment=POLICE_RETURN)

    assert other.radio(key=RATING).value == "not_met"
    assert other.text_area(key=EVIDENCE).value == "None yet"
    assert "Last saved 09:00" in words_on(other)


def test_what_a_colleague_saved_meanwhile_appears_with_the_next_page(town, form):
    at = form()
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="From the approver")

    at.run()

    assert at.text_area(key=EVIDENCE).value == "From the approver"
    assert not at.warning


def test_the_address_names_the_standard(form):
    assert form(standard="S2").title[0].value == "2\\. Listening"
    assert form(standard="no-such-standard").title[0].value == "1\\. Leadership"


def test_next_standard_and_next_unanswered_lead_on(town, form):
    at = form()
    assert at.button(key="page.next").label == "Next standard"
    at.radio(key=RATING).set_value("fully_met").run()
    at.radio(key=field(POLICE_RETURN, "S1.2", "rating")).set_value("fully_met").run()
    assert at.button(key="page.unanswered").label == "Next unanswered: 2"

    at.button(key="page.unanswered").click().run()

    assert at.title[0].value == "2\\. Listening"
    assert at.query_params == {"assessment": POLICE_RETURN, "standard": "S2"}
    assert "1. Leadership (done)" in links_on(at)


def test_the_last_standard_leads_to_the_whole_return(form):
    at = form(standard="S2")

    at.button(key="check").click().run()

    assert at.title[0].value == "The whole return"


def test_not_applicable_asks_why_and_saves_the_reason(town, form):
    at = form()
    assert REASON not in [box.key for box in at.text_area]

    at.radio(key=RATING).set_value(Marker.NOT_APPLICABLE).run()
    assert "Why it does not apply" in words_on(at)
    at.text_area(key=REASON).input("We have no premises.").run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.marker, stored.reason) == (None, Marker.NOT_APPLICABLE, "We have no premises.")


def test_the_reason_is_still_shown_when_not_applicable_is_chosen_again(town, form):
    at = form()
    at.radio(key=RATING).set_value(Marker.NOT_APPLICABLE).run()
    at.text_area(key=REASON).input("We have no premises.").run()
    at.radio(key=RATING).set_value("fully_met").run()

    at.radio(key=RATING).set_value(Marker.NOT_APPLICABLE).run()

    assert stored_answers(town, POLICE_RETURN)["S1.1"].reason == "We have no premises."
    assert at.text_area(key=REASON).value == "We have no premises."


def test_dont_know_yet_is_kept_apart_from_a_rating(town, form):
    at = form()

    at.radio(key=RATING).set_value(Marker.DONT_KNOW_YET).run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.marker) == (None, Marker.DONT_KNOW_YET)
    assert "1. Leadership (0 of 2)" in links_on(at)


def test_a_text_that_is_too_long_is_refused_in_words_and_stays_in_its_box(town, form):
    at = form()

    at.text_area(key=EVIDENCE).input("x" * 32_768).run()

    assert "This text has 32,768 characters and at most 32,767 can be kept." in words_on(at)
    assert at.text_area(key=EVIDENCE).value == "x" * 32_768
    assert stored_answers(town, POLICE_RETURN) == {}
    at.text_area(key=EVIDENCE).input("Shorter").run()
    assert stored_answers(town, POLICE_RETURN)["S1.1"].evidence == "Shorter"
    assert "32,768" not in words_on(at)


@pytest.fixture
def carried(town):
    """The police's S1.1 as it was answered in 2024, which nobody has confirmed yet."""
    earlier = Answer("S1.1", rating="mostly_met", evidence="Policy of 2024", carried_from="2024")
    with town.office.store.writing() as work:
        work.answers.add_all([(POLICE_RETURN, earlier)], at=town.office.clock(), by="somebody")
        work.commit()


def test_a_carried_forward_answer_says_so_and_counts_only_once_it_is_confirmed(town, form, carried):
    at = form()
    assert "Brought from 2024, not yet confirmed." in words_on(at)
    assert at.radio(key=RATING).value == "mostly_met"
    assert "1. Leadership (0 of 2)" in links_on(at)

    at.button(key="page.confirm.S1.1").click().run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.evidence, stored.carried_from) == ("mostly_met", "Policy of 2024", None)
    assert "Brought from 2024" not in words_on(at)
    assert "1. Leadership (1 of 2)" in links_on(at)


def test_changing_a_carried_forward_answer_confirms_it(town, form, carried):
    at = form()

    at.radio(key=RATING).set_value("fully_met").run()

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.rating, stored.carried_from) == ("fully_met", None)
    assert "Brought from 2024" not in words_on(at)


def test_a_return_that_awaits_sign_off_can_be_read_but_not_changed(town, form):
    awaiting_sign_off(town)

    at = form()

    assert "Awaiting sign-off. The answers can be read here but not changed." in words_on(at)
    assert at.radio(key=RATING).disabled
    assert at.text_area(key=EVIDENCE).disabled


def test_a_return_that_was_sent_meanwhile_takes_no_change_and_says_why(town, form):
    at = form()
    awaiting_sign_off(town)

    at.text_area(key=EVIDENCE).input("Too late").run()

    assert "This return is awaiting sign-off, so its answers cannot be changed now." in words_on(at)
    assert stored_answers(town, POLICE_RETURN)["S1.1"].evidence != "Too late"
    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.AWAITING_SIGN_OFF


def test_questions_not_asked_of_a_type_are_not_shown(town, open_app):
    at = go_to(open_app(town.office, town.minder), "assessment.py", assessment=MINDER_RETURN, standard="S2")

    assert "S2.1 What do you do about S2.1?" in words_on(at)
    assert "S2.2" not in words_on(at)


def test_somebody_of_the_parent_organisation_may_read_but_not_answer(town, open_app):
    parent = invite(town.office, Role.CONTRIBUTOR, organisation_id="blue-light")

    at = go_to(open_app(town.office, parent), "assessment.py", assessment=POLICE_RETURN)

    assert at.title[0].value == "1\\. Leadership"
    assert at.radio(key=RATING).disabled


def test_a_link_to_a_question_puts_it_first_on_its_page(town, open_app):
    at = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=POLICE_RETURN, question="S1.2")

    said = words_on(at)
    assert 0 <= said.index("What do you do about S1.2?") < said.index("What do you do about S1.1?")
