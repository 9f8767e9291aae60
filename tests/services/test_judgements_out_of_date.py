"""A judgement is of an answer and its evidence as they stood: what changes later puts it out of date."""

import pytest

from section11.domain.moderation import Seat, Standing
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, StaleModerationError
from section11.services.attaching import detach_evidence
from section11.services.collating import cycle_figures
from section11.services.evidence import replace_link
from section11.services.moderating import (
    finish_moderation,
)
from section11.services.moderation_views import moderation_work
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    CYCLE,
    LATEST_TEXT,
    POLICE_RETURN,
    QUESTIONS,
    answer,
    stored_assessment,
)
from tests.services.evidence_builders import S1_1, a_file, a_link
from tests.services.moderation_builders import (
    hand_back_and_sign_again,
    judge,
    judge_everything,
    moderated,
    save,
    stored_judgements,
    view,
)


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
