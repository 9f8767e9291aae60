"""What can be wrong with a set as a whole: its name, its scale, its list of files, and what its keys promise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from section11.definitions.far_reading import FarReading, Fault
from section11.definitions.question_faults import SET_FILE
from section11.definitions.scales import ReadScales
from section11.definitions.schema import SetDefinition, StandardDefinition
from section11.domain.organisations import DutyBasis
from section11.domain.standards import RATING

Head = FarReading[SetDefinition]
Standards = Sequence[FarReading[StandardDefinition]]

_SECURE = "https://"


def faults_of_set(head: Head, folder: Path, scales: ReadScales, standards: Standards) -> Iterator[Fault]:
    """Find every fault of ``set.yaml`` beyond its schema; there are none to find where it cannot be read."""
    definition = head.definition
    if definition is None:
        return
    if definition.id != folder.resolve().name:
        message = f'The set\'s id is "{definition.id}" but its folder is "{folder.resolve().name}".'
        yield ("id",), f"{message} Give both the same name."
    if scales.by_id and definition.scale not in scales.by_id:
        message = f'There is no scale "{definition.scale}". Choose one of: {", ".join(sorted(scales.by_id))}.'
        yield ("scale",), message
    if lists_its_files(head):
        yield from _files_without_a_line(definition, folder)
    yield from _unknown_duties(definition)
    if not any(place[:1] == ("thresholds",) for place in head.faulty):
        yield from _weak_above_strong(definition)
    yield from _untested_arrangements(definition, standards)
    yield from _addresses(definition)


def lists_its_files(head: Head) -> bool:
    """Return whether the list of standard files can be read."""
    return not any(place[:1] == ("standards",) for place in head.faulty)


def _files_without_a_line(definition: SetDefinition, folder: Path) -> Iterator[Fault]:
    listed = {SET_FILE, *definition.standards}
    for name in sorted(path.name for path in folder.glob("*.y*ml") if path.name not in listed):
        message = f"The file {name} has no line here, so it is not read. Add its line, or take the file away."
        yield ("standards",), message


def _unknown_duties(definition: SetDefinition) -> Iterator[Fault]:
    known = [basis.value for basis in DutyBasis]
    for index, key in enumerate(definition.duties):
        if key not in known:
            yield ("duties", index), f'"{key}" is not a basis of duty. Use: {", ".join(known)}.'


def _weak_above_strong(definition: SetDefinition) -> Iterator[Fault]:
    weak, strong = definition.thresholds.weak_below_percent, definition.thresholds.strong_from_percent
    if weak > strong:
        message = f"A standard would be weak below {weak:g}% and strong from {strong:g}%."
        yield ("thresholds", "weak_below_percent"), f"{message} Give weak_below_percent at most {strong:g}."


def _untested_arrangements(definition: SetDefinition, standards: Standards) -> Iterator[Fault]:
    tested: set[str] = set()
    for one in standards:
        if one.definition is None:
            return  # the file that cannot be read may hold the question that tests it
        rated = [question for question in one.definition.questions if question.type == RATING]
        tested.update(key for question in rated for key in question.arrangements)
        if one.problems:
            tested.update(one.file.written.values())
    for key in definition.arrangements:
        if key not in tested:
            message = f"No question with a rating tests the arrangement {key}. Add it to one, or take it away."
            yield ("arrangements", key), message


def _addresses(definition: SetDefinition) -> Iterator[Fault]:
    for key, reference in definition.references.items():
        if reference.url and not reference.url.startswith(_SECURE):
            message = f'"{reference.url}" is not a whole address. Begin it with {_SECURE}, or take the key away.'
            yield ("references", key, "url"), message
