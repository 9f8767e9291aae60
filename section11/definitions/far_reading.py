"""Reading a file with faults as far as it can be read, so that no fault hides behind another.

Where a value cannot be used, another is put in its place: what stands in the file, if quotes were all it lacked,
the key that was meant, or a placeholder. What is read that way is looked at for further faults and never used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from section11.definitions.fault_words import NOT_A_LIST_OF_KEYS, likely_key, schema_problem
from section11.definitions.yaml_lines import KeyPath, YamlFile
from section11.errors import Problem

Model = TypeVar("Model", bound=BaseModel)
Fault = tuple[KeyPath, str]
"""A place in a file, and what is wrong there."""

_PLACEHOLDER = "unnamed"
_ROUNDS = 8
"""How often a mended file is mended again: what is put in a place may not suit it at first."""


@dataclass(frozen=True)
class FarReading(Generic[Model]):
    """What a file says as far as it can be read (None if not at all), its problems, and the places of those."""

    file: YamlFile
    definition: Model | None
    problems: tuple[Problem, ...]
    faulty: frozenset[KeyPath] = frozenset()

    def is_faulty(self, at: KeyPath) -> bool:
        """Return whether a place, or something around it, has a fault."""
        return any(at[: len(place)] == place for place in self.faulty)

    def further(self, faults: Iterable[Fault]) -> list[Problem]:
        """Return problems for faults found later, without those at places whose content is not to be trusted."""
        return [self.file.problem(at, message) for at, message in faults if not self.is_faulty(at)]


def read_far(file: YamlFile, model: type[Model]) -> FarReading[Model]:
    """Read a file by its schema, as far as it goes."""
    if not isinstance(file.data, dict) or not file.data:
        return FarReading(file, None, file.problems or (file.problem((), NOT_A_LIST_OF_KEYS),))
    try:
        return FarReading(file, model.model_validate(file.data), file.problems)
    except ValidationError as error:
        details = error.errors()
    found = [schema_problem(file, detail, _keys_at(model, detail["loc"])) for detail in details]
    faulty = frozenset(tuple(detail["loc"]) for detail in details)
    return FarReading(file, _mended(file, model, details), (*file.problems, *found), faulty)


def parsed(file: YamlFile, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """Return the file as an object of the schema, or None with every fault in it."""
    reading = read_far(file, model)
    return None if reading.problems else reading.definition, list(reading.problems)


def _mended(file: YamlFile, model: type[Model], details: list[ErrorDetails]) -> Model | None:
    data = deepcopy(file.data)
    for _ in range(_ROUNDS):
        for detail in details:
            _mend(data, detail, file, _keys_at(model, detail["loc"]))
        try:
            return model.model_validate(data)
        except ValidationError as error:
            details = error.errors()
    return None


def _mend(data: Any, detail: ErrorDetails, file: YamlFile, known_keys: Collection[str]) -> None:
    *around, last = detail["loc"]
    holder = data
    for part in around:
        holder = holder[part]
    kind = detail["type"]
    if kind == "extra_forbidden":
        value, meant = holder.pop(last), likely_key(str(last), known_keys)
        if meant:
            holder.setdefault(meant, value)
    elif kind == "list_type":
        holder[last] = []
    elif kind in {"dict_type", "model_type"}:
        holder[last] = {}
    elif kind == "too_short":
        holder[last] = [*holder[last], *[_PLACEHOLDER] * detail["ctx"]["min_length"]]
    elif kind == "literal_error":
        holder[last] = detail["ctx"]["expected"].split("'")[1]
    elif kind == "string_type":
        holder[last] = file.written.get(tuple(detail["loc"])) or _PLACEHOLDER
    elif kind == "missing" or kind.startswith("string_") or isinstance(holder, list):
        holder[last] = _PLACEHOLDER
    else:
        del holder[last]


def _keys_at(model: type[BaseModel], place: Iterable[str | int]) -> Collection[str]:
    """Return the keys that may stand beside the last one of a place."""
    here: Any = model.model_fields["root"].annotation if issubclass(model, RootModel) else model
    *around, _ = place
    for part in around:
        is_inside = get_origin(here) in {list, dict}
        here = get_args(here)[-1] if is_inside else _fields_by_key(here)[str(part)].annotation
    return _fields_by_key(here)


def _fields_by_key(model: Any) -> dict[str, FieldInfo]:
    fields: dict[str, FieldInfo] = getattr(model, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}
