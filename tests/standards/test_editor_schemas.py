"""The schemas for editors: they take every file that is shipped, and mark what the check finds in a file by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from section11.definitions.editor_schemas import editor_schemas
from section11.definitions.yaml_lines import read_yaml
from tests.conftest import PROJECT_DIR

SCHEMAS = {name: json.loads(text) for name, text in editor_schemas().items()}
STANDARDS = PROJECT_DIR / "standards"
SHIPPED = sorted(STANDARDS.glob("*/*.yaml"))
BROKEN = Path(__file__).parent / "broken-sets"
MARKED_WHILE_TYPING = [
    "unknown-key", "unknown-key-in-set", "unknown-key-like-no-other", "missing-key", "missing-key-in-set",
    "empty-help", "list-for-a-text", "text-for-a-list", "text-for-descriptors", "text-for-a-question", "no-questions",
    "no-standards", "quoted-true", "number-in-quotes", "threshold-over-100", "threshold-below-0", "unquoted-yes",
    "unquoted-no", "unquoted-number", "unquoted-decimal", "unquoted-code", "unquoted-date", "id-with-a-space",
    "id-too-long", "set-id-with-capitals", "choice-key-with-a-space", "unknown-type",
]  # fmt: skip


def schema_of(path: Path) -> str:
    if path.parent.name == "crosswalks":
        return "crosswalk.json"
    return {"set.yaml": "set.json", "scales.yaml": "scales.json"}.get(path.name, "standard.json")


def faults_of(path: Path) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMAS[schema_of(path)]).iter_errors(read_yaml(path).data)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_by_the_rules_of_schemas(name):
    assert Draft7Validator.check_schema(SCHEMAS[name]) is None


def test_there_are_files_to_look_at():
    assert len(SHIPPED) > 70


@pytest.mark.parametrize(
    "path", [STANDARDS / "scales.yaml", *SHIPPED], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_shipped_file_has_no_fault_by_its_schema(path):
    assert faults_of(path) == []


@pytest.mark.parametrize(
    "path", [STANDARDS / "scales.yaml", *SHIPPED], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_the_first_line_of_a_shipped_file_names_its_schema_for_editors(path):
    first, _ = path.read_text(encoding="utf-8").split("\n", 1)

    named = path.parent / first.removeprefix("# yaml-language-server: $schema=")
    assert named.resolve() == STANDARDS / "schema" / schema_of(path)


@pytest.mark.parametrize("fault", MARKED_WHILE_TYPING)
def test_a_broken_file_is_marked_while_people_type(fault):
    assert [found for path in sorted((BROKEN / fault).glob("*.yaml")) for found in faults_of(path)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_explained(name):
    objects = [one for one in (SCHEMAS[name], *SCHEMAS[name]["$defs"].values()) if "properties" in one]

    assert objects
    assert [key for one in objects for key, value in one["properties"].items() if not value.get("description")] == []
