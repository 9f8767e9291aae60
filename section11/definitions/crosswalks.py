"""Reading crosswalks from ``standards/crosswalks``: one file for two sets; without a file they are derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from section11.definitions.crosswalk_faults import (
    faults_of_ids,
    faults_of_links,
    faults_of_name,
    faults_of_sets,
    file_name,
)
from section11.definitions.crosswalk_schema import CrosswalkDefinition
from section11.definitions.far_reading import parsed
from section11.definitions.library import StandardsLibrary
from section11.definitions.yaml_lines import YamlFile, read_yaml
from section11.domain.crosswalks import Crosswalk, Link, LinkKind, crosswalk_of
from section11.domain.standards import StandardsSet
from section11.errors import Problem


@dataclass(frozen=True)
class ReadCrosswalk:
    """A crosswalk and the faults of its file.

    ``path`` is None where no file is about the two sets. ``crosswalk`` is None where the file cannot be relied
    on. A crosswalk with problems names questions that a set does not have or leaves some out: that happens
    with an older edition of a set, and what the file says about the others still holds.
    """

    path: Path | None
    crosswalk: Crosswalk | None
    problems: tuple[Problem, ...] = ()


def crosswalk_between(library: StandardsLibrary, before: StandardsSet, after: StandardsSet) -> ReadCrosswalk:
    """Return the crosswalk of two sets or editions: from the file about them, in either direction, or derived."""
    path = crosswalk_file(library, before.id, after.id)
    if path is None:
        return ReadCrosswalk(None, crosswalk_of(before, after))
    if path.name == file_name(before.id, after.id):
        return _read(path, before, after)
    read = _read(path, after, before)
    return ReadCrosswalk(path, read.crosswalk and read.crosswalk.reversed(), read.problems)


def crosswalk_file(library: StandardsLibrary, set_id: str, other_id: str) -> Path | None:
    """Return the file about two sets, whichever of them it begins with; None where there is none."""
    for name in (file_name(set_id, other_id), file_name(other_id, set_id)):
        if (_folder(library) / name).is_file():
            return _folder(library) / name
    return None


def read_crosswalks(
    library: StandardsLibrary, sets: Mapping[str, StandardsSet | None] | None = None
) -> list[ReadCrosswalk]:
    """Read every crosswalk of the library, with every fault that it has beside the sets as they stand.

    ``sets`` are the library's sets by id, None for one with faults, where they have been read already.
    """
    if sets is None:
        sets = {folder.name: library.read(folder).standards_set for folder in library.folders()}
    return [_checked(path, sets) for path in sorted(_folder(library).glob("*.yaml"))]


def _folder(library: StandardsLibrary) -> Path:
    return library.folder / "crosswalks"


def _read(path: Path, before: StandardsSet, after: StandardsSet) -> ReadCrosswalk:
    file = _with_lists(read_yaml(path))
    definition, problems = parsed(file, CrosswalkDefinition)
    if definition is None:
        return ReadCrosswalk(path, None, tuple(problems))
    return _built(file, definition, before, after)


def _with_lists(file: YamlFile) -> YamlFile:
    """Return the file as if each question that stands alone in a link were a list of one."""
    links = file.data.get("links") if isinstance(file.data, dict) else None
    if not isinstance(links, list):
        return file
    written, lists = dict(file.written), []
    for index, link in enumerate(links):
        lists.append(dict(link) if isinstance(link, dict) else link)
        for key in ("from", "to"):
            at = ("links", index, key)
            if isinstance(link, dict) and at in written:
                lists[index][key] = [link[key]]
                written[*at, 0] = written[at]
    return replace(file, data={**file.data, "links": lists}, written=written)


def _checked(path: Path, sets: Mapping[str, StandardsSet | None]) -> ReadCrosswalk:
    file = _with_lists(read_yaml(path))
    definition, problems = parsed(file, CrosswalkDefinition)
    if definition is None:
        return ReadCrosswalk(path, None, tuple(problems))
    faults = (*faults_of_sets(file, definition, sets), *faults_of_name(file, definition))
    before, after = sets.get(definition.before), sets.get(definition.after)
    if before is None or after is None or before is after:
        return ReadCrosswalk(path, None, faults)
    read = _built(file, definition, before, after)
    return ReadCrosswalk(path, read.crosswalk, (*faults, *read.problems))


def _built(file: YamlFile, definition: CrosswalkDefinition, before: StandardsSet, after: StandardsSet) -> ReadCrosswalk:
    faults = tuple(faults_of_links(file, definition, before, after))
    problems = (*faults, *faults_of_ids(file, definition, before, after))
    if faults:
        return ReadCrosswalk(file.path, None, problems)
    links = [Link(LinkKind(one.kind), tuple(one.before), tuple(one.after), one.note) for one in definition.links]
    crosswalk = crosswalk_of(before, after, links, new=definition.new, dropped=definition.dropped)
    return ReadCrosswalk(file.path, crosswalk, problems)
