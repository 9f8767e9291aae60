"""The sentences of the board pack, worked out by hand on four organisations, and silent where there is no n."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from section11.domain.actions import ActionStatus
from section11.domain.answers import Action
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.workflow import AssessmentStatus
from section11.reports.board_sentences import (
    ACTION_RULES,
    ARRANGEMENT_RULES,
    MODERATION_RULES,
    RETURN_RULES,
    RULE_KEYS,
    SET_RULES,
    TREND_RULES,
)
from tests.unit.board_pack_builders import a_pack, page_of, words_of
from tests.unit.figure_builders import (
    CLUB,
    CLUB_SET,
    LATE,
    POLICE,
    SCHOOL,
    SMALL_SET,
    a_cycle,
    a_return,
    four_organisations,
    published_matrix,
    rated,
    seven_organisations,
    tracked,
)

EVERY_RULE = (*RETURN_RULES, *ARRANGEMENT_RULES, *SET_RULES, *MODERATION_RULES, *TREND_RULES, *ACTION_RULES)
EVERY = ("S1.1", "S1.2", "S1.3", "S2.1", "S2.2")
BEFORE_THE_DUE_DATE = datetime(2026, 9, 30, 12, 0, tzinfo=UTC)


def all_fully(name="Police", **more):
    return a_return(name, POLICE, [rated(one, "fully") for one in EVERY], **more)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("returned", "2 of 4 organisations returned by 30 September 2026; 1 late; 1 outstanding."),
        ("to-come", "Still to come: Housing association 1 of 1."),
        (
            "rated.small",
            "Of 9 answers in 3 returns: 5 fully met (55.6%), 1 mostly met (11.1%), 1 partly met (11.1%), 1 not met "
            "(11.1%), 1 without a rating (11.1%). 4 not applicable, left out.",
        ),
        ("ends.small", "Highest share fully met: Leadership (3 of 5). Lowest: Safe recruitment (2 of 4)."),
        ("essential.small", "Essential questions: 2 of 4 rated answers are partly met or not met."),
        (
            "weak",
            "Most often weak: Senior leadership (1 of 2 organisations); Clear accountability (1 of 2 organisations).",
        ),
        ("strong", "Most often strong: Clear accountability (1 of 2 organisations)."),
        ("actions", "1 action promised: 1 open."),
    ],
)
def test_sentences_say_what_was_counted_by_hand(key, words):
    assert words_of(a_pack(four_organisations()), key) == words


def test_one_of_each_is_in_the_singular():
    pack = a_pack(a_cycle(a_return("Police", POLICE, [rated("S1.1", "not")], signed_at=LATE)))

    assert words_of(pack, "returned") == "0 of 1 organisation returned by 30 September 2026; 1 late."
    assert words_of(pack, "essential.small") == "Essential questions: 1 of 1 rated answer is partly met or not met."
    assert words_of(pack, "rated.small").startswith("Of 5 answers in 1 return: 1 not met (20.0%), 4 without a rating")


def test_before_the_due_date_nobody_is_called_outstanding():
    returned = all_fully()
    waiting = a_return("School", SCHOOL, status=AssessmentStatus.IN_PROGRESS, signed_at=None)

    pack = a_pack(a_cycle(returned, waiting, taken_at=BEFORE_THE_DUE_DATE))

    assert words_of(pack, "returned") == ("1 of 2 organisations returned so far; the due date is 30 September 2026.")


def test_a_return_whose_date_is_not_known_is_not_called_on_time():
    pack = a_pack(a_cycle(all_fully(), all_fully("Fire", signed_at=None)))

    assert words_of(pack, "returned") == (
        "1 of 2 organisations returned by 30 September 2026; 1 returned on a date that is not known."
    )


def test_the_published_matrix_says_its_published_share():
    pack = a_pack(published_matrix())

    assert words_of(pack, "rated.published") == (
        "Of 69 answers in 12 returns: 66 green (95.7%), 3 amber (4.3%). 3 not applicable, left out."
    )


def test_nothing_is_said_where_there_is_nothing_to_count():
    empty, nothing_returned = (
        a_pack(a_cycle()),
        a_pack(a_cycle(a_return("A", POLICE, status=AssessmentStatus.NOT_STARTED))),
    )

    assert [one.words for page in empty.pages for one in page.sentences] == []
    assert {one.key for page in nothing_returned.pages for one in page.sentences} == {"returned"}


def test_moderation_is_said_with_its_n():
    judged = [
        Moderation("S1.1", rating="fully", evidence_quality=EvidenceQuality.TESTED, reason="Seen."),
        Moderation("S1.2", rating="partly", evidence_quality=EvidenceQuality.ASSERTED, reason="Thin."),
    ]
    moderated = all_fully(status=AssessmentStatus.MODERATED, outcomes=judged)

    pack = a_pack(a_cycle(moderated))

    assert words_of(pack, "moderated.small") == (
        "Of 2 answers rated by both sides in 1 moderated return: 1 kept their rating, 1 moderated lower."
    )
    assert words_of(pack, "evidence.small") == "Evidence behind 2 moderated answers: 1 asserted, 1 tested."


def test_actions_are_counted_by_what_became_of_them():
    promised = [Action(one, "Do it", "Head", date(2026, 10, 1)) for one in EVERY[:3]]
    done = replace(tracked(Action("S2.1", "Do it", "Head", date(2026, 10, 1))), status=ActionStatus.DONE)

    pack = a_pack(a_cycle(all_fully(actions=[*promised, done])))

    assert words_of(pack, "actions") == "4 actions promised: 3 open (3 overdue), 1 done and not yet verified."


def test_what_changed_since_last_time_is_said_of_unchanged_standards_only():
    changed = replace(SMALL_SET.standards[1].questions[0], text="Is it quite different now?")
    second = replace(SMALL_SET.standards[1], questions=(changed, SMALL_SET.standards[1].questions[1]))
    new_set = replace(SMALL_SET, version="2.0", standards=(SMALL_SET.standards[0], second))
    earlier = four_organisations()
    earlier = replace(earlier, cycle=replace(earlier.cycle, id="2024", name="2024"))

    pack = a_pack(a_cycle(all_fully(standards_set=new_set)), earlier=earlier)

    assert words_of(pack, "moves.small") == "Share fully met since 2024, in 1 standard: rose in 1."
    assert words_of(pack, "largest.small") == "Largest change: Leadership, from 60.0% of 5 to 100.0% of 3."
    assert words_of(pack, "changed.small") == (
        "1 of 2 standards is not compared, as questions or scale changed. Asked in other words: S2.1."
    )
    assert [row.cells for row in page_of(pack, "breaks.small").table.rows] == [
        ("Safe recruitment", "Asked in other words: S2.1.")
    ]


def test_nothing_is_compared_where_the_meaning_of_a_rating_changed_and_the_pack_says_what_it_meant():
    fully, *others = SMALL_SET.scale.ratings
    scale = replace(SMALL_SET.scale, ratings=(replace(fully, meaning="All is well."), *others))
    earlier = a_cycle(all_fully(standards_set=replace(SMALL_SET, version="0", scale=scale)))

    pack = a_pack(a_cycle(all_fully()), earlier=earlier)

    assert words_of(pack, "moves.small") == ""
    assert words_of(pack, "changed.small") == (
        "2 of 2 standards are not compared, as questions or scale changed. “Fully met” meant “All is well” and now "
        "means “Everything is in place and works”."
    )


def test_with_several_sets_the_summary_says_which_set_a_sentence_is_about():
    clubs = [a_return(f"Club {n}", CLUB, [rated("G1.1", "green")], standards_set=CLUB_SET) for n in range(5)]
    pack = a_pack(a_cycle(*(all_fully(f"Force {n}") for n in range(5)), *clubs))

    summary = [one.words for one in pack.pages[0].sentences]

    assert "Small set: Of 25 answers in 5 returns: 25 fully met (100.0%)." in summary
    assert any(words.startswith("Set for clubs: Of 15 answers in 5 returns: 5 green (33.3%)") for words in summary)


def test_sets_with_a_few_returns_are_looked_up_and_not_presented():
    pack = a_pack(seven_organisations())

    assert [page.appendix for page in pack.pages if page.key.startswith("ratings.")] == [True, True]
    assert "rated.small" not in {one.key for one in pack.pages[0].sentences}


def test_every_rule_has_a_key_and_an_example_of_its_own():
    assert len({rule.key for rule in EVERY_RULE}) == len({rule.example for rule in EVERY_RULE}) == len(EVERY_RULE)
    assert {rule.key for rule in EVERY_RULE} == RULE_KEYS
