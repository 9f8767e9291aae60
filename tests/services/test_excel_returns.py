"""The Excel return: downloaded, filled in, previewed and imported, all or nothing."""

import hashlib
from datetime import date

import pytest

from section11.domain.actions import Report
from section11.domain.answers import Marker
from section11.domain.assessments import Progress, assessment_id_for
from section11.domain.workflow import AssessmentStatus
from section11.errors import NotOurFileError, NotPermittedError, ProblemsFoundError
from section11.services.actions import finish_action, update_action
from section11.services.excel_returns import download_return
from section11.services.signing import sign_off
from section11.workbooks.return_layout import ACTION_PLAN
from tests.services.builders import (
    FIRE_RETURN,
    POLICE,
    POLICE_RETURN,
    answer,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    kept_progress,
    open_a_cycle,
    promise,
    stored_actions,
    stored_answers,
    stored_assessment,
    submitted,
    tracked_action,
)
from tests.services.excel_builders import bring_in, downloaded, everything, filled_in, preview


def test_what_was_typed_in_excel_is_previewed_imported_and_stored_with_one_event(town):
    content = filled_in(
        downloaded(town, blank=True),
        S1_1={"rating": "Partly met", "evidence": "Minutes", "impact": "Faster", "action": "Train all managers",
              "owner": "Head of training", "due": date(2026, 9, 30)},
        S1_2={"rating": "Not applicable", "reason": "We have no premises."},
        S2_1={"rating": "Don't know yet"},
    )  # fmt: skip
    before = everything(town)

    shown = preview(town, content)
    assert everything(town) == before
    assert (len(shown.changes), shown.conflicts, shown.problems) == (9, (), ())
    assert bring_in(town, content, filename="police.xlsx") == 9

    stored = stored_answers(town, POLICE_RETURN)
    said = {key: (one.rating, one.marker, one.reason, one.evidence, one.impact) for key, one in stored.items()}
    assert said == {
        "S1.1": ("partly_met", None, "", "Minutes", "Faster"),
        "S1.2": (None, Marker.NOT_APPLICABLE, "We have no premises.", "", ""),
        "S2.1": (None, Marker.DONT_KNOW_YET, "", "", ""),
    }
    assert {one.updated_by for one in stored.values()} == {town.contributor.id}
    action = stored_actions(town, POLICE_RETURN)["S1.1"]
    assert (action.what, action.owner, action.due) == ("Train all managers", "Head of training", date(2026, 9, 30))
    assert kept_progress(town, POLICE_RETURN) == Progress(settled=2, asked=4)
    assert event_names(town, POLICE_RETURN) == ["return_form_downloaded", "assessment_started", "return_imported"]
    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert (event.details["file"], event.details["sha256"]) == ("police.xlsx", hashlib.sha256(content).hexdigest())
    assert set(event.details["changed"]) == {"S1.1", "S1.2", "S2.1"}


