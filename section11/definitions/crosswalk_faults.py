"""What can be wrong with a crosswalk: its sets, its name, its links, and questions named twice or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from section11.definitions.crosswalk_schema import CrosswalkDefinition
from section11.definitions.yaml_lines import KeyPath, YamlFile
from section11.domain.crosswalks import LinkKind
from section11.domain.standards import StandardsSet
from section11.errors import Problem


@dataclass(frozen=True)
class _Side:
    """One of the two sets, what the file says about it with places, and the list for questions without a link."""

    standards_set: StandardsSet
    named: tuple[tuple[KeyPath, str], ...]
    list_without_link: str


def faults_of_sets(
    file: YamlFile, definition: CrosswalkDefinition, sets: Mapping[str, StandardsSet | None]
) -> Iterator[Problem]:
    """Find sets that the library does not have. One that it has with faults (None) is named elsewhere."""
    if definition.before == definition.after:
        yield file.problem(("to",), '"from" and "to" are the same set. Name two sets.')
    for key, set_id in (("from", definition.before), ("to", definition.after)):
        if set_id not in sets:
            yield file.problem((key,), f'There is no standards set "{set_id}". The library has: {", ".join(sets)}.')


def faults_of_name(file: YamlFile, definition: CrosswalkDefinition) -> Iterator[Problem]:
    """Find a name that says other sets than the file, and a second file about the same two."""
    expected = file_name(definition.before, definition.after)
    if file.path.name != expected:
        message = f"This file links {definition.before} to {definition.after} but is called {file.path.name}."
        yield file.problem((), f"{message} Call it {expected}.")
    other_way = file_name(definition.after, definition.before)
    if other_way not in {expected, file.path.name} and (file.path.parent / other_way).is_file():
        yield file.problem((), f"{other_way} is about the same two sets, and each is read both ways. Keep one.")


def file_name(before_id: str, after_id: str) -> str:
    return f"{before_id}--{after_id}.yaml"


_COUNTS_IN_WORDS = {
    LinkKind.SAME: 'one question in "from" and one in "to"',
    LinkKind.REWORDED: 'one question in "from" and one in "to"',
    LinkKind.SPLIT: 'one question in "from" and two or more in "to"',
    LinkKind.MERGED: 'two or more questions in "from" and one in "to"',
}


def faults_of_links(
    file: YamlFile, definition: CrosswalkDefinition, before: StandardsSet, after: StandardsSet
) -> Iterator[Problem]:
    """Find what makes a crosswalk useless: a kind that does not fit, unlike questions linked, one named twice."""
    for index, link in enumerate(definition.links):
        if link.kind not in set(LinkKind):
            message = f'"{link.kind}" is not a kind of link. Choose one of: {", ".join(LinkKind)}.'
            yield file.problem(("links", index, "kind"), message)
            continue
        kind = LinkKind(link.kind)
        if not kind.fits(len(link.before), len(link.after)):
            message = f'"{kind}" needs {_COUNTS_IN_WORDS[kind]}. Correct the kind or the questions.'
            yield file.problem(("links", index, "kind"), message)
        types = {before.questions_by_id[one].type for one in link.before if one in before.questions_by_id}
        types |= {after.questions_by_id[one].type for one in link.after if one in after.questions_by_id}
        if len(types) > 1:
            message = f"These questions are of different types ({', '.join(sorted(types))})."
            yield file.problem(("links", index), f"{message} List them under dropped and new.")
    for side in _sides(definition, before, after):
        yield from _named_twice(file, side)


def faults_of_ids(
    file: YamlFile, definition: CrosswalkDefinition, before: StandardsSet, after: StandardsSet
) -> Iterator[Problem]:
    """Find ids that a set does not have, and ratings that are not accounted for.

    Questions of other types need not be listed: they are matched by their ids.
    """
    for side in _sides(definition, before, after):
        known, set_id = side.standards_set.questions_by_id, side.standards_set.id
        for place, question_id in side.named:
            if question_id not in known:
                yield file.problem(place, f'There is no question "{question_id}" in {set_id}. Correct the id.')
        named = {question_id for _, question_id in side.named}
        for question in side.standards_set.rated_questions:
            if question.id not in named:
                message = f"Question {question.id} of {set_id} is missing. Add it to links or to"
                yield file.problem((side.list_without_link,), f"{message} {side.list_without_link}.")


def _sides(definition: CrosswalkDefinition, before: StandardsSet, after: StandardsSet) -> tuple[_Side, _Side]:
    named_before: list[tuple[KeyPath, str]] = []
    named_after: list[tuple[KeyPath, str]] = []
    for index, link in enumerate(definition.links):
        named_before += [(("links", index, "from", at), one) for at, one in enumerate(link.before)]
        named_after += [(("links", index, "to", at), one) for at, one in enumerate(link.after)]
    named_before += [(("dropped", at), one) for at, one in enumerate(definition.dropped)]
    named_after += [(("new", at), one) for at, one in enumerate(definition.new)]
    return _Side(before, tuple(named_before), "dropped"), _Side(after, tuple(named_after), "new")


def _named_twice(file: YamlFile, side: _Side) -> Iterator[Problem]:
    first_seen: dict[str, str] = {}
    for place, question_id in side.named:
        if question_id in first_seen:
            message = f"{question_id} of {side.standards_set.id} stands here twice, first at {first_seen[question_id]}."
            yield file.problem(place, f"{message} Keep one of the two.")
        first_seen.setdefault(question_id, file.place(place))
