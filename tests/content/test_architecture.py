"""The house keeps its shape: imports point one way, modules name their subject, pages are in the table."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from section11.ui.navigation import PAGES, PAGES_DIR
from tests.conftest import PROJECT_DIR

MIGRATIONS = PROJECT_DIR / "section11" / "storage" / "migrations"
MODULES = sorted(
    path
    for path in (PROJECT_DIR / "section11").rglob("*.py")
    if MIGRATIONS / "versions" not in path.parents and "__pycache__" not in path.parts
)
LONGEST = 300
NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "common", "misc", "manager", "base"}


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT_DIR))


def test_there_are_modules_to_look_at():
    assert len(MODULES) > 100


def test_imports_point_one_way(tmp_path):
    """The contracts stand in pyproject.toml; “make check” runs the same."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    result = subprocess.run(
        [sys.executable, "-c", program, "--cache-dir", str(tmp_path)],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 broken" in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_its_subject_on_its_first_line_and_ends_before_300(path):
    text = path.read_text(encoding="utf-8")

    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "The first line says what the module is about."
    assert text.startswith('"""'), "Nothing stands before the docstring."
    assert len(text.splitlines()) <= LONGEST


def test_no_module_has_a_name_that_says_nothing():
    assert [name_of(path) for path in MODULES if path.stem in NAMES_THAT_SAY_NOTHING] == []


def test_every_page_file_is_in_the_table_of_pages_and_the_other_way_round():
    files = {path.name for path in PAGES_DIR.glob("*.py")} - {"__init__.py"}

    assert files == {entry.file for entry in PAGES}
    assert len(files) == len(PAGES)


def test_every_page_has_a_title_and_an_address_of_its_own():
    assert len({entry.title for entry in PAGES}) == len(PAGES)
    assert len({entry.url_path for entry in PAGES}) == len(PAGES)


@pytest.mark.parametrize("path", sorted(PAGES_DIR.glob("[!_]*.py")), ids=name_of)
def test_a_page_can_be_imported_without_running(path):
    module = ast.parse(path.read_text(encoding="utf-8"))
    assert (ast.get_docstring(module) or "").startswith("Page: ")

    last = module.body[-1]
    assert isinstance(last, ast.If)
    assert ast.unparse(last.test) == "__name__ == '__main__'"
    calls = [node for node in module.body if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)]
    assert calls == []
