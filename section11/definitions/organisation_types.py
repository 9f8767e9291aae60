"""Reading the organisation types and bases of duty from ``orgs/types.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from section11.definitions.far_reading import parsed
from section11.definitions.schema import SetId, Text
from section11.definitions.yaml_lines import read_yaml
from section11.domain.cycles import EVERY_TYPE
from section11.domain.organisations import DutyBasis, OrganisationType
from section11.errors import DefinitionFaultsError, Problem


class _Definition(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class DutyDefinition(_Definition):
    title: Text
    statement: Text


class TypeDefinition(_Definition):
    key: SetId
    title: Text
    duty: Text
    sole_signer: bool = False
    gias_codes: list[int] = []
    usual_set: SetId | None = None


class GroupDefinition(_Definition):
    title: Text
    types: Annotated[list[TypeDefinition], Field(min_length=1)]


class TypesDefinition(_Definition):
    usual_set: SetId = "section11-2026"
    duties: dict[str, DutyDefinition]
    groups: Annotated[list[GroupDefinition], Field(min_length=1)]


@dataclass(frozen=True)
class OrganisationTypes:
    """Every organisation type by key, the words for each basis of duty, and the GIAS codes mapped to types."""

    by_key: dict[str, OrganisationType]
    duty_titles: dict[DutyBasis, str]
    duty_statements: dict[DutyBasis, str]
    key_by_gias_code: dict[int, str]
    usual_set_ids: dict[str, str]
    """The set each type usually answers, and under ``*`` the one for every other type."""

    def __getitem__(self, key: str) -> OrganisationType:
        """Return the type; one that was since taken from the file is shown by its key."""
        known = self.by_key.get(key)
        return known or OrganisationType(key, key.replace("-", " ").capitalize(), "Other", DutyBasis.VOLUNTARY)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.by_key)


def read_organisation_types(path: Path) -> OrganisationTypes:
    """Return the types.

    Raises:
        DefinitionFaultsError: the file has faults.
    """
    file = read_yaml(path)
    definition, problems = parsed(file, TypesDefinition)
    if definition is None:
        raise DefinitionFaultsError(problems, what=str(path.name))
    known_duties = {duty.value for duty in DutyBasis}
    faults: list[Problem] = [
        file.problem(("duties", key), f'"{key}" is not a basis of duty. Use: {", ".join(sorted(known_duties))}.')
        for key in definition.duties
        if key not in known_duties
    ]
    faults += [
        file.problem(("duties",), f'There are no words for the basis "{key}". Add it under duties.')
        for key in sorted(known_duties - definition.duties.keys())
    ]
    by_key: dict[str, OrganisationType] = {}
    by_gias: dict[int, str] = {}
    for group_index, group in enumerate(definition.groups):
        for type_index, one in enumerate(group.types):
            at = ("groups", group_index, "types", type_index)
            if one.duty not in known_duties:
                faults.append(file.problem((*at, "duty"), f'"{one.duty}" is not a basis of duty.'))
                continue
            if one.key in by_key:
                faults.append(file.problem((*at, "key"), f'The type "{one.key}" stands here twice.'))
            for code in one.gias_codes:
                if code in by_gias:
                    message = f"GIAS code {code} belongs to {by_gias[code]} already. Leave it with one of the two."
                    faults.append(file.problem((*at, "gias_codes"), message))
            by_key[one.key] = OrganisationType(one.key, one.title, group.title, DutyBasis(one.duty), one.sole_signer)
            by_gias.update(dict.fromkeys(one.gias_codes, one.key))
    if faults:
        raise DefinitionFaultsError(faults, what=str(path.name))
    return OrganisationTypes(
        by_key=by_key,
        duty_titles={DutyBasis(key): duty.title for key, duty in definition.duties.items()},
        duty_statements={DutyBasis(key): duty.statement for key, duty in definition.duties.items()},
        key_by_gias_code=by_gias,
        usual_set_ids={EVERY_TYPE: definition.usual_set}
        | {one.key: one.usual_set for group in definition.groups for one in group.types if one.usual_set},
    )
