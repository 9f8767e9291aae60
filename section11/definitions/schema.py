"""The keys a question set may have, and what each must look like."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from section11.domain.standards import RATING

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SetId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$", max_length=40)]
RatingKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=40)]


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class RatingDefinition(_Definition):
    key: RatingKey
    label: Text
    meaning: Text
    tone: Annotated[str, StringConstraints(pattern="^(full|most|part|none)$")]


class ScaleDefinition(_Definition):
    title: Text
    ratings: Annotated[list[RatingDefinition], Field(min_length=2)]
    not_applicable_words: list[Text] = []


class ThresholdsDefinition(_Definition):
    strong_from_percent: Annotated[float, Field(strict=False, ge=0, le=100)] = 80.0
    weak_below_percent: Annotated[float, Field(strict=False, ge=0, le=100)] = 50.0


class ReferenceDefinition(_Definition):
    title: Text
    url: str = ""


class ChoiceDefinition(_Definition):
    key: RatingKey
    label: Text


class QuestionDefinition(_Definition):
    id: QuestionId
    text: Text
    type: Text = RATING
    unit: str = ""
    least: Annotated[float | None, Field(strict=False)] = None
    most: Annotated[float | None, Field(strict=False)] = None
    choices: list[ChoiceDefinition] = []
    optional: bool = False
    descriptors: dict[str, Text] = {}
    arrangements: list[Text] = []
    help: str = ""
    essential: bool = False
    references: list[Text] = []
    evidence: list[Text] = []
    impact: str = ""
    asked_of: list[Text] = []
    not_asked_of: list[Text] = []


class StandardDefinition(_Definition):
    id: QuestionId
    title: Text
    summary: str = ""
    questions: Annotated[list[QuestionDefinition], Field(min_length=1)]


class SetDefinition(_Definition):
    id: SetId
    title: Text
    version: Text
    summary: str = ""
    scale: Text
    duties: list[Text] = []
    thresholds: ThresholdsDefinition = ThresholdsDefinition()
    arrangements: dict[str, Text] = {}
    references: dict[str, ReferenceDefinition] = {}
    standards: Annotated[list[Text], Field(min_length=1)]
