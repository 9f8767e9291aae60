"""Organisations, their types, and the partnerships they belong to."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class DutyBasis(StrEnum):
    """Why an organisation takes part. On screen the words for people are those of ``orgs/types.yaml``."""

    SECTION_11 = "s11"
    EQUIVALENT = "equivalent"
    COMMISSIONED = "commissioned"
    VOLUNTARY = "voluntary"


DUTY_TITLES: dict[DutyBasis, str] = {
    DutyBasis.SECTION_11: "Section 11 duty",
    DutyBasis.EQUIVALENT: "Equivalent duty in other law",
    DutyBasis.COMMISSIONED: "Commissioned service",
    DutyBasis.VOLUNTARY: "Takes part voluntarily",
}
"""The words in files that leave, which must mean the same wherever they are read."""


@dataclass(frozen=True, slots=True)
class OrganisationType:
    """A kind of organisation, such as a police force or a primary school."""

    key: str
    title: str
    group: str
    """The group's title, for example "Health"."""
    usual_duty: DutyBasis
    sole_signer: bool = False
    """Whether one person may both answer and sign (small charities, childminders)."""


@dataclass(frozen=True, slots=True)
class Partnership:
    """A local safeguarding partnership."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """An agency, school or provider. ``type`` is the key of an OrganisationType."""

    id: str
    name: str
    type: str
    urn: str = ""
    ods_code: str = ""
    parent_id: str | None = None
    is_open: bool = True


def readable_id(name: str) -> str:
    """Return a short id a person can read: ``"Riverdale Police"`` gives ``riverdale-police``.

    The result has only a–z, 0–9 and hyphens and may be empty when the name has none of them.
    """
    dashed = re.sub("[\u2010-\u2015\u2212]", "-", name)
    plain = unicodedata.normalize("NFKD", dashed).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:60].strip("-")
