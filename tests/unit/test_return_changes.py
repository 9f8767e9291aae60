"""What changed between two signed versions, with the differences written out by hand."""

from datetime import date

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.reports.return_changes import ChangedField, Version, changed_answers
from section11.reports.word_differences import Stretch
from tests.shipped import LIBRARY

SET = LIBRARY.load("section11-2026")
RATED = [question for question in SET.all_questions() if question.is_rated][:2]
FIRST, SECOND = (question.id for question in RATED)
BEST, WORST = SET.scale.ratings[0], SET.scale.ratings[-1]


def changes(before, after, actions_before=(), actions_after=(), evidence_before=None, evidence_after=None):
    def by_question(items):
        return {one.question_id: one for one in items}

    found = changed_answers(
        RATED,
        SET,
        Version(by_question(before), by_question(actions_before), evidence_before or {}),
        Version(by_question(after), by_question(actions_after), evidence_after or {}),
    )
    return {one.question.id: one.fields for one in found}


def test_a_return_that_says_the_same_has_no_changes_whoever_saved_it_again():
    before = [Answer(FIRST, rating=BEST.key, evidence="Minutes", version=1, updated_by="ann")]
    after = [Answer(FIRST, rating=BEST.key, evidence="Minutes", version=7, updated_by="ben")]

    assert changes(before, after) == {}


def test_a_text_is_compared_word_by_word():
    before = [Answer(FIRST, rating=BEST.key, evidence="The board reviewed it in May 2025 .")]
    after = [Answer(FIRST, rating=BEST.key, evidence="The board and the forum reviewed it in January 2026 .")]

    [evidence] = changes(before, after)[FIRST]

    assert evidence.title == "Evidence"
    assert evidence.parts == (
        Stretch("The board", "The board"),
        Stretch("", "and the forum"),
        Stretch("reviewed it in", "reviewed it in"),
        Stretch("May 2025", "January 2026"),
        Stretch(".", "."),
    )


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (
            Answer(FIRST, rating=BEST.key),
            Answer(FIRST, rating=WORST.key),
            ChangedField("Rating", BEST.label, WORST.label, None),
        ),
        (
            Answer(FIRST, rating=BEST.key),
            Answer(FIRST, marker=Marker.NOT_APPLICABLE),
            ChangedField("Rating", BEST.label, "Not applicable", None),
        ),
        (
            Answer(FIRST, rating=BEST.key, impact="Children say so."),
            Answer(FIRST, rating=BEST.key),
            ChangedField("Impact on children", "Children say so.", "", None),
        ),
        (
            Answer(FIRST, rating=BEST.key, evidence="One two three"),
            Answer(FIRST, rating=BEST.key, evidence="Quite another text"),
            ChangedField("Evidence", "One two three", "Quite another text", None),
        ),
    ],
    ids=["rating", "not applicable", "text gone", "text written anew"],
)
def test_each_thing_that_reads_differently_is_one_field(before, after, field):
    assert changes([before], [after]) == {FIRST: (field,)}


def test_actions_are_compared_with_their_owner_and_date_and_questions_keep_the_order_of_the_form():
    before = [Action(SECOND, "Train every manager", "Head of training", date(2026, 9, 30))]
    after = [
        Action(SECOND, "Train every manager", "Head of people", date(2026, 12, 1)),
        Action(FIRST, "Write the policy", "Director", date(2026, 6, 1)),
    ]

    found = changes([], [], before, after)

    assert list(found) == [FIRST, SECOND]
    assert found[SECOND] == (
        ChangedField("Who will do it", "Head of training", "Head of people", None),
        ChangedField("By when", "30 September 2026", "1 December 2026", None),
    )
    assert [(one.title, one.before, one.after) for one in found[FIRST]] == [
        ("Action", "", "Write the policy"),
        ("Who will do it", "", "Director"),
        ("By when", "", "1 June 2026"),
    ]


def test_files_and_links_that_were_added_or_replaced_are_a_change():
    found = changes([], [], evidence_before={FIRST: "Policy"}, evidence_after={FIRST: "Policy (revision 2); Minutes"})

    assert found == {
        FIRST: (ChangedField("Evidence files and links", "Policy", "Policy (revision 2); Minutes", None),),
    }
