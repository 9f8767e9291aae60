"""Schema faults in plain English, with the line they stand on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from section11.definitions.schema import KEY, QUESTION_ID, SET_ID
from section11.definitions.yaml_lines import YamlFile
from section11.errors import Problem

NOT_A_LIST_OF_KEYS = "This file is empty or is not a list of keys. See standards/README.md."

_SEE = "See standards/README.md for what may stand here."
WORDS = {
    "missing": "{what} is missing. Add it here.",
    "string_too_short": "{what} is empty. Write something, or take the key away.",
    "string_too_long": "{what} is longer than {max_length} characters. Shorten it.",
    "bool_type": "{what} must be true or false, without quotes.",
    "float_type": "{what} must be a number, without quotes.",
    "finite_number": "{what} must be a number, without quotes.",
    "greater_than_equal": "{what} must be {ge:g} or more.",
    "less_than_equal": "{what} must be {le:g} or less.",
    "list_type": "{what} must be a list: one line each, beginning with a hyphen.",
    "dict_type": "{what} must be a group of keys, each on its own line.",
    "model_type": "{what} must be a group of keys, each on its own line.",
    "too_short": "{what} has too few entries. Give at least {min_length}.",
}
"""What is said of each kind of fault the schema finds."""

_PATTERN_ADVICE = {
    SET_ID: "Use small letters, digits and hyphens only.",
    QUESTION_ID: "Use letters, digits, dots and hyphens only.",
    KEY: "Use small letters, digits and underscores only.",
}


def schema_problem(file: YamlFile, detail: ErrorDetails, known_keys: Collection[str]) -> Problem:
    """Return what is wrong in words. ``known_keys`` are those that may stand where the fault is."""
    at = tuple(detail["loc"])
    return file.problem(at[:-1] if detail["type"] == "missing" else at, _message(file, detail, known_keys))


def likely_key(key: str, known_keys: Collection[str]) -> str | None:
    """Return the key that somebody meant who wrote an unknown one."""
    return next(iter(get_close_matches(key, known_keys, n=1)), None)


def _message(file: YamlFile, detail: ErrorDetails, known_keys: Collection[str]) -> str:
    at, kind, value, context = tuple(detail["loc"]), detail["type"], detail["input"], detail.get("ctx", {})
    key = next(str(part) for part in reversed(at) if isinstance(part, str))
    what = f'"{key}"' if at[-1] == key else f'An entry of "{key}"'
    if kind == "extra_forbidden":
        meant = likely_key(key, known_keys)
        advice = f'Did you mean "{meant}"?' if meant else _SEE
        return f"{what} is not a key that is known here. {advice}"
    if kind == "string_type":
        return _not_text(what, value, file.written.get(at, ""))
    if kind == "string_pattern_mismatch":
        return f'"{value}" cannot be used for {what}. {_PATTERN_ADVICE.get(context["pattern"], _SEE)}'
    if kind == "literal_error":
        choices = context["expected"].replace(" or ", ", ").replace("'", "")
        return f'"{value}" cannot be used for {what}. Choose one of: {choices}.'
    if kind in WORDS:
        return WORDS[kind].format(what=what, **context)
    return f"{what} cannot be used as it is ({detail['msg'].lower()})."


def _not_text(what: str, value: Any, written: str) -> str:
    if value is None:
        return WORDS["string_too_short"].format(what=what)
    if isinstance(value, bool):
        return f'{what} is read as yes or no. Put it in quotes, for example "{written}".'
    if isinstance(value, int | float):
        return f'{what} is read as a number. Put it in quotes: "{written}".'
    if isinstance(value, date):
        return f'{what} is read as a date. Put it in quotes: "{written}".'
    return f"{what} must be text."
