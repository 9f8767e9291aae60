"""The work list of moderators, and the figures of what was moderated."""

import pytest

from section11.errors import BadInputError
from section11.reports.selection import RatingsBy
from section11.services.collating import cycle_figures
from section11.services.cycles import create_cycle
from section11.services.moderating import (
    finish_moderation,
)
from section11.services.moderation_views import moderation_work
from section11.services.released import released_figures
from section11.services.releasing import (
    release_return,
)
from tests.services.builders import (
    CYCLE,
    DUE,
    PARTNERSHIP,
    POLICE_RETURN,
    SET_ID,
)
from tests.services.moderation_builders import (
    hand_back_and_sign_again,
    judge,
    judge_everything,
    view,
)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_cycle_has_one_moderator_for_each_return_or_two(panel, number):
    with pytest.raises(BadInputError, match="one moderator or two"):
        create_cycle(
            panel.office, panel.town.admin, name="2028", due=DUE, set_ids_by_type={"*": SET_ID},
            partnership_ids=frozenset({PARTNERSHIP}), moderators_per_return=number,
        )  # fmt: skip


def test_the_work_list_says_who_has_what_and_what_is_left(pair):
    judge(pair, pair.ann, "S1.1")

    [line] = moderation_work(pair.office, pair.ann, CYCLE).lines

    assert [(one.person.name, one.progress.judged, one.progress.of, one.is_done) for one in line.seats] == [
        ("scrutiny_lead of riverdale", 1, 4, False),
        ("Ben", 0, 4, False),
    ]
    assert (line.is_mine, line.to_do, line.free_seat) == (True, True, None)


def test_the_work_list_counts_no_judgement_that_is_out_of_date(panel):
    judge_everything(panel, panel.ann)
    hand_back_and_sign_again(panel)

    [line] = moderation_work(panel.office, panel.ann, CYCLE).lines

    assert line.seats[0].progress.judged == 3
    assert line.seats[0].progress == view(panel, panel.ann).progress


def test_only_returns_that_came_in_are_on_the_work_list_and_the_leads_may_be_assigned(panel):
    found = moderation_work(panel.office, panel.ben, CYCLE)

    assert [one.assessment_id for one in found.lines] == [POLICE_RETURN]
    assert {one.name for one in found.moderators} == {"scrutiny_lead of riverdale", "Ben", "Chris"}


def test_the_figures_count_a_moderation_once_it_is_finished(panel):
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.2", "partly_met", reason="Two of five teams.")
    [before] = cycle_figures(panel.office, panel.ann, CYCLE).sets
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    [after] = cycle_figures(panel.office, panel.ann, CYCLE).sets

    assert (before.moderation.returns, after.moderation.returns) == (0, 1)
    assert (after.moderation.total.counts["same"], after.moderation.total.counts["lower"]) == (3, 1)


def test_the_figures_of_what_is_released_have_nothing_of_any_other_return(panel):
    before = released_figures(panel.office, panel.town.board, CYCLE)
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.1", "partly_met")
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)
    moderated_only = released_figures(panel.office, panel.town.board, CYCLE)
    release_return(panel.office, panel.ann, POLICE_RETURN)

    after = released_figures(panel.office, panel.town.board, CYCLE)

    assert (before.released, before.sets) == (moderated_only.released, moderated_only.sets) == (0, ())
    assert (after.expected, after.released) == (before.expected, 1)
    [of_set] = after.sets
    assert (of_set.returns, of_set.groups, of_set.total(RatingsBy.MODERATION)) == (1, (), None)
