"""The generated files are what the code's tables and the question sets say today; “make docs” writes them anew."""

import pytest

from section11.cli.reference import REFERENCE_DIR, SCHEMA_DIR, generated_files
from section11.domain.people import ROLE_TITLES
from section11.domain.standards import Standard, StandardsSet
from section11.domain.workflow import STATUS_TITLES, TRANSITIONS
from section11.permissions import Right
from section11.reports.reference import arrangements_page, permissions_page, status_page
from tests.conftest import PROJECT_DIR
from tests.unit.figure_builders import RAG, question

FILES = generated_files()
ARRANGEMENTS = [f"S11-{number:02}" for number in range(1, 15)]


def test_there_is_a_file_for_each_table_and_no_other():
    found = {path for folder in (REFERENCE_DIR, SCHEMA_DIR) for path in (PROJECT_DIR / folder).iterdir()}

    assert {path.relative_to(PROJECT_DIR) for path in found} == FILES.keys()


@pytest.mark.parametrize("path", sorted(FILES), ids=str)
def test_a_file_is_fresh(path):
    assert (PROJECT_DIR / path).read_text(encoding="utf-8") == FILES[path], "Run: make docs"


def test_every_move_of_the_workflow_is_an_arrow_and_a_row():
    page = status_page()

    assert page.count(" --> ") == len(TRANSITIONS) + 1  # and one from the start
    for title in STATUS_TITLES.values():
        assert f"| {title} |" in page


def test_every_right_is_a_row_with_a_cell_for_each_role():
    rows = [line for line in permissions_page().splitlines() if line.startswith("| ")]

    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == ["to", *(right.value for right in Right)]
    assert {row.count("|") for row in rows} == {len(ROLE_TITLES) + 2}


def test_every_arrangement_is_tested_in_every_set_of_2026():
    lines = [line for line in FILES[REFERENCE_DIR / "arrangements.md"].splitlines() if line.startswith("|")]
    heads, _, *rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    of_2026 = [index for index, head in enumerate(heads) if head.endswith("-2026")]

    assert [row[0].strip("*").split("**")[0] for row in rows] == ARRANGEMENTS
    assert len(of_2026) == 5
    assert [(row[0], heads[index]) for row in rows for index in of_2026 if not row[index]] == []


def test_a_cell_names_the_questions_and_a_set_that_lacks_an_arrangement_leaves_it_empty():
    standard = Standard("S1", "Leadership", (question("S1.1", "A-1"), question("S1.2"), question("S1.3", "A-1")))
    titles = {"A-1": "A lead", "A-2": "A policy"}

    page = arrangements_page([StandardsSet("small", "Small", "1", RAG, (standard,), arrangements=titles)])

    assert "| arrangement | small |" in page
    assert "| **A-1** A lead | S1.1, S1.3 |" in page
    assert "| **A-2** A policy |  |" in page
