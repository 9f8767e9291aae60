"""What a careful reader would ask: the organisation sees it before signing, scrutiny once it is submitted."""

from datetime import date

import pytest

from section11.domain.answers import Action, Marker
from section11.domain.people import OPERATOR, Role
from section11.errors import NotAvailableError, NotPermittedError
from section11.services.answering import save_action, view_assessment
from section11.services.cycles import close_cycle, create_cycle, open_cycle
from section11.services.readings import (
    notices_of_cycle,
    notices_of_own_return,
    notices_of_return,
    readings_stamp,
)
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.survey import import_survey
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    MINDER_RETURN,
    POLICE,
    POLICE_RETURN,
    SET_ID,
    a_quiet_town,
    answer,
    event_names,
    in_progress,
    invite,
    open_a_cycle,
    start,
    submitted,
)
from tests.services.evidence_builders import a_link

LONG = "The board looks at this in each of its meetings, last in January 2026."


def seen(notices):
    return [(one.check, one.question_ids) for one in notices]


def own(town, assessment_id=POLICE_RETURN):
    return seen(notices_of_own_return(town.office, town.contributor, assessment_id))


def test_an_untouched_return_gives_nothing_to_ask(town):
    assert own(town) == []


def test_a_complete_return_may_still_raise_questions_before_it_is_signed(town):
    in_progress(town)
    assert own(town) == []  # its one text is a short one
    for question_id in ("S1.1", "S1.2", "S2.1"):
        answer(town, town.contributor, POLICE_RETURN, question_id, evidence=LONG)
    answer(town, town.contributor, POLICE_RETURN, "S2.2", evidence="Mr Smith of 2020")

    assert own(town) == [
        ("identifying", ("S2.2",)),
        ("same-text", ("S1.1", "S1.2", "S2.1")),
        ("old-evidence", ("S2.2",)),
    ]


def test_the_duty_of_the_organisation_decides_what_may_be_left_out(town):
    for user, return_id, questions in (
        (town.contributor, POLICE_RETURN, ("S1.1", "S1.2", "S2.1", "S2.2")),
        (town.minder, MINDER_RETURN, ("S1.1", "S1.2", "S2.1")),
    ):
        for question_id in questions:
            answer(town, user, return_id, question_id, marker=Marker.NOT_APPLICABLE, reason="Not here.")

    assert own(town) == [("must-answer", ("S1.1", "S1.2", "S2.1", "S2.2"))]
    assert seen(notices_of_own_return(town.office, town.minder, MINDER_RETURN)) == [("must-answer", ("S1.1",))]


