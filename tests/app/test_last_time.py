"""What was answered last time, on the form: folded in, with changed questions marked, and confirmed with a press."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from section11.definitions.library import StandardsLibrary
from tests.app.browsing import field, go_to, words_on
from tests.services.builders import POLICE, open_a_cycle, stored_answers, submitted

NEXT_RETURN = f"2028.{POLICE}"


@pytest.fixture
def form(town, open_app, tmp_path):
    standards = shutil.copytree(town.standards, tmp_path / "standards")
    office = replace(town.office, library=StandardsLibrary(standards, town.office.types.keys))
    town = replace(town, standards=standards, office=office)
    submitted(town)
    file = town.standards / "small-set" / "s1.yaml"
    file.write_text(file.read_text().replace("What do you do about S1.1?", "What does your team do about S1.1?"))
    edition = town.standards / "small-set" / "set.yaml"
    edition.write_text(edition.read_text().replace("version: '1'", "version: '2'"))
    open_a_cycle(town, name="2028", due=date(2028, 3, 31))
    return go_to(open_app(town.office, town.contributor), "assessment.py", assessment=NEXT_RETURN)


def test_last_times_answer_is_folded_in_beside_each_question(form):
    said = words_on(form)

    assert said.count("Last time: Fully met (2026)") == 2
    assert "Evidence:** Reviewed by the board in January 2026." in said


def test_words_that_changed_in_a_question_are_marked_and_the_marks_explained(form):
    said = words_on(form)

    assert "Changed since:** What ~~do you~~ **does your team** do about S1.1?" in said
    assert said.count("~~Struck out~~ is gone, **bold** is new.") == 1


def test_one_press_confirms_what_was_brought_along(town, form):
    assert "Brought from 2026, not yet confirmed. Change it, or confirm it." in words_on(form)

    form.button(key="page.confirm.S1.1").click().run()

    assert stored_answers(town, NEXT_RETURN)["S1.1"].carried_from is None
    assert form.radio(key=field(NEXT_RETURN, "S1.1", "rating")).value == "fully_met"
