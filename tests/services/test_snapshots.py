"""What was signed is kept for ever: its hash counted again here, and printed only on what was signed."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from section11.domain.answers import Action
from section11.domain.people import Role
from section11.domain.snapshots import SignedEvidence
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotPermittedError
from section11.services.answering import save_action
from section11.services.attaching import detach_evidence
from section11.services.blank_forms import download_return_pdf
from section11.services.declarations import DECLARATION
from section11.services.evidence import replace_file
from section11.services.excel_returns import download_return
from section11.services.inviting import invite_person
from section11.services.return_pdfs import download_filled_pdf
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import paper_to_sign, send_for_sign_off, sign_off, signed_versions, take_back
from tests.services.builders import (
    POLICE,
    POLICE_RETURN,
    answer,
    answer_everything,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    in_progress,
    stored_assessment,
    submitted,
)
from tests.services.evidence_builders import S1_1, a_file


def cover_of(town, user):
    content = download_return(town.office, user, POLICE_RETURN).content
    cover = load_workbook(BytesIO(content))["Start here"]
    return {row[1].value: row[2].value for row in cover.iter_rows()}


def pdf_words(town, user):
    pages = PdfReader(BytesIO(download_filled_pdf(town.office, user, POLICE_RETURN).content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_hash_of_a_snapshot_is_that_of_its_content_written_out_by_hand(town):
    awaiting_sign_off(town)
    take_back(town.office, town.approver, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="„Grüße“ – 1\n2")
    save_action(
        town.office, town.contributor, POLICE_RETURN, Action("S2.2", "Train", "Head of training", date(2026, 9, 30))
    )
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    returned_hash = sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    def said(question_id, evidence="Reviewed by the board in January 2026."):
        return (
            f'{{"carried_from":null,"evidence":"{evidence}","impact":"","marker":null,"question":"{question_id}",'
            '"rating":"fully_met","reason":"","value":null}'
        )

    answers = ",".join([said("S1.1", "„Grüße“ – 1\\n2"), said("S1.2"), said("S2.1"), said("S2.2")])
    content = (
        '{"actions":[{"due":"2026-09-30","owner":"Head of training","question":"S2.2","what":"Train"}],'
        f'"answers":[{answers}],"cycle":"2026","evidence":[],"organisation":"riverdale-police",'
        '"organisation_type":"police-force",'
        f'"set_sha256":"{stored_assessment(town, POLICE_RETURN).set_sha256}"}}'
    )
    [snapshot] = signed_versions(town.office, town.contributor, POLICE_RETURN)
    assert snapshot.content == content
    assert snapshot.sha256 == returned_hash == hashlib.sha256(content.encode()).hexdigest()
    assert (snapshot.number, snapshot.by, snapshot.declaration) == (1, town.approver.id, DECLARATION)
    assert snapshot.at == town.office.clock()
    assert events(town, f"assessment:{POLICE_RETURN}")[-1].details["sha256"] == snapshot.sha256


def test_every_sign_off_adds_a_snapshot_and_leaves_those_before_as_they_were(town):
    handed_back(town)
    [first] = signed_versions(town.office, town.contributor, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    second, kept = signed_versions(town.office, town.contributor, POLICE_RETURN)

    assert kept == first
    assert (second.number, second.answers()["S1.1"].evidence) == (2, "More")
    assert first.answers()["S1.1"].evidence == "Reviewed by the board in January 2026."
    assert second.sha256 != first.sha256


def test_a_refused_signature_leaves_no_snapshot(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)

    with pytest.raises(BadInputError):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=False)

    assert signed_versions(town.office, town.contributor, POLICE_RETURN) == []


def test_the_post_of_the_signer_is_the_one_at_the_time(sqlite_town):
    town = sqlite_town
    awaiting_sign_off(town)
    chief = replace(town.approver, person=replace(town.approver.person, post="Chief Constable"))
    sign_off(town.office, chief, POLICE_RETURN, agreed=True)

    [snapshot] = signed_versions(town.office, town.approver, POLICE_RETURN)

    assert snapshot.words == f"Signed 2 March 2026 by Chief Constable; SHA-256 {snapshot.sha256}"


@pytest.mark.parametrize("who", ["contributor", "scrutiny"])
def test_the_excel_return_and_the_pdf_of_what_was_signed_say_so(sqlite_town, who):
    town = sqlite_town
    submitted(town)
    [snapshot] = signed_versions(town.office, town.contributor, POLICE_RETURN)

    reader = getattr(town, who)

    assert cover_of(town, reader)["Signed off"] == snapshot.words
    words = pdf_words(town, reader)
    assert snapshot.words.rpartition(" ")[0] in words
    assert snapshot.sha256 in words.replace(" ", "")
    assert DECLARATION in words


def test_what_was_changed_after_signing_is_not_printed_as_signed_and_is_again_when_it_is_changed_back(sqlite_town):
    town = sqlite_town
    handed_back(town)
    assert "Signed off" in cover_of(town, town.contributor)

    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Other words")
    assert "Signed off" not in cover_of(town, town.contributor)
    assert "Not signed: this is a draft, or it was changed after it was signed." in pdf_words(town, town.contributor)
    assert "Signed 2 March" not in pdf_words(town, town.contributor)

    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="Reviewed by the board in January 2026.")
    assert "Signed off" in cover_of(town, town.contributor)


def test_a_blank_form_is_never_signed(sqlite_town):
    town = sqlite_town
    submitted(town)

    blank = load_workbook(BytesIO(download_return(town.office, town.contributor, POLICE_RETURN, blank=True).content))
    pages = PdfReader(BytesIO(download_return_pdf(town.office, town.contributor, POLICE_RETURN).content)).pages

    assert "Signed off" not in [cell.value for cell in blank["Start here"]["B"]]
    assert "SHA-256" not in " ".join(page.extract_text() for page in pages)


def brought_to(town, status):
    """Bring the return of the police to a status; moderation is another service's, so its moves are written here."""
    steps = {
        AssessmentStatus.NOT_STARTED: lambda: None,
        AssessmentStatus.IN_PROGRESS: lambda: in_progress(town),
        AssessmentStatus.AWAITING_SIGN_OFF: lambda: awaiting_sign_off(town),
        AssessmentStatus.HANDED_BACK: lambda: handed_back(town),
    }
    steps.get(status, lambda: submitted(town))()
    if status is AssessmentStatus.REOPENED:
        reopen(town.office, town.scrutiny, POLICE_RETURN, "One more thing")
    if status in {AssessmentStatus.MODERATED, AssessmentStatus.RELEASED}:
        with town.office.store.writing() as work:
            work.assessments.set_status(POLICE_RETURN, status)
            work.commit()


