"""What in a text may identify a person, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of detail it is likely to be."""

    NAME = "name"
    NHS_NUMBER = "nhs_number"
    PUPIL_NUMBER = "pupil_number"
    DATE_OF_BIRTH = "date_of_birth"
    EMAIL = "email"
    PHONE = "phone"


KIND_TITLES: dict[Kind, str] = {
    Kind.NAME: "a name",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.PUPIL_NUMBER: "a unique pupil number",
    Kind.DATE_OF_BIRTH: "a date of birth",
    Kind.EMAIL: "an e-mail address",
    Kind.PHONE: "a phone number",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One likely detail; ``text[start:end]`` is ``words``."""

    kind: Kind
    words: str
    start: int
    end: int
