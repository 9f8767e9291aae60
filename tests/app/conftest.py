"""The real app as a real person, on an office of the test's own; only the browser's cookie is stood in for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from section11.domain.people import User
from section11.services.demo import build_demo
from section11.services.office import Office
from tests.app.browsing import APP, begin_session
from tests.conftest import office_on
from tests.services.builders import Town, user_by_email
from tests.services.moderation_builders import Panel
from tests.services.ready_towns import ReadyTowns

OpenApp = Callable[[Office, User | None], AppTest]


@pytest.fixture(scope="session", autouse=True)
def _installed_packages_are_read_once() -> Iterator[None]:
    """Streamlit looks through every installed package for components, and for each app that a test opens anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture
def town(ready: ReadyTowns, tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Town]:
    """Riverdale with an open cycle of four questions, due on 31 March 2026; today is 2 March.."""
    path = tmp_path / "town.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    office = office_on(f"sqlite:///{path}")
    yield ready.town(office, tmp_path / "town")
    office.store.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Path:
    """A database with the demo of 14 agencies and 12 schools over three cycles in it, built once, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "section11.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    office = office_on(f"sqlite:///{path}")
    build_demo(office, agencies=14, schools=12, cycles=3)
    office.store.close()
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Office]:
    """The demo of 26 organisations, to change as one likes."""
    path = tmp_path / "demo.db"
    path.write_bytes(demo_file.read_bytes())
    office = office_on(f"sqlite:///{path}")
    yield office
    office.store.close()


@pytest.fixture
def panel(ready: ReadyTowns, sqlite_office: Office, tmp_path: Path) -> Panel:
    """Riverdale where the police submitted; one moderator for each return: Ann."""
    return ready.panel(sqlite_office, tmp_path)


@pytest.fixture
def pair(ready: ReadyTowns, sqlite_office: Office, tmp_path: Path) -> Panel:
    """The same with two moderators: Ann and Ben."""
    return ready.panel(sqlite_office, tmp_path, moderators=2)


@pytest.fixture
def open_app(monkeypatch) -> Iterator[OpenApp]:
    """Return a function that opens the app in a browser; nobody is signed in there without a person."""

    def open_(office: Office, user: User | None) -> AppTest:
        token = begin_session(office, user) if user else None
        monkeypatch.setattr("section11.ui.cache.this_office", lambda: office)
        monkeypatch.setattr("section11.ui.session.session_token", lambda: token)
        return AppTest.from_file(APP, default_timeout=20).run()

    # The app of one process has one database; here each test brings its own.
    st.cache_data.clear()
    st.cache_resource.clear()
    yield open_
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def scrutiny(demo: Office, open_app: OpenApp) -> AppTest:
    """The app as the scrutiny lead of the demo."""
    return open_app(demo, user_by_email(demo, "scrutiny@riverdale.example"))
