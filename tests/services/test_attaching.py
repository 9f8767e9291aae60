"""Evidence under questions: attached and taken off while the return is open, and read by scrutiny as it was signed."""

import pytest

from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.services.attaching import QuestionPlace, attach_evidence, detach_evidence, evidence_of_return
from section11.services.evidence import list_evidence, replace_file
from section11.services.opening_evidence import open_evidence
from section11.services.scrutiny import hand_back
from section11.services.trail import verify_trail
from section11.storage.evidence_files import EvidenceLostError
from tests.services.builders import (
    FIRE_RETURN,
    MINDER_RETURN,
    POLICE,
    POLICE_RETURN,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    open_a_cycle,
    stored_assessment,
    submitted,
)
from tests.services.evidence_builders import S1_1, a_file, a_link
from tests.services.walk.world import everything_in
from tests.small_files import a_pdf

S2_1 = QuestionPlace(POLICE_RETURN, "S2.1")


def attached(town, user=None):
    found = evidence_of_return(town.office, user or town.contributor, POLICE_RETURN)
    return {question_id: [one.title for one in items] for question_id, items in found.items()}


def test_one_piece_of_evidence_serves_many_questions(town):
    item = a_file(town.office, town.contributor)

    attach_evidence(town.office, town.contributor, S2_1, item.id)

    assert attached(town) == {"S1.1": ["Safeguarding policy"], "S2.1": ["Safeguarding policy"]}


def test_attaching_twice_changes_nothing(town):
    item = a_file(town.office, town.contributor)
    before = everything_in(town.office)

    attach_evidence(town.office, town.contributor, S1_1, item.id)

    assert everything_in(town.office) == before


def test_taking_evidence_off_keeps_it(town):
    item = a_file(town.office, town.contributor)

    detach_evidence(town.office, town.contributor, S1_1, item.id)

    assert attached(town) == {}
    assert event_names(town, POLICE_RETURN)[-1] == "evidence_detached"
    assert [line.item.id for line in list_evidence(town.office, town.contributor, POLICE).lines] == [item.id]


def test_taking_off_what_is_not_attached_changes_nothing(town):
    a_file(town.office, town.contributor)
    before = everything_in(town.office)

    detach_evidence(town.office, town.contributor, S2_1, f"{POLICE}.e1")

    assert everything_in(town.office) == before


@pytest.mark.parametrize(
    ("place", "item_id", "refusal"),
    [
        (QuestionPlace(POLICE_RETURN, "S9.9"), f"{POLICE}.e1", BadInputError),
        (S1_1, f"{POLICE}.e99", NotAvailableError),
        (QuestionPlace(FIRE_RETURN, "S1.1"), f"{POLICE}.e1", NotAvailableError),
        (QuestionPlace("2026.nobody", "S1.1"), f"{POLICE}.e1", NotAvailableError),
    ],
)
def test_what_cannot_be_attached_is_refused_without_a_trace(town, place, item_id, refusal):
    a_file(town.office, town.contributor, attach_to=None)
    before = everything_in(town.office)

    with pytest.raises(refusal):
        attach_evidence(town.office, town.contributor, place, item_id)

    assert everything_in(town.office) == before


def test_another_organisations_evidence_cannot_be_attached(town):
    item = a_file(town.office, town.contributor, attach_to=None)

    with pytest.raises(NotAvailableError):
        attach_evidence(town.office, town.fire_contributor, QuestionPlace(FIRE_RETURN, "S1.1"), item.id)


def test_a_question_that_is_not_asked_takes_no_evidence(town):
    with pytest.raises(BadInputError, match=r"S2\.2 is not asked of"):
        a_file(
            town.office,
            town.minder,
            organisation_id="lily-lane",
            attach_to=QuestionPlace(MINDER_RETURN, "S2.2"),
        )


@pytest.mark.parametrize("brought_to", [awaiting_sign_off, submitted])
def test_a_return_that_is_not_open_takes_and_gives_no_evidence(town, brought_to):
    item = a_file(town.office, town.contributor)
    brought_to(town)
    before = everything_in(town.office)

    for refused in (
        lambda: attach_evidence(town.office, town.contributor, S2_1, item.id),
        lambda: detach_evidence(town.office, town.contributor, S1_1, item.id),
        lambda: a_file(town.office, town.contributor, attach_to=S2_1),
    ):
        with pytest.raises(NotPermittedError, match="cannot be changed now"):
            refused()

    assert everything_in(town.office) == before


