"""Moderating a return: who holds a seat, what is saved of a judgement, and when a return is finished and released."""

import pytest

from section11.domain.moderation import EvidenceQuality, Seat, Standing
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError, StaleModerationError, TransitionNotAllowedError
from section11.services.moderating import (
    finish_moderation,
    say_done,
)
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import view_moderation
from section11.services.releasing import (
    list_released,
    read_released,
    release_cycle,
    release_return,
    view_released_moderation,
)
from section11.services.scrutiny import hand_back
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    POLICE_RETURN,
    QUESTIONS,
    event_names,
    events,
    stored_assessment,
)
from tests.services.moderation_builders import (
    hand_back_and_sign_again,
    judge,
    judge_everything,
    moderated,
    released,
    save,
    stored_judgements,
    view,
)


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
