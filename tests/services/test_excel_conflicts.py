"""A filled-in Excel return and what a colleague wrote on screen meanwhile: nothing is decided over their heads."""

import pytest

from section11.errors import BadInputError
from tests.services.builders import (
    POLICE_RETURN,
    answer,
    stored_answers,
)
from tests.services.excel_builders import bring_in, downloaded, everything, filled_in, preview


def test_what_a_colleague_wrote_on_screen_meanwhile_stays_where_the_file_does_not_touch_it(town):
    content = filled_in(downloaded(town), S1_1={"evidence": "From the file"})
    answer(town, town.approver, POLICE_RETURN, "S1.1", impact="From the screen")
    answer(town, town.approver, POLICE_RETURN, "S1.2", rating="fully_met")

    assert preview(town, content).conflicts == ()
    assert bring_in(town, content) == 1

    stored = stored_answers(town, POLICE_RETURN)
    assert (stored["S1.1"].evidence, stored["S1.1"].impact) == ("From the file", "From the screen")
    assert stored["S1.2"].rating == "fully_met"


@pytest.mark.parametrize(("choice", "stays"), [("keep_stored", "From the screen"), ("take_file", "From the file")])
def test_a_conflict_is_shown_and_the_choice_is_followed(sqlite_town, choice, stays):
    town = sqlite_town
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="As it was")
    content = filled_in(downloaded(town), S1_1={"evidence": "From the file", "rating": "Fully met"})
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="From the screen")

    [conflict] = preview(town, content).conflicts
    assert (conflict.question_id, conflict.field) == ("S1.1", "evidence")
    assert (conflict.base, conflict.stored, conflict.incoming) == ("As it was", "From the screen", "From the file")
    bring_in(town, content, **{choice: {("S1.1", "evidence")}})

    stored = stored_answers(town, POLICE_RETURN)["S1.1"]
    assert (stored.evidence, stored.rating) == (stays, "fully_met")


def test_a_conflict_that_arose_after_the_preview_is_asked_about_and_not_decided(town):
    """Nobody saw this conflict, so nobody chose: what the colleague typed must not be overwritten unasked."""
    content = filled_in(downloaded(town), S1_1={"evidence": "From the file"})
    assert preview(town, content).conflicts == ()
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="Typed after the preview")
    before = everything(town)

    with pytest.raises(BadInputError, match=r"A colleague changed S1\.1"):
        bring_in(town, content)

    assert everything(town) == before


def test_keeping_everything_that_is_stored_changes_nothing(sqlite_town):
    town = sqlite_town
    content = filled_in(downloaded(town), S1_1={"evidence": "From the file"})
    before = everything(town)

    assert bring_in(town, content, keep_stored={("S1.1", "evidence")}) == 0
    assert everything(town) == before
