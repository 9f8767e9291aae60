"""A cycle over five kinds of organisation, each with its own set: its map is counted again from the sets' files."""

from __future__ import annotations

import csv
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from section11.services.exports import export_figures
from tests.app.worlds import FIVE_KINDS, five_kinds
from tests.conftest import PROJECT_DIR

STANDARDS = PROJECT_DIR / "standards"
SETS = {
    "police": "section11-2026",
    "fire": "section11-2026",
    "school": "education-2026",
    "nursery": "early-years-2026",
    "minder": "childminders-2026",
    "charity": "voluntary-2026",
}
TYPES = {row["id"]: row["type"] for row in csv.DictReader(FIVE_KINDS.splitlines())}
LEVELS = ("strong", "mixed", "weak", "not_applicable", "not_asked", "not_returned")


@dataclass
class SetFile:
    """One set as its files say it: ratings from best to worst, thresholds, and its rated questions."""

    ratings: list[str]
    strong_from: float
    weak_below: float
    arrangements: dict[str, str]
    questions: list[dict[str, Any]]


def read(name: str) -> Any:
    return yaml.safe_load((STANDARDS / name).read_text(encoding="utf-8"))


def set_file(set_id: str) -> SetFile:
    content, scales = read(f"{set_id}/set.yaml"), read("scales.yaml")
    questions = [one for file in content["standards"] for one in read(f"{set_id}/{file}")["questions"]]
    return SetFile(
        ratings=[one["key"] for one in scales[content["scale"]]["ratings"]],
        strong_from=content["thresholds"]["strong_from_percent"],
        weak_below=content["thresholds"]["weak_below_percent"],
        arrangements=content["arrangements"],
        questions=[one for one in questions if one.get("type", "rating") == "rating"],
    )


FILES = {set_id: set_file(set_id) for set_id in SETS.values()}


def is_asked(question: dict[str, Any], kind: str) -> bool:
    return kind not in question.get("not_asked_of", []) and kind in question.get("asked_of", [kind])


def chosen_answers() -> dict[tuple[str, str], str]:
    """Return an answer of every kind for every question, the same at every run."""
    chance = random.Random(2026)  # noqa: S311 - a fixed choice, not a secret
    answers = {}
    for organisation, set_id in SETS.items():
        of_set = FILES[set_id]
        # The later an organisation stands in the list, the better it does: so that every word occurs.
        best = 0.5 + 0.08 * list(SETS).index(organisation)
        for question in of_set.questions:
            other = chance.choice([*of_set.ratings, "n/a", "n/a", ""])
            answers[organisation, question["id"]] = of_set.ratings[0] if chance.random() < best else other
    # One arrangement that does not apply to the childminder at all.
    for question in FILES[SETS["minder"]].questions:
        if "S11-02" in question["arrangements"]:
            answers["minder", question["id"]] = "n/a"
    return answers


def recounted(organisation: str, key: str, answers: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Return the result of one organisation in one arrangement, counted the long way."""
    of_set = FILES[SETS[organisation]]
    asked = [one for one in of_set.questions if key in one["arrangements"] and is_asked(one, TYPES[organisation])]
    nothing = {"id": key, "percent": None, "n": 0, "lowest_essential": None}
    if organisation == "fire":
        return nothing | {"level": "not_returned"}
    if not asked:
        return nothing | {"level": "not_asked"}
    applies = [one for one in asked if answers[organisation, one["id"]] != "n/a"]
    if not applies:
        return nothing | {"level": "not_applicable"}
    given = [answers[organisation, one["id"]] for one in applies]
    percent = 100 * given.count(of_set.ratings[0]) / len(given)
    essential = [
        of_set.ratings.index(rating)
        for one, rating in zip(applies, given, strict=True)
        if one.get("essential") and rating
    ]
    lowest = max(essential, default=0)
    if percent >= of_set.strong_from and lowest < len(of_set.ratings) / 2:
        level = "strong"
    elif percent < of_set.weak_below or lowest == len(of_set.ratings) - 1:
        level = "weak"
    else:
        level = "mixed"
    return {
        "id": key,
        "level": level,
        "percent": round(percent, 2),
        "n": len(given),
        "lowest_essential": of_set.ratings[lowest] if essential else None,
    }


def figures_on(office):
    place = five_kinds(office, chosen_answers())
    return export_figures(office, place.scrutiny, "2026")


@pytest.fixture
def figures(sqlite_office):
    """For what does not depend on the database."""
    return figures_on(sqlite_office)


def test_every_figure_of_the_map_is_what_an_independent_recount_gives(office):
    figures, answers = figures_on(office), chosen_answers()
    keys = [f"S11-{number:02}" for number in range(1, 15)]
    expected = {organisation: [recounted(organisation, key, answers) for key in keys] for organisation in SETS}

    assert {one["id"]: one["arrangements"] for one in figures["organisations"]} == expected
    assert [one["key"] for one in figures["arrangement_map"]] == keys
    for place, totals in enumerate(figures["arrangement_map"]):
        words = Counter(results[place]["level"] for results in expected.values())
        assert totals["levels"] == {level: words[level] for level in LEVELS}
        assert totals["n"] == words["strong"] + words["mixed"] + words["weak"]
        assert totals["organisations"] == 6
    seen = {result["level"] for results in expected.values() for result in results}
    assert seen == {"strong", "mixed", "weak", "not_applicable", "not_returned"}


def test_five_sets_with_two_scales_are_on_the_map_and_titles_come_from_the_set_of_everybody_else(figures):
    assert {one["id"] for one in figures["sets"]} == set(FILES)
    assert len({one["scale"]["id"] for one in figures["sets"]}) == 2
    for totals in figures["arrangement_map"]:
        titles = {set_id: of_set.arrangements[totals["key"]] for set_id, of_set in FILES.items()}
        assert totals["title"] == titles["section11-2026"]
        assert totals["other_titles"] == {set_id: one for set_id, one in titles.items() if one != totals["title"]}


def numbers_in(part: Any) -> list[Any]:
    """Return every number of a part of the figures, however deep it stands."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list):
        return [number for one in part for number in numbers_in(one)]
    return [part] if isinstance(part, (int, float)) else []


def test_no_total_mixes_scales_it_is_only_counted_how_many_organisations_have_which_word(figures):
    for totals in figures["arrangement_map"]:
        assert set(totals) == {"key", "title", "other_titles", "organisations", "n", "levels"}
        assert all(type(number) is int and 0 <= number <= 6 for number in numbers_in(totals))
        assert sum(totals["levels"].values()) == totals["organisations"]
