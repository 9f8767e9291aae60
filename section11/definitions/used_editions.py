"""A set compared with its editions that cycles have used: those never change, and their ids live on in the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from section11.definitions.frozen import frozen
from section11.definitions.set_reader import ReadSet
from section11.domain.standards import Question, StandardsSet
from section11.errors import Problem


@dataclass(frozen=True)
class UsedEdition:
    """A set as a cycle used it."""

    cycle_name: str
    standards_set: StandardsSet


def has_changed(standards_set: StandardsSet, used: Iterable[StandardsSet]) -> bool:
    """Return whether a set of the same id and version was used with other content."""
    # Frozen anew, because what an earlier release of the product froze may lack what is known today.
    same_version = [_hash_of(one) for one in used if one.version == standards_set.version]
    return bool(same_version) and _hash_of(standards_set) not in same_version


def _hash_of(standards_set: StandardsSet) -> str:
    """Return the hash of what organisations see; how past results say "not applicable" serves their import alone."""
    return frozen(replace(standards_set, scale=replace(standards_set.scale, not_applicable_words=())))[1]


def beside_used(read: ReadSet, editions: Sequence[UsedEdition]) -> ReadSet:
    """Return the set with further problems: what must not change once a cycle has used an edition of it.

    ``editions`` are of any set, the latest first.
    """
    draft = read.draft
    editions = [one for one in editions if draft is not None and one.standards_set.id == draft.id]
    if draft is None or not editions:
        return read
    found = [
        *_changed_in_use(read, draft, editions),
        *_changed_scale(read, draft, editions[0]),
        *_changed_questions(read, draft, editions),
    ]
    return replace(read, problems=(*read.problems, *found))


def _changed_in_use(read: ReadSet, draft: StandardsSet, editions: Sequence[UsedEdition]) -> Iterator[Problem]:
    if read.is_whole and has_changed(draft, (one.standards_set for one in editions)):
        cycle = next(one.cycle_name for one in editions if one.standards_set.version == draft.version)
        message = f"This set was used in the cycle {cycle} and has changed since. Raise its version, or copy it under "
        yield Problem(read.place_of_version, f"{message}a new id.")


def _changed_scale(read: ReadSet, draft: StandardsSet, edition: UsedEdition) -> Iterator[Problem]:
    now, before = draft.scale, edition.standards_set.scale
    if now.id != before.id:
        message = (
            f'The cycle {edition.cycle_name} used the scale "{before.id}", and ratings of two scales do not compare.'
        )
        yield Problem(read.place_of_scale, f"{message} Name that scale again, or copy the set under a new id.")
    elif now.keys != before.keys:
        message = (
            f'The ratings of the scale "{now.id}" were {", ".join(before.keys)} in the cycle {edition.cycle_name}.'
        )
        yield Problem(read.place_of_ratings, f"{message} Put them back, or make another scale for a set with a new id.")


def _changed_questions(read: ReadSet, draft: StandardsSet, editions: Sequence[UsedEdition]) -> Iterator[Problem]:
    used_by_id: dict[str, tuple[Question, str]] = {}
    ids_by_words: dict[str, tuple[list[str], str]] = {}
    for edition in reversed(editions):  # the latest last, so that it counts where editions differ
        of_edition: dict[str, tuple[list[str], str]] = {}
        for question in edition.standards_set.all_questions():
            used_by_id[question.id] = question, edition.cycle_name
            of_edition.setdefault(_words(question.text), ([], edition.cycle_name))[0].append(question.id)
        ids_by_words |= of_edition
    words_by_id = {question.id: _words(question.text) for question in draft.all_questions()}
    for question in draft.all_questions():
        words = words_by_id[question.id]
        ids, cycle = ids_by_words.get(words, ([question.id], ""))
        place = read.place_by_id.get(question.id)
        if place is None:
            continue  # its id cannot be read
        if question.id not in ids and all(words_by_id.get(one) != words for one in ids):
            message = f"Question {question.id} was {ids[0]} in the edition used in the cycle {cycle}."
            yield Problem(place, f"{message} Give it back that id, or earlier answers no longer belong to it.")
        elif question.id in used_by_id:
            yield from _changed_answers(place, question, *used_by_id[question.id])


def _changed_answers(place: str, question: Question, used: Question, cycle: str) -> Iterator[Problem]:
    if question.type != used.type:
        message = f"Question {question.id} was of type {used.type} in the cycle {cycle}, and is {question.type} now."
        yield Problem(place, f"{message} Give the new question an id of its own.")
    keys_by_label = {_words(label): key for key, label in used.choices.items()}
    for key, label in question.choices.items():
        before = keys_by_label.get(_words(label), key)
        if before != key and question.choices.get(before) != label:
            message = f'The choice "{label}" of question {question.id} had the key {before} in the cycle {cycle}.'
            yield Problem(place, f"{message} Give it back that key.")


def _words(text: str) -> str:
    """Return a text without what does not make it another: capitals, spaces and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))
