"""Moderating a return: a seat, judgements that never apply to changed text, blindness, agreement and release."""

import pytest

from section11.domain.moderation import EvidenceQuality, Seat, Standing
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError, StaleModerationError, TransitionNotAllowedError
from section11.reports.selection import RatingsBy
from section11.services.attaching import detach_evidence
from section11.services.collating import cycle_figures
from section11.services.cycles import create_cycle
from section11.services.evidence import replace_link
from section11.services.moderating import (
    finish_moderation,
    save_agreement,
    save_moderation,
    say_done,
)
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import moderation_work, view_moderation
from section11.services.released import released_figures
from section11.services.releasing import (
    list_released,
    read_released,
    release_cycle,
    release_return,
    view_released_moderation,
)
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    DUE,
    FIRE_RETURN,
    LATEST_TEXT,
    PARTNERSHIP,
    POLICE_RETURN,
    QUESTIONS,
    SET_ID,
    answer,
    event_names,
    events,
    stored_assessment,
)
from tests.services.evidence_builders import S1_1, a_file, a_link
from tests.services.moderation_builders import (
    both_done,
    hand_back_and_sign_again,
    judge,
    judge_everything,
    moderated,
    released,
)


def view(panel, user):
    return view_moderation(panel.office, user, POLICE_RETURN, first_look=False)


def save(panel, user, question_id="S1.1", *, version=0, answer_version=1, **changes):
    return save_moderation(
        panel.office, user, POLICE_RETURN, question_id, expected_version=version,
        expected_answer_version=answer_version, **changes,
    )  # fmt: skip


def agree(panel, user, question_id="S1.1", *, version=0, answer_version=1, **changes):
    return save_agreement(
        panel.office, user, POLICE_RETURN, question_id, expected_version=version,
        expected_answer_version=answer_version, **changes,
    )  # fmt: skip


def stored_judgements(panel):
    with panel.office.store.reading() as work:
        return work.moderations.of_assessment(POLICE_RETURN)


def test_a_judgement_of_an_answer_that_changed_is_refused_in_a_clear_sentence_and_nothing_is_lost(panel):
    judge(panel, panel.ann, "S1.1", "partly_met", reason="Only some managers.")
    before = stored_judgements(panel)
    hand_back_and_sign_again(panel)

    with pytest.raises(StaleModerationError) as refused:
        save(panel, panel.ann, version=1, answer_version=1, rating="mostly_met")

    assert refused.value.user_message == (
        "The organisation changed its answer to question S1.1, or the evidence under it, after you opened it. "
        "Read what is new, then save yours again. What you chose and wrote is still here."
    )
    assert stored_judgements(panel) == before


def test_a_judgement_saved_in_another_window_is_not_overwritten(panel):
    judge(panel, panel.ann, "S1.1", "partly_met")

    with pytest.raises(StaleModerationError) as refused:
        save(panel, panel.ann, version=0, rating="not_met")

    assert "in another window" in refused.value.user_message
    assert stored_judgements(panel)[Seat.FIRST]["S1.1"].rating == "partly_met"


@pytest.mark.parametrize(
    ("question_id", "changes", "says"),
    [
        ("S1.1", {"rating": "sort_of"}, '"sort_of" is not a rating. Choose one of: Fully met'),
        ("S9.9", {"rating": "fully_met"}, "Question S9.9 is not one that is moderated in this return."),
        ("S1.1", {"reason": "x" * 32_768}, "This text has 32,768 characters"),
    ],
)
def test_bad_input_is_refused_and_leaves_no_trace(panel, question_id, changes, says):
    before, trace = stored_judgements(panel), event_names(panel.town, POLICE_RETURN)

    with pytest.raises(BadInputError) as refused:
        save(panel, panel.ann, question_id, answer_version=1 if question_id == "S1.1" else 0, **changes)

    assert refused.value.user_message.startswith(says)
    assert stored_judgements(panel) == before
    assert event_names(panel.town, POLICE_RETURN) == trace


