"""The command that measures how hard question sets are to read."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from section11.cli.output import PROBLEMS, AsJson, say, say_problems, telling_errors
from section11.config import settings
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.definitions.reading_age import (
    DESCRIPTOR,
    HELP,
    QUESTION,
    Limit,
    hardest,
    measured_texts,
    median_age,
    read_limits,
    too_hard,
)
from section11.domain.standards import StandardsSet

LONGEST_LINE = 100


def reading_age(
    sets: Annotated[list[str] | None, typer.Argument(help="Sets or their folders; all of the library if none.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how hard sets are to read: the median reading age of their texts, and the ten hardest."""
    with telling_errors():
        types = read_organisation_types(settings().organisation_types_file)
        library = StandardsLibrary(settings().standards_dir, types.keys)
        limits = read_limits(library.folder)
        found = [_measured(library.load(set_id), limits.get(set_id)) for set_id in sets or library.set_ids()]
        say("\n\n".join(_in_words(one) for one in found), found, as_json=as_json)
        problems = [problem for one in found if (problem := too_hard(one["set"], one["median"], limits))]
        say_problems(problems)
        if problems:
            raise typer.Exit(PROBLEMS)


def _measured(standards_set: StandardsSet, limit: Limit | None) -> dict[str, Any]:
    texts = measured_texts(standards_set)
    return {
        "set": standards_set.id,
        "median": median_age(texts),
        "limit": limit and limit.age,
        "texts": len(texts),
        "median_by_part": {
            part: median_age(one for one in texts if one.part == part) for part in (QUESTION, HELP, DESCRIPTOR)
        },
        "hardest": [
            {
                "question": one.question_id,
                "part": one.part,
                "rating": one.rating,
                "age": round(one.age, 1),
                "text": one.text,
            }
            for one in hardest(texts)
        ],
    }


def _in_words(one: dict[str, Any]) -> str:
    limit = f" (limit {one['limit']:g})" if one["limit"] else ""
    parts = ", ".join(f"{part} {age}" for part, age in one["median_by_part"].items() if age)
    lines = [f"{one['set']}: median reading age {one['median']}{limit} of {one['texts']} texts; {parts}. The hardest:"]
    for text in one["hardest"]:
        line = f"{text['age']:6.1f}  {text['question']:<7} {text['rating'] or text['part']}: {text['text']}"
        lines.append(line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…")
    return "\n".join(lines)
