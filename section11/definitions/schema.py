"""The keys a question set may have, and what each must look like.

The descriptions are what an editor shows beside a key and what the tables of ``standards/README.md`` say.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from section11.domain.organisations import DutyBasis
from section11.domain.question_types import QUESTION_TYPES
from section11.domain.standards import RATING

SET_ID = r"^[a-z0-9][a-z0-9-]*$"
QUESTION_ID = r"^[A-Za-z0-9][A-Za-z0-9.\-]*$"
KEY = r"^[a-z0-9_]+$"

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SetId = Annotated[str, StringConstraints(pattern=SET_ID, max_length=80)]
QuestionId = Annotated[str, StringConstraints(pattern=QUESTION_ID, max_length=40)]
Key = Annotated[str, StringConstraints(pattern=KEY, max_length=40)]
Percent = Annotated[float, Field(ge=0, le=100)]
Number = Annotated[float | None, Field(allow_inf_nan=False)]


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RatingDefinition(_Definition):
    key: Key = Field(description="The rating's id: small letters, digits and underscores. It never changes")
    label: Text = Field(description="The words people choose")
    meaning: Text = Field(description="What it means in general; each question says it again in its descriptors")
    tone: Literal["full", "most", "part", "none"] = Field(
        description="Its colour: `full` dark green, `most` light green, `part` amber, `none` dark red. Two ratings may "
        "have the same tone"
    )


class ScaleDefinition(_Definition):
    title: Text = Field(description="The name people see")
    ratings: list[RatingDefinition] = Field(min_length=2, description="The ratings, **best first**, at least two")
    not_applicable_words: list[Text] = Field(
        [], description='What past results in this scale wrote for "not applicable"; used when they are imported'
    )


class ThresholdsDefinition(_Definition):
    strong_from_percent: Percent = Field(
        80.0,
        description="A standard is strong when at least this share of its questions has the best rating "
        "(80 if left out) and no essential one is rated in the lower half",
    )
    weak_below_percent: Percent = Field(
        50.0,
        description="A standard is weak when less than this share has the best rating (50 if left out), or an "
        "essential question the lowest. At most `strong_from_percent`",
    )


class ReferenceDefinition(_Definition):
    title: Text = Field(
        description="The source as it is printed. Give a paragraph number only if you have read it there"
    )
    url: str = Field("", description="Its web address, beginning with https://")


class ChoiceDefinition(_Definition):
    key: Key = Field(description="The choice's id: small letters, digits and underscores. It never changes")
    label: Text = Field(description="The words people choose")


class QuestionDefinition(_Definition):
    id: QuestionId = Field(description="The question's id, used once in the set. It never changes")
    text: Text = Field(description="The question")
    descriptors: dict[str, Text] = Field(
        {},
        description="What each rating means for this question: one line for every rating key of the scale. "
        "Only where a rating is asked for",
    )
    type: Text = Field(
        RATING,
        description="What is asked for; a rating if left out. The types are explained under "
        '"Questions that are not ratings"',
        json_schema_extra={"enum": list(QUESTION_TYPES)},
    )
    arrangements: list[Text] = Field([], description="The arrangements it tests, by their keys in `set.yaml`")
    help: str = Field("", description="How to understand the question. It always stands below it")
    essential: bool = Field(
        False,
        description="`true` if the question decides the result of its standard (see “What a result is”), and a rating "
        "in the lower half of the scale needs an action with an owner and a date before sign-off",
    )
    references: list[Text] = Field([], description="The sources it rests on, by their keys in `set.yaml`")
    evidence: list[Text] = Field(
        [], description="What would show it. Ask for posts, percentages and dates, never for people's names"
    )
    impact: str = Field("", description="The question about the difference it makes to children")
    asked_of: list[Text] = Field(
        [],
        description="The organisation types that are asked; all of them if left out. "
        "Types are listed in `orgs/types.yaml`",
    )
    not_asked_of: list[Text] = Field([], description="The organisation types that are not asked, even if listed above")
    optional: bool = Field(False, description="`true` if the question may be left without an answer")
    unit: str = Field("", description="For a number, and needed there: what is counted")
    least: Number = Field(None, description="For a number: the lowest that can be right")
    most: Number = Field(None, description="For a number: the highest that can be right")
    choices: list[ChoiceDefinition] = Field(
        [], description="For a choice, and needed there: two or more, in the order people expect"
    )


class StandardDefinition(_Definition):
    id: QuestionId = Field(description="The standard's id: letters, digits, dots and hyphens, used once in the set")
    title: Text = Field(description="Its name")
    questions: list[QuestionDefinition] = Field(min_length=1, description="Its questions, at least one")
    summary: str = Field("", description="What good looks like, in one sentence")


class SetDefinition(_Definition):
    id: SetId = Field(description="The set's id, the same as the name of its folder: small letters, digits and hyphens")
    title: Text = Field(description="The name people see")
    version: Text = Field(description="Your own version, as text in quotes")
    scale: Text = Field(description="Which ratings are used: the id of a scale in `scales.yaml`")
    standards: list[Text] = Field(min_length=1, description="The standard files, in the order of the form")
    summary: str = Field("", description="What the set asks, in a sentence or two")
    duties: list[Text] = Field(
        [],
        description="The bases of duty the set was written for: `s11`, `equivalent`, `commissioned`, `voluntary`. "
        "A note for readers; nothing is refused because of it",
        json_schema_extra={"items": {"type": "string", "enum": [basis.value for basis in DutyBasis]}},
    )
    thresholds: ThresholdsDefinition = Field(
        ThresholdsDefinition(), description="When a standard's result is called strong or weak"
    )
    arrangements: dict[str, Text] = Field(
        {},
        description="The arrangements the law or guidance asks for: key and short title, see “The 14 arrangements”. "
        "Each must be tested by at least one question",
    )
    references: dict[str, ReferenceDefinition] = Field(
        {}, description="The sources that questions rest on, by a key of your choice"
    )