def test_each_part_of_a_judgement_is_saved_by_itself_with_an_event(panel):
    first = save(panel, panel.ann, rating="partly_met")
    second = save(panel, panel.ann, version=1, evidence_quality=EvidenceQuality.ASSERTED)
    third = save(panel, panel.ann, version=2, reason="No record of attendance.")

    assert (first.version, second.version, third.version) == (1, 2, 3)
    assert (third.rating, third.evidence_quality, third.reason) == (
        "partly_met", EvidenceQuality.ASSERTED, "No record of attendance.",
    )  # fmt: skip
    assert (third.moderator_id, third.answer_version) == (panel.ann.id, 1)
    last = events(panel.town, f"assessment:{POLICE_RETURN}")[-1]
    assert (last.name, last.actor) == ("moderation_saved", panel.ann.id)
    assert last.details == {
        "question": "S1.1", "seat": "first", "version": 3, "answer_version": 1, "attached": {}, "complete": True,
        "changed": {"reason": "No record of attendance."},
    }  # fmt: skip


def test_saving_what_is_there_already_changes_nothing_and_writes_no_event(panel):
    saved = judge(panel, panel.ann, "S1.1")
    trace = event_names(panel.town, POLICE_RETURN)

    assert judge(panel, panel.ann, "S1.1") == saved
    assert event_names(panel.town, POLICE_RETURN) == trace


def test_no_rating_and_a_rating_take_each_other_away(panel):
    save(panel, panel.ann, rating="not_met")
    none = save(panel, panel.ann, version=1, no_rating=True)
    again = save(panel, panel.ann, version=2, rating="mostly_met")

    assert (none.rating, none.no_rating) == (None, True)
    assert (again.rating, again.no_rating) == ("mostly_met", False)


def test_a_rating_that_differs_is_not_judged_without_a_reason(panel):
    judge(panel, panel.ann, "S1.1", "partly_met", reason=" ")
    judge(panel, panel.ann, "S1.2", "fully_met", reason="")

    found = view(panel, panel.ann)

    assert (found.standing("S1.1"), found.standing("S1.2")) == (Standing.INCOMPLETE, Standing.JUDGED)
    assert (found.progress.judged, found.progress.of) == (1, 4)


def test_moderation_cannot_be_finished_while_a_question_is_open(panel):
    for question_id in QUESTIONS[:3]:
        judge(panel, panel.ann, question_id)

    with pytest.raises(BadInputError) as refused:
        finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    assert "3 of 4 questions are settled" in refused.value.user_message
    assert "The first that is open is S2.2." in refused.value.user_message
    assert stored_assessment(panel.town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED


def test_a_finished_moderation_is_released_and_then_seen_by_the_organisation(panel):
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.2", "partly_met", reason="Two of five teams.")
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)
    release_return(panel.office, panel.ann, POLICE_RETURN)

    seen = view_released_moderation(panel.office, panel.town.contributor, POLICE_RETURN)

    assert event_names(panel.town, POLICE_RETURN)[-2:] == ["moderation_finished", "released"]
    assert {key: one.rating for key, one in seen.outcomes.items()} == {
        "S1.1": "fully_met", "S1.2": "partly_met", "S2.1": "fully_met", "S2.2": "fully_met",
    }  # fmt: skip
    assert seen.outcomes["S1.2"].reason == "Two of five teams."
    assert seen.moderators == ("scrutiny_lead of riverdale",)


def test_the_organisation_sees_nothing_of_its_moderation_before_it_is_released(panel):
    town, seen = panel.town, []
    for step in (
        lambda: judge_everything(panel, panel.ann),
        lambda: finish_moderation(panel.office, panel.ann, POLICE_RETURN),
    ):
        step()
        seen += [
            view_released_moderation(panel.office, one, POLICE_RETURN) for one in (town.contributor, town.approver)
        ]
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Once more.")
    seen.append(view_released_moderation(panel.office, town.approver, POLICE_RETURN))

    assert seen == [None] * 5
    with pytest.raises(NotPermittedError):
        view_moderation(panel.office, town.contributor, POLICE_RETURN)


