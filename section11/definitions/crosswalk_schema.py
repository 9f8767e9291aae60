"""The keys a crosswalk may have, and what each must look like."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from section11.definitions.schema import Text


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LinkDefinition(_Definition):
    before: Annotated[list[Text], Field(min_length=1, alias="from")]
    after: Annotated[list[Text], Field(min_length=1, alias="to")]
    kind: Text
    note: Text = ""


class CrosswalkDefinition(_Definition):
    before: Annotated[Text, Field(alias="from")]
    after: Annotated[Text, Field(alias="to")]
    links: list[LinkDefinition]
    new: list[Text] = []
    dropped: list[Text] = []
