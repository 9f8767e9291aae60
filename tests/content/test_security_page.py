"""What docs/security.md names is there, and every setting is told to people."""

import re

import pytest

from section11.config import Settings
from tests.app import test_page_walk as pages
from tests.conftest import PROJECT_DIR
from tests.services import test_permissions_walk as services
from tests.web import test_route_walk as routes

PAGE = (PROJECT_DIR / "docs" / "security.md").read_text(encoding="utf-8")
TOLD = PAGE + (PROJECT_DIR / "README.md").read_text(encoding="utf-8")
TESTS = {path.stem for path in (PROJECT_DIR / "tests").rglob("test_*.py")}
NOT_FOR_PEOPLE = {"standards_dir", "organisation_types_file"}
"""Where the product's own content is; tests point them elsewhere."""


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\btest_[a-z0-9_]+", PAGE))))
def test_a_test_that_is_named_exists(name):
    assert name in TESTS


@pytest.mark.parametrize("chapter", range(1, 18))
def test_every_chapter_of_the_standard_is_answered(chapter):
    assert f"| V{chapter} " in PAGE


@pytest.mark.parametrize("name", sorted(Settings.model_fields.keys() - NOT_FOR_PEOPLE))
def test_every_setting_is_told(name):
    upper = name.upper()
    assert f"SECTION11_{upper}" in TOLD


CELLS = {
    "services": len(services.TABLE) * len(services.PEOPLE),
    "lists": len(services.LISTINGS) * len(services.PEOPLE),
    "routes and downloads": len(routes.CASES) * len(routes.WHO),
    "pages": len(pages.TABLE) * len(pages.WHO),
}


@pytest.mark.parametrize("table", CELLS, ids=[f"{name}: {cells:,}" for name, cells in CELLS.items()])
def test_the_permission_tables_have_at_least_the_cells_that_the_page_says(table):
    said = re.search(rf"^\| {table} \|.*\| ([\d,]+) \|$", PAGE, re.MULTILINE)

    assert int(said[1].replace(",", "")) <= CELLS[table]


def test_the_hostile_run_that_the_page_shows_found_nothing():
    together = re.search(
        r"\*\*together\*\* \| \*\*([\d,]+)\*\* \| \*\*[\d,]+\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\*", PAGE
    )

    assert int(together[1].replace(",", "")) > 5_000
    assert together.groups()[1:] == ("0", "0")
    assert "Log lines with a secret or an e-mail address: 0 of" in PAGE
