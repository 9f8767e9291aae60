"""Importing a staff survey: all or nothing, small groups left out, and a second file replaces the first."""

import pytest

from section11.domain.cycles import CycleStatus
from section11.domain.organisations import Organisation
from section11.domain.people import OPERATOR
from section11.domain.survey import SurveyResult, SurveyShare, shares_for
from section11.errors import BadInputError, NotAvailableError, NotOurFileError, NotPermittedError, ProblemsFoundError
from section11.services.taking_in.survey import SurveyImported, import_survey, preview_survey
from tests.services.import_builders import (
    ADMIN,
    CYCLE_ID,
    ELMTREE,
    ELMTREE_ADMIN,
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

NO_FORM = Organisation("late-joiner", "Late Joiner", "faith")
FILE = csv_file(
    """
    organisation,question,agree,responses
    RIVERDALE POLICE,1.1,14,37
    riverdale-police,1.2,"1,030","1,200"
    oakfield,1.1,0,5
    oakfield,1.2,3,4
    ,1.1,200,260
    """
)


@pytest.fixture(autouse=True)
def members(office):
    with_partnerships(office)
    with_members(office, POLICE, OAKFIELD, NO_FORM)


def run(office, content=FILE, *, user=ADMIN, cycle_id=CYCLE_ID):
    return import_survey(office, user, cycle_id, content, "survey.csv")


def stored(office):
    with office.store.reading() as work:
        return work.survey_results.in_cycle(CYCLE_ID)


def problems_in(office, content, *, user=ADMIN):
    before = stored(office)
    for take_in in (preview_survey, import_survey):
        with pytest.raises(ProblemsFoundError) as refused:
            take_in(office, user, CYCLE_ID, content, "survey.csv")
    assert stored(office) == before
    assert events_in(office, f"partnership:{RIVERDALE.id}") == []
    return [str(problem) for problem in refused.value.problems]


def test_every_fault_is_named_with_its_place_and_nothing_comes_in(office):
    with_cycle(office, [POLICE, OAKFIELD])

    assert problems_in(
        office,
        csv_file(
            """
            organisation,question,agree,responses
            oakfeld,1.1,3,10
            late-joiner,1.1,3,10
            oakfield,9.9,3,10
            oakfield,,3,10
            oakfield,1.1,60%,10
            oakfield,1.1,3,
            oakfield,1.1,-3,2.5
            oakfield,1.2,11,10
            oakfield,1.3,3,10
            oakfield,1.3,4,10
            """
        ),
    ) == [
        'row 2: "oakfeld" is not an organisation here. Did you mean "Oakfield Primary School" (oakfield)?',
        "row 3: Late Joiner has no form in this cycle. Remove the row.",
        'row 4: "9.9" is not a rated question of the set that is answered here. Write an id as the set has it.',
        "row 5: The row names no question and no arrangement. Write the id of one.",
        'row 6: "60%" is not a number of people who agree. Write how many, as a whole number and not as a share.',
        "row 7: The number of responses is missing. Write a whole number.",
        'row 8: "2.5" is not a number of responses. Write how many, as a whole number and not as a share.',
        'row 8: "-3" is not a number of people who agree. Write how many, as a whole number and not as a share.',
        "row 9: 11 agree, but only 10 answered. Put one of the two numbers right.",
        "row 11: 1.3 has a result for the same people in an earlier row. Keep one of the two.",
    ]


def test_columns_that_are_missing_or_unknown_are_named(office):
    with_cycle(office, [OAKFIELD])

    assert problems_in(office, csv_file("organisation,agre,responses\noakfield,3,10")) == [
        'row 1: The column "agree" is missing. Add it.',
        'row 1: The column "agre" is not known. Did you mean "agree"?',
        'row 1: There is neither a column "question" nor a column "arrangement". Add one of them.',
    ]


def test_results_are_kept_by_organisation_and_for_everybody_without_small_groups(office):
    with_cycle(office, [POLICE, OAKFIELD])

    assert run(office) == SurveyImported(results=4, replaced=0, too_few=1)

    assert stored(office) == [
        SurveyResult("riverdale", None, "1.1", 200, 260),
        SurveyResult("riverdale", "oakfield", "1.1", 0, 5),
        SurveyResult("riverdale", "riverdale-police", "1.1", 14, 37),
        SurveyResult("riverdale", "riverdale-police", "1.2", 1030, 1200),
    ]
    [event] = events_in(office, "partnership:riverdale")
    assert (event.name, event.details["results"], event.details["cycle"]) == ("survey_imported", 4, CYCLE_ID)


def test_a_preview_says_the_same_and_changes_nothing(office):
    with_cycle(office, [POLICE, OAKFIELD])

    assert preview_survey(office, ADMIN, CYCLE_ID, FILE, "survey.csv") == SurveyImported(4, 0, 1)

    assert stored(office) == []
    assert events_in(office, "partnership:riverdale") == []


def test_the_same_people_and_question_again_are_replaced_and_the_rest_stays(office):
    with_cycle(office, [POLICE, OAKFIELD])
    run(office)

    done = run(office, csv_file("organisation,question,agree,responses\noakfield,1.1,7,8\noakfield,1.3,7,8"))

    assert done == SurveyImported(results=2, replaced=1, too_few=0)
    of_oakfield = [one for one in stored(office) if one.organisation_id == "oakfield"]
    assert [(one.subject, one.agree) for one in of_oakfield] == [("1.1", 7), ("1.3", 7)]
    assert len(stored(office)) == 5


def test_a_workbook_with_numbers_is_read_and_its_cells_are_named(office):
    with_cycle(office, [OAKFIELD])
    rows = [["Organisation", "Question", "Agree", "Responses"], ["oakfield", 1.1, 6, 12.0], ["oakfield", 1.2, "x", 12]]

    assert problems_in(office, xlsx_file(rows))[0].startswith('Sheet1!C3: "x" is not a number of people who agree.')
    assert run(office, xlsx_file(rows[:2])).results == 1
    assert stored(office) == [SurveyResult("riverdale", "oakfield", "1.1", 6, 12)]


def test_an_arrangement_the_set_does_not_test_is_refused(office):
    with_cycle(office, [OAKFIELD])
    content = csv_file("organisation,arrangement,agree,responses\noakfield,S11-01,3,10")

    assert problems_in(office, content) == [
        'row 2: "S11-01" is not an arrangement of the set that is answered here. Write an id as the set has it.'
    ]


def test_in_a_joint_cycle_an_administrator_imports_for_their_own_partnership_alone(office):
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)
    with_cycle(office, [POLICE, ELMTREE_POLICE], partnerships=[RIVERDALE, ELMTREE])
    theirs = csv_file("organisation,question,agree,responses\nelmtree-police,1.1,3,10")
    everybody = csv_file("question,agree,responses\n1.1,30,100")

    assert "is not an organisation here" in problems_in(office, theirs)[0]
    assert "Several partnerships run this cycle" in problems_in(office, everybody, user=OPERATOR)[0]
    run(office, everybody, user=ELMTREE_ADMIN)
    assert stored(office) == [SurveyResult("elmtree", None, "1.1", 30, 100)]


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
    assert stored(office) == []


def test_a_result_of_ones_own_comes_before_that_of_everybody_and_partnerships_are_added_up():
    results = [
        SurveyResult("riverdale", None, "1.1", 90, 100),
        SurveyResult("riverdale", None, "1.2", 50, 100),
        SurveyResult("elmtree", None, "1.2", 10, 100),
        SurveyResult("faraway", None, "1.2", 1, 9),
        SurveyResult("riverdale", "police", "1.1", 4, 10),
        SurveyResult("riverdale", "fire", "1.2", 1, 10),
    ]

    assert shares_for(results, "police", {"riverdale", "elmtree"}) == {
        "1.1": SurveyShare(4, 10),
        "1.2": SurveyShare(60, 200, is_own=False),
    }
