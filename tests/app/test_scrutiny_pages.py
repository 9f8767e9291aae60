"""Scrutiny: who has returned, honest figures, one organisation in detail, and handing back."""

import json
import re
import shutil
from dataclasses import replace

import pytest

from section11.domain.workflow import AssessmentStatus
from section11.services.cycles import create_cycle, open_cycle
from tests.app.browsing import cells_of, downloads_on, go_to, links_on, table_on, words_on
from tests.app.worlds import add_cycle, published_matrix
from tests.services.builders import (
    CYCLE,
    DUE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    SET_ID,
    a_quiet_town,
    answer,
    event_names,
    in_progress,
    open_a_cycle,
    stored_assessment,
    submitted,
)


@pytest.fixture
def matrix(sqlite_office):
    return published_matrix(sqlite_office)


@pytest.fixture
def scrutiny(town, open_app):
    return open_app(town.office, town.scrutiny)


def test_the_published_result_comes_out_on_the_heat_map(matrix, open_app):
    at = go_to(open_app(matrix.office, matrix.scrutiny), "heat_map.py")

    rows = {name: [count, share.replace(" ", "")] for name, count, share in cells_of(at.table[0])}
    # 72 answers, 3 of them not applicable: 66 / 69 = 95.65 %, 3 / 69 = 4.35 %.
    assert rows == {"Green": ["66", "95.7%"], "Amber": ["3", "4.3%"], "Red": ["0", "0.0%"]}
    assert "**n = 69** answers asked for. Left out of n: 3 not applicable, 0 not asked." in words_on(at)
    assert "12 of 12 returns counted" in words_on(at)


def test_the_heat_map_has_a_row_for_each_of_the_twelve_agencies(matrix, open_app):
    at = go_to(open_app(matrix.office, matrix.scrutiny), "heat_map.py")

    cells = {row[1]: row[-2] for row in cells_of(at.dataframe[0])}
    assert len(cells) == 12
    # Every other agency has green for everything. Grey answers are left out of the number they are a part of.
    assert {name: words for name, words in cells.items() if words != "Strong 6 of 6"} == {
        "CCG": "Strong 5 of 5",
        "Housing": "Strong 4 of 5",
        "NFRS": "Strong 5 of 6",
        "Voices": "Strong 4 of 5",
    }


def test_the_published_result_comes_out_question_by_question(matrix, open_app):
    at = go_to(open_app(matrix.office, matrix.scrutiny), "standard.py")

    assert at.header[0].value.replace("\\", "") == "1 Senior commitment"
    frame = table_on(at, "Ratings of each question")
    assert list(frame["Question"]) == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert frame["Green"].tolist() == [12, 12, 11, 12, 9, 10]
    assert (frame["Green"].sum(), frame["Amber"].sum(), frame["Red"].sum()) == (66, 3, 0)
    assert frame["Not applicable"].sum() == 3
    assert frame["n"].sum() == 69


def test_figures_follow_a_return_that_came_in_after_the_page_was_opened(town, scrutiny):
    at = go_to(scrutiny, "heat_map.py")
    assert "Nothing has been submitted in this cycle yet." in words_on(at)
    submitted(town)

    at.run()

    assert "A small set: 1 of 4 returns counted." in words_on(at)


@pytest.mark.parametrize(("page", "charts"), [("returns.py", 1), ("standard.py", 2)])
def test_the_axis_of_a_chart_has_whole_numbers_only(town, scrutiny, page, charts):
    submitted(town)

    specs = [json.loads(one.proto.spec) for one in go_to(scrutiny, page).get("plotly_chart")]

    bars = [spec["layout"] for spec in specs if spec["layout"].get("barmode") == "stack"]
    assert [layout["xaxis"]["dtick"] for layout in bars] == [1] * charts


def test_a_draft_is_in_no_figure_and_cannot_be_read(town, scrutiny):
    in_progress(town)

    go_to(scrutiny, "heat_map.py")
    assert "Nothing has been submitted in this cycle yet." in words_on(scrutiny)
    go_to(scrutiny, "organisation.py", assessment=POLICE_RETURN)
    assert "Riverdale Police has not submitted this return, so only its progress can be seen." in words_on(scrutiny)
    assert "Reviewed by the board" not in words_on(scrutiny)