def test_a_file_that_says_nothing_new_changes_nothing(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met", evidence="First line\nSecond line ")
    content = downloaded(town)
    before = everything(town)

    assert preview(town, content).changes == ()
    assert bring_in(town, content) == 0
    assert everything(town) == before


def test_importing_the_same_file_twice_changes_nothing_the_second_time(town):
    content = filled_in(downloaded(town), S1_1={"rating": "Fully met"})
    assert bring_in(town, content) == 1
    before = everything(town)

    assert bring_in(town, content) == 0
    assert everything(town) == before


def test_a_file_with_faults_names_its_cells_and_changes_nothing(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="On screen")
    content = filled_in(
        downloaded(town),
        S1_1={"rating": "Sort of"},
        S1_2={"rating": "Fully met", "due": "soon"},
        S2_1={"evidence": "👩" * 16_384},
    )
    before = everything(town)

    shown = preview(town, content)
    with pytest.raises(ProblemsFoundError) as refused:
        bring_in(town, content)

    assert refused.value.problems == shown.problems
    assert [one.place.partition("!")[0] for one in shown.problems] == ["Answers", "Answers", "Action plan"]
    assert '"Sort of" is not a rating' in str(shown.problems[0])
    assert everything(town) == before


def test_an_action_due_before_it_began_is_named_with_its_cell_and_changes_nothing(town):
    content = filled_in(
        downloaded(town), S1_1={"rating": "Partly met"}, S1_2={"action": "Train", "due": date(2026, 3, 1)}
    )
    before = everything(town)

    shown = preview(town, content)
    with pytest.raises(ProblemsFoundError) as refused:
        bring_in(town, content)

    assert refused.value.problems == shown.problems
    [problem] = shown.problems
    assert problem.place.startswith(f"Action plan!{ACTION_PLAN.letter('due')}")
    assert problem.message == (
        "The action for S1.2 would be due on 1 March 2026, before it began on 2 March 2026. Choose a later date."
    )
    assert everything(town) == before


def test_an_action_that_was_reported_on_keeps_its_updates_when_a_file_changes_its_words(town):
    promise(town, town.contributor, POLICE_RETURN)
    content = filled_in(downloaded(town), S1_1={"owner": "Deputy head of training"})
    action_id = tracked_action(town, POLICE_RETURN).id
    update_action(town.office, town.contributor, action_id, Report("Course booked"))

    assert bring_in(town, content) == 1

    stored = tracked_action(town, POLICE_RETURN)
    assert (stored.id, stored.owner, stored.updates) == (action_id, "Deputy head of training", 1)


def test_a_file_that_changes_an_action_which_is_done_is_refused_with_its_cell(town):
    promise(town, town.contributor, POLICE_RETURN)
    content = filled_in(downloaded(town), S1_1={"owner": "Deputy head of training"})
    finish_action(town.office, town.contributor, tracked_action(town, POLICE_RETURN).id, Report("", "Register"))
    before = everything(town)

    with pytest.raises(ProblemsFoundError) as refused:
        bring_in(town, content)

    assert "Open it again on the Actions page first" in refused.value.problems[0].message
    assert everything(town) == before


@pytest.mark.parametrize(
    ("whose", "sentence"),
    [("another organisation", "was made for another organisation"), ("another cycle", "belongs to another cycle")],
)
def test_a_file_of_another_organisation_or_cycle_is_refused_in_one_sentence(sqlite_town, whose, sentence):
    town = sqlite_town
    if whose == "another cycle":
        open_a_cycle(town, name="2028", due=date(2028, 3, 31))
        content = downloaded(town, assessment_id_for("2028", POLICE), blank=True)
    else:
        content = downloaded(town, FIRE_RETURN, user=town.fire_contributor, blank=True)
    content = filled_in(content, S1_1={"rating": "Sort of"})
    before = everything(town)

    for call in (preview, bring_in):
        with pytest.raises(NotOurFileError, match=sentence):
            call(town, content)
    assert everything(town) == before


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 cut off"])
def test_what_is_no_excel_return_is_refused_and_nothing_changes(sqlite_town, content):
    before = everything(sqlite_town)

    for call in (preview, bring_in):
        with pytest.raises(NotOurFileError):
            call(sqlite_town, content)
    assert everything(sqlite_town) == before


@pytest.mark.parametrize("brought_to", [awaiting_sign_off, submitted])
def test_nothing_is_imported_into_a_return_that_is_not_open_for_changes(sqlite_town, brought_to):
    town = sqlite_town
    content = filled_in(downloaded(town), S1_1={"rating": "Not met"})
    brought_to(town)
    before = everything(town)

    for call in (preview, bring_in):
        with pytest.raises(NotPermittedError, match="cannot be changed now"):
            call(town, content)
    assert everything(town) == before


def test_an_import_into_a_handed_back_return_moves_it_to_in_progress(sqlite_town):
    handed_back(sqlite_town)

    bring_in(sqlite_town, filled_in(downloaded(sqlite_town), S1_1={"evidence": "More"}))

    assert stored_assessment(sqlite_town, POLICE_RETURN).status is AssessmentStatus.IN_PROGRESS
    assert event_names(sqlite_town, POLICE_RETURN)[-2:] == ["assessment_resumed", "return_imported"]


def test_the_author_can_download_in_every_status_and_each_download_is_an_event(sqlite_town):
    town = sqlite_town
    assert downloaded(town)
    awaiting_sign_off(town)
    assert downloaded(town)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)
    assert downloaded(town)
    file = download_return(town.office, town.approver, POLICE_RETURN, blank=True)

    assert file.filename == "2026-riverdale-police-blank.xlsx"
    assert [name for name in event_names(town, POLICE_RETURN) if "download" in name] == [
        "return_downloaded", "return_downloaded", "return_downloaded", "return_form_downloaded",
    ]  # fmt: skip


def test_a_text_in_every_shape_comes_back_from_excel_as_it_went(sqlite_town):
    town = sqlite_town
    texts = ["=1+1", "+44 20", "-", "@home", "'quoted", "a\nb", "a\r\nb", "  spaces ", "12.0", "#NAME?", "x" * 32_767]
    for text in texts:
        answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence=text)
        content = downloaded(town)
        assert preview(town, content).changes == (), text[:20]
        answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Changed on screen")
        assert preview(town, content).changes == (), text[:20]  # the file was not touched, the screen was
