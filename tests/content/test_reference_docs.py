"""The reference pages are what the code's tables say today; “make docs” writes them anew."""

import pytest

from section11.domain.people import ROLE_TITLES
from section11.domain.workflow import STATUS_TITLES, TRANSITIONS
from section11.permissions import Right
from section11.reports.reference import reference_pages
from tests.conftest import PROJECT_DIR

FOLDER = PROJECT_DIR / "docs" / "reference"


def test_there_is_a_page_for_each_table_and_no_other():
    assert {path.name for path in FOLDER.glob("*.md")} == reference_pages().keys()


@pytest.mark.parametrize("name", sorted(reference_pages()))
def test_a_page_is_fresh(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == reference_pages()[name], "Run: make docs"


def test_every_move_of_the_workflow_is_an_arrow_and_a_row():
    page = reference_pages()["status.md"]

    assert page.count(" --> ") == len(TRANSITIONS) + 1  # and one from the start
    for title in STATUS_TITLES.values():
        assert f"| {title} |" in page


def test_every_right_is_a_row_with_a_cell_for_each_role():
    rows = [line for line in reference_pages()["permissions.md"].splitlines() if line.startswith("| ")]

    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == ["to", *(right.value for right in Right)]
    assert {row.count("|") for row in rows} == {len(ROLE_TITLES) + 2}
