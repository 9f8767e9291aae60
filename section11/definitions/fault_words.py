"""Schema faults in plain English, with the line they stand on."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from section11.definitions.yaml_lines import YamlFile
from section11.errors import Problem

Model = TypeVar("Model", bound=BaseModel)


def parsed(file: YamlFile, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the file as an object of the schema, or None with every fault in it."""
    if file.problems:
        return None, list(file.problems)
    if not isinstance(file.data, dict):
        return None, [file.problem((), "This file is empty or is not a list of keys. See standards/README.md.")]
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        return None, [_problem(file, detail, model) for detail in error.errors()]


def _problem(file: YamlFile, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    place = tuple(detail["loc"])
    key = next((str(part) for part in reversed(place) if isinstance(part, str)), "value")
    value = detail.get("input")
    written = file.written.get(place, str(value))
    kind = detail["type"]
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        message = f'"{key}" is not a key that is known here. Check its spelling against standards/README.md.'
    elif kind == "missing":
        message = f'"{key}" is missing. Add it here.'
        place = place[:-1]
    elif kind == "string_type" and isinstance(value, bool):
        message = f'"{key}" is read as yes or no. Put it in quotes, for example "{written}".'
    elif kind == "string_type" and isinstance(value, int | float):
        message = f'"{key}" is read as a number. Put it in quotes: "{written}".'
    elif kind == "string_type" and isinstance(value, date):
        message = f'"{key}" is read as a date. Put it in quotes: "{written}".'
    elif kind == "string_type" and value is None:
        message = f'"{key}" is empty. Write something, or take the key away.'
    elif kind == "string_type":
        message = f'"{key}" must be text.'
    elif kind == "string_too_short":
        message = f'"{key}" is empty. Write something, or take the key away.'
    elif kind == "string_pattern_mismatch":
        message = f'"{value}" cannot be used for "{key}". {_PATTERN_ADVICE.get(key, "See standards/README.md.")}'
    elif kind == "bool_type":
        message = f'"{key}" must be true or false, without quotes.'
    elif kind == "list_type":
        message = f'"{key}" must be a list: one line each, beginning with a hyphen.'
    elif kind in {"dict_type", "model_type", "model_attributes_type"}:
        message = f'"{key}" must be a group of keys, each on its own line.'
    elif kind == "too_short":
        message = f'"{key}" needs at least {context.get("min_length", 1)}.'
    else:
        message = f'"{key}" cannot be used as it is ({detail["msg"].lower()}).'
    return file.problem(place, message)


_PATTERN_ADVICE = {
    "id": "Use letters, digits, dots and hyphens only.",
    "key": "Use small letters, digits and underscores only.",
    "tone": "Choose one of: full, most, part, none.",
}
