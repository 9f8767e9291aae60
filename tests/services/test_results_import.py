"""Importing past results: answers without a signature or a date, all or nothing, never over what is there."""

import csv
import hashlib

import pytest

from section11.domain.answers import Answer, Marker
from section11.domain.cycles import CycleStatus
from section11.domain.organisations import Organisation
from section11.domain.people import OPERATOR
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError, NotAvailableError, NotOurFileError, NotPermittedError, ProblemsFoundError
from section11.services.taking_in.results import NOT_RATED, import_results
from tests.services.import_builders import (
    ADMIN,
    CYCLE_ID,
    DATA,
    ELMTREE,
    ELMTREE_POLICE,
    OAKFIELD,
    POLICE,
    POLICE_APPROVER,
    RIVERDALE,
    SCRUTINY,
    csv_file,
    events_in,
    with_cycle,
    with_members,
    with_partnerships,
    xlsx_file,
)

HOUSING = Organisation("housing", "Housing", "housing-provider")
NO_FORM = Organisation("late-joiner", "Late Joiner", "faith")
FILE = csv_file(
    """
    organisation,question,rating,evidence
    RIVERDALE POLICE,1.1,Green,Policy of 2024
    riverdale-police,1.2,AMBER,
    riverdale-police,1.3,grey,
    oakfield,1.1,red,
    """
)


@pytest.fixture(autouse=True)
def members(office):
    with_partnerships(office)
    with_members(office, POLICE, OAKFIELD, HOUSING, NO_FORM)


def run(office, content=FILE, *, user=ADMIN, cycle_id=CYCLE_ID):
    return import_results(office, user, cycle_id, content, "results.csv")


def rows_by_organisation(office):
    with office.store.reading() as work:
        return {row.assessment.organisation_id: row for row in work.assessments.in_cycle(CYCLE_ID)}


def answers_of(office, organisation_id):
    with office.store.reading() as work:
        return work.answers.of_assessment(f"{CYCLE_ID}.{organisation_id}")


def problems_in(office, content):
    before = rows_by_organisation(office)
    with pytest.raises(ProblemsFoundError) as refused:
        run(office, content)
    assert rows_by_organisation(office) == before
    return [str(problem) for problem in refused.value.problems]


def test_ratings_become_the_answers_of_each_organisation(office):
    with_cycle(office, [POLICE, OAKFIELD, HOUSING])

    done = run(office)

    assert (done.organisations, done.answers, done.not_applicable) == (2, 4, 1)
    written = {"version": 1, "updated_at": office.clock(), "updated_by": ADMIN.id}
    assert answers_of(office, "riverdale-police") == {
        "1.1": Answer("1.1", rating="green", evidence="Policy of 2024", **written),
        "1.2": Answer("1.2", rating="amber", **written),
        "1.3": Answer("1.3", marker=Marker.NOT_APPLICABLE, reason=NOT_RATED, **written),
    }
    assert set(answers_of(office, "oakfield")) == {"1.1"}
    assert answers_of(office, "housing") == {}


def test_the_returns_are_submitted_without_claiming_a_signature_or_a_date(office):
    with_cycle(office, [POLICE, OAKFIELD, HOUSING])

    run(office)

    police, housing = rows_by_organisation(office)["riverdale-police"], rows_by_organisation(office)["housing"]
    assert police.assessment.status is AssessmentStatus.SUBMITTED
    assert (police.assessment.signed_at, police.assessment.signed_by) == (None, None)
    assert (police.assessment.revision, police.progress.settled, police.progress.asked) == (1, 3, 6)
    assert (housing.assessment.status, housing.assessment.revision) == (AssessmentStatus.NOT_STARTED, 0)


def test_each_assessment_has_one_event_about_the_file(office):
    with_cycle(office, [POLICE, OAKFIELD])

    run(office)

    [event] = events_in(office, "assessment:2024.riverdale-police")
    assert (event.name, event.actor) == ("results_imported", ADMIN.id)
    assert event.details == {"file_sha256": hashlib.sha256(FILE).hexdigest(), "answers": 3, "not_applicable": 1}
    assert len(events_in(office, "assessment:2024.oakfield")) == 1


def test_the_published_matrix_comes_in_with_its_known_totals(office):
    content = (DATA / "published-matrix-12-agencies.csv").read_bytes()
    names = sorted({row["organisation"] for row in csv.DictReader(content.decode().splitlines())})
    agencies = [
        Organisation(f"agency-{number}", name, "other") for number, name in enumerate(names) if name != "Housing"
    ]
    with_members(office, *agencies)
    with_cycle(office, [*agencies, OAKFIELD, Organisation("housing", "Housing", "other")])

    with pytest.raises(ProblemsFoundError) as refused:
        run(office, content)
    assert [problem.message for problem in refused.value.problems] == [
        "Question 1.6 is not asked of Housing. Remove the row."
    ]

    done = run(office, content.replace(b"Housing,1.6,grey\r\n", b"").replace(b"Housing,1.6,grey\n", b""))

    assert (done.organisations, done.answers, done.not_applicable) == (12, 71, 2)
    ratings = [one.rating for agency in [*agencies, HOUSING] for one in answers_of(office, agency.id).values()]
    assert (ratings.count("green"), ratings.count("amber"), ratings.count(None)) == (66, 3, 2)


