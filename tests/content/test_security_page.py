"""What docs/security.md names is there, and every setting is told to people."""

import re

import pytest

from section11.config import Settings
from tests.conftest import PROJECT_DIR

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
