"""Queries: scrutiny asks and notes, the organisation replies in every status, and notes never reach it."""

import json
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from section11.domain.people import Role
from section11.domain.queries import LONGEST_MESSAGE, QuerySide
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError
from section11.services.answering import view_assessment
from section11.services.asking import ask, note_internally, reply
from section11.services.excel_returns import download_return
from section11.services.inviting import invite_person
from section11.services.queries import list_threads, list_unread, mark_read, threads_for_scrutiny, threads_of_own_return
from section11.services.return_pdfs import download_filled_pdf
from section11.services.scrutiny import hand_back
from section11.services.trail import verify_trail
from tests.services.builders import (
    CYCLE,
    GROUP,
    PARTNERSHIP,
    POLICE_RETURN,
    answer,
    awaiting_sign_off,
    event_names,
    events,
    in_progress,
    invite,
    submitted,
    user_by_email,
)

SECRET = "Between ourselves: ask the fire service whether this is true"


def said(threads):
    return {
        question_id: [(one.side.value, one.by_scrutiny, one.words) for one in thread.messages]
        for question_id, thread in threads.items()
    }


def unread(town, user):
    return {(one.assessment_id, one.question_ids): one.count for one in list_unread(town.office, user)}


@pytest.mark.parametrize("write", [ask, note_internally])
@pytest.mark.parametrize("brought_to", [lambda town: None, in_progress, awaiting_sign_off])
def test_scrutiny_neither_asks_nor_notes_on_a_draft(sqlite_town, write, brought_to):
    town = sqlite_town
    brought_to(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="has not submitted this return"):
        write(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")

    assert threads_for_scrutiny(town.office, town.scrutiny, POLICE_RETURN) == {}
    assert event_names(town, POLICE_RETURN) == trace


@pytest.mark.parametrize(
    ("question_id", "words", "message"),
    [
        ("S1.1", "  \n", "Write what you want to ask."),
        ("S1.1", "\x00", "Write what you want to ask."),
        ("S1.1", "x" * (LONGEST_MESSAGE + 1), "at most 4,000 characters and this has 4,001"),
        ("S9.9", "Which policy?", "Question S9.9 is not asked of Riverdale Police"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words_and_leaves_no_trace(sqlite_town, question_id, words, message):
    town = sqlite_town
    submitted(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(BadInputError, match=message):
        ask(town.office, town.scrutiny, POLICE_RETURN, question_id, words)

    assert event_names(town, POLICE_RETURN) == trace


def test_a_thread_goes_to_and_fro_and_each_side_knows_what_is_new(town):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    assert unread(town, town.contributor) == unread(town, town.approver) == {(POLICE_RETURN, ("S1.1",)): 1}
    assert unread(town, town.scrutiny) == unread(town, town.fire_contributor) == {}

    reply(town.office, town.contributor, POLICE_RETURN, "S1.1", "The one of May 2025.")

    assert unread(town, town.contributor) == {}
    # The approver has read neither the question nor the colleague's reply.
    assert unread(town, town.approver) == {(POLICE_RETURN, ("S1.1",)): 2}
    assert unread(town, town.scrutiny) == {(POLICE_RETURN, ("S1.1",)): 1}
    mark_read(town.office, town.scrutiny, POLICE_RETURN, "S1.1", as_scrutiny=True)
    mark_read(town.office, town.approver, POLICE_RETURN, "S1.1")
    assert unread(town, town.scrutiny) == unread(town, town.approver) == {}
    expected = {"S1.1": [("shared", True, "Which policy?"), ("shared", False, "The one of May 2025.")]}
    assert said(threads_of_own_return(town.office, town.contributor, POLICE_RETURN)) == expected
    assert said(threads_for_scrutiny(town.office, town.scrutiny, POLICE_RETURN)) == expected
    assert event_names(town, POLICE_RETURN)[-2:] == ["query_asked", "query_replied"]


def test_several_questions_are_counted_for_each_return_in_the_order_of_the_form(town):
    submitted(town)
    for question_id in ("S2.1", "S1.2", "S2.1"):
        ask(town.office, town.scrutiny, POLICE_RETURN, question_id, "Which policy?")

    [line] = list_unread(town.office, town.contributor)

    assert (line.question_ids, line.count, line.standard_id, line.is_own) == (("S1.2", "S2.1"), 3, "S1", True)
    assert (line.organisation_name, line.cycle_id) == ("Riverdale Police", CYCLE)
    mark_read(town.office, town.contributor, POLICE_RETURN, "S2.1")
    assert unread(town, town.contributor) == {(POLICE_RETURN, ("S1.2",)): 1}


@pytest.mark.parametrize("status", [one for one in AssessmentStatus if one is not AssessmentStatus.NOT_STARTED])
def test_the_organisation_replies_in_every_status_and_scrutiny_reads_the_reply(sqlite_town, status):
    town = sqlite_town
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    with town.office.store.writing() as work:
        work.assessments.set_status(POLICE_RETURN, status)
        work.commit()

    reply(town.office, town.contributor, POLICE_RETURN, "S1.1", "The one of May 2025.")

    assert unread(town, town.scrutiny) == {(POLICE_RETURN, ("S1.1",)): 1}
    [found] = list_threads(town.office, town.scrutiny, CYCLE)
    assert (found.unread, found.threads[0].messages[-1].words) == (1, "The one of May 2025.")


def test_where_nothing_was_asked_there_is_nothing_to_reply_to_and_a_note_is_no_question(sqlite_town):
    town = sqlite_town
    submitted(town)
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.2", SECRET)
    refusals = []
    for question_id in ("S1.1", "S1.2", "S9.9"):
        with pytest.raises(BadInputError) as refused:
            reply(town.office, town.contributor, POLICE_RETURN, question_id, "Hello?")
        refusals.append(refused.value.user_message.replace(question_id, "…"))

    assert set(refusals) == {"Scrutiny has asked nothing about question …. Reload the page."}


def test_somebody_of_the_parent_reads_the_thread_and_does_not_reply(sqlite_town):
    town = sqlite_town
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    parent = invite(town.office, Role.APPROVER, organisation_id=GROUP)

    assert "S1.1" in threads_of_own_return(town.office, parent, POLICE_RETURN)
    with pytest.raises(Exception, match="not available"):
        reply(town.office, parent, POLICE_RETURN, "S1.1", "For them")
    assert list_unread(town.office, parent) == []


def everything_a_file_holds(content):
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as file:
            return " ".join(file.read(name).decode(errors="replace") for name in file.namelist())
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_notes_of_scrutiny_are_in_no_view_download_count_or_event_of_the_organisation(town):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.1", SECRET)
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S2.1", SECRET)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.", ["S1.1"])

    parent = invite(town.office, Role.CONTRIBUTOR, organisation_id=GROUP)
    for user in (town.contributor, town.approver, parent):
        assert said(threads_of_own_return(town.office, user, POLICE_RETURN)) == {
            "S1.1": [("shared", True, "Which policy?")]
        }
        seen = [
            repr(view_assessment(town.office, user, POLICE_RETURN)),
            repr(list_unread(town.office, user)),
            everything_a_file_holds(download_return(town.office, user, POLICE_RETURN).content),
            everything_a_file_holds(download_filled_pdf(town.office, user, POLICE_RETURN).content),
        ]
        assert [one for one in seen if "Between ourselves" in one or "internal" in one] == []
    assert unread(town, town.approver) == {(POLICE_RETURN, ("S1.1",)): 1}
    stream = events(town, f"assessment:{POLICE_RETURN}")
    assert [one.name for one in stream if "note" in one.name] == []
    assert "Between ourselves" not in json.dumps([dict(one.details) for one in stream])


def test_a_note_is_an_event_of_the_partnership_without_its_words(town):
    submitted(town)

    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.1", SECRET)

    event = events(town, f"partnership:{PARTNERSHIP}")[-1]
    assert (event.name, event.actor) == ("internal_note_written", town.scrutiny.id)
    assert event.details == {"assessment": POLICE_RETURN, "question": "S1.1"}


def test_scrutiny_leads_read_each_others_notes(town):
    submitted(town)
    colleague = invite_second_lead(town)
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.1", SECRET)

    thread = threads_for_scrutiny(town.office, colleague, POLICE_RETURN)["S1.1"]

    assert [(one.side, one.words, one.is_unread) for one in thread.messages] == [(QuerySide.INTERNAL, SECRET, True)]
    assert unread(town, colleague) == {(POLICE_RETURN, ("S1.1",)): 1}
    mark_read(town.office, colleague, POLICE_RETURN, "S1.1", as_scrutiny=True)
    assert unread(town, colleague) == {}


def invite_second_lead(town):
    invite_person(
        town.office, town.admin, email="second@riverdale.example", name="Second Lead", post="Deputy",
        role=Role.SCRUTINY_LEAD, partnership_id=PARTNERSHIP,
    )  # fmt: skip
    return user_by_email(town.office, "second@riverdale.example")


def test_a_marked_thread_shows_what_comes_after_as_new_again(town):
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    mark_read(town.office, town.contributor, POLICE_RETURN, "S1.1")
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "And since when?")

    thread = threads_of_own_return(town.office, town.contributor, POLICE_RETURN)["S1.1"]

    assert [one.is_unread for one in thread.messages] == [False, True]
    assert thread.unread == 1


def test_messages_leave_the_answers_alone_and_the_trail_whole(town):
    submitted(town)
    before = view_assessment(town.office, town.contributor, POLICE_RETURN)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "„Which“ policy? 🙂")
    note_internally(town.office, town.scrutiny, POLICE_RETURN, "S1.1", SECRET)
    reply(town.office, town.contributor, POLICE_RETURN, "S1.1", "=1+1")

    after = view_assessment(town.office, town.contributor, POLICE_RETURN)

    assert (after.answers, after.assessment.status) == (before.answers, before.assessment.status)
    assert verify_trail(town.office, town.admin).faults == ()


def test_a_handed_back_return_keeps_its_threads_and_takes_no_new_questions(sqlite_town):
    town = sqlite_town
    submitted(town)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Which policy?")
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.", ["S1.1"])
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="The policy of May 2025")

    with pytest.raises(NotPermittedError):
        ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", "Well?")

    [found] = list_threads(town.office, town.scrutiny, CYCLE)
    assert (found.is_returned, found.organisation_name) == (False, "Riverdale Police")