def test_nothing_is_released_that_was_not_moderated(panel):
    with pytest.raises(TransitionNotAllowedError):
        release_return(panel.office, panel.ann, POLICE_RETURN)

    assert release_cycle(panel.office, panel.ann, CYCLE) == 0


def test_all_returns_that_are_moderated_are_released_at_once_and_progress_is_told(panel):
    moderated(panel)
    told = []

    assert release_cycle(panel.office, panel.ann, CYCLE, progress=told.append) == 1
    assert told == [1.0]
    assert stored_assessment(panel.town, POLICE_RETURN).status is AssessmentStatus.RELEASED
    assert stored_assessment(panel.town, FIRE_RETURN).status is AssessmentStatus.NOT_STARTED


def test_the_board_reads_what_is_released_and_nothing_before(panel):
    moderated(panel)
    with pytest.raises(NotPermittedError) as refused:
        read_released(panel.office, panel.town.board, POLICE_RETURN)
    assert "has not been released yet" in refused.value.user_message
    assert list_released(panel.office, panel.town.board, CYCLE) == {}

    release_return(panel.office, panel.ann, POLICE_RETURN)

    assert list_released(panel.office, panel.town.board, CYCLE) == {POLICE_RETURN: "Riverdale Police"}
    assert (
        read_released(panel.office, panel.town.board, POLICE_RETURN).moderation.outcomes["S1.1"].rating == "fully_met"
    )
    assert event_names(panel.town, POLICE_RETURN)[-1] == "return_read"


def test_a_changed_answer_puts_its_judgement_out_of_date_and_leaves_the_others(panel):
    judge_everything(panel, panel.ann)
    hand_back_and_sign_again(panel, "S2.1", rating="mostly_met")

    found = view(panel, panel.ann)

    assert {one: found.standing(one) for one in QUESTIONS} == {
        "S1.1": Standing.JUDGED, "S1.2": Standing.JUDGED, "S2.1": Standing.OUT_OF_DATE, "S2.2": Standing.JUDGED,
    }  # fmt: skip
    with pytest.raises(BadInputError, match=r"first that is open is S2\.1"):
        finish_moderation(panel.office, panel.ann, POLICE_RETURN)


def test_a_judgement_that_is_out_of_date_is_confirmed_for_the_new_answer(panel):
    judge(panel, panel.ann, "S1.1", "partly_met", reason="Still only some.")
    hand_back_and_sign_again(panel)

    confirmed = save(panel, panel.ann, version=1, answer_version=2)

    assert (confirmed.version, confirmed.answer_version, confirmed.reason) == (2, 2, "Still only some.")
    assert view(panel, panel.ann).standing("S1.1") is Standing.JUDGED


def sign_again(panel):
    send_for_sign_off(panel.office, panel.town.contributor, POLICE_RETURN)
    sign_off(panel.office, panel.town.approver, POLICE_RETURN, agreed=True)


def hand_back_for(panel, change, *arguments, **named):
    """Hand the return back, let the police change its evidence, and take it in again."""
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Show it.")
    panel.office.clock.move(hours=1)
    found = change(panel.office, panel.town.contributor, *arguments, **named)
    panel.office.clock.move(hours=1)
    if stored_assessment(panel.town, POLICE_RETURN).status == "handed_back":
        answer(panel.town, panel.town.contributor, POLICE_RETURN, "S2.2", evidence="As before, but for this.")
    sign_again(panel)
    return found


def test_a_page_that_shows_older_evidence_saves_no_judgement_of_the_new(panel):
    read = view(panel, panel.ann).said_to("S1.1")
    hand_back_for(panel, a_file)

    with pytest.raises(StaleModerationError, match="or the evidence under it, after you opened it"):
        save(panel, panel.ann, answer_version=read.answer.version, expected_attached=read.attached, rating="not_met")

    assert stored_judgements(panel)[Seat.FIRST] == {}


