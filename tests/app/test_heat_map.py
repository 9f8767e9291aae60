"""The heat map over all sets: which words it has, how it is chosen and filtered, and that it mixes no scales.

Worked out by hand from the sets' files. About S11-05 ask: section11-2026 S2.5, S6.1 (essential), S6.2, S6.3, S6.4;
education-2026 E6.1 (essential), E6.2, E6.3; early-years-2026 Y6.3; childminders-2026 C5.3; voluntary-2026 V7.3.
About S11-12: S5.2 and S11.1 (essential); E5.3 and E11.1 (essential); Y5.1; C2.3; V4.3.
"""

import pytest

from section11.domain.people import OPERATOR
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.results import import_results
from tests.app.browsing import go_to, words_on
from tests.app.worlds import add_cycle, five_kinds, fresh_partnership, published_matrix
from tests.services.builders import PARTNERSHIP, submitted

LESS_THAN_BEST = {
    ("police", "S6.2"): "mostly_met",
    ("police", "S11.1"): "not_met",
    ("school", "E6.1"): "partly_met",
    ("school", "E5.3"): "mostly_met",
    ("nursery", "Y6.3"): "no",
    ("minder", "C5.3"): "n/a",
    ("minder", "C2.3"): "partly",
}
NAMES = [
    "Bright Stars Nursery",
    "Hope Charity",
    "Lily Lane Childminding",
    "Oak School",
    "Riverdale Police",
]


@pytest.fixture
def heat_map(sqlite_office, open_app):
    place = five_kinds(sqlite_office, LESS_THAN_BEST)
    return go_to(open_app(place.office, place.scrutiny), "heat_map.py")


def map_on(at):
    return at.dataframe[0].value


def names_on(at):
    return sorted(map_on(at)["Organisation"])


def test_all_five_kinds_of_organisation_are_on_one_map_with_the_words_worked_out_by_hand(heat_map):
    frame = map_on(heat_map).set_index("Organisation")

    assert sorted(frame.index) == NAMES
    assert list(frame.columns) == [*(f"S11-{number:02}" for number in range(1, 15)), "Type"]
    assert frame["S11-05"].to_dict() == {
        "Riverdale Police": "Strong 4 of 5",
        "Oak School": "Mixed 2 of 3",
        "Bright Stars Nursery": "Weak 0 of 1",
        "Lily Lane Childminding": "Not applicable",
        "Hope Charity": "Strong 1 of 1",
    }
    assert frame["S11-12"].to_dict() == {
        "Riverdale Police": "Weak 1 of 2",
        "Oak School": "Mixed 1 of 2",
        "Bright Stars Nursery": "Strong 1 of 1",
        "Lily Lane Childminding": "Weak 0 of 1",
        "Hope Charity": "Strong 1 of 1",
    }
    assert heat_map.dataframe[0].proto.alt == ("Heat map of 5 organisations by 14 statutory arrangements, in words.")


def test_totals_count_words_over_all_six_organisations_with_n_and_without_any_share(heat_map):
    totals = heat_map.dataframe[1].value.set_index("Code")

    assert totals.loc["S11-05"].to_dict() == {
        "Strong": 2,
        "Mixed": 1,
        "Weak": 1,
        "n": 4,
        "Not applicable": 1,
        "Not asked": 0,
        "Not returned": 1,
        "Arrangement": "Escalating concerns that are not being dealt with",
    }
    assert totals.loc["S11-12"].tolist()[:7] == [2, 1, 2, 5, 0, 0, 1]
    assert "How many of 6 organisations have which result." in words_on(heat_map)
    assert "%" not in "".join(map(str, [*totals.columns, *totals.to_numpy().ravel()]))


def test_the_page_says_what_each_code_means_and_how_each_set_judges(heat_map):
    said = words_on(heat_map)

    assert "- **S11-05** Escalating concerns that are not being dealt with" in said
    assert "percentages of different scales are never mixed or averaged" in said
    assert (
        "**Childminder safeguarding self-assessment 2026** (1 organisation): strong when at least 80% are “Yes”" in said
    )
    assert "**Section 11 self-assessment 2026** (2 organisations): strong when at least 80% are “Fully met”" in said
    assert "“Pushing again when a worry is not dealt with” (Childminder safeguarding self-assessment 2026)" in said


def test_those_that_have_not_returned_are_shown_when_asked_for(heat_map):
    heat_map.toggle(key="page.returned").set_value(False).run()

    frame = map_on(heat_map).set_index("Organisation")
    assert set(frame.loc["Riverdale Fire and Rescue"]) == {"Not returned", "Fire and rescue service"}


def test_types_that_are_chosen_leave_their_organisations_and_question_sets_alone(heat_map):
    heat_map.multiselect(key="page.types").set_value(["childminder", "police-force"]).run()
    assert names_on(heat_map) == ["Lily Lane Childminding", "Riverdale Police"]

    heat_map.selectbox(key="page.by").set_value("standard").run()

    assert not heat_map.exception
    assert names_on(heat_map) == ["Lily Lane Childminding"]
    assert sorted(heat_map.selectbox(key="page.set").options) == [
        "Childminder safeguarding self-assessment 2026",
        "Section 11 self-assessment 2026",
    ]


