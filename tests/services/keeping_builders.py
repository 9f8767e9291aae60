"""Builders for the tests of keeping and deleting: returns that were released long ago, and old files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from section11.domain.retention import Rule
from section11.services.cycles import close_cycle
from section11.services.keeping.applying import Applied, apply_retention, preview_retention
from section11.services.keeping.rules import set_rules
from section11.services.moderating import finish_moderation
from section11.services.releasing import release_return
from section11.storage.evidence_files import EvidenceFiles
from tests.services.builders import CYCLE, PARTNERSHIP, POLICE_RETURN, Town, submitted
from tests.services.evidence_builders import a_file
from tests.services.moderation_builders import judged_alone

YEARS = 366 * 8


def with_kept_files(town: Town, folder: Path) -> Town:
    """Return the town with its evidence in a folder."""
    files = EvidenceFiles.open(str(folder / "evidence"))
    return replace(town, office=replace(town.office, evidence_files=files))


def released(town: Town, assessment_id: str = POLICE_RETURN) -> str:
    """Bring a return of the police, with a file, to Released."""
    a_file(town.office, town.contributor)
    judged_alone(town, submitted(town, assessment_id))
    finish_moderation(town.office, town.scrutiny, assessment_id)
    release_return(town.office, town.scrutiny, assessment_id)
    return assessment_id


def closed_long_ago(town: Town) -> None:
    """Close the cycle and let more than seven years go by."""
    close_cycle(town.office, town.admin, CYCLE)
    years_go_by(town)


def years_go_by(town: Town, days: int = YEARS) -> None:
    town.office.clock.move(days=days)  # type: ignore[attr-defined]
    for path in stored_files(town):
        os.utime(path, (0, 0))


def stored_files(town: Town) -> list[Path]:
    files = town.office.evidence_files
    return sorted(path for path in Path(files._root).rglob("*") if path.is_file())


def switch_on(town: Town, **years: int) -> None:
    """Switch rules on, given by their names: ``returns=7``."""
    rules = {Rule(name.replace("_", "-")): number for name, number in years.items()}
    set_rules(town.office, town.admin, PARTNERSHIP, rules)


def due(town: Town, rule: Rule) -> tuple[str, ...]:
    """Return what a dry run says would go under a rule."""
    return next(one for one in preview_retention(town.office, town.admin, PARTNERSHIP) if one.rule is rule).due.goes


def applied(town: Town) -> Applied:
    return apply_retention(town.office, town.admin, PARTNERSHIP, "Riverdale")
