"""Reading YAML so that every value knows the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from section11.errors import Problem

KeyPath = tuple[str | int, ...]


MOST_PARTS = 50_000
"""Values in one file, those repeated by & and * counted each time: a few lines could stand for millions."""
_TOO_MUCH = "too much"
_SYNTAX_WORDS = {
    _TOO_MUCH: "This file holds far more than any question set, perhaps by repeating parts with & and *. Write less.",
    "mapping values are not allowed here": "There is a colon here where none can be. Put the text in quotes, or "
    "check the indentation of this line and the one above.",
    "found character '\\t' that cannot start any token": "There is a tab here. Use spaces instead.",
    "found unexpected end of stream": "A quote begins here and is never closed. Close it.",
}
_OTHER_SYNTAX = "This line cannot be read as YAML ({}). Check its quotes, colons and indentation."


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: plain data, and the line (from 1) of every value by its path of keys and indexes."""

    path: Path
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)
    written: dict[KeyPath, str] = field(default_factory=dict)
    """How every single value stands in the file, so that ``1.10`` is not quoted back as 1.1."""
    problems: tuple[Problem, ...] = ()

    def place(self, key_path: KeyPath = ()) -> str:
        """Return ``path:line`` of a value, or of the nearest thing around it that exists."""
        while key_path and key_path not in self.lines:
            key_path = key_path[:-1]
        return f"{shown(self.path)}:{self.lines.get(key_path, 1)}"

    def problem(self, key_path: KeyPath, message: str) -> Problem:
        return Problem(self.place(key_path), message)


def shown(path: Path) -> str:
    """Return a path as people type it: relative to where they stand when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def read_yaml(path: Path) -> YamlFile:
    """Read one file. A file that is missing or is not YAML gives a YamlFile with problems and no data."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:1", "This file does not exist. Add it."),))
    except OSError as error:
        message = f"This file cannot be read ({(error.strerror or '').lower()}). Check its name and who may read it."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:1", message),))
    except UnicodeDecodeError:
        message = "This file is not in UTF-8. Save it again with the encoding UTF-8."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:1", message),))
    try:
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            builder = _Builder(loader)
            data = None if node is None else builder.build(node, ())
        finally:
            loader.dispose()
    except RecursionError:
        message = "This file has lists within lists within lists, deeper than any question set. Check its brackets."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:1", message),))
    except yaml.MarkedYAMLError as error:
        # A quote that is never closed is only noticed at the end of the file; it began somewhere else.
        began = error.context_mark if error.problem == "found unexpected end of stream" else None
        mark = began or error.problem_mark
        line = mark.line + 1 if mark else 1
        message = _SYNTAX_WORDS.get(error.problem or "", _OTHER_SYNTAX.format(error.problem))
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:{line}", message),))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = "This line holds a character that cannot be seen and that YAML does not allow. Type the line again."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:{line}", message),))
    problems = tuple(
        Problem(f"{shown(path)}:{line}", f'"{key}" stands here twice. Keep one of the two.')
        for line, key in builder.doubles
    )
    return YamlFile(path, data, builder.lines, builder.written, problems)


class _Builder:
    """Builds plain data from YAML nodes and keeps where and how everything was written."""

    def __init__(self, loader: yaml.SafeLoader) -> None:
        self._loader = loader
        self.lines: dict[KeyPath, int] = {(): 1}
        self.written: dict[KeyPath, str] = {}
        self.doubles: list[tuple[int, str]] = []
        self._parts = 0

    def build(self, node: yaml.Node, at: KeyPath) -> Any:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise yaml.MarkedYAMLError(problem=_TOO_MUCH, problem_mark=node.start_mark)
        self.lines[at] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*at, index)) for index, child in enumerate(node.value)]
        self.written[at] = node.value
        try:
            return self._loader.construct_object(node)
        except ValueError:
            return date.min  # written like a date, but there is no such day

    def _mapping(self, node: yaml.MappingNode, at: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            # A key is what is written, so that yes and 2026 are the same with quotes and without.
            key = str(key_node.value)
            if key in result:
                self.doubles.append((key_node.start_mark.line + 1, key))
            result[key] = self.build(value_node, (*at, key))
            self.lines[(*at, key)] = key_node.start_mark.line + 1
        return result
