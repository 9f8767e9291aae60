"""Home: each role finds what is due and the next step, and nothing that is not theirs."""

from section11.services.cycles import close_cycle
from section11.services.taking_in.results import import_results
from tests.app.browsing import go_to, links_on, words_on
from tests.services.builders import (
    CYCLE,
    POLICE_RETURN,
    awaiting_sign_off,
    handed_back,
    in_progress,
    submitted,
)

POLICE_ADDRESS = f"assessment={POLICE_RETURN}"


def test_a_contributor_is_told_what_is_due_and_starts_from_here(town, open_app):
    at = open_app(town.office, town.contributor)

    assert "Riverdale Police" in words_on(at)
    assert "2026, due 31 March 2026, in 29 days. **Not started.**" in words_on(at)
    assert at.main.get("progress")[0].text == "0 of 4 questions answered"
    assert at.button(key=f"go-{POLICE_RETURN}").label == "Start"
    assert links_on(at)["Check the whole return"] == POLICE_ADDRESS
    assert links_on(at)["Excel return"] == POLICE_ADDRESS


def test_start_opens_the_questions_of_this_return(town, open_app):
    at = open_app(town.office, town.contributor)

    at.button(key=f"go-{POLICE_RETURN}").click().run()

    assert at.title[0].value == "1\\. Leadership"
    assert at.query_params["assessment"] == POLICE_RETURN


def test_a_return_that_was_begun_is_continued_and_shows_how_far_it_is(town, open_app):
    in_progress(town)

    at = open_app(town.office, town.contributor)

    assert at.button(key=f"go-{POLICE_RETURN}").label == "Continue"
    assert at.main.get("progress")[0].text == "4 of 4 questions answered"


def test_an_approver_finds_the_return_that_awaits_their_signature(town, open_app):
    awaiting_sign_off(town)

    at = open_app(town.office, town.approver)

    assert "**Awaiting sign-off.**" in words_on(at)
    # A page link or a button: either way the step is on the page and leads to the whole return.
    assert POLICE_ADDRESS in links_on(at).values() or at.button(key=f"go-{POLICE_RETURN}")


def test_a_return_handed_back_says_why_and_what_to_do(town, open_app):
    handed_back(town)

    at = open_app(town.office, town.contributor)

    assert "Scrutiny asks for more work: Say more about S1.1." in words_on(at)
    assert at.button(key=f"go-{POLICE_RETURN}").label == "See what to change"


def test_a_submitted_return_can_still_be_read(town, open_app):
    submitted(town)

    at = open_app(town.office, town.contributor)

    assert links_on(at)["Read the whole return"] == POLICE_ADDRESS
    assert "Check the whole return" not in links_on(at)


def test_a_submitted_return_of_a_closed_cycle_is_among_the_earlier_ones(town, open_app):
    submitted(town)
    close_cycle(town.office, town.admin, CYCLE)

    at = open_app(town.office, town.contributor)

    assert at.expander[0].label == "Earlier returns"
    assert links_on(at)["Riverdale Police, 2026"] == POLICE_ADDRESS


def test_a_return_still_open_in_a_closed_cycle_stays_in_front(town, open_app):
    in_progress(town)
    close_cycle(town.office, town.admin, CYCLE)

    at = open_app(town.office, town.contributor)

    assert at.button(key=f"go-{POLICE_RETURN}").label == "Continue"


def test_a_scrutiny_lead_sees_how_many_have_returned_and_goes_to_the_figures(town, open_app):
    submitted(town)

    at = open_app(town.office, town.scrutiny)

    assert "Open, due 31 March 2026, in 29 days. 1 of 4 returns submitted." in words_on(at)
    links = links_on(at)
    assert {links[one] for one in ("Who has returned", "Heat map", "Standards")} == {f"cycle={CYCLE}"}


def test_an_administrator_sees_the_three_steps_and_no_figures(town, open_app):
    at = open_app(town.office, town.admin)

    said = words_on(at)
    assert "4 organisations in the partnership" in said
    # One administrator, one scrutiny lead, one board viewer, and five people of organisations.
    assert "8 people with a role" in said
    assert "1 cycle opened so far" in said
    assert {"1. Organisations", "2. People", "3. Cycles", "Who has returned"} <= links_on(at).keys()
    assert "Heat map" not in links_on(at)


def test_a_board_viewer_is_told_that_nothing_has_been_released_yet(town, open_app):
    submitted(town)

    at = open_app(town.office, town.board)

    assert "0 of 4 returns released." in words_on(at)
    assert "Riverdale Police" not in words_on(at)
    assert "Read each released return" not in links_on(at)


def test_a_due_date_that_has_passed_is_said_in_words(town, open_app):
    town.office.clock.move(days=30)

    at = open_app(town.office, town.contributor)

    assert "was due 31 March 2026, 1 day ago" in words_on(at)


def test_results_that_were_imported_are_shown_as_submitted(town, open_app):
    content = b"organisation,question,rating\nriverdale-police,S1.1,fully_met\n"
    import_results(town.office, town.admin, CYCLE, content, "results.csv")

    at = open_app(town.office, town.contributor)

    assert "**Submitted.**" in words_on(at)
    go_to(at, "whole_return.py", assessment=POLICE_RETURN)
    assert not at.exception
    assert "Signed and submitted" not in words_on(at)
