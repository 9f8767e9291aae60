"""Questions that are not ratings on screen: entered, refused, marked, read, and summed up for scrutiny."""

from __future__ import annotations

from datetime import date

import pytest

from section11.domain.answers import Marker
from tests.app.browsing import cells_of, field, go_to, words_on
from tests.services.builders import answer, stored_answers
from tests.services.value_builders import (
    FIRE_VALUES_RETURN,
    KEPT,
    TYPED,
    VALUES_RETURN,
    kept_values,
    open_values_cycle,
    values_submitted,
)


def key(question_id: str, name: str = "value") -> str:
    return field(VALUES_RETURN, question_id, name)


@pytest.fixture
def form(town, open_app):
    open_values_cycle(town)
    return go_to(open_app(town.office, town.contributor), "assessment.py", assessment=VALUES_RETURN)


def test_every_type_is_entered_in_its_own_way_and_saved_as_it_changes(town, form):
    form.radio(key=key("M1.2")).set_value("yes").run()
    form.text_input(key=key("M1.3")).set_value(TYPED["M1.3"]).run()
    form.text_input(key=key("M1.4")).set_value(TYPED["M1.4"]).run()
    form.date_input(key=key("M1.5")).set_value(date(2026, 3, 1)).run()
    form.radio(key=key("M1.6")).set_value("club").run()
    form.text_input(key=key("M1.7")).set_value(TYPED["M1.7"]).run()
    form.text_area(key=key("M1.8")).set_value(TYPED["M1.8"]).run()

    assert not form.exception
    assert kept_values(town) == KEPT
    assert form.text_input(key=key("M1.3")).value == "1250"
    assert words_on(form).count(":material/check_circle: Saved") == 7


def test_a_number_that_cannot_be_read_says_so_beside_it_and_stays_in_the_box(town, form):
    form.text_input(key=key("M1.3")).set_value("about forty").run()

    assert '"about forty" is not a number. Write digits only, for example 40 or 37.5.' in words_on(form)
    assert form.text_input(key=key("M1.3")).value == "about forty"
    assert stored_answers(town, VALUES_RETURN) == {}


def test_who_cannot_answer_says_why_and_a_figure_takes_it_back(town, form):
    form.pills(key=key("M1.4", "marker")).set_value(Marker.NOT_APPLICABLE).run()
    form.text_area(key=key("M1.4", "reason")).set_value("We employ nobody.").run()
    marked = stored_answers(town, VALUES_RETURN)["M1.4"]
    form.text_input(key=key("M1.4")).set_value("87").run()

    assert (marked.marker, marked.reason) == (Marker.NOT_APPLICABLE, "We employ nobody.")
    assert stored_answers(town, VALUES_RETURN)["M1.4"].value == "87"
    assert key("M1.4", "marker") not in {pills.key for pills in form.pills}


def test_a_conflict_shows_both_figures_and_keeps_the_chosen_one(town, form):
    answer(town, town.approver, VALUES_RETURN, "M1.3", value="40")
    form.text_input(key=key("M1.3")).set_value("41").run()
    asked = words_on(form)
    form.button(key="page.mine.M1.3").click().run()

    assert "Answer, yours" in asked
    assert "40 people" in asked
    assert kept_values(town)["M1.3"] == "41"


def test_a_long_text_can_be_combined_and_a_date_reads_as_a_date(town, form):
    answer(town, town.approver, VALUES_RETURN, "M1.8", value="Theirs.")
    form.text_area(key=key("M1.8")).set_value("Mine.").run()
    form.button(key="page.both.M1.8").click().run()
    answer(town, town.approver, VALUES_RETURN, "M1.5", value="1 March 2026")
    form.date_input(key=key("M1.5")).set_value(date(2026, 4, 2)).run()

    assert kept_values(town)["M1.8"] == "Theirs.\n\nMine."
    assert "2 April 2026" in words_on(form)
    assert "keep theirs, or combine" not in words_on(form)


def test_nothing_is_called_unanswered_when_only_the_optional_question_is_left(town, form, open_app):
    answer(town, town.contributor, VALUES_RETURN, "M1.1", rating="fully_met")
    for question_id, typed in TYPED.items():
        if question_id != "M1.8":
            answer(town, town.contributor, VALUES_RETURN, question_id, value=typed)

    page = go_to(open_app(town.office, town.contributor), "assessment.py", assessment=VALUES_RETURN)

    assert "7 of 7 answered" in words_on(page)
    assert "Next unanswered" not in words_on(page)


def test_evidence_and_action_are_asked_for_under_ratings_only(form):
    areas = {area.key for area in form.text_area}

    assert key("M1.1", "evidence") in areas
    assert not {key(one, "evidence") for one in TYPED} & areas
    assert "May be left empty" in words_on(form)


def test_the_whole_return_reads_values_in_words(town, form, open_app):
    values_submitted(town)
    said = words_on(go_to(open_app(town.office, town.contributor), "whole_return.py", assessment=VALUES_RETURN))

    for words in ("1,250 people", "87.5%", "1 March 2026", "Holiday club", "Head of Safeguarding", "Nothing more."):
        assert words in said


def test_scrutiny_sees_what_the_figures_come_to(town, form, open_app):
    values_submitted(town)
    page = go_to(open_app(town.office, town.scrutiny), "standard.py", cycle="values")
    [table] = [one for one in page.dataframe if "Answers" in one.value.columns]
    rows = {row[1].split(" ")[0]: row[2:4] for row in cells_of(table)}

    assert rows["M1.2"] == ["Yes 1 (100.0%), No 0 (0.0%)", "1"]
    assert rows["M1.3"] == ["1,250 people", "1"]
    assert rows["M1.5"] == ["1 March 2026", "1"]
    assert rows["M1.7"] == ["1 answered in words", "1"]
    assert FIRE_VALUES_RETURN not in words_on(page)
