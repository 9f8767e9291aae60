"""A new cycle begins with last time's return: what stands in the form, and what must still be confirmed."""

from __future__ import annotations

from datetime import date

from section11.domain.answers import AnswerState, state_of
from section11.services.answering import save_answer, view_assessment
from section11.services.cycles import add_missing_forms
from section11.services.signing import missing_in
from section11.services.taking_in.organisations import import_organisations
from section11.services.trail import verify_trail
from tests.services.builders import (
    LATEST_TEXT,
    PARTNERSHIP,
    POLICE,
    answer,
    event_names,
    events,
    handed_back,
    kept_progress,
    open_a_cycle,
    stored_answers,
    submitted,
)

NEXT_RETURN = f"2028.{POLICE}"


def reword(town, before: str, after: str) -> None:
    file = town.standards / "small-set" / "s1.yaml"
    file.write_text(file.read_text().replace(before, after))
    edition = town.standards / "small-set" / "set.yaml"
    edition.write_text(edition.read_text().replace("version: '1'", "version: '2'"))


def open_next(town) -> str:
    open_a_cycle(town, name="2028", due=date(2028, 3, 31))
    return NEXT_RETURN


def test_every_returned_answer_stands_in_the_new_form_and_none_counts_yet(town):
    submitted(town)
    open_next(town)

    answers = stored_answers(town, NEXT_RETURN)
    view = view_assessment(town.office, town.contributor, NEXT_RETURN)
    states = {state_of(one, "police-force", answers[one.id]) for one in view.standards_set.all_questions()}

    assert {key: (one.rating, one.evidence, one.carried_from) for key, one in answers.items()} == dict.fromkeys(
        ("S1.1", "S1.2", "S2.1", "S2.2"), ("fully_met", LATEST_TEXT, "2026")
    )
    assert states == {AnswerState.NOT_CONFIRMED}
    assert (kept_progress(town, NEXT_RETURN).settled, kept_progress(town, NEXT_RETURN).asked) == (0, 4)
    assert {one.message for one in missing_in(view)} == {"Brought from an earlier cycle. Confirm or change it."}


def test_confirming_makes_an_answer_count_and_changing_one_does_so_too(town):
    submitted(town)
    open_next(town)

    save_answer(town.office, town.contributor, NEXT_RETURN, "S1.1", expected_version=1)
    answer(town, town.contributor, NEXT_RETURN, "S1.2", rating="partly_met")

    assert kept_progress(town, NEXT_RETURN).settled == 2
    assert stored_answers(town, NEXT_RETURN)["S1.1"].carried_from is None
    assert view_assessment(town.office, town.contributor, NEXT_RETURN).assessment.status == "in_progress"


def test_last_times_answer_is_shown_beside_the_question_even_after_it_is_changed(town):
    submitted(town)
    open_next(town)
    answer(town, town.contributor, NEXT_RETURN, "S1.2", rating="not_met", evidence="Other words")

    earlier = view_assessment(town.office, town.contributor, NEXT_RETURN).earlier

    assert earlier.keys() == {"S1.1", "S1.2", "S2.1", "S2.2"}
    assert (earlier["S1.2"].cycle_id, earlier["S1.2"].answers[0].answer.evidence) == ("2026", LATEST_TEXT)


def test_a_reworded_question_brings_its_old_words_and_is_not_called_the_same(town):
    submitted(town)
    reword(town, "What do you do about S1.1?", "What does everyone do about S1.1?")
    open_next(town)

    earlier = view_assessment(town.office, town.contributor, NEXT_RETURN).earlier["S1.1"]

    assert earlier.match.kind == "reworded"
    assert earlier.answers[0].question.text == "What do you do about S1.1?"
    assert stored_answers(town, NEXT_RETURN)["S1.1"].rating == "fully_met"


def test_a_return_that_was_handed_back_and_never_returned_brings_nothing(town):
    handed_back(town)
    open_next(town)

    assert stored_answers(town, NEXT_RETURN) == {}
    assert view_assessment(town.office, town.contributor, NEXT_RETURN).earlier == {}


def test_an_organisation_that_joins_late_has_nothing_to_bring_and_others_are_left_alone(town):
    submitted(town)
    open_next(town)
    answer(town, town.contributor, NEXT_RETURN, "S1.1", rating="not_met")
    import_organisations(town.office, town.admin, PARTNERSHIP, b"name,type\nNew Force,police-force\n", "o.csv")

    add_missing_forms(town.office, town.admin, "2028")

    assert stored_answers(town, "2028.new-force") == {}
    assert stored_answers(town, NEXT_RETURN)["S1.1"].rating == "not_met"


def test_the_trail_says_what_was_carried_from_where_and_verifies(town):
    submitted(town)
    open_next(town)

    [event] = events(town, f"assessment:{NEXT_RETURN}")
    assert event_names(town, NEXT_RETURN) == ["carried_forward"]
    assert event.details == {"cycle": "2026", "answers": 4}
    assert verify_trail(town.office, town.admin).faults == ()
