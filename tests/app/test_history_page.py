"""The page with a return's whole history, as its organisation and as scrutiny read it."""

from tests.app.browsing import go_to, links_on, words_on
from tests.services.builders import POLICE_RETURN, answer, submitted


def test_the_latest_event_stands_on_top_with_what_reads_differently(town, open_app):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="partly_met", evidence="A policy of 2024")
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="A policy of 2026")

    at = open_app(town.office, town.contributor)
    go_to(at, "history.py", assessment=POLICE_RETURN)

    assert not at.exception
    said = words_on(at)
    assert "What happened" in said
    assert said.index("2026") < said.index("began the return")
    assert "changed the answer (S1.1)" in said.replace("\\", "")


def test_it_is_reached_from_the_return_and_leads_back_to_it(town, open_app):
    submitted(town)
    for user, page in ((town.contributor, "whole_return.py"), (town.scrutiny, "organisation.py")):
        at = open_app(town.office, user)
        go_to(at, page, assessment=POLICE_RETURN)
        assert "What happened" in links_on(at)
        go_to(at, "history.py", assessment=POLICE_RETURN)
        assert "Back to the return" in links_on(at)
        assert "signed and submitted the return" in words_on(at)


def test_a_draft_is_not_shown_to_scrutiny(town, open_app):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Half a sentence")

    at = open_app(town.office, town.scrutiny)
    go_to(at, "history.py", assessment=POLICE_RETURN)

    assert "has not submitted this return" in words_on(at)
    assert "Half a sentence" not in words_on(at)
