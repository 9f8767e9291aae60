"""Every crosswalk of the library: its ids exist, no rating is forgotten, and what it links belongs together."""

from __future__ import annotations

from collections import Counter

import pytest

from section11.config import PROJECT_DIR
from section11.definitions.crosswalks import crosswalk_between, read_crosswalks
from section11.domain.crosswalks import LinkKind
from section11.domain.standards import RATING
from tests.shipped import LIBRARY

READ = {read.path.name: read for read in read_crosswalks(LIBRARY) if read.path}
CROSSWALKS = {name: read.crosswalk for name, read in READ.items() if read.crosswalk}

COUNTS = {
    "eight-standards--section11-2018.yaml": {"reworded": 16, "split": 6, "merged": 1, "new": 7, "dropped": 8},
    "eight-standards--section11-2026.yaml": {"reworded": 22, "split": 7, "new": 22, "dropped": 3},
    "section11-2018--section11-2026.yaml": {"reworded": 28, "split": 3, "merged": 1, "new": 23, "dropped": 3},
}

every_file = pytest.mark.parametrize("name", READ)


def test_there_are_these_crosswalks_and_every_file_is_read():
    folder = PROJECT_DIR / "standards" / "crosswalks"

    assert READ.keys() == COUNTS.keys()
    assert {path.name for path in folder.iterdir()} == READ.keys()


@every_file
def test_a_crosswalk_has_no_fault(name):
    assert [str(problem) for problem in READ[name].problems] == []


@every_file
def test_every_id_exists_and_every_rating_of_both_sets_stands_in_one_place(name):
    crosswalk = CROSSWALKS[name]
    before = Counter([one for link in crosswalk.links for one in link.before] + list(crosswalk.dropped))
    after = Counter([one for link in crosswalk.links for one in link.after] + list(crosswalk.new))

    for counted, standards_set in ((before, crosswalk.before), (after, crosswalk.after)):
        assert counted.keys() <= standards_set.questions_by_id.keys()
        assert counted.keys() >= {question.id for question in standards_set.rated_questions}
        assert set(counted.values()) == {1}


@every_file
def test_a_crosswalk_links_as_many_ratings_as_were_counted_by_hand(name):
    crosswalk = CROSSWALKS[name]
    rated = [link for link in crosswalk.links if crosswalk.before.questions_by_id[link.before[0]].is_rated]
    counts = Counter(link.kind.value for link in rated)
    counts["new"] = sum(crosswalk.after.questions_by_id[one].type == RATING for one in crosswalk.new)
    counts["dropped"] = sum(crosswalk.before.questions_by_id[one].type == RATING for one in crosswalk.dropped)

    assert counts == COUNTS[name]


@every_file
def test_linked_questions_test_an_arrangement_in_common(name):
    crosswalk = CROSSWALKS[name]
    strangers = [
        (link.before, one)
        for link in crosswalk.links
        for one in link.after
        if crosswalk.after.questions_by_id[one].is_rated
        and not set(crosswalk.after.questions_by_id[one].arrangements)
        & {key for each in link.before for key in crosswalk.before.questions_by_id[each].arrangements}
    ]

    assert strangers == []


@every_file
def test_a_rating_is_called_the_same_only_with_the_same_words(name):
    crosswalk = CROSSWALKS[name]
    same = [link for link in crosswalk.links if link.kind is LinkKind.SAME]

    words_before = [crosswalk.before.questions_by_id[link.before[0]].text for link in same]
    words_after = [crosswalk.after.questions_by_id[link.after[0]].text for link in same]
    assert words_before == words_after


def test_two_ways_from_the_eight_standards_to_2026_lead_to_a_question_in_common():
    """By way of 2018 a question may be lost or come with neighbours, but never end somewhere else."""
    first = CROSSWALKS["eight-standards--section11-2018.yaml"]
    second = CROSSWALKS["section11-2018--section11-2026.yaml"]
    direct = CROSSWALKS["eight-standards--section11-2026.yaml"]
    astray = {}
    for question in direct.before.rated_questions:
        by_2018 = {end for way in first.onward(question.id).question_ids for end in second.onward(way).question_ids}
        if by_2018 and not by_2018 & set(direct.onward(question.id).question_ids):
            astray[question.id] = by_2018

    assert astray == {}


@every_file
def test_an_arrangement_key_means_the_same_in_both_sets(name):
    crosswalk = CROSSWALKS[name]

    assert crosswalk.before.arrangements
    assert crosswalk.before.arrangements == crosswalk.after.arrangements


def test_no_result_of_the_older_sets_is_ever_put_on_a_line_with_one_of_2026():
    for name in ("eight-standards--section11-2026.yaml", "section11-2018--section11-2026.yaml"):
        crosswalk = CROSSWALKS[name]
        rated = [crosswalk.back(question.id) for question in crosswalk.after.rated_questions]

        assert [match for match in rated if match.is_comparable] == []


def test_a_set_without_a_crosswalk_is_the_same_as_itself():
    current = LIBRARY.load("section11-2026")

    read = crosswalk_between(LIBRARY, current, current)

    assert read.path is None
    assert all(read.crosswalk.onward(question.id).is_comparable for question in current.all_questions())
