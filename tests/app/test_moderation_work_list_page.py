"""The work list of moderation: who has what, sharing out, and releasing everything that is done."""

from dataclasses import replace

from section11.domain.workflow import AssessmentStatus
from section11.permissions import Right
from section11.services.cycles import list_cycles
from tests.app.browsing import go_to, words_on
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    POLICE_RETURN,
    events,
    stored_assessment,
    submitted,
)
from tests.services.moderation_builders import (
    a_panel,
    judge,
    moderated,
)


def test_the_work_list_leads_to_what_is_mine_and_says_what_is_left(panel, open_app):
    judge(panel, panel.ann, "S1.1")
    at = go_to(open_app(panel.office, panel.ann), "moderation.py")
    assert (at.metric[0].label, at.metric[0].value) == ("Yours to do", "1")
    assert "Moderator of Riverdale Police (1 of 4 judged)" in words_on(at)

    at.button(key="page.next").click().run()

    assert at.title[0].value == "Moderate Riverdale Police"


def test_a_moderator_is_assigned_on_the_work_list(panel, open_app):
    at = go_to(open_app(panel.office, panel.ben), "moderation.py")

    at.selectbox(key=f"page.seat.{POLICE_RETURN}.first.{panel.ann.id}").set_value(panel.ben.id).run()

    assert events(panel.town, f"assessment:{POLICE_RETURN}")[-1].details == {"seat": "first", "moderator": panel.ben.id}
    assert at.metric[0].value == "1"


def test_an_assignment_that_is_not_possible_says_why(pair, open_app):
    at = go_to(open_app(pair.office, pair.ann), "moderation.py")

    at.selectbox(key=f"page.seat.{POLICE_RETURN}.second.{pair.ben.id}").set_value(pair.ann.id).run()

    assert "Two different people must moderate this return." in at.error[0].value


def test_everything_that_is_moderated_is_released_from_the_work_list(panel, open_app):
    moderated(panel)
    at = go_to(open_app(panel.office, panel.ann), "moderation.py")

    at.button(key="page.release").click().run()

    assert "1 return released." in words_on(at)
    assert stored_assessment(panel.town, POLICE_RETURN).status is AssessmentStatus.RELEASED


def test_a_cycle_is_created_with_two_moderators(panel, open_app):
    at = go_to(open_app(panel.office, panel.town.admin), "cycles.py")
    next(one for one in at.text_input if one.label.startswith("Name")).input("2028")
    next(one for one in at.radio if one.label == "Moderators of each return").set_value(2)

    next(one for one in at.button if one.label == "Create").click()
    at.run()

    made = {
        one.id: one.moderators_per_return for one in list_cycles(panel.office, panel.town.admin, Right.MANAGE_CYCLES)
    }
    assert made == {"2026": 1, "2028": 2}


def seats_held(panel):
    with panel.office.store.reading() as work:
        return {one: held for one, held in work.moderations.seats_in_cycle(CYCLE).items() if held}


def test_what_is_left_is_shared_out_and_undone_on_the_work_list(sqlite_office, tmp_path, open_app):
    panel = a_panel(sqlite_office, tmp_path, seated=False)
    town = panel.town
    submitted(replace(town, contributor=town.fire_contributor, approver=town.fire_approver), FIRE_RETURN)
    at = go_to(open_app(panel.office, panel.ann), "moderation.py")
    assert "Share out what is left: 2 places without a moderator" in words_on(at)

    at.multiselect(key="page.people").set_value([panel.ben.id, panel.chris.id]).run()
    at.button(key="page.share").click().run()

    assert "2 places given: Ben 1, Chris 1." in words_on(at)
    assert len(seats_held(panel)) == 2
    at.button(key="page.unshare").click().run()
    assert "2 places free again." in words_on(at)
    assert seats_held(panel) == {}
    assert "page.unshare" not in [button.key for button in at.button]


def test_sharing_out_between_nobody_is_refused_in_words(sqlite_office, tmp_path, open_app):
    panel = a_panel(sqlite_office, tmp_path, seated=False)
    at = go_to(open_app(panel.office, panel.ann), "moderation.py")

    at.multiselect(key="page.people").set_value([]).run()
    at.button(key="page.share").click().run()

    assert "Choose at least one person to share the returns out to." in words_on(at)
    assert seats_held(panel) == {}


def test_where_every_return_has_a_moderator_there_is_nothing_to_share_out(panel, open_app):
    assert "Share out what is left" not in words_on(go_to(open_app(panel.office, panel.ann), "moderation.py"))