def test_attaching_replacing_and_taking_off_evidence_each_put_the_judgement_out_of_date(panel):
    def standing():
        found = view(panel, panel.ann)
        return found.standing("S1.1"), found.standing("S1.2"), len(found.outcomes)

    judge_everything(panel, panel.ann)
    item = hand_back_for(panel, a_link)
    attached = standing()
    judge_everything(panel, panel.ann)
    hand_back_for(panel, replace_link, item.id, "https://intranet.example/training-2026")
    replaced = standing()
    judge_everything(panel, panel.ann)
    hand_back_for(panel, detach_evidence, S1_1, item.id)
    taken_off = standing()
    judge_everything(panel, panel.ann)

    # S2.2 was written anew where replacing alone would have left the return as it was.
    assert attached == (Standing.OUT_OF_DATE, Standing.JUDGED, 3)
    assert replaced == (Standing.OUT_OF_DATE, Standing.JUDGED, 2)
    assert taken_off == (Standing.OUT_OF_DATE, Standing.JUDGED, 3)
    assert standing() == (Standing.JUDGED, Standing.JUDGED, 4)


def test_a_new_revision_that_scrutiny_does_not_see_yet_leaves_the_judgement_as_it_is(panel):
    item = hand_back_for(panel, a_link)
    judge_everything(panel, panel.ann)
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    panel.office.clock.move(hours=1)
    replace_link(panel.office, panel.town.contributor, item.id, "https://intranet.example/training-2026")

    assert view(panel, panel.ann).standing("S1.1") is Standing.JUDGED
    [figures] = cycle_figures(panel.office, panel.ann, CYCLE).sets
    assert figures.moderation.total.n == 4


def test_the_work_list_and_the_figures_count_no_judgement_of_older_evidence(panel):
    judge_everything(panel, panel.ann)
    hand_back_for(panel, a_link)

    [line] = moderation_work(panel.office, panel.ann, CYCLE).lines
    assert line.seats[0].progress.judged == 3
    with pytest.raises(BadInputError, match=r"3 of 4 .* open is S1\.1"):
        finish_moderation(panel.office, panel.ann, POLICE_RETURN)


def test_an_out_of_date_judgement_is_shown_with_what_changed_since_it_was_made_and_not_since_last_time(panel):
    judge(panel, panel.ann, "S1.1", "partly_met")
    hand_back_and_sign_again(panel, evidence="Reviewed by the board in March 2026.", rating="mostly_met")
    hand_back_for(panel, a_link)

    changed = view(panel, panel.ann).changed

    assert changed.keys() == {"S1.1"}
    assert [(one.title, one.before, one.after) for one in changed["S1.1"].fields] == [
        ("Rating", "Fully met", "Mostly met"),
        ("Evidence", "Reviewed by the board in January 2026.", "Reviewed by the board in March 2026."),
        ("Evidence files and links", "", "Training record"),
    ]
    assert [(one.gone, one.come) for one in changed["S1.1"].fields[1].parts if not one.is_same] == [
        ("January", "March")
    ]


def test_what_changed_is_told_of_each_moderators_own_judgement(pair):
    judge(pair, pair.ann, "S1.1")
    hand_back_and_sign_again(pair, evidence="Second words.")
    judge(pair, pair.ben, "S1.1")
    hand_back_and_sign_again(pair, evidence="Third words.")

    before = {one.id: view(pair, one).changed["S1.1"].fields[0].before for one in (pair.ann, pair.ben)}

    assert before == {pair.ann.id: "Reviewed by the board in January 2026.", pair.ben.id: "Second words."}


def test_an_answer_that_was_changed_and_changed_back_is_out_of_date_and_nothing_is_marked(panel):
    judge(panel, panel.ann, "S1.1")
    hand_back(panel.office, panel.ann, POLICE_RETURN, "Say more.")
    for words in ("Other words.", LATEST_TEXT):
        answer(panel.town, panel.town.contributor, POLICE_RETURN, "S1.1", evidence=words)
    sign_again(panel)

    found = view(panel, panel.ann)

    assert (found.standing("S1.1"), found.changed) == (Standing.OUT_OF_DATE, {})


def test_a_return_handed_back_after_moderation_is_moderated_anew_where_it_changed(panel):
    moderated(panel)
    hand_back_and_sign_again(panel)
    with pytest.raises(BadInputError, match=r"3 of 4 .* open is S1\.1"):
        finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    judge(panel, panel.ann, "S1.1")
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    assert stored_assessment(panel.town, POLICE_RETURN).status is AssessmentStatus.MODERATED


