"""Scrutiny: progress of every return, the answers of those submitted, and handing back with a reason."""

from datetime import date

import pytest

from section11.domain.assessments import Progress, assessment_id_for
from section11.domain.people import OPERATOR, Role
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, NotPermittedError, TransitionNotAllowedError
from section11.services.answering import view_assessment
from section11.services.collating import collate, cycle_figures
from section11.services.cycles import create_cycle, open_cycle
from section11.services.excel_returns import download_return
from section11.services.scrutiny import hand_back, list_own_returns, list_returns, read_return
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.taking_in.organisations import import_organisations
from tests.services.builders import (
    CYCLE,
    FIRE,
    MINDER_RETURN,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    SET_ID,
    answer,
    answer_everything,
    awaiting_sign_off,
    event_names,
    events,
    handed_back,
    in_progress,
    invite,
    open_a_cycle,
    start,
    stored_assessment,
    submitted,
)

ELMTREE = "elmtree"


def test_scrutiny_follows_the_progress_of_every_return_by_name(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met")
    submitted_answers = collate(town.office, town.scrutiny, CYCLE)

    found = list_returns(town.office, town.scrutiny, CYCLE)

    lines = [(one.organisation.name, one.assessment.status.value, one.progress) for one in found.lines]
    assert lines == [
        ("Blue Light Group", "not_started", Progress(0, 4)),
        ("Lily Lane Childminding", "not_started", Progress(0, 3)),
        ("Riverdale Fire and Rescue", "not_started", Progress(0, 4)),
        ("Riverdale Police", "in_progress", Progress(1, 4)),
    ]
    assert all(one.answers == {} for one in submitted_answers.returns)


@pytest.mark.parametrize("brought_to", [in_progress, awaiting_sign_off, handed_back])
def test_a_return_that_is_not_submitted_keeps_its_answers_from_scrutiny(sqlite_town, brought_to):
    town = sqlite_town
    brought_to(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(NotPermittedError, match="has not submitted this return"):
        read_return(town.office, town.scrutiny, POLICE_RETURN)
    with pytest.raises(NotPermittedError):
        download_return(town.office, town.scrutiny, POLICE_RETURN)

    assert event_names(town, POLICE_RETURN) == trace
    [police] = [one for one in collate(town.office, town.scrutiny, CYCLE).returns if one.organisation.id == POLICE]
    assert (police.answers, police.actions) == ({}, {})
    assert cycle_figures(town.office, town.scrutiny, CYCLE)


def test_reading_a_submitted_return_is_an_event_once_and_not_each_time_the_page_is_drawn(town):
    submitted(town)

    view = read_return(town.office, town.scrutiny, POLICE_RETURN)
    read_return(town.office, town.scrutiny, POLICE_RETURN, first_look=False)

    assert {one.rating for one in view.answers.values()} == {"fully_met"}
    assert (view.can_edit, view.can_sign_off, view.can_hand_back) == (False, False, True)
    assert event_names(town, POLICE_RETURN).count("return_read") == 1
    assert events(town, f"assessment:{POLICE_RETURN}")[-1].actor == town.scrutiny.id


def test_a_return_is_handed_back_with_a_reason_the_organisation_sees(town):
    submitted(town)

    hand_back(town.office, town.scrutiny, POLICE_RETURN, "  Say more about S1.1. \n")

    view = view_assessment(town.office, town.contributor, POLICE_RETURN)
    assert view.assessment.status is AssessmentStatus.HANDED_BACK
    assert view.assessment.hand_back_reason == "Say more about S1.1."
    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    details = {"reason": "Say more about S1.1.", "questions": [], "cycle_closed": False}
    assert (event.name, event.details) == ("handed_back", details)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_handed_back(sqlite_town, reason):
    town = sqlite_town
    submitted(town)

    with pytest.raises(BadInputError, match="Say what needs more work"):
        hand_back(town.office, town.scrutiny, POLICE_RETURN, reason)

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED


@pytest.mark.parametrize("brought_to", [in_progress, awaiting_sign_off, handed_back])
def test_only_a_submitted_return_is_handed_back(sqlite_town, brought_to):
    town = sqlite_town
    brought_to(town)
    before, trace = stored_assessment(town, POLICE_RETURN), event_names(town, POLICE_RETURN)

    with pytest.raises(TransitionNotAllowedError):
        hand_back(town.office, town.scrutiny, POLICE_RETURN, "More work")

    assert stored_assessment(town, POLICE_RETURN) == before
    assert event_names(town, POLICE_RETURN) == trace


def test_a_handed_back_return_is_signed_again_and_the_reason_goes(town):
    handed_back(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More about S1.1")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    signed = stored_assessment(town, POLICE_RETURN)

    assert (signed.status, signed.hand_back_reason) == (AssessmentStatus.SUBMITTED, "")
    assert read_return(town.office, town.scrutiny, POLICE_RETURN).answers["S1.1"].evidence == "More about S1.1"


def test_people_see_the_returns_of_their_own_organisation_and_its_sites_the_latest_cycle_first(town):
    open_a_cycle(town, name="2028", due=date(2028, 3, 31))
    group = invite(town.office, Role.CONTRIBUTOR, organisation_id="blue-light")

    def own(user):
        return [line.assessment.id for _, line in list_own_returns(town.office, user)]

    assert own(town.contributor) == ["2028.riverdale-police", POLICE_RETURN]
    assert own(town.minder) == ["2028.lily-lane", MINDER_RETURN]
    assert own(group) == ["2028.blue-light", "2028.riverdale-police", "2026.blue-light", POLICE_RETURN]
    assert own(town.scrutiny) == []


def test_a_cycle_of_another_partnership_is_not_open_to_scrutiny_of_an_organisation_that_is_in_both(town):
    """Riverdale Police also belong to Elmtree. Riverdale's own cycle is no business of Elmtree's scrutiny lead."""
    start(town.office, "Elmtree")
    elmtree_scrutiny = invite(town.office, Role.SCRUTINY_LEAD, partnership_id=ELMTREE)
    shares_the_police(town)
    submitted(town)
    trace = event_names(town, POLICE_RETURN)

    with pytest.raises(NotAvailableError):
        list_returns(town.office, elmtree_scrutiny, CYCLE)
    for call in (read_return, download_return):
        with pytest.raises(NotAvailableError):
            call(town.office, elmtree_scrutiny, POLICE_RETURN)
    with pytest.raises(NotAvailableError):
        hand_back(town.office, elmtree_scrutiny, POLICE_RETURN, "We want more")

    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED
    assert event_names(town, POLICE_RETURN) == trace


def test_each_partnership_of_a_joint_cycle_reads_the_one_return_they_share(town):
    start(town.office, "Elmtree")
    elmtree_scrutiny = invite(town.office, Role.SCRUTINY_LEAD, partnership_id=ELMTREE)
    shares_the_police(town)
    joint_cycle(town)
    joint_return = submitted(town, assessment_id_for("joint", POLICE))

    for scrutiny in (town.scrutiny, elmtree_scrutiny):
        shown = {line.organisation.id for line in list_returns(town.office, scrutiny, "joint").lines}
        assert POLICE in shown
        assert set(read_return(town.office, scrutiny, joint_return).answers) == {"S1.1", "S1.2", "S2.1", "S2.2"}


def test_in_a_joint_cycle_whoever_has_a_return_in_the_figures_may_also_open_it(sqlite_town):
    town = sqlite_town
    """The fire service belongs to Riverdale alone, and its answers count in the cycle of both."""
    start(town.office, "Elmtree")
    elmtree_scrutiny = invite(town.office, Role.SCRUTINY_LEAD, partnership_id=ELMTREE)
    joint_cycle(town)
    fire_return = assessment_id_for("joint", FIRE)
    answer_everything(town, town.fire_contributor, fire_return)
    send_for_sign_off(town.office, town.fire_contributor, fire_return)
    sign_off(town.office, town.fire_approver, fire_return, agreed=True)

    for scrutiny in (town.scrutiny, elmtree_scrutiny):
        collated = collate(town.office, scrutiny, "joint")
        [counted] = [one.assessment_id for one in collated.returns if one.answers]
        assert read_return(town.office, scrutiny, counted).answers


def shares_the_police(town):
    content = b"id,name,type,parent\nriverdale-police,Riverdale Police,police-force,blue-light\n"
    import_organisations(town.office, OPERATOR, ELMTREE, content, "organisations.csv")
    with town.office.store.reading() as work:
        assert work.organisations.partnership_ids_of(POLICE) == {PARTNERSHIP, ELMTREE}


def joint_cycle(town):
    create_cycle(
        town.office,
        OPERATOR,
        name="Joint",
        due=date(2026, 6, 30),
        set_ids_by_type={"*": SET_ID},
        partnership_ids=frozenset({PARTNERSHIP, ELMTREE}),
    )
    open_cycle(town.office, OPERATOR, "joint")
