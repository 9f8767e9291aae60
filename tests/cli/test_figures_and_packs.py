"""What leaves a cycle: its figures, the partnership workbook and the board pack."""

import pytest
from openpyxl import load_workbook


def test_figures_of_a_cycle_without_returns_are_empty_and_not_a_fault(open_cycle):
    data = open_cycle.data("figures", "--cycle", "2026")

    assert (data["from"]["returns_counted"], data["from"]["returns_expected"]) == (0, 2)
    assert data["sets"][0]["total"]["n"] == 0
    assert data["sets"][0]["total"]["ratings"]["fully_met"] == {"count": 0, "percent": None}


def test_figures_of_a_cycle_over_two_sets_have_one_map_by_arrangement(riverdale):
    riverdale("cycles", "create", "--name", "2026", "--due", "2026-09-30")
    riverdale("cycles", "open", "2026")

    data = riverdale.data("figures", "--cycle", "2026")

    assert {one["id"] for one in data["sets"]} == {"section11-2026", "childminders-2026"}
    assert [one["key"] for one in data["arrangement_map"]] == [f"S11-{number:02}" for number in range(1, 15)]
    assert {(one["organisations"], one["n"], one["levels"]["not_returned"]) for one in data["arrangement_map"]} == {
        (2, 0, 2)
    }


@pytest.mark.parametrize("command", [("figures",), ("export", "workbook")])
def test_figures_and_workbook_of_a_cycle_that_does_not_exist_name_it(open_cycle, command):
    assert 'There is no cycle "1999". There is: 2026.' in open_cycle(*command, "--cycle", "1999", code=1).stderr


def test_the_partnership_workbook_is_written(open_cycle):
    open_cycle("export", "workbook", "--cycle", "2026")

    assert load_workbook(open_cycle.folder / "2026-partnership-workbook.xlsx").sheetnames


BEGINNINGS = {"pptx": b"PK", "pdf": b"%PDF", "html": b"<!doctype", "xlsx": b"PK"}


@pytest.mark.parametrize(("form", "begins"), BEGINNINGS.items())
@pytest.mark.parametrize("command", [("board-pack",), ("export", "board-pack")])
def test_the_board_pack_is_written_in_every_form_and_says_that_it_is_a_draft(open_cycle, command, form, begins):
    out = open_cycle.folder / f"pack.{form}"

    said = open_cycle(*command, "--cycle", "2026", "--format", form, "--out", out).stdout

    assert "This is a draft, not a final pack." in said
    assert out.read_bytes().startswith(begins)


def test_a_board_pack_that_is_not_final_is_not_there_by_its_number(open_cycle):
    refused = open_cycle("board-pack", "--cycle", "2026", "--number", "3", code=1)

    assert "The cycle 2026 has no final board pack 3." in refused.stderr
