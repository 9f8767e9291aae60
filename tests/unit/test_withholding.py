"""Nothing about fewer than five organisations is shown, and nothing can be worked out from what is."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from section11.domain.actions import TrackedAction
from section11.domain.moderation import Moderation
from section11.domain.organisations import DutyBasis, OrganisationType
from section11.domain.workflow import AssessmentStatus
from section11.reports.released_figures import GroupTitles, released_figures_of
from section11.reports.selection import RatingsBy
from section11.reports.withholding import EVERYONE, SMALLEST_GROUP, Candidate, grouping_of, rows_to_share
from tests.unit.figure_builders import (
    CHARITY,
    ON_TIME,
    POLICE,
    SCHOOL,
    SMALL_SET,
    a_cycle,
    a_return,
    four_organisations,
    not_applicable,
    published_matrix,
    rated,
)

TITLES = GroupTitles({"north": "North", "south": "South"}, {})
QUESTIONS = [one.id for one in SMALL_SET.rated_questions]
QUICK = settings(max_examples=60, deadline=None)


def released(number, kind, ratings, *, duty=DutyBasis.SECTION_11, partnerships=("north",)):
    """A released return; ``ratings`` has one for each question, None where it does not apply."""
    answers = [
        not_applicable(one) if rating is None else rated(one, rating)
        for one, rating in zip(QUESTIONS, ratings, strict=True)
    ]
    outcomes = [Moderation(one, rating) for one, rating in zip(QUESTIONS, ratings, strict=True)]
    made = a_return(f"{kind.title} {number}", kind, answers, status=AssessmentStatus.RELEASED, outcomes=outcomes)
    return replace(made, duty=duty, duty_by_partnership=dict.fromkeys(partnerships, duty))


def figures_for(*returns):
    return released_figures_of(a_cycle(*returns), TITLES)


def some(kind, count, rating="fully", first=0):
    return [released(number, kind, [rating] * len(QUESTIONS)) for number in range(first, first + count)]


KINDS = [POLICE, SCHOOL, CHARITY, OrganisationType("gp", "Surgery", "Health", DutyBasis.SECTION_11)]
RETURNS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(["fully", "mostly", "partly", "not", None]), min_size=5, max_size=5),
        st.sampled_from(list(DutyBasis)),
        st.sampled_from([("north",), ("south",), ("north", "south")]),
    ),
    min_size=6,
    max_size=45,
)


def made_of(rows):
    return [
        released(number, kind, ratings, duty=duty, partnerships=partnerships)
        for number, (kind, ratings, duty, partnerships) in enumerate(rows)
    ]


def members_by_group(groups, returns):
    """Who is in each group, told from its key alone: of a type, a duty or a partnership, or in no such group."""
    named = {one.key: {each.assessment_id for each in returns if is_in(each, one.key)} for one in groups}
    for key in named:
        if key.endswith("/"):
            others = [ids for other, ids in named.items() if other.startswith(key) and other != key]
            named[key] = {each.assessment_id for each in returns}.difference(*others)
    return named


def is_in(one, key):
    kind, _, name = key.partition("/")
    has = {"type": {one.organisation_type.key}, "duty": {one.duty.value}, "partnership": set(one.duty_by_partnership)}
    return key == EVERYONE or name in has[kind]


def counted(returns, question_id):
    """The ratings of a question in these returns; what does not apply, or is not asked, is left out."""
    found = [one.answers[question_id].rating for one in returns if is_asked(one, question_id)]
    return Counter(rating for rating in found if rating is not None)


def is_asked(one, question_id):
    return SMALL_SET.questions_by_id[question_id].is_asked_of(one.organisation_type.key)


@QUICK
@given(RETURNS)
def test_every_figure_is_a_sum_over_blocks_of_at_least_five_that_an_independent_count_finds_too(rows):
    returns = made_of(rows)
    by_id = {one.assessment_id: one for one in returns}

    for of_set in figures_for(*returns).sets:
        members = members_by_group(of_set.groups, returns)
        alike: dict[tuple[str, ...], list[str]] = {}
        for one in by_id:
            alike.setdefault(tuple(key for key, ids in members.items() if one in ids), []).append(one)
        assert not of_set.groups or min(map(len, alike.values())) >= SMALLEST_GROUP
        for group in of_set.groups:
            assert group.organisations == len(members[group.key])
            for question_id in QUESTIONS:
                blocks = [ids for keys, ids in alike.items() if group.key in keys]
                found = [counted([by_id[one] for one in ids], question_id) for ids in blocks]
                kept = [one for one in found if one.total() == 0 or one.total() >= SMALLEST_GROUP]
                shown = of_set.tallies[RatingsBy.ORGANISATION][group.key].get(question_id)
                expected = sum(kept, Counter()) if kept else None
                assert (shown is None) == (expected is None)
                assert shown is None or {k: n for k, n in shown.by_rating.items() if n} == expected


@QUICK
@given(RETURNS)
def test_no_figure_of_fewer_than_five_can_be_worked_out_by_adding_and_subtracting_groups(rows):
    returns = made_of(rows)

    for of_set in figures_for(*returns).sets:
        members = members_by_group(of_set.groups, returns)
        ids = [one.assessment_id for one in returns]
        shown = np.array([[one in group for one in ids] for group in members.values()], dtype=float).reshape(
            len(members), len(ids)
        )
        rank = np.linalg.matrix_rank(shown) if len(members) else 0
        for secret in small_groups(returns):
            wanted = np.array([[one in secret for one in ids]], dtype=float)
            assert np.linalg.matrix_rank(np.vstack([shown, wanted])) == rank + 1


def small_groups(returns):
    """Every organisation alone, and every combination of type, duty and partnership that has fewer than five."""
    found: dict[tuple[str, ...], set[str]] = {}
    for one in returns:
        kind, duty, where = one.organisation_type.key, one.duty.value, "+".join(one.duty_by_partnership)
        for key in [(one.assessment_id,), (kind,), (duty,), (kind, duty), (kind, where), (duty, where)]:
            found.setdefault(key, set()).add(one.assessment_id)
    return [ids for ids in found.values() if len(ids) < SMALLEST_GROUP]


def test_fewer_than_five_released_returns_say_nothing_but_how_many_they_are():
    [of_set] = figures_for(*some(POLICE, 4)).sets

    assert (of_set.returns, of_set.groups, of_set.total(RatingsBy.ORGANISATION)) == (4, (), None)


def test_one_small_type_takes_the_smallest_other_with_it_so_that_it_is_not_the_rest():
    [of_set] = figures_for(*some(POLICE, 9), *some(SCHOOL, 6, "not"), *some(CHARITY, 2, "partly")).sets

    assert [(one.title, one.organisations) for one in of_set.groups] == [
        ("All organisations", 17),
        ("Police force", 9),
        ("All other types", 8),
    ]
    assert of_set.grouping.merged == {"type/": ("Charity", "Primary school")}


def test_a_question_that_too_few_answer_is_in_no_sum():
    others = [released(number, SCHOOL, ["fully", "fully", "fully", None, None]) for number in range(9)]
    few = [released(number, POLICE, ["fully", "fully", "fully", "not", "not"]) for number in range(3)]

    [of_set] = figures_for(*others, *few).sets

    assert of_set.tally(RatingsBy.ORGANISATION, EVERYONE, ["S2.1", "S2.2"]) is None
    assert of_set.total(RatingsBy.ORGANISATION).by_rating == {"fully": 36, "mostly": 0, "partly": 0, "not": 0}
    assert of_set.withheld[RatingsBy.ORGANISATION] == {"S2.1", "S2.2"}


def test_what_is_not_released_is_in_no_figure_but_the_return_rate():
    drafts = [replace(one, status=AssessmentStatus.MODERATED) for one in some(SCHOOL, 7, "not")]

    found = figures_for(*some(POLICE, 5), *drafts)

    assert [(one.standards_set.id, one.returns) for one in found.sets] == [("small", 5)]
    assert found.sets[0].total(RatingsBy.MODERATION).by_rating["not"] == 0
    assert [(one.title, one.rate.expected, one.released) for one in found.rates] == [
        ("All organisations", 12, 5),
        ("Police force", 5, 5),
        ("Primary school", 7, 0),
    ]


def test_actions_of_a_standard_in_which_too_few_promised_are_in_no_total():
    def promising(one, *question_ids):
        kept = {each: TrackedAction(each, "Train", "HR", None, began=ON_TIME.date()) for each in question_ids}
        return replace(one, actions=kept)

    returns = some(POLICE, 8)
    many = [promising(one, "S1.1") for one in returns[:6]]
    few = [promising(one, "S1.2", "S2.1") for one in returns[6:]]

    found = figures_for(*many, *few).actions

    assert [(row.standard_id, row.totals.n) for row in found.standards] == [("S1", 8)]
    assert (found.total.n, found.organisations) == (8, ())


@pytest.mark.parametrize("cycle", [four_organisations, published_matrix, a_cycle])
def test_small_and_empty_partnerships_say_nothing_about_answers(cycle):
    found = released_figures_of(cycle(), TITLES)

    assert all(one.groups == () and one.tallies[RatingsBy.ORGANISATION] == {} for one in found.sets)
    assert (found.actions.total.n, found.promises.n) == (0, 0)


@QUICK
@given(st.lists(st.integers(1, 12), max_size=9))
def test_what_a_table_leaves_out_counts_five_or_more_or_nothing_or_everything(sizes):
    shown = rows_to_share(sizes)

    hidden = sum(sizes) - sum(sizes[place] for place in shown)
    assert all(sizes[place] >= SMALLEST_GROUP for place in shown)
    assert hidden == 0 or hidden >= SMALLEST_GROUP or not shown


def test_groups_that_overlap_are_shown_only_while_no_small_difference_is_left():
    everyone = [str(number) for number in range(20)]
    first = Candidate("type", "a", "A", frozenset(everyone[:8]))
    almost = Candidate("duty", "b", "B", frozenset(everyone[:10]))

    shown = grouping_of(everyone, [first, almost], {"type": "Other types", "duty": "Other duties"})

    assert [one.key for one in shown.groups] == [EVERYONE, "type/a", "type/"]
