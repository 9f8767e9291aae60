"""The library of standards sets: every folder of ``standards/`` that has a ``set.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from section11.definitions.question_faults import SET_FILE
from section11.definitions.scales import read_scales
from section11.definitions.set_reader import ReadSet, read_set
from section11.definitions.yaml_lines import read_yaml
from section11.domain.standards import StandardsSet
from section11.errors import BadInputError, DefinitionFaultsError

SCALES_FILE = "scales.yaml"


@dataclass(frozen=True)
class StandardsLibrary:
    """Where the sets live, and the organisation types their questions may name."""

    folder: Path
    organisation_types: frozenset[str]

    def folders(self) -> list[Path]:
        """Return the folder of every set, by name."""
        return sorted(path.parent for path in self.folder.glob(f"*/{SET_FILE}"))

    def set_ids(self) -> list[str]:
        return [folder.name for folder in self.folders()]

    def lasting_name(self, set_id_or_folder: str) -> str:
        """Return the id of a set of the library, or the full path of a folder elsewhere."""
        if (self.folder / set_id_or_folder / SET_FILE).is_file():
            return set_id_or_folder
        return str(Path(set_id_or_folder).resolve())

    def folder_of(self, set_id_or_folder: str) -> Path:
        """Return the folder of a set of the library, or a folder elsewhere, which may lack its ``set.yaml``.

        Raises:
            BadInputError: there is neither.
        """
        for folder in (self.folder / set_id_or_folder, Path(set_id_or_folder)):
            if (folder / SET_FILE).is_file():
                return folder
        if Path(set_id_or_folder).is_dir():
            return Path(set_id_or_folder)
        choices = ", ".join(self.set_ids()) or "none yet"
        raise BadInputError(f'There is no standards set "{set_id_or_folder}". The library has: {choices}.')

    def titles(self) -> dict[str, str]:
        """Return the title of every set by its id; a set whose file cannot be read goes by its id."""
        files = {folder.name: read_yaml(folder / SET_FILE).data for folder in self.folders()}
        return {
            set_id: str(data.get("title", set_id)) if isinstance(data, dict) else set_id
            for set_id, data in files.items()
        }

    def read(self, folder: Path) -> ReadSet:
        """Read one set, with its faults and those of the scales file."""
        scales = read_scales(self.folder / SCALES_FILE)
        read = read_set(folder, scales, self.organisation_types)
        return replace(read, problems=(*scales.problems, *read.problems))

    def load(self, set_id_or_folder: str) -> StandardsSet:
        """Return a set by its id in the library, or by the path of a folder elsewhere.

        Raises:
            BadInputError: there is no such set.
            DefinitionFaultsError: the set has faults.
        """
        folder = self.folder_of(set_id_or_folder)
        result = self.read(folder)
        if result.standards_set is None:
            raise DefinitionFaultsError(result.problems, what=f"The standards set {folder.name}")
        return result.standards_set