def test_the_returns_page_shows_who_has_returned_against_the_due_date(town, scrutiny):
    submitted(town)

    at = go_to(scrutiny, "returns.py")

    assert {one.label: one.value for one in at.metric} == {
        "Returned": "1 of 4",
        "Started": "1",
        "Outstanding": "3",
        "Returned late": "0",
        "Overdue": "0",
    }
    assert links_on(at)["Read"] == f"assessment={POLICE_RETURN}"
    assert downloads_on(at) == {
        "Download the partnership workbook": f"/downloads/cycles/{CYCLE}.xlsx",
        "CSV with datapackage.json": f"/downloads/cycles/{CYCLE}/data/csv",
        "OpenDocument (ODS)": f"/downloads/cycles/{CYCLE}/data/ods",
        "JSON": f"/downloads/cycles/{CYCLE}/data/json",
        "Download this table (CSV)": f"/downloads/cycles/{CYCLE}/chase-list.csv",
        "Excel": f"/downloads/returns/{POLICE_RETURN}.xlsx",
    }


def test_late_and_overdue_are_counted_after_the_due_date(town, open_app):
    town.office.clock.move(days=30)  # 1 April; due was 31 March
    submitted(town)

    at = go_to(open_app(town.office, town.scrutiny), "returns.py")

    assert {one.label: one.value for one in at.metric} == {
        "Returned": "1 of 4",
        "Started": "1",
        "Outstanding": "3",
        "Returned late": "1",
        "Overdue": "3",
    }


@pytest.mark.parametrize(
    ("shown", "names"),
    [
        ("Returned", {"Riverdale Police"}),
        ("Outstanding", {"Blue Light Group", "Lily Lane Childminding", "Riverdale Fire and Rescue"}),
    ],
)
def test_the_list_can_be_narrowed_to_those_that_returned_or_did_not(town, scrutiny, shown, names):
    submitted(town)
    at = go_to(scrutiny, "returns.py")

    at.radio(key="page.show").set_value(shown).run()

    said = words_on(at)
    everyone = {"Riverdale Police", "Blue Light Group", "Lily Lane Childminding", "Riverdale Fire and Rescue"}
    assert {name for name in everyone if f"**{name}**" in said} == names


def test_an_organisation_shows_its_figures_and_every_answer(town, scrutiny):
    submitted(town)

    at = go_to(scrutiny, "organisation.py", assessment=POLICE_RETURN)

    said = words_on(at)
    assert at.title[0].value == "Riverdale Police"
    assert "Signed 09:00." in said
    assert cells_of(at.table[0])[0][:2] == ["Fully met", "4"]
    assert "**Evidence:** Reviewed by the board in January 2026." in said
    assert downloads_on(at)["Download the Excel return"] == f"/downloads/returns/{POLICE_RETURN}.xlsx"


def test_opening_a_return_is_one_event_however_often_the_page_is_drawn(town, scrutiny):
    submitted(town)

    at = go_to(scrutiny, "organisation.py", assessment=POLICE_RETURN)
    at.run()
    at.run()

    assert event_names(town, POLICE_RETURN).count("return_read") == 1


def test_handing_back_without_a_reason_is_refused_in_words(town, scrutiny):
    submitted(town)
    at = go_to(scrutiny, "organisation.py", assessment=POLICE_RETURN)

    at.button(key="page.hand_back").click().run()

    assert "Say what needs more work, so that the organisation knows what to do." in words_on(at)
    assert stored_assessment(town, POLICE_RETURN).status is AssessmentStatus.SUBMITTED


def test_a_return_is_handed_back_with_its_reason(town, scrutiny):
    submitted(town)
    at = go_to(scrutiny, "organisation.py", assessment=POLICE_RETURN)

    at.text_area(key="page.reason").input("Say more about S1.1.").run()
    at.button(key="page.hand_back").click().run()

    stored = stored_assessment(town, POLICE_RETURN)
    assert (stored.status, stored.hand_back_reason) == (AssessmentStatus.HANDED_BACK, "Say more about S1.1.")
    assert at.title[0].value == "Returns"
    assert "Handed back to Riverdale Police." in words_on(at)


