"""JSON schemas of sets and crosswalks, so that editors complete keys, explain them and mark faults as people type."""

from __future__ import annotations

import json

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from section11.definitions.crosswalk_schema import CrosswalkDefinition
from section11.definitions.scales import ScalesDefinition
from section11.definitions.schema import SetDefinition, StandardDefinition

_MADE = "Made by “make docs” from section11/definitions. Change the definition there, not this file."
_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "set.json": (SetDefinition, "The file set.yaml of a question set"),
    "standard.json": (StandardDefinition, "A standard of a question set, with its questions"),
    "crosswalk.json": (CrosswalkDefinition, "A crosswalk between two question sets"),
    "scales.json": (ScalesDefinition, "The rating scales that question sets may use"),
}


def editor_schemas() -> dict[str, str]:
    """Return the text of each schema by its file name."""
    return {name: _text(model, title) for name, (model, title) in _FILES.items()}


def _text(model: type[BaseModel], title: str) -> str:
    schema = model.model_json_schema(schema_generator=_PlainSchema)
    for part in (schema, *schema["$defs"].values()):
        for name_in_code in ("title", "description"):
            part.pop(name_in_code, None)
    # Editors know draft 07 best, and nothing here needs a later one.
    first = {"$schema": "http://json-schema.org/draft-07/schema#", "$comment": _MADE, "title": title}
    return json.dumps(first | schema, ensure_ascii=False, indent=2) + "\n"


class _PlainSchema(GenerateJsonSchema):
    """Leaves out titles that only say a key again."""

    def field_title_should_be_set(self, schema: object) -> bool:
        return False