def test_evidence_added_to_a_return_that_was_handed_back_puts_it_in_progress(town):
    handed_back(town)

    a_file(town.office, town.contributor)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.IN_PROGRESS


def test_scrutiny_sees_no_evidence_of_a_draft(town):
    item = a_file(town.office, town.contributor)

    with pytest.raises(NotPermittedError, match="has not submitted"):
        attached(town, town.scrutiny)
    with pytest.raises(NotPermittedError, match="as it was when the return was submitted"):
        open_evidence(town.office, town.scrutiny, item.id, 1)


def test_scrutiny_opens_the_evidence_of_a_submitted_return_and_that_is_an_event_of_the_return(town):
    item = a_file(town.office, town.contributor)
    submitted(town)

    opened = open_evidence(town.office, town.scrutiny, item.id, 1)

    assert opened.content == a_pdf()
    assert attached(town, town.scrutiny) == {"S1.1": ["Safeguarding policy"]}
    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert (event.name, event.actor) == ("evidence_opened", town.scrutiny.id)
    assert event.details == {"item": item.id, "revision": 1}


def test_scrutiny_reads_what_was_signed_and_not_what_came_later(town):
    item = a_file(town.office, town.contributor)
    submitted(town)
    town.office.clock.move(hours=1)

    replace_file(town.office, town.contributor, item.id, "later.pdf", a_pdf(pages=2))

    [seen] = evidence_of_return(town.office, town.scrutiny, POLICE_RETURN)["S1.1"]
    assert [one.number for one in seen.revisions] == [1]
    with pytest.raises(NotPermittedError):
        open_evidence(town.office, town.scrutiny, item.id, 2)
    assert open_evidence(town.office, town.contributor, item.id, 2).content == a_pdf(pages=2)


def test_evidence_of_another_cycles_draft_stays_with_the_organisation(town):
    open_a_cycle(town, name="2028")
    used_in_both = a_file(town.office, town.contributor)
    only_later = a_link(town.office, town.contributor, attach_to=QuestionPlace(f"2028.{POLICE}", "S1.1"))
    submitted(town)

    assert open_evidence(town.office, town.scrutiny, used_in_both.id, 1).content
    with pytest.raises(NotPermittedError):
        open_evidence(town.office, town.scrutiny, only_later.id, 1)


def test_once_handed_back_the_evidence_is_the_organisations_again(town):
    item = a_file(town.office, town.contributor)
    hand_back(town.office, town.scrutiny, submitted(town), "Say more")

    with pytest.raises(NotPermittedError):
        open_evidence(town.office, town.scrutiny, item.id, 1)


@pytest.mark.parametrize("reader", ["admin", "board"])
def test_other_roles_of_the_partnership_open_no_evidence(town, reader):
    item = a_file(town.office, town.contributor)
    submitted(town)

    with pytest.raises(NotPermittedError):
        open_evidence(town.office, getattr(town, reader), item.id, 1)


def test_another_organisation_and_a_made_up_number_get_the_one_answer(town):
    item = a_file(town.office, town.contributor)

    for user, number in ((town.fire_contributor, 1), (town.contributor, 2), (town.contributor, 0)):
        with pytest.raises(NotAvailableError):
            open_evidence(town.office, user, item.id, number)


def test_a_file_that_is_gone_from_the_store_is_said_to_be_lost_and_is_not_an_opening(town):
    item = a_file(town.office, town.contributor)
    files = town.office.evidence_files
    files._files.rm(files._path(item.latest.sha256))

    with pytest.raises(EvidenceLostError):
        open_evidence(town.office, town.contributor, item.id, 1)

    assert [event.name for event in events(town, f"organisation:{POLICE}")] == ["evidence_added"]


def test_the_trail_of_evidence_holds(town):
    item = a_file(town.office, town.contributor)
    replace_file(town.office, town.contributor, item.id, "p.pdf", a_pdf(pages=2))
    detach_evidence(town.office, town.contributor, S1_1, item.id)

    assert verify_trail(town.office, town.admin).faults == ()
