"""Two moderators of a return are blind to each other until both are done, and agree where they differ."""

import pytest

from section11.domain.moderation import EvidenceQuality, Seat
from section11.errors import BadInputError, NotPermittedError
from section11.services.moderating import (
    finish_moderation,
    say_done,
)
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import moderation_work
from tests.services.builders import (
    CYCLE,
    POLICE_RETURN,
    QUESTIONS,
)
from tests.services.moderation_builders import (
    agree,
    both_done,
    hand_back_and_sign_again,
    judge,
    judge_everything,
    view,
)


def test_what_changed_is_told_of_each_moderators_own_judgement(pair):
    judge(pair, pair.ann, "S1.1")
    hand_back_and_sign_again(pair, evidence="Second words.")
    judge(pair, pair.ben, "S1.1")
    hand_back_and_sign_again(pair, evidence="Third words.")

    before = {one.id: view(pair, one).changed["S1.1"].fields[0].before for one in (pair.ann, pair.ben)}

    assert before == {pair.ann.id: "Reviewed by the board in January 2026.", pair.ben.id: "Second words."}


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


def test_a_return_waits_for_nobody_who_has_to_wait_for_the_other(pair):
    judge_everything(pair, pair.ann)
    say_done(pair.office, pair.ann, POLICE_RETURN)

    to_do = {one.person.name: moderation_work(pair.office, one, CYCLE).lines[0].to_do for one in (pair.ann, pair.ben)}

    assert to_do == {"scrutiny_lead of riverdale": False, "Ben": True}
