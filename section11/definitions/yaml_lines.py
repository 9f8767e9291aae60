"""Reading YAML so that every value knows the line it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from section11.errors import Problem

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: plain data, and the line (from 1) of every value by its path of keys and indexes."""

    path: Path
    data: Any
    lines: dict[KeyPath, int] = field(default_factory=dict)
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
    except UnicodeDecodeError:
        message = "This file is not in UTF-8. Save it again with the encoding UTF-8."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:1", message),))
    try:
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            lines: dict[KeyPath, int] = {(): 1}
            doubles: list[tuple[int, str]] = []
            data = None if node is None else _build(loader, node, (), lines, doubles)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"This line cannot be read as YAML ({error.problem}). Check its quotes, colons and indentation."
        return YamlFile(path, None, problems=(Problem(f"{shown(path)}:{line}", message),))
    problems = tuple(
        Problem(f"{shown(path)}:{line}", f'"{key}" stands here twice. Keep one of the two.') for line, key in doubles
    )
    return YamlFile(path, data, lines, problems)


def _build(
    loader: yaml.SafeLoader,
    node: yaml.Node,
    at: KeyPath,
    lines: dict[KeyPath, int],
    doubles: list[tuple[int, str]],
) -> Any:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            key = key if isinstance(key, str) else str(key)
            if key in result:
                doubles.append((key_node.start_mark.line + 1, key))
            result[key] = _build(loader, value_node, (*at, key), lines, doubles)
            lines[(*at, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, child, (*at, index), lines, doubles) for index, child in enumerate(node.value)]
    return loader.construct_object(node, deep=True)
