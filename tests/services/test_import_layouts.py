"""Files that others laid out: past results on another scale, and surveys as three tools export them."""

import pytest

from section11.errors import BadInputError, NotAvailableError, NotOurFileError, ProblemsFoundError
from section11.services.taking_in.keeping import ImportKind
from section11.services.taking_in.layouts import (
    LEFT_OUT,
    NOT_APPLICABLE,
    ResultsLayout,
    SurveyLayout,
    keep_layout,
    kept_layout,
)
from section11.services.taking_in.responses import likely_subject, response_headings, words_under
from section11.services.taking_in.results import import_results, preview_results, question_columns
from section11.services.taking_in.survey import import_survey, preview_survey, survey_subjects
from section11.workbooks.table_reader import open_table
from tests.services.builders import (
    CYCLE,
    FIRE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    start,
    stored_answers,
)
from tests.services.import_builders import xlsx_file

OLD_SCALE = """Agency;Ref;Grade;Notes
Riverdale Police;S1.1;A;Policy
Riverdale Police;S1.2;D;
Riverdale Fire and Rescue;S1.1;-;
"""
OLD = ResultsLayout(
    {"organisation": "Agency", "question": "Ref", "rating": "Grade", "evidence": "Notes"},
    {"a": "fully_met", "d": "not_met", "-": LEFT_OUT},
)
ANSWERS = ("Strongly agree", "Agree", "Disagree", "Agree", "Don't know", "Agree")


def forms_export():
    """One row of headings, with who answered; a question's words may end with a no-break space."""
    lines = [
        "ID,Start time,Completion time,Email,Name,Where do you work?,S1.1 I know whom to tell,S1.2 I am heard\u00a0"
    ]
    lines += [
        f"{number},1/3/26 9:00,1/3/26 9:05,anonymous,,Riverdale Fire and Rescue,{word},Agree"
        for number, word in enumerate(ANSWERS, start=1)
    ]
    return ("\ufeff" + "\r\n".join(lines)).encode("utf-8")


def surveymonkey_export():
    """Two rows of headings: the second says “Response”, or the parts of a question."""
    lines = [
        "Respondent ID,Collector ID,Start Date,Where do you work?,How far do you agree?,",
        ",,,Response,S1.1 I know whom to tell,S1.2 I am heard",
    ]
    lines += [f"11{number},5,03/01/2026,Riverdale Fire and Rescue,{word},Agree" for number, word in enumerate(ANSWERS)]
    return "\n".join(lines).encode("utf-8")


def smartsurvey_export():
    """Two rows as well, in the character set of old Excel, with semicolons where a text has commas."""
    lines = [
        "UserID;UserNo;Name;1. Where do you work?;2. How far do you agree, all in all?;",
        ";;;;S1.1 – I know whom to tell;S1.2 – I am heard",
    ]
    lines += [f"9{number};{number};;Riverdale Fire and Rescue;{word};Agree" for number, word in enumerate(ANSWERS)]
    return "\r\n".join(lines).encode("cp1252")


EXPORTS = {"forms": forms_export, "surveymonkey": surveymonkey_export, "smartsurvey": smartsurvey_export}


@pytest.fixture(params=list(EXPORTS))
def export(request):
    return EXPORTS[request.param]()


def layout_of(town, export):
    headings = response_headings(export, "export.csv")
    subjects = survey_subjects(town.office, town.admin, CYCLE)
    return SurveyLayout(
        {heading: found for heading in headings if (found := likely_subject(heading, subjects))},
        organisation=next(one for one in headings if "Where do you work" in one),
        agree=["agree", "strongly agree"],
        left_out=["don't know"],
    )


def survey_of(town):
    with town.office.store.reading() as work:
        return [
            (one.organisation_id, one.subject, one.agree, one.responses) for one in work.survey_results.in_cycle(CYCLE)
        ]


def test_a_word_nobody_said_the_meaning_of_is_a_problem_with_its_place_and_nothing_comes_in(town):
    unfinished = ResultsLayout(OLD.columns, {"a": "fully_met"})

    with pytest.raises(ProblemsFoundError) as found:
        import_results(town.office, town.admin, CYCLE, OLD_SCALE.encode(), "old.csv", unfinished)

    assert [problem.place for problem in found.value.problems] == ["row 3", "row 4"]
    assert stored_answers(town, POLICE_RETURN) == {}


@pytest.mark.parametrize("columns", [{"organisation": "Agency"}, {"organisation": "Nowhere", "question": "Ref"}])
def test_columns_that_are_not_all_chosen_are_a_problem(town, columns):
    with pytest.raises((ProblemsFoundError, NotOurFileError)):
        preview_results(town.office, town.admin, CYCLE, OLD_SCALE.encode(), "old.csv", ResultsLayout(columns))


def test_results_on_another_scale_are_tried_out_and_then_taken_in(town):
    found = preview_results(town.office, town.admin, CYCLE, OLD_SCALE.encode(), "old.csv", OLD)
    assert (found.organisations, found.answers) == (1, 2)
    assert stored_answers(town, POLICE_RETURN) == {}

    assert import_results(town.office, town.admin, CYCLE, OLD_SCALE.encode(), "old.csv", OLD) == found

    answers = stored_answers(town, POLICE_RETURN)
    assert {key: (one.rating, one.evidence) for key, one in answers.items()} == {
        "S1.1": ("fully_met", "Policy"),
        "S1.2": ("not_met", ""),
    }
    assert stored_answers(town, FIRE_RETURN) == {}


WIDE = """Agency,1: S1.1 A senior lead,S1.1 notes,Contact,S1.2
Riverdale Police,Fully met,Policy,A person,not met
Riverdale Fire and Rescue,,,,Fully met
"""


