"""Moderation: the work list, judging beside the answer, two who are blind to each other, and what is released."""

from dataclasses import replace

from section11.domain.moderation import EvidenceQuality, Seat
from section11.domain.workflow import AssessmentStatus
from section11.permissions import Right
from section11.services.cycles import list_cycles
from section11.services.moderating import say_done
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.app.browsing import go_to, links_on, words_on
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    POLICE_RETURN,
    event_names,
    events,
    stored_assessment,
    submitted,
)
from tests.services.evidence_builders import a_link
from tests.services.moderation_builders import (
    a_panel,
    both_done,
    hand_back_and_sign_again,
    judge,
    judge_everything,
    moderated,
    released,
)

NEW_WORDS = "Rewritten."


def moderate_page(panel, open_app, user, **address):
    return go_to(open_app(panel.office, user), "moderate.py", assessment=POLICE_RETURN, **address)


def key(question_id, name, seat="first"):
    return f"card.{POLICE_RETURN}.{question_id}.{seat}.{name}"


def stored(panel, question_id="S1.1", seat=Seat.FIRST):
    with panel.office.store.reading() as work:
        return work.moderations.of_assessment(POLICE_RETURN)[seat].get(question_id)


def test_a_judgement_refused_as_stale_is_saved_whole_with_the_next_change(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    at.radio(key=key("S1.1", "evidence_quality")).set_value(EvidenceQuality.ASSERTED).run()
    hand_back_and_sign_again(panel, evidence=NEW_WORDS)
    at.radio(key=key("S1.1", "verdict")).set_value("partly_met").run()
    assert (stored(panel).rating, stored(panel).answer_version) == (None, 1)

    at.text_area(key=key("S1.1", "reason")).set_value("Only some managers.").run()

    found = stored(panel)
    assert not at.error
    assert (found.rating, found.evidence_quality, found.reason, found.answer_version) == (
        "partly_met", EvidenceQuality.ASSERTED, "Only some managers.", 2,
    )  # fmt: skip


def test_a_stale_judgement_shows_the_new_answer_and_keeps_what_was_chosen(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    hand_back_and_sign_again(panel, evidence=NEW_WORDS)

    at.radio(key=key("S1.1", "verdict")).set_value("partly_met").run()

    assert "changed its answer to question S1.1" in at.error[0].value.replace("\\", "")
    assert NEW_WORDS in words_on(at)
    assert at.radio(key=key("S1.1", "verdict")).value == "partly_met"
    assert stored(panel) is None

    at.button(key="page.again.S1.1").click().run()

    assert not at.error
    assert (stored(panel).rating, stored(panel).answer_version) == ("partly_met", 2)


def test_a_return_that_is_no_longer_open_says_so_and_keeps_what_was_written(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    moderated(panel)

    at.text_area(key=key("S1.2", "reason")).set_value("A long thought.").run()

    assert [one.value for one in at.error] == [
        "This return is moderated, so it cannot be judged now. Answers are judged while a return is submitted."
    ]
    assert "You wrote: A long thought." in words_on(at)
    assert stored(panel, "S1.2").reason == "As scrutiny_lead of riverdale sees it."


def test_each_choice_is_saved_by_itself_and_says_what_is_still_needed(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)

    at.radio(key=key("S1.1", "verdict")).set_value("partly_met").run()
    said = words_on(at)
    assert "Saved 09:00" in said
    assert "Choose the quality of the evidence. Say why the rating differs from the organisation's own." in said

    at.radio(key=key("S1.1", "evidence_quality")).set_value(EvidenceQuality.TESTED).run()
    at.text_area(key=key("S1.1", "reason")).set_value("Two teams had no record.").run()

    assert "Still needed" not in words_on(at)
    found = stored(panel)
    assert (found.rating, found.evidence_quality, found.reason, found.version) == (
        "partly_met", EvidenceQuality.TESTED, "Two teams had no record.", 3,
    )  # fmt: skip


def test_the_answer_and_what_its_rating_means_stand_beside_the_judgement(panel, open_app):
    said = words_on(moderate_page(panel, open_app, panel.ann))

    assert "Reviewed by the board in January 2026." in said
    assert "What this rating means here: All of it." in said
    assert "It does not apply, or need not be answered." in said


def test_drawing_the_page_saves_nothing_and_tells_of_the_reading_once(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    at.run()
    go_to(at, "moderate.py", assessment=POLICE_RETURN, standard="S2")

    assert stored(panel) is None
    assert event_names(panel.town, POLICE_RETURN).count("return_read") == 1


def test_an_out_of_date_judgement_says_so_and_is_confirmed(panel, open_app):
    judge(panel, panel.ann, "S1.1")
    hand_back_and_sign_again(panel)
    at = moderate_page(panel, open_app, panel.ann)
    assert "Out of date: the answer or its evidence changed after it was judged." in words_on(at)

    at.button(key="page.confirm.S1.1").click().run()

    assert "Out of date" not in words_on(at)
    assert stored(panel).answer_version == 2


def test_an_out_of_date_judgement_shows_what_changed_word_by_word_and_is_kept_or_changed(panel, open_app):
    for question_id in ("S1.1", "S1.2"):
        judge(panel, panel.ann, question_id)
    for question_id in ("S1.1", "S1.2"):
        hand_back_and_sign_again(panel, question_id, evidence="Reviewed by the board in March 2026.")
    at = moderate_page(panel, open_app, panel.ann)
    assert words_on(at).count("Evidence: Reviewed by the board in ~~January~~ **March** 2026.") == 2

    at.button(key="page.confirm.S1.1").click().run()
    at.radio(key=key("S1.2", "verdict")).set_value("partly_met").run()

    assert "Out of date" not in words_on(at)
    assert [(stored(panel, one).rating, stored(panel, one).answer_version) for one in ("S1.1", "S1.2")] == [
        ("fully_met", 2), ("partly_met", 2),
    ]  # fmt: skip


def test_new_evidence_under_an_answer_says_so_beside_its_judgement(panel, open_app):
    judge(panel, panel.ann, "S1.1")
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Show it.")
    a_link(panel.office, panel.town.contributor)
    send_for_sign_off(panel.office, panel.town.contributor, POLICE_RETURN)
    sign_off(panel.office, panel.town.approver, POLICE_RETURN, agreed=True)
    at = moderate_page(panel, open_app, panel.ann)
    assert "Evidence files and links: **Training record**" in words_on(at)

    at.button(key="page.confirm.S1.1").click().run()

    assert not at.error
    assert "Out of date" not in words_on(at)


def test_evidence_that_came_while_the_page_was_open_is_shown_before_the_judgement_is_saved(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Show it.")
    a_link(panel.office, panel.town.contributor)
    send_for_sign_off(panel.office, panel.town.contributor, POLICE_RETURN)
    sign_off(panel.office, panel.town.approver, POLICE_RETURN, agreed=True)

    at.radio(key=key("S1.1", "verdict")).set_value("partly_met").run()

    assert "or the evidence under it, after you opened it" in at.error[0].value
    assert "Training record" in words_on(at)
    assert stored(panel) is None
    at.button(key="page.again.S1.1").click().run()
    assert (stored(panel).rating, len(stored(panel).attached)) == ("partly_met", 1)


def test_a_return_nobody_moderates_is_taken_with_one_button(sqlite_office, tmp_path, open_app):
    panel = a_panel(sqlite_office, tmp_path, seated=False)
    at = moderate_page(panel, open_app, panel.ben)
    assert "Nobody moderates it yet." in words_on(at)

    at.button(key="page.take").click().run()

    assert "Moderated by Ben, 0 of 4 judged." in words_on(at)
    at.radio(key=key("S1.1", "verdict")).set_value("fully_met").run()
    assert stored(panel).moderator_id == panel.ben.id


def test_the_next_question_leads_to_the_first_that_is_not_judged(panel, open_app):
    judge(panel, panel.ann, "S1.1")
    judge(panel, panel.ann, "S1.2")
    at = moderate_page(panel, open_app, panel.ann)

    at.button(key="page.open").click().run()

    assert at.header[0].value.replace("\\", "") == "2. Listening"


def test_the_next_return_leads_to_another_that_waits_for_the_person(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)

    at.button(key="page.next").click().run()

    assert "No other return waits for you." in words_on(at)


def test_a_moderation_is_finished_and_released_on_the_page(panel, open_app):
    at = moderate_page(panel, open_app, panel.ann)
    at.button(key="page.finish").click().run()
    assert "0 of 4 questions are settled" in at.error[0].value
    judge_everything(panel, panel.ann)

    at.run()
    at.button(key="page.finish").click().run()
    at.button(key="page.release").click().run()

    assert "Released to Riverdale Police." in words_on(at)
    assert stored_assessment(panel.town, POLICE_RETURN).status is AssessmentStatus.RELEASED


def test_a_moderator_sees_nothing_of_the_other_until_both_are_done(pair, open_app):
    judge_everything(pair, pair.ben, "not_met")
    at = moderate_page(pair, open_app, pair.ann)
    assert "As Ben sees it." not in words_on(at)
    assert "Ben, 4 of 4 judged" in words_on(at)
    say_done(pair.office, pair.ben, POLICE_RETURN)
    judge_everything(pair, pair.ann)

    at.run()
    assert "As Ben sees it." not in words_on(at)
    at.button(key="page.done").click().run()

    assert "As Ben sees it." in words_on(at)


def test_a_lead_without_a_seat_sees_no_judgement_of_two_who_are_still_at_work(pair, open_app):
    judge_everything(pair, pair.ben, "not_met")

    said = words_on(moderate_page(pair, open_app, pair.chris))

    assert "Two moderators judge this return without seeing each other's judgements." in said
    assert "As Ben sees it." not in said


def test_two_agree_where_they_differ(pair, open_app):
    both_done(pair)
    at = moderate_page(pair, open_app, pair.ann)
    assert "Both moderators judged it alike." in words_on(at)

    at.radio(key=key("S1.1", "verdict", "agreed")).set_value("mostly_met").run()
    at.radio(key=key("S1.1", "evidence_quality", "agreed")).set_value(EvidenceQuality.TESTED).run()
    at.text_area(key=key("S1.1", "reason", "agreed")).set_value("We agree.").run()
    at.run()
    at.button(key="page.finish").click().run()

    assert stored_assessment(pair.town, POLICE_RETURN).status is AssessmentStatus.MODERATED
    assert stored(pair, seat=Seat.AGREED).reason == "We agree."


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


def test_a_draft_is_refused_on_the_moderation_page(panel, open_app):
    at = go_to(open_app(panel.office, panel.ann), "moderate.py", assessment=FIRE_RETURN)

    assert "has not submitted this return" in at.error[0].value


def test_the_organisation_sees_both_ratings_side_by_side_once_they_are_released_and_not_before(panel, open_app):
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.2", "partly_met", reason="Two of five teams.")
    app = open_app(panel.office, panel.town.contributor)
    before = words_on(go_to(app, "whole_return.py", assessment=POLICE_RETURN))
    assert "Two of five teams." not in before
    assert "What scrutiny found" not in before

    at = moderate_page(panel, open_app, panel.ann)
    at.button(key="page.finish").click().run()
    at.button(key="page.release").click().run()

    after = words_on(go_to(open_app(panel.office, panel.town.contributor), "whole_return.py", assessment=POLICE_RETURN))
    assert "1 rating of 4 differ from the organisation's own. Moderated by scrutiny_lead of riverdale." in after
    assert "Two of five teams." in after
    assert ":orange-badge[Partly met] Evidence: documented." in after


def test_the_board_reads_what_is_released(panel, open_app):
    at = go_to(open_app(panel.office, panel.town.board), "released.py")
    assert "Nothing has been released yet." in words_on(at)
    released(panel)

    at.run()

    said = words_on(at)
    assert "1 return released." in said
    assert "What scrutiny found" in said
    assert "Reviewed by the board in January 2026." in said


def test_the_boards_home_has_what_is_released_in_numbers_and_the_way_to_read_it(panel, open_app):
    released(panel)

    at = open_app(panel.office, panel.town.board)

    said = words_on(at)
    assert "1 of 4 returns released." in said
    assert links_on(at)["Read each released return"].endswith("cycle=2026")
    assert links_on(at)["See the figures"].endswith("cycle=2026")
    assert "Fewer than five, so their figures are withheld." in words_on(go_to(at, "released.py"))


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


def test_the_return_of_an_organisation_links_to_its_moderation(panel, open_app):
    at = go_to(open_app(panel.office, panel.ann), "organisation.py", assessment=POLICE_RETURN)

    assert links_on(at)["Moderate"] == f"assessment={POLICE_RETURN}"


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