@pytest.mark.parametrize("status", AssessmentStatus)
def test_the_organisation_reads_and_downloads_its_return_in_every_status(sqlite_town, status):
    town = sqlite_town
    brought_to(town, status)
    assert stored_assessment(town, POLICE_RETURN).status is status

    assert download_return(town.office, town.contributor, POLICE_RETURN).content.startswith(b"PK")
    assert download_filled_pdf(town.office, town.contributor, POLICE_RETURN).content.startswith(b"%PDF")
    assert event_names(town, POLICE_RETURN)[-2:] == ["return_downloaded", "return_downloaded"]


@pytest.mark.parametrize("status", [AssessmentStatus.IN_PROGRESS, AssessmentStatus.HANDED_BACK])
def test_scrutiny_gets_no_pdf_of_a_draft(sqlite_town, status):
    town = sqlite_town
    brought_to(town, status)

    with pytest.raises(NotPermittedError, match="has not submitted this return"):
        download_filled_pdf(town.office, town.scrutiny, POLICE_RETURN)


def test_a_return_that_changed_after_the_page_was_opened_is_not_signed_unread(town):
    awaiting_sign_off(town)
    read = paper_to_sign(town.office, town.approver, POLICE_RETURN)
    take_back(town.office, town.approver, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S2.1", evidence="Slipped in")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)

    with pytest.raises(BadInputError, match="changed after you opened the page"):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True, paper=read)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.AWAITING_SIGN_OFF
    again = paper_to_sign(town.office, town.approver, POLICE_RETURN)
    assert sign_off(town.office, town.approver, POLICE_RETURN, agreed=True, paper=again) == again.sha256


def test_after_a_hand_back_only_who_wrote_since_the_last_signature_counts_as_author(town):
    handed_back(town)
    answer(town, town.approver, POLICE_RETURN, "S1.1", evidence="The approver alone")
    send_for_sign_off(town.office, town.approver, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="You made every change since the last signature yourself"):
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    take_back(town.office, town.approver, POLICE_RETURN)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", impact="Checked")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)
    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED


def test_a_colleague_whose_answers_the_signer_edited_later_is_still_an_author(sqlite_town):
    town = sqlite_town
    answer_everything(town, town.contributor, POLICE_RETURN)
    for question_id in ("S1.1", "S1.2", "S2.1", "S2.2"):
        answer(town, town.approver, POLICE_RETURN, question_id, impact="Said in better words")
    send_for_sign_off(town.office, town.approver, POLICE_RETURN)

    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED


def test_the_refusal_names_the_other_approver_of_this_organisation_and_nobody_elsewhere(sqlite_town):
    town = sqlite_town
    invite_person(
        town.office, town.approver, email="deputy@riverdale-police.example", name="Dee Lee", post="Deputy Chief",
        role=Role.APPROVER, organisation_id=POLICE,
    )  # fmt: skip
    answer_everything(town, town.approver, POLICE_RETURN)
    send_for_sign_off(town.office, town.approver, POLICE_RETURN)

    with pytest.raises(NotPermittedError) as refused:
        sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert refused.value.user_message.endswith("or let Deputy Chief sign.")
    assert "fire" not in refused.value.user_message


def test_content_does_not_depend_on_the_order_in_which_answers_were_written(sqlite_town):
    town = sqlite_town
    submitted(town)
    [before] = signed_versions(town.office, town.contributor, POLICE_RETURN)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Once more")
    for words in ("Other words", "Reviewed by the board in January 2026."):
        answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence=words)
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    again, _before = signed_versions(town.office, town.contributor, POLICE_RETURN)

    assert again.sha256 == before.sha256
    assert [one["question"] for one in json.loads(again.content)["answers"]] == ["S1.1", "S1.2", "S2.1", "S2.2"]


def test_evidence_that_was_attached_is_part_of_what_was_signed_in_the_revision_it_had(town):
    policy = a_file(town.office, town.contributor)
    submitted(town)
    [snapshot] = signed_versions(town.office, town.contributor, POLICE_RETURN)

    assert snapshot.evidence() == {"S1.1": (SignedEvidence(policy.id, 1),)}
    assert policy.latest.sha256 in snapshot.content
    # A newer file in its place leaves the return what was signed; taking the evidence off does not.
    town.office.clock.move(days=1)
    replace_file(town.office, town.contributor, policy.id, "policy-2.txt", b"The policy as it is now")
    assert cover_of(town, town.contributor)["Signed off"] == snapshot.words
    assert "Evidence files and links: Safeguarding policy" in pdf_words(town, town.scrutiny)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Which policy is it?", ["S1.1"])
    detach_evidence(town.office, town.contributor, S1_1, policy.id)
    assert "Signed off" not in cover_of(town, town.contributor)
