"""The command that writes what is generated: ``docs/reference/``, and the schemas with which editors help."""

from __future__ import annotations

from pathlib import Path

from section11.cli.output import say, telling_errors
from section11.config import PROJECT_DIR
from section11.definitions.editor_schemas import editor_schemas
from section11.definitions.library import StandardsLibrary
from section11.definitions.organisation_types import read_organisation_types
from section11.domain.cycles import EVERY_TYPE
from section11.reports.reference import reference_pages

REFERENCE_DIR = Path("docs") / "reference"
SCHEMA_DIR = Path("standards") / "schema"


def generated_files() -> dict[Path, str]:
    """Return the text of each file that is generated, by its path in the project.

    Raises:
        ProblemsFoundError: a question set has faults.
    """
    types = read_organisation_types(PROJECT_DIR / "orgs" / "types.yaml")
    library = StandardsLibrary(PROJECT_DIR / "standards", types.keys)
    main_set = types.usual_set_ids[EVERY_TYPE]
    sets = [library.load(set_id) for set_id in sorted(library.set_ids(), key=lambda set_id: set_id != main_set)]
    pages = {REFERENCE_DIR / name: text for name, text in reference_pages(sets).items()}
    return pages | {SCHEMA_DIR / name: text for name, text in editor_schemas().items()}


def write(folder: Path = PROJECT_DIR) -> None:
    """Write the generated files."""
    with telling_errors():
        for path, text in generated_files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
            say(f"Wrote {folder / path}.")
