"""The town and the moderators that most tests of the services begin with, on both kinds of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from section11.services.office import Office
from tests.services.builders import Town
from tests.services.moderation_builders import Panel
from tests.services.ready_towns import ReadyTowns


@pytest.fixture
def town(ready: ReadyTowns, office: Office, tmp_path: Path) -> Town:
    """Riverdale with an open cycle of four questions, due on 31 March 2026; today is 2 March."""
    return ready.town(office, tmp_path)


@pytest.fixture
def sqlite_town(ready: ReadyTowns, sqlite_office: Office, tmp_path: Path) -> Town:
    """The same on SQLite alone, for what does not depend on the database."""
    return ready.town(sqlite_office, tmp_path)


@pytest.fixture
def quiet_town(ready: ReadyTowns, office: Office, tmp_path: Path) -> Town:
    """Riverdale without a cycle."""
    return ready.quiet_town(office, tmp_path)


@pytest.fixture
def sqlite_quiet_town(ready: ReadyTowns, sqlite_office: Office, tmp_path: Path) -> Town:
    """The same on SQLite alone."""
    return ready.quiet_town(sqlite_office, tmp_path)


@pytest.fixture
def panel(ready: ReadyTowns, office: Office, tmp_path: Path) -> Panel:
    """One moderator for each return: Ann."""
    return ready.panel(office, tmp_path)


@pytest.fixture
def pair(ready: ReadyTowns, office: Office, tmp_path: Path) -> Panel:
    """Two moderators: Ann and Ben."""
    return ready.panel(office, tmp_path, moderators=2)