@pytest.mark.parametrize("status", ["handed back", "moderated", "released"])
def test_a_return_that_is_not_with_scrutiny_cannot_be_judged(panel, status):
    if status == "handed back":
        hand_back(panel.office, panel.ann, POLICE_RETURN, "More.")
    else:
        moderated(panel) if status == "moderated" else released(panel)
    before = stored_judgements(panel)

    with pytest.raises(NotPermittedError, match=f"This return is {status}, so it cannot be judged now"):
        save(panel, panel.ann, rating="not_met")

    assert stored_judgements(panel) == before


def test_a_draft_cannot_be_looked_at_by_a_moderator(panel):
    with pytest.raises(NotPermittedError, match="has not submitted this return"):
        view_moderation(panel.office, panel.ann, FIRE_RETURN)


def test_somebody_without_the_seat_may_not_judge(panel):
    with pytest.raises(NotPermittedError, match="You do not moderate this return"):
        save(panel, panel.ben, rating="fully_met")
    with pytest.raises(NotPermittedError, match="You do not moderate this return"):
        say_done(panel.office, panel.ben, POLICE_RETURN)


def test_a_seat_goes_only_to_a_person_who_may_moderate_here(panel):
    for person in (panel.town.board, panel.town.admin, panel.town.approver):
        with pytest.raises(BadInputError, match="Choose a scrutiny lead of the partnership"):
            assign_moderator(panel.office, panel.ann, POLICE_RETURN, Seat.FIRST, person.id)
    with pytest.raises(BadInputError, match="Choose a scrutiny lead of the partnership"):
        assign_moderator(panel.office, panel.ann, POLICE_RETURN, Seat.FIRST, "nobody")
    for seat in (Seat.SECOND, Seat.AGREED):
        with pytest.raises(BadInputError, match="one moderator for each return"):
            assign_moderator(panel.office, panel.ann, POLICE_RETURN, seat, panel.ben.id)


def test_a_colleague_takes_over_what_was_judged(panel):
    judge(panel, panel.ann, "S1.1")

    assign_moderator(panel.office, panel.ben, POLICE_RETURN, Seat.FIRST, panel.ben.id)
    judge(panel, panel.ben, "S1.2")

    found = stored_judgements(panel)[Seat.FIRST]
    assert (found["S1.1"].moderator_id, found["S1.2"].moderator_id) == (panel.ann.id, panel.ben.id)
    assert events(panel.town, f"assessment:{POLICE_RETURN}")[-2].details == {"seat": "first", "moderator": panel.ben.id}


def test_two_moderators_must_be_two_people(pair):
    judge(pair, pair.ann, "S1.1")
    for seat, person in ((Seat.SECOND, pair.ann), (Seat.FIRST, pair.ben)):
        with pytest.raises(BadInputError, match="Two different people"):
            assign_moderator(pair.office, pair.chris, POLICE_RETURN, seat, person.id)
    assign_moderator(pair.office, pair.chris, POLICE_RETURN, Seat.FIRST, pair.chris.id)

    with pytest.raises(BadInputError, match="Two different people"):
        assign_moderator(pair.office, pair.chris, POLICE_RETURN, Seat.SECOND, pair.ann.id)


def seen_by(panel, user):
    return {(seat.value, key) for seat, found in view(panel, user).judgements.items() for key in found}


def test_two_moderators_are_blind_to_each_other_until_both_are_done(pair):
    first, second = ({(seat, one) for one in QUESTIONS} for seat in ("first", "second"))
    judge_everything(pair, pair.ann)
    judge_everything(pair, pair.ben, "partly_met")
    assert (seen_by(pair, pair.ann), seen_by(pair, pair.ben), seen_by(pair, pair.chris)) == (first, second, set())

    say_done(pair.office, pair.ann, POLICE_RETURN)
    assert (seen_by(pair, pair.ann), seen_by(pair, pair.ben), seen_by(pair, pair.chris)) == (first, second, set())
    assert all(not view(pair, one).outcomes for one in (pair.ann, pair.ben, pair.chris))

    say_done(pair.office, pair.ben, POLICE_RETURN)
    everything = first | second
    assert (seen_by(pair, pair.ann), seen_by(pair, pair.ben), seen_by(pair, pair.chris)) == (everything,) * 3


