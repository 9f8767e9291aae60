"""Feedback letters: who may have which, and that nothing that was not released is in them."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from section11.domain.actions import Report
from section11.domain.moderation import EvidenceQuality, Seat
from section11.domain.people import OPERATOR, Role
from section11.errors import NotAvailableError, NotPermittedError
from section11.services.actions import finish_action
from section11.services.asking import ask, note_internally, reply
from section11.services.cycles import create_cycle, open_cycle
from section11.services.letters import LetterFormat, LetterState, download_letter, list_letters
from section11.services.moderating import finish_moderation, say_done
from section11.services.releasing import release_return
from section11.services.scrutiny import reopen
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    MINDER_RETURN,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    SET_ID,
    a_quiet_town,
    answer_everything,
    event_names,
    events,
    invite,
    open_a_cycle,
    promise,
    start,
    submitted,
    tracked_action,
)
from tests.services.moderation_builders import judge, judge_everything, judged_alone, released

SECRET = "Ask the fire service, too"
HELD = "Held back until it is released"


def pdf_words(download):
    reader = PdfReader(BytesIO(download.content))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def docx_words(download):
    document = Document(BytesIO(download.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def letter(panel, user, letter_format="docx", assessment_id=POLICE_RETURN):
    made = download_letter(panel.office, user, assessment_id, letter_format)
    return docx_words(made) if letter_format == "docx" else pdf_words(made)


def judged_with_a_difference(panel):
    judge_everything(panel, panel.ann)
    judge(panel, panel.ann, "S1.1", "not_met", evidence_quality=EvidenceQuality.ASSERTED, reason=HELD)


def test_before_release_the_organisation_has_no_letter_in_any_status(panel):
    town = panel.town
    stages = [
        lambda: None,
        lambda: judged_with_a_difference(panel),
        lambda: finish_moderation(panel.office, panel.ann, POLICE_RETURN),
    ]
    for stage in stages:
        stage()
        for user in (town.contributor, town.approver):
            for letter_format in LetterFormat:
                with pytest.raises(NotPermittedError, match="has not been released yet, so there is no letter"):
                    download_letter(panel.office, user, POLICE_RETURN, letter_format)
    assert "letter_downloaded" not in event_names(town, POLICE_RETURN)


def test_a_preview_of_unfinished_moderation_has_nothing_of_it(panel):
    judged_with_a_difference(panel)

    words = letter(panel, panel.ann)

    assert "Preview for scrutiny." in words
    assert "This return has not been moderated yet." in words
    assert HELD not in words
    assert "Result after moderation" not in words


def test_a_preview_tells_none_of_two_moderators_what_the_other_judged(pair):
    judged_with_a_difference(pair)
    say_done(pair.office, pair.ann, POLICE_RETURN)

    for user in (pair.ben, pair.chris):
        words = letter(pair, user)
        assert HELD not in words
        assert "Asserted" not in words


def test_a_preview_of_finished_moderation_shows_what_would_be_released(panel):
    judged_with_a_difference(panel)
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)

    made = download_letter(panel.office, panel.ann, POLICE_RETURN, "pdf")

    assert HELD in pdf_words(made)
    assert made.filename == "2026-riverdale-police-letter-preview.pdf"
    [event] = [one for one in events(panel.town, f"assessment:{POLICE_RETURN}") if one.name == "letter_previewed"]
    assert (event.actor, event.details) == (panel.ann.id, {"format": "pdf"})


def test_once_released_the_organisation_reads_what_scrutiny_found(panel):
    judged_with_a_difference(panel)
    finish_moderation(panel.office, panel.ann, POLICE_RETURN)
    panel.office.clock.move(days=3)
    release_return(panel.office, panel.ann, POLICE_RETURN)
    panel.office.clock.move(days=4)

    made = download_letter(panel.office, panel.town.contributor, POLICE_RETURN, "pdf")

    words = pdf_words(made)
    # The tests begin on 2 March 2026; it was released three days later, and the letter is made four days after that.
    assert words.count("5 March 2026") >= 2
    assert "This is how they stood on 9 March 2026." in words
    assert "1. Leadership Strong: 2 of 2 “Fully met” Weak: 1 of 2 “Fully met”" in words
    assert "2. Listening Strong: 2 of 2 “Fully met” Strong: 2 of 2 “Fully met”" in words
    assert f"Why: {HELD}" in words
    assert "Asserted The answer says so, and nothing shows it. 1" in words
    assert "Documented A document is named or attached, such as a policy or a plan. 3" in words
    assert "Preview" not in words
    assert made.filename == "2026-riverdale-police-letter.pdf"
    assert event_names(panel.town, POLICE_RETURN)[-1] == "letter_downloaded"


def test_the_letter_is_signed_by_a_post_and_names_nobody(panel):
    released(panel)

    for letter_format in LetterFormat:
        words = letter(panel, panel.town.contributor, letter_format)
        assert "Scrutiny lead" in words
        for person in (panel.ann, panel.ben, panel.town.approver, panel.town.contributor):
            assert person.person.name not in words


def test_notes_of_scrutiny_are_in_no_letter_and_questions_until_they_are_answered(panel):
    town = panel.town
    ask(panel.office, panel.ann, POLICE_RETURN, "S1.2", "Which policy is it?")
    reply(panel.office, town.contributor, POLICE_RETURN, "S1.2", "The one of May")
    ask(panel.office, panel.ann, POLICE_RETURN, "S1.2", "Of which year?")
    ask(panel.office, panel.ann, POLICE_RETURN, "S2.1", "Who was there?")
    reply(panel.office, town.contributor, POLICE_RETURN, "S2.1", "Everybody")
    note_internally(panel.office, panel.ann, POLICE_RETURN, "S1.2", SECRET)
    note_internally(panel.office, panel.ann, POLICE_RETURN, "S2.2", SECRET)
    released(panel)

    for user in (panel.ann, town.contributor, OPERATOR):
        for letter_format in LetterFormat:
            words = letter(panel, user, letter_format)
            assert "Of which year?" in words
            assert SECRET not in words
            for answered in ("Which policy is it?", "Who was there?", "The one of May"):
                assert answered not in words


def test_a_letter_is_gone_again_when_the_return_is_opened_again(panel):
    released(panel)
    reopen(panel.office, panel.ann, POLICE_RETURN, "A mistake in S1.1")

    for user in (panel.town.contributor, panel.ann, OPERATOR):
        with pytest.raises(NotPermittedError):
            download_letter(panel.office, user, POLICE_RETURN, "pdf")


def test_open_actions_of_earlier_returns_are_told_and_drafts_and_later_ones_are_not(panel):
    town = panel.town
    for name, due in (("2024", date(2024, 3, 31)), ("2028", date(2028, 3, 31))):
        open_a_cycle(town, name=name, due=due)
    earlier, later = f"2024.{POLICE}", f"2028.{POLICE}"
    answer_everything(town, town.contributor, earlier)
    for question_id in ("S1.1", "S1.2"):
        promise(town, town.contributor, earlier, question_id)
    submitted(town, earlier)
    finish_action(town.office, town.contributor, tracked_action(town, earlier, "S1.1").id, Report("", "Register"))
    promise(town, town.contributor, later)
    panel.office.clock.move(days=365)
    released(panel)

    words = letter(panel, town.contributor)

    # It is March 2027, so what was due on 30 September 2026 is overdue.
    assert "Overdue:\n" in words
    assert words.count("Train every manager") == 1
    assert "S1.2, 2024" in words


def test_a_letter_of_a_joint_cycle_tells_no_action_that_one_of_the_partnerships_may_not_see(office, tmp_path):
    town = a_quiet_town(office, tmp_path)
    start(town.office, "Elmtree")
    for name, partnership_ids in (("2024", {PARTNERSHIP}), (CYCLE, {PARTNERSHIP, "elmtree"})):
        values = {"name": name, "due": date(int(name), 3, 31), "set_ids_by_type": {"*": SET_ID}}
        create_cycle(town.office, OPERATOR, **values, partnership_ids=frozenset(partnership_ids))
        open_cycle(town.office, OPERATOR, name)
        answer_everything(town, town.contributor, f"{name}.{POLICE}")
        promise(town, town.contributor, f"{name}.{POLICE}", "S1.1" if name == CYCLE else "S1.2")
        submitted(town, f"{name}.{POLICE}")
    judged_alone(town, POLICE_RETURN)
    finish_moderation(town.office, town.scrutiny, POLICE_RETURN)
    release_return(town.office, town.scrutiny, POLICE_RETURN)
    lead = invite(town.office, Role.SCRUTINY_LEAD, partnership_id="elmtree")

    for user in (lead, town.scrutiny, town.contributor):
        words = docx_words(download_letter(town.office, user, POLICE_RETURN, "docx"))
        assert words.count("Train every manager") == 1
        assert "S1.2, 2024" not in words
        assert "For Elmtree and Riverdale" in words


def test_an_organisation_has_no_letter_of_another_and_a_board_none(panel):
    released(panel)

    with pytest.raises(NotAvailableError):
        download_letter(panel.office, panel.town.fire_approver, POLICE_RETURN, "pdf")
    for user in (panel.town.board, panel.town.admin):
        with pytest.raises(NotPermittedError):
            download_letter(panel.office, user, POLICE_RETURN, "pdf")


@pytest.mark.parametrize("letter_format", ["exe", "", "../pdf", "PDF"])
def test_a_format_there_is_not_is_not_available(panel, letter_format):
    released(panel)

    with pytest.raises(NotAvailableError):
        download_letter(panel.office, panel.town.contributor, POLICE_RETURN, letter_format)


def test_the_list_says_for_every_return_whether_there_is_a_letter(panel):
    _, before = list_letters(panel.office, panel.ann, CYCLE)
    released(panel)
    _, after = list_letters(panel.office, panel.ann, CYCLE)

    def states(lines):
        return {line.assessment_id: line.state for line in lines}

    nothing = {
        one.assessment_id: LetterState.NONE
        for one in before
        if one.assessment_id in (FIRE_RETURN, MINDER_RETURN) or "blue-light" in one.assessment_id
    }
    assert states(before) == nothing | {POLICE_RETURN: LetterState.PREVIEW}
    assert states(after) == nothing | {POLICE_RETURN: LetterState.READY}


def test_the_trust_of_an_organisation_reads_its_letter(panel):
    released(panel)
    parent = invite(panel.office, Role.CONTRIBUTOR, organisation_id="blue-light")

    assert "Riverdale Police" in letter(panel, parent)


def test_a_lead_who_also_answers_for_the_organisation_sees_no_more_than_a_lead(pair):
    """Being on both sides opens no unfinished judgement of the other moderator."""
    judged_with_a_difference(pair)
    both = replace(pair.ben, grants=pair.ben.grants | pair.town.contributor.grants)

    assert HELD not in letter(pair, both)
    assert {Seat.FIRST, Seat.SECOND} <= set(Seat)
