"""The acceptance test: a published result goes in from its file and comes out as it was printed."""

from openpyxl import load_workbook

from tests.app.worlds import MATRIX_RESULTS


def test_the_published_result_comes_out_as_66_3_3_and_95_65_percent(matrix):
    figures = matrix()

    total = figures["sets"][0]["total"]
    assert total["ratings"]["green"] == {"count": 66, "percent": 95.65}
    assert total["ratings"]["amber"] == {"count": 3, "percent": 4.35}
    assert total["ratings"]["red"] == {"count": 0, "percent": 0.0}
    assert (total["not_applicable"], total["n"], total["asked"]) == (3, 69, 72)


def test_every_agency_counts_and_none_is_called_late_without_a_date(matrix):
    figures = matrix()

    assert (figures["from"]["returns_counted"], figures["from"]["returns_expected"]) == (12, 12)
    assert figures["return_rates"]["overall"]["returned"] == 12
    assert figures["is_demo"] is False


def test_the_figures_in_words_say_the_same(matrix, section11):
    matrix()

    said = section11("figures", "--cycle", "published").stdout

    assert "12 of 12 returns counted" in said
    assert "green 66 (95.65" in said
    assert "n = 69, not applicable 3" in said


def test_the_partnership_workbook_holds_the_same_numbers(matrix, section11):
    matrix()

    section11("export", "workbook", "--cycle", "published", "--out", section11.folder / "out.xlsx")

    workbook = load_workbook(section11.folder / "out.xlsx")
    numbers = {cell.value for sheet in workbook for row in sheet.iter_rows() for cell in row}
    assert {66, 69} <= numbers


def test_the_same_results_again_are_refused_with_every_agency_named(matrix, section11):
    matrix()

    again = section11("results", "import", MATRIX_RESULTS, "--cycle", "published", code=2)

    assert again.stderr.count("has answers in this cycle already") == 12
    assert "12 problems. Nothing was imported" in again.stderr