def test_the_comparison_is_kept_in_the_address_and_can_be_sent_to_a_colleague(heat_map):
    assert heat_map.query_params["by"] == "arrangement"

    heat_map.selectbox(key="page.by").set_value("standard").run()
    assert heat_map.query_params["by"] == "standard"
    assert "Question set" in words_on(heat_map)

    go_to(heat_map, "home.py")
    go_to(heat_map, "heat_map.py", by="standard", set="childminders-2026 1")
    assert names_on(heat_map) == ["Lily Lane Childminding"]
    assert "C6" in map_on(heat_map).columns


def test_an_address_with_an_unknown_comparison_shows_the_usual_one(heat_map):
    go_to(heat_map, "home.py")
    go_to(heat_map, "heat_map.py", by="phase-of-the-moon")

    assert names_on(heat_map) == NAMES


def test_with_one_set_standards_come_first_and_arrangements_are_offered(town, open_app):
    submitted(town)
    at = go_to(open_app(town.office, town.scrutiny), "heat_map.py")
    assert list(map_on(at).columns) == ["Organisation", "S1", "S2", "Type"]

    at.selectbox(key="page.by").set_value("arrangement").run()

    assert map_on(at).to_numpy().tolist() == [["Riverdale Police", "Strong 4 of 4", "Police force"]]


def test_a_set_that_names_no_arrangement_offers_no_choice(sqlite_office, open_app):
    matrix = published_matrix(sqlite_office)

    at = go_to(open_app(matrix.office, matrix.scrutiny), "heat_map.py", by="arrangement")

    assert [one.label for one in at.selectbox] == []
    assert len(names_on(at)) == 12


def test_two_schools_of_the_same_name_have_a_row_each(sqlite_office, open_app):
    place = fresh_partnership(sqlite_office, "Riverdale")
    schools = b"id,name,type\nnorth,St Mary's School,school-academy\nsouth,St Mary's School,school-academy\n"
    import_organisations(sqlite_office, OPERATOR, PARTNERSHIP, schools, "schools.csv")
    cycle_id = add_cycle(place, set_id="education-2026")
    results = b"organisation,question,rating\nnorth,E6.1,fully_met\nsouth,E6.1,not_met\n"
    import_results(sqlite_office, OPERATOR, cycle_id, results, "results.csv")

    at = go_to(open_app(place.office, place.scrutiny), "heat_map.py", by="arrangement")

    assert map_on(at)[["Organisation", "S11-05"]].to_numpy().tolist() == [
        ["St Mary's School", "Weak 1 of 3"],
        ["St Mary's School", "Weak 0 of 3"],
    ]


@pytest.fixture
def five_hundred(sqlite_office, open_app):
    """500 schools that all returned: one of them, late in the alphabet, has the lowest results."""
    place = fresh_partnership(sqlite_office)
    names = [f"School {number:03}" for number in range(500)]
    schools = "\n".join(["name,type", *(f"{name},school-maintained" for name in names)])
    import_organisations(sqlite_office, OPERATOR, place.partnership_id, schools.encode(), "many.csv")
    add_cycle(place)
    rated = [f"{name},S1.1,{'not_met' if name == 'School 437' else 'fully_met'}" for name in names]
    results = "\n".join(["organisation,question,rating", *rated])
    import_results(sqlite_office, OPERATOR, "2026", results.encode(), "results.csv")
    return go_to(open_app(sqlite_office, place.scrutiny), "heat_map.py", by="standard")


def test_five_hundred_organisations_are_sorted_over_all_pages_and_searched(five_hundred):
    at = five_hundred
    assert len(map_on(at)) == 100
    assert map_on(at)["Organisation"].tolist()[0] == "School 000"
    assert "500 organisations, 100 on a page" in words_on(at)

    at.selectbox(key="page.order").set_value("S1").run()
    assert map_on(at)[["Organisation", "S1"]].to_numpy().tolist()[0] == ["School 437", "Weak 0 of 5"]
    assert at.query_params["order"] == "S1"

    at.text_input(key="page.search").input("school 49").run()
    assert names_on(at) == [f"School {number:03}" for number in range(500) if "49" in f"{number:03}"]
    at.text_input(key="page.search").input("school 437").run()
    assert names_on(at) == ["School 437"]


def test_a_long_heat_map_is_drawn_a_hundred_at_a_time_and_searched(sqlite_office, open_app):
    place = fresh_partnership(sqlite_office)
    lines = ["name,type", *(f"School {number:03},school-maintained" for number in range(203)), "Oak Club,vcse"]
    import_organisations(sqlite_office, OPERATOR, place.partnership_id, "\n".join(lines).encode(), "many.csv")
    add_cycle(place)
    results = "organisation,question,rating\nOak Club,S1.1,fully_met\n"
    import_results(sqlite_office, OPERATOR, "2026", results.encode(), "results.csv")

    at = go_to(open_app(sqlite_office, place.scrutiny), "heat_map.py")
    at.toggle(key="page.returned").set_value(False).run()

    assert len(map_on(at)) == 100
    assert "204 organisations, 100 on a page" in words_on(at)
    at.text_input(key="page.search").input("oak club").run()
    assert names_on(at) == ["Oak Club"]
    at.text_input(key="page.search").input("elm").run()
    assert "Nothing matches." in words_on(at)
