"""The keys a crosswalk may have, and what each must look like; the descriptions serve editors and the README."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from section11.definitions.schema import Text

_ONE = {"type": "string", "minLength": 1}
QuestionIds = Annotated[list[Text], WithJsonSchema({"anyOf": [_ONE, {"type": "array", "minItems": 1, "items": _ONE}]})]
"""One stands alone in the file; the reader makes a list of it."""


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LinkDefinition(_Definition):
    before: QuestionIds = Field(
        min_length=1, alias="from", description="The question before, by its id; several in square brackets"
    )
    after: QuestionIds = Field(
        min_length=1, alias="to", description="The question after, by its id; several in square brackets"
    )
    kind: Text = Field(description="`same`, `reworded`, `split` or `merged`")
    note: Text = Field(
        "",
        description="What to know about it, in one sentence. Say which set asks what, as the file is read both ways. "
        "Put it in quotes if it contains a comma or a colon",
    )


class CrosswalkDefinition(_Definition):
    before: Text = Field(alias="from", description="The set before, by its id")
    after: Text = Field(alias="to", description="The set after, by its id")
    links: list[LinkDefinition] = Field(
        description="The questions that stand for each other: see below. Write `[]` if there are none"
    )
    new: list[Text] = Field([], description="The questions of the set after that nothing stands for")
    dropped: list[Text] = Field([], description="The questions of the set before that nothing stands for any more")