def test_trying_to_finish_early_does_not_tell_how_far_two_moderators_agree(pair):
    judge_everything(pair, pair.ann)
    judge(pair, pair.ben, "S1.1")

    with pytest.raises(BadInputError) as refused:
        finish_moderation(pair.office, pair.ann, POLICE_RETURN)

    assert refused.value.user_message == (
        "Both moderators must say that they are done before the moderation can be finished."
    )


def test_nobody_is_done_before_every_question_is_judged(pair):
    judge(pair, pair.ann, "S1.1")

    with pytest.raises(BadInputError, match="1 of 4 questions are judged"):
        say_done(pair.office, pair.ann, POLICE_RETURN)


def test_a_moderator_who_was_done_cannot_follow_the_other_afterwards(pair):
    both_done(pair)

    with pytest.raises(NotPermittedError, match="your judgements stand"):
        judge(pair, pair.ann, "S1.1", "partly_met")
    with pytest.raises(BadInputError, match="is done, so the return stays with them"):
        assign_moderator(pair.office, pair.ann, POLICE_RETURN, Seat.FIRST, pair.chris.id)


def test_no_judgement_is_agreed_on_before_both_are_done_or_where_both_are_of_one_mind(pair):
    judge_everything(pair, pair.ann)
    with pytest.raises(NotPermittedError, match="follows when both moderators have judged"):
        agree(pair, pair.ann, rating="fully_met")
    both_done(pair)

    with pytest.raises(NotPermittedError, match=r"Both moderators judged question S1\.2 alike"):
        agree(pair, pair.ann, "S1.2", rating="not_met")


def test_where_two_differ_the_agreed_judgement_counts_and_elsewhere_their_own(pair):
    both_done(pair)
    with pytest.raises(BadInputError, match=r"3 of 4 .* open is S1\.1"):
        finish_moderation(pair.office, pair.ann, POLICE_RETURN)

    agree(pair, pair.ben, rating="mostly_met", evidence_quality=EvidenceQuality.TESTED, reason="We agree.")
    finish_moderation(pair.office, pair.ann, POLICE_RETURN)

    outcomes = view(pair, pair.chris).outcomes
    assert {key: one.rating for key, one in outcomes.items()} == {
        "S1.1": "mostly_met", "S1.2": "fully_met", "S2.1": "fully_met", "S2.2": "fully_met",
    }  # fmt: skip
    assert outcomes["S1.2"].reason == "As scrutiny_lead of riverdale sees it.\nAs Ben sees it."


def test_after_a_change_two_moderators_are_blind_again_and_judge_only_what_changed(pair):
    both_done(pair)
    agree(pair, pair.ann, rating="mostly_met", evidence_quality=EvidenceQuality.TESTED, reason="We agree.")
    hand_back_and_sign_again(pair)

    assert seen_by(pair, pair.ann) == {("first", one) for one in QUESTIONS}
    with pytest.raises(NotPermittedError, match="your judgements stand"):
        judge(pair, pair.ann, "S1.2", "not_met")
    judge(pair, pair.ann, "S1.1", "not_met")
    judge(pair, pair.ben, "S1.1", "partly_met")

    found = view(pair, pair.ann)
    assert found.is_revealed
    assert found.judgement("S1.1", Seat.SECOND).rating == "partly_met"
    assert "S1.1" not in found.outcomes, "what was agreed on was about the old answer"


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


def test_a_return_waits_for_nobody_who_has_to_wait_for_the_other(pair):
    judge_everything(pair, pair.ann)
    say_done(pair.office, pair.ann, POLICE_RETURN)

    to_do = {one.person.name: moderation_work(pair.office, one, CYCLE).lines[0].to_do for one in (pair.ann, pair.ben)}

    assert to_do == {"scrutiny_lead of riverdale": False, "Ben": True}


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