def test_a_file_with_a_column_for_each_question_is_taken_in_as_if_it_had_a_row_for_each_answer(town):
    headings = open_table(WIDE.encode(), "wide.csv").columns
    questions = question_columns(town.office, town.admin, CYCLE, headings)
    assert questions == {"1: S1.1 A senior lead": "S1.1", "S1.2": "S1.2"}

    layout = ResultsLayout({"organisation": "Agency"}, questions=questions)
    done = import_results(town.office, town.admin, CYCLE, WIDE.encode(), "wide.csv", layout)

    assert (done.organisations, done.answers) == (2, 3)
    police, fire = stored_answers(town, POLICE_RETURN), stored_answers(town, FIRE_RETURN)
    assert {key: one.rating for key, one in police.items()} == {"S1.1": "fully_met", "S1.2": "not_met"}
    assert {key: one.rating for key, one in fire.items()} == {"S1.2": "fully_met"}


def test_a_fault_in_a_file_with_a_column_for_each_question_names_its_cell(town):
    sheet = xlsx_file([["Agency", "S1.1", "S1.2"], ["Riverdale Police", "Fully met", "splendid"]])
    layout = ResultsLayout({"organisation": "Agency"}, questions={"S1.1": "S1.1", "S1.2": "S1.2"})

    with pytest.raises(ProblemsFoundError) as found:
        import_results(town.office, town.admin, CYCLE, sheet, "wide.xlsx", layout)

    [problem] = found.value.problems
    assert problem.place == "Sheet1!C2"
    assert stored_answers(town, POLICE_RETURN) == {}


def test_a_file_with_a_column_of_ratings_has_no_columns_of_questions(town):
    assert question_columns(town.office, town.admin, CYCLE, ["organisation", "question", "rating", "S1.1"]) == {}


def test_a_word_may_mean_not_applicable(town):
    layout = ResultsLayout(OLD.columns, OLD.ratings | {"-": NOT_APPLICABLE})

    assert import_results(town.office, town.admin, CYCLE, OLD_SCALE.encode(), "o.csv", layout).not_applicable == 1


def test_what_was_chosen_is_kept_for_the_same_headings_in_this_partnership_alone(town):
    elmtree = start(town.office, "Elmtree")
    headings = ("Agency", "Ref", "Grade", "Notes")
    survey = SurveyLayout({"S1.1 =hostile <b>": "S1.1"}, "Where?", ["yes"], ["’"])
    assert kept_layout(town.office, town.admin, PARTNERSHIP, ImportKind.RESULTS, headings) is None

    keep_layout(town.office, town.admin, PARTNERSHIP, headings, OLD)
    keep_layout(town.office, town.admin, PARTNERSHIP, headings, survey)

    assert kept_layout(town.office, town.admin, PARTNERSHIP, ImportKind.RESULTS, headings) == OLD
    assert kept_layout(town.office, town.admin, PARTNERSHIP, ImportKind.SURVEY, headings) == survey
    assert kept_layout(town.office, town.admin, PARTNERSHIP, ImportKind.RESULTS, headings[:2]) is None
    assert kept_layout(town.office, elmtree, "elmtree", ImportKind.RESULTS, headings) is None
    with pytest.raises(NotAvailableError):
        kept_layout(town.office, elmtree, PARTNERSHIP, ImportKind.RESULTS, headings)


def test_the_answers_of_each_person_are_counted_whichever_tool_exported_them(town, export):
    layout = layout_of(town, export)
    assert set(layout.subjects.values()) == {"S1.1", "S1.2"}

    preview = preview_survey(town.office, town.admin, CYCLE, export, "export.csv", layout)
    assert survey_of(town) == []
    assert import_survey(town.office, town.admin, CYCLE, export, "export.csv", layout) == preview

    assert survey_of(town) == [(FIRE, "S1.1", 4, 5), (FIRE, "S1.2", 6, 6)]


def test_the_words_to_choose_from_are_the_answers_themselves(town, export):
    layout = layout_of(town, export)

    assert set(words_under(export, "export.csv", layout.subjects)) == set(ANSWERS)


def test_columns_in_peoples_own_words_are_refused():
    rows = "\n".join(f"{number},Words of person {number}" for number in range(40))

    with pytest.raises(BadInputError, match="own words"):
        words_under(f"ID,Comment\n{rows}".encode(), "export.csv", ["Comment"])


def test_an_organisation_nobody_knows_is_named_once_and_nothing_comes_in(town):
    export = forms_export().replace(b"Riverdale Fire and Rescue", b"=Nowhere <b>")

    with pytest.raises(ProblemsFoundError) as found:
        import_survey(town.office, town.admin, CYCLE, export, "export.csv", layout_of(town, export))

    assert {problem.place for problem in found.value.problems} == {"row 2"}
    assert survey_of(town) == []


def test_without_a_column_there_is_nothing_to_count(town):
    with pytest.raises(BadInputError, match="Choose at least one column"):
        preview_survey(town.office, town.admin, CYCLE, forms_export(), "export.csv", SurveyLayout({}))


def test_fewer_than_five_people_are_left_out(town):
    export = forms_export().replace(b"Riverdale Fire and Rescue", b"Riverdale Police", 3)

    found = preview_survey(town.office, town.admin, CYCLE, export, "export.csv", layout_of(town, export))

    assert (found.results, found.too_few) == (0, 4)


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("S1.1 I know", "S1.1"),
        ("Question s1.1: I know", "S1.1"),
        ("S1.10 is another", ""),
        ("xS1.1", ""),
        ("About S11-01 (leadership)", "S11-01"),
        ("Nothing", ""),
    ],
)
def test_a_heading_names_a_question_only_by_its_whole_id(heading, subject):
    assert likely_subject(heading, ["S1.1", "S1.2", "S11-01"]) == subject