def test_one_organisation_can_be_compared_with_another_in_one_standard(town, scrutiny):
    submitted(town)
    for question_id in ("S1.1", "S1.2", "S2.1", "S2.2"):
        answer(town, town.fire_contributor, FIRE_RETURN, question_id, rating="partly_met")

    at = go_to(scrutiny, "standard.py", standard="small-set/S2")

    assert at.header[0].value == "S2 Listening"
    organisations = {row[0]: row[1:] for row in table_on(at, "Results of each organisation").to_numpy().tolist()}
    # Fire and Rescue has not submitted, so its answers are nobody else's to see.
    assert organisations == {"Riverdale Police": ["Police force", None, "Strong", 100.0, 2]}


def test_the_cycle_in_the_address_is_the_one_that_is_shown(town, open_app):
    submitted(town)
    open_a_cycle(town, name="2028", due=DUE.replace(year=2028))
    at = open_app(town.office, town.scrutiny)

    go_to(at, "returns.py")
    assert at.metric[0].value == "0 of 4"  # the latest cycle comes first
    go_to(at, "home.py")
    go_to(at, "returns.py", cycle="2026")
    assert at.metric[0].value == "1 of 4"
    go_to(at, "home.py")
    go_to(at, "returns.py", cycle="no-such-cycle")
    assert at.metric[0].value == "0 of 4"


def test_a_cycle_that_is_being_prepared_is_seen_by_nobody_but_the_administrator(sqlite_office, tmp_path, open_app):
    town = a_quiet_town(sqlite_office, tmp_path)
    create_cycle(
        town.office,
        town.admin,
        name="Secret 2030",
        due=DUE,
        set_ids_by_type={"*": SET_ID},
        partnership_ids=frozenset({PARTNERSHIP}),
    )
    at = open_app(town.office, town.scrutiny)

    said = [words_on(at), *(words_on(go_to(at, file)) for file in ("returns.py", "heat_map.py", "standard.py"))]

    assert [one for one in said if "Secret 2030" in one] == []
    assert all("No cycle has been opened yet." in one for one in said[1:])


def test_a_cycle_of_another_partnership_is_not_offered(matrix, town, open_app):
    at = go_to(open_app(town.office, town.scrutiny), "returns.py", cycle="published")

    assert at.metric[0].value == "0 of 4"
    assert "Published" not in words_on(at)


def test_two_sets_in_one_cycle_are_shown_one_at_a_time(sqlite_office, tmp_path, open_app):
    matrix = published_matrix(sqlite_office)
    add_cycle(matrix, name="2026")

    at = go_to(open_app(matrix.office, matrix.scrutiny), "heat_map.py", cycle="published")

    assert "Published matrix of 12 agencies: 12 of 12 returns counted." in words_on(at)


def test_two_editions_of_a_set_are_two_choices_of_a_standard_each_with_its_own_organisations(
    sqlite_office, tmp_path, open_app
):
    town = a_quiet_town(sqlite_office, tmp_path)
    newer = tmp_path / "elsewhere" / SET_ID
    shutil.copytree(town.standards / SET_ID, newer)
    head = newer / "set.yaml"
    head.write_text(re.sub(r"(?m)^version: .*$", 'version: "99"', head.read_text(encoding="utf-8")), encoding="utf-8")
    sets = {"*": SET_ID, "fire-and-rescue": str(newer)}
    create_cycle(
        town.office, town.admin, name=CYCLE, due=DUE, set_ids_by_type=sets, partnership_ids=frozenset({PARTNERSHIP})
    )
    open_cycle(town.office, town.admin, CYCLE)
    submitted(town)
    submitted(replace(town, contributor=town.fire_contributor, approver=town.fire_approver), FIRE_RETURN)

    at = go_to(open_app(town.office, town.scrutiny), "standard.py")
    standard = next(box for box in at.selectbox if box.label == "Standard")
    names = {}
    for option in list(standard.options):
        at = next(box for box in at.selectbox if box.label == "Standard").select(option).run()
        rows = [" ".join(row) for frame in at.dataframe for row in cells_of(frame)]
        names[option] = [row for row in rows if "Riverdale" in row]

    assert len(names) == 4
    assert {option for option, found in names.items() if "Riverdale Fire" in " ".join(found)} == {
        option for option in names if "99)" in option
    }
    assert all(len(found) == 1 for found in names.values())
