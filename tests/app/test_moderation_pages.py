"""The page on which a return is moderated: judgements one by one, what changed meanwhile, two moderators, the end."""

from section11.domain.moderation import EvidenceQuality, Seat
from section11.domain.workflow import AssessmentStatus
from section11.services.moderating import say_done
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.app.browsing import go_to, words_on
from tests.services.builders import (
    FIRE_RETURN,
    POLICE_RETURN,
    event_names,
    stored_assessment,
)
from tests.services.evidence_builders import a_link
from tests.services.moderation_builders import (
    a_panel,
    both_done,
    hand_back_and_sign_again,
    judge,
    judge_everything,
    moderated,
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


def test_a_draft_is_refused_on_the_moderation_page(panel, open_app):
    at = go_to(open_app(panel.office, panel.ann), "moderate.py", assessment=FIRE_RETURN)

    assert "has not submitted this return" in at.error[0].value
