"""How hard the words of a set are to read: the reading age of each text, and the median of a set.

The measure is the Flesch-Kincaid grade (Kincaid and others, 1975): 0.39 × words per sentence + 11.8 × syllables per
word − 15.59. It is the one that word processors show and that most people have met. A grade is a year of school in
the United States, and children are about five when they begin to count them, so the reading age is the grade plus 5.

Each question, its help and each of its descriptors is a text of its own, because that is how they are met: one
sentence or two at a time. The formula was made for longer passages, so a single age can be out by some years: go by
the median, and take the hardest texts as those to look at first. A word that cannot be avoided ("safeguarding")
counts like any other. Evidence prompts are lists of things rather than sentences and are not measured.

Syllables come from a list of words, and by rule for others. Over all the sets that are shipped, their sum differs from
that by the CMU Pronouncing Dictionary by about 2 in 1,000. (The places where a word may be hyphenated, which are often
counted instead, are 4 to 8 in 100 too few: texts look one to three years easier than they are.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import syllapy
from pydantic import ConfigDict, RootModel

from section11.definitions.far_reading import read_far
from section11.definitions.question_faults import SET_FILE
from section11.definitions.yaml_lines import read_yaml
from section11.domain.standards import StandardsSet
from section11.errors import DefinitionFaultsError, Problem

LIMITS_FILE = "reading-ages.yaml"
QUESTION, HELP, DESCRIPTOR = "question", "help", "descriptor"

_WORD = re.compile(r"[^\W_][^\s/–—]*")
_END_OF_SENTENCE = re.compile(r"[.?!]+(?=[\"'’”)]*(?:\s|$))")
_WORDS_OF_THE_FIELD = {
    "safeguard": 2, "safeguards": 2, "safeguarded": 3, "safeguarding": 3, "trustee": 2, "trustees": 2,
}  # fmt: skip
"""Syllables of words that the list lacks and the rule gets wrong."""


@dataclass(frozen=True)
class MeasuredText:
    """One text of a question and its reading age in years; ``rating`` is the label of a descriptor's rating."""

    question_id: str
    part: str
    text: str
    age: float
    rating: str = ""


@dataclass(frozen=True)
class Limit:
    """The highest median reading age of a set, and where that is written."""

    age: float
    place: str


class LimitsDefinition(RootModel[dict[str, float]]):
    """The highest median reading age by set id."""

    model_config = ConfigDict(strict=True)


def reading_age(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text plus 5. The text must hold a word."""
    words = _WORD.findall(text.replace("%", " per cent"))
    sentences = max(1, len(_END_OF_SENTENCE.findall(text)))
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5


def measured_texts(standards_set: StandardsSet) -> list[MeasuredText]:
    """Return every question, help and descriptor of a set, in order."""
    found: list[MeasuredText] = []
    labels = {rating.key: rating.label for rating in standards_set.scale.ratings}
    for question in standards_set.all_questions():
        texts = [(QUESTION, question.text, ""), (HELP, question.help, "")]
        texts += [(DESCRIPTOR, text, labels[key]) for key, text in question.descriptors.items()]
        found += [
            MeasuredText(question.id, part, text, reading_age(text), rating)
            for part, text, rating in texts
            if _WORD.search(text)
        ]
    return found


def median_age(texts: Iterable[MeasuredText]) -> float | None:
    """Return the median reading age to one decimal place; None without texts."""
    ages = [one.age for one in texts]
    return round(median(ages), 1) if ages else None


def hardest(texts: Sequence[MeasuredText], count: int = 10) -> list[MeasuredText]:
    """Return the texts with the highest reading age, the hardest first."""
    return sorted(texts, key=lambda one: -one.age)[:count]


def read_limits(folder: Path) -> Mapping[str, Limit]:
    """Return the limits in a folder of sets by set id; none where it has no such file.

    Raises:
        DefinitionFaultsError: the file has faults.
    """
    if not (folder / LIMITS_FILE).is_file():
        return {}
    reading = read_far(read_yaml(folder / LIMITS_FILE), LimitsDefinition)
    if reading.problems or reading.definition is None:
        raise DefinitionFaultsError(reading.problems, what=LIMITS_FILE)
    strangers = [set_id for set_id in reading.definition.root if not (folder / set_id / SET_FILE).is_file()]
    if strangers:
        message = "There is no such set. Correct the id, or take the line away."
        raise DefinitionFaultsError([reading.file.problem((one,), message) for one in strangers], what=LIMITS_FILE)
    return {set_id: Limit(age, reading.file.place((set_id,))) for set_id, age in reading.definition.root.items()}


def too_hard(set_id: str, age: float | None, limits: Mapping[str, Limit]) -> Problem | None:
    """Return the problem of a set whose median reading age is over its limit."""
    limit = limits.get(set_id)
    if limit is None or age is None or age <= limit.age:
        return None
    message = f"Half of the texts of {set_id} need a reading age of {age:.1f} or more, and {limit.age:g} is its limit."
    return Problem(limit.place, f"{message} Use shorter sentences and shorter words, beginning with the hardest texts.")


def _syllables(word: str) -> int:
    """Count as the word is said: a number has about one syllable for each digit, and initials one for each letter."""
    digits = sum(character.isdigit() for character in word)
    if digits:
        return digits
    letters = word.strip(".,;:?!'’”\")")
    if len(letters) > 1 and letters.isupper():
        return len(letters)
    plain = re.sub(r"['’]s?$", "", letters.lower())
    return _WORDS_OF_THE_FIELD.get(plain) or max(1, syllapy.count(plain))