def test_every_fault_of_every_row_is_named_at_once_and_nothing_is_imported(office):
    with_cycle(office, [POLICE, OAKFIELD, HOUSING])
    content = csv_file(
        """
        organisation,question,rating
        oakfield,1.1,green
        oakfield,1.1,amber
        oakfield,9.9,purple
        oakfield,,
        housing,1.6,green
        late-joiner,1.1,green
        Oakfeld,1.2,green
        """
    )

    choices = "Write one of: Green, Amber, Red, n/a, grey; or remove the row where nothing was answered."
    assert problems_in(office, content) == [
        "row 3: Oakfield Primary School has a rating for 1.1 in an earlier row. Keep one of the two.",
        'row 4: "9.9" is not a question of Past audit. Write an id as the set has it.',
        f'row 4: "purple" is not a rating. {choices}',
        "row 5: The question is missing. Write its id.",
        f"row 5: The rating is missing. {choices}",
        "row 6: Question 1.6 is not asked of Housing. Remove the row.",
        "row 7: Late Joiner has no form in this cycle. Add the missing forms, or remove the row.",
        'row 8: "Oakfeld" is not an organisation here. Did you mean "Oakfield Primary School" (oakfield)?',
    ]
    assert answers_of(office, "oakfield") == {}
    assert events_in(office, "assessment:2024.oakfield") == []


def test_a_workbook_with_numbers_for_questions_is_read(office):
    with_cycle(office, [OAKFIELD])
    run(office, xlsx_file([["Organisation", "Question", "Rating"], ["oakfield", 1.1, "Green"]]))
    assert answers_of(office, "oakfield")["1.1"].rating == "green"


def test_a_fault_in_a_workbook_names_its_cell(office):
    with_cycle(office, [OAKFIELD])
    content = xlsx_file([["Organisation", "Question", "Rating"], ["oakfield", 1.1, "Blue"]], title="2024")
    assert problems_in(office, content)[0].startswith('2024!C2: "Blue" is not a rating.')


def test_an_organisation_with_answers_is_left_as_it_is(office):
    with_cycle(office, [POLICE, OAKFIELD])
    run(office, csv_file("organisation,question,rating\noakfield,1.2,red"))

    assert problems_in(office, FILE) == [
        "row 5: This organisation has answers in this cycle already. Remove its rows; nothing is overwritten."
    ]
    assert set(answers_of(office, "oakfield")) == {"1.2"}
    assert answers_of(office, "riverdale-police") == {}


def test_a_return_that_waits_for_its_signature_is_left_as_it_is(office):
    with_cycle(office, [OAKFIELD])
    with office.store.writing() as work:
        work.assessments.set_status("2024.oakfield", AssessmentStatus.AWAITING_SIGN_OFF)
        work.commit()

    assert problems_in(office, csv_file("organisation,question,rating\noakfield,1.2,red")) == [
        "row 2: The return of this organisation is awaiting sign-off already. Remove its rows."
    ]


def test_a_name_of_two_organisations_must_be_written_as_an_id(office):
    with_members(office, Organisation("oakfield-2", "Oakfield Primary School", "school-maintained"))
    with_cycle(office, [OAKFIELD])
    assert problems_in(office, csv_file("organisation,question,rating\nOakfield Primary School,1.1,red")) == [
        'row 2: 2 organisations are called "Oakfield Primary School". Write the id instead: oakfield, oakfield-2.'
    ]


def test_in_a_joint_cycle_an_administrator_imports_for_their_own_partnership_alone(office):
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)
    with_cycle(office, [POLICE, ELMTREE_POLICE], partnerships=[RIVERDALE, ELMTREE])
    content = csv_file("organisation,question,rating\nelmtree-police,1.1,red")

    assert "is not an organisation here" in problems_in(office, content)[0]
    assert run(office, content, user=OPERATOR).answers == 1


def test_a_cycle_must_be_opened_first(office):
    with_cycle(office, [], status=CycleStatus.PREPARING)
    with pytest.raises(BadInputError, match="has not been opened yet"):
        run(office)


def test_a_file_of_something_else_is_refused(office):
    with_cycle(office, [OAKFIELD])
    with pytest.raises(NotOurFileError):
        run(office, csv_file("colour,size\nred,7"))


@pytest.mark.parametrize(("user", "error"), [(SCRUTINY, NotPermittedError), (POLICE_APPROVER, NotAvailableError)])
def test_only_those_who_may_import_results_do(office, user, error):
    with_cycle(office, [POLICE, OAKFIELD])
    with pytest.raises(error):
        run(office, user=user)
    assert answers_of(office, "oakfield") == {}


def test_a_cycle_that_does_not_exist_is_not_available(office):
    with pytest.raises(NotAvailableError):
        run(office, user=OPERATOR, cycle_id="1999")
