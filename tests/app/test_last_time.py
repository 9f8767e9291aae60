"""What was answered last time, on the form: folded in, with changed questions marked, and confirmed with a press."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from section11.definitions.library import StandardsLibrary
from section11.services.attaching import QuestionPlace, attach_evidence, evidence_of_return
from tests.app.browsing import field, go_to, words_on
from tests.services.builders import POLICE, POLICE_RETURN, open_a_cycle, stored_answers, submitted
from tests.services.evidence_builders import a_file, a_link

NEXT_RETURN = f"2028.{POLICE}"


@pytest.fixture
def form(town, open_app, tmp_path):
    standards = shutil.copytree(town.standards, tmp_path / "standards")
    office = replace(town.office, library=StandardsLibrary(standards, town.office.types.keys))
    town = replace(town, standards=standards, office=office)
    policy = a_file(town.office, town.contributor)
    a_link(town.office, town.contributor)
    attach_evidence(town.office, town.contributor, QuestionPlace(POLICE_RETURN, "S1.2"), policy.id)
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
    assert "Brought from 2026, not yet confirmed. Change it, or confirm it. Confirming also " in words_on(form)

    form.button(key="page.confirm.S1.1").click().run()

    assert stored_answers(town, NEXT_RETURN)["S1.1"].carried_from is None
    assert form.radio(key=field(NEXT_RETURN, "S1.1", "rating")).value == "fully_met"


def attached(town):
    found = evidence_of_return(town.office, town.contributor, NEXT_RETURN)
    return {question_id: [one.title for one in items] for question_id, items in found.items()}


def test_evidence_of_last_time_is_marked_with_its_cycle_and_attached_by_confirming(town, form):
    said = words_on(form)
    assert "Confirming also attaches its 2 files and links." in said
    assert "Confirming also attaches its 1 file or link." in said
    assert said.count(":gray-badge[From 2026, not attached]") == 3
    assert "Evidence files and links (2 from 2026, not attached)" in said
    assert attached(town) == {}

    form.button(key="page.confirm.S1.1").click().run()

    assert attached(town) == {"S1.1": ["Safeguarding policy", "Training record"]}
    assert "Evidence files and links (2)" in words_on(form)
    assert words_on(form).count(":gray-badge[From 2026, not attached]") == 1


def test_evidence_of_last_time_is_attached_one_by_one(town, form):
    item = f"{POLICE}.e1"

    form.button(key=f"page.evidence.{NEXT_RETURN}.S1.1.earlier.{item}.attach").click().run()

    assert attached(town) == {"S1.1": ["Safeguarding policy"]}
    said = words_on(form)
    assert "“Safeguarding policy” is attached." in said
    assert "Evidence files and links (1; 1 from 2026, not attached)" in said
    assert stored_answers(town, NEXT_RETURN)["S1.1"].carried_from == "2026"