def test_scrutiny_reads_them_only_while_the_return_is_submitted(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met")
    with pytest.raises(NotPermittedError):
        notices_of_return(town.office, town.scrutiny, POLICE_RETURN)

    submitted(town)
    while_submitted = notices_of_return(town.office, town.scrutiny, POLICE_RETURN)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.")

    assert while_submitted == []
    with pytest.raises(NotPermittedError):
        notices_of_return(town.office, town.scrutiny, POLICE_RETURN)


def test_an_action_date_is_compared_with_the_day_of_signing_once_signed(town):
    in_progress(town)
    soon = Action("S1.1", "Train every manager", "Head of training", date(2026, 3, 10))
    save_action(town.office, town.contributor, POLICE_RETURN, soon)
    assert own(town) == []
    submitted(town)

    town.office.clock.move(days=60)

    assert notices_of_return(town.office, town.scrutiny, POLICE_RETURN) == []
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.")
    assert own(town) == [("past-action-date", ("S1.1",))]


def test_the_list_of_a_cycle_has_submitted_returns_alone_and_is_sorted_by_weight(town):
    in_progress(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", evidence="")
    answer(town, town.contributor, POLICE_RETURN, "S2.1", evidence="Ask Mr Smith")
    signed_as_it_is(town, POLICE_RETURN)
    answer(town, town.fire_contributor, FIRE_RETURN, "S1.1", rating="not_met")

    found = notices_of_cycle(town.office, town.scrutiny, CYCLE)

    assert found.returns_read == 1
    assert [(one.organisation.id, one.notice.check) for one in found.notices] == [
        (POLICE, "identifying"),
        (POLICE, "fully-met-without-evidence"),
    ]
    assert [one.notice for one in found.notices] == notices_of_return(town.office, town.scrutiny, POLICE_RETURN)


def two_cycles(town, *, now):
    """Sign the police return of 2024 with a low S1.2, and answer it better in 2026 with the words given."""
    first = open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    in_progress(town, f"{first}.{POLICE}")
    answer(town, town.contributor, f"{first}.{POLICE}", "S1.2", rating="not_met", evidence="Some staff are trained.")
    signed_as_it_is(town, f"{first}.{POLICE}")
    close_cycle(town.office, town.admin, first)
    open_a_cycle(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", rating="fully_met", evidence=now)


def signed_as_it_is(town, assessment_id):
    send_for_sign_off(town.office, town.contributor, assessment_id)
    sign_off(town.office, town.approver, assessment_id, agreed=True)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("Some staff are trained.", [("jump", ("S1.2",))]),
        ("All 240 staff were trained by outside experts between May and January 2026.", []),
    ],
)
def test_a_jump_since_the_last_return_needs_new_evidence(office, tmp_path, now, expected):
    town = a_quiet_town(office, tmp_path)
    two_cycles(town, now=now)

    assert own(town) == expected


def test_the_period_begins_the_day_after_the_last_return_was_due(office, tmp_path):
    town = a_quiet_town(office, tmp_path)
    two_cycles(town, now="Every manager of the service was trained and examined on 31 March 2024.")

    [notice] = notices_of_own_return(town.office, town.contributor, POLICE_RETURN)

    assert notice.check == "old-evidence"
    assert "before this period began (1 April 2024)" in notice.message


def test_what_was_returned_to_another_partnership_alone_is_not_told(office, tmp_path):
    """The police are in Elmtree too and answered there first; Riverdale learns nothing of that rating."""
    town = a_quiet_town(office, tmp_path)
    admin = start(office, "Elmtree")
    import_organisations(
        town.office, OPERATOR, "elmtree", b"id,name,type\nriverdale-police,Riverdale Police,police-force\n", "o.csv"
    )
    cycle = create_cycle(
        town.office, admin, name="Elmtree 2024", due=date(2024, 3, 31), set_ids_by_type={"*": SET_ID},
        partnership_ids=frozenset({"elmtree"}),
    )  # fmt: skip
    open_cycle(town.office, admin, cycle.id)
    there = f"{cycle.id}.{POLICE}"
    in_progress(town, there)
    answer(town, town.contributor, there, "S1.2", rating="not_met", evidence="Some staff are trained.")
    signed_as_it_is(town, there)
    open_a_cycle(town)
    in_progress(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", rating="fully_met", evidence="Some staff are trained.")

    assert own(town) == []
    assert view_assessment(town.office, town.contributor, POLICE_RETURN).earlier == {}
    assert "carried_forward" not in event_names(town, POLICE_RETURN)


def test_a_file_or_link_under_a_question_is_evidence_too(town):
    for question_id in ("S1.1", "S1.2"):
        answer(town, town.contributor, POLICE_RETURN, question_id, rating="fully_met")
    a_link(town.office, town.contributor)

    assert own(town) == [("fully-met-without-evidence", ("S1.2",))]


SURVEY = b"organisation,question,agree,responses\nriverdale-police,S1.2,3,10\n"


def test_a_staff_survey_far_below_the_rating_is_noticed(town):
    in_progress(town)
    import_survey(town.office, town.admin, CYCLE, SURVEY, "survey.csv")

    assert own(town) == [("staff-disagree", ("S1.2",))]


def test_another_organisations_survey_is_not_told(town):
    in_progress(town)
    import_survey(town.office, town.admin, CYCLE, SURVEY.replace(b"police", b"fire"), "survey.csv")

    assert own(town) == []


def test_the_stamp_changes_with_every_return_and_survey_that_comes_in_and_not_with_drafts(town):
    at_first = readings_stamp(town.office, CYCLE)
    in_progress(town)
    with_a_draft = readings_stamp(town.office, CYCLE)
    signed_as_it_is(town, POLICE_RETURN)
    with_a_return = readings_stamp(town.office, CYCLE)
    import_survey(town.office, town.admin, CYCLE, SURVEY, "survey.csv")
    with_a_survey = readings_stamp(town.office, CYCLE)

    assert at_first == with_a_draft
    assert len({at_first, with_a_return, with_a_survey}) == 3
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.")
    assert readings_stamp(town.office, CYCLE) not in {with_a_return, with_a_survey}


def test_what_was_noticed_before_is_kept_for_the_returns_that_did_not_change_and_for_no_other(town):
    kept = {}
    submitted(town)

    def told():
        fresh = notices_of_cycle(town.office, town.scrutiny, CYCLE).notices
        assert notices_of_cycle(town.office, town.scrutiny, CYCLE, kept).notices == fresh
        return fresh

    first, noticed_at_first = told(), set(kept)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more.")
    assert told() == ()
    in_progress(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.2", rating="fully_met", evidence="Mr Smith of 2020")
    signed_as_it_is(town, POLICE_RETURN)
    assert told() != first
    import_survey(town.office, town.admin, CYCLE, SURVEY, "survey.csv")
    told()

    assert kept
    assert not noticed_at_first & set(kept)


def test_a_scrutiny_lead_of_elsewhere_learns_nothing(town):
    start(town.office, "Elmtree")
    stranger = invite(town.office, Role.SCRUTINY_LEAD, partnership_id="elmtree")
    submitted(town)

    for call, target in ((notices_of_return, POLICE_RETURN), (notices_of_cycle, CYCLE)):
        with pytest.raises(NotAvailableError):
            call(town.office, stranger, target)
