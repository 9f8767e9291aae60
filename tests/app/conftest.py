"""The real app as a real person, on an office of the test's own; only the browser's cookie is stood in for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from section11.domain.people import User
from section11.services.office import Office
from tests.app.browsing import APP, begin_session
from tests.conftest import office_on
from tests.services.builders import Town, a_town

OpenApp = Callable[[Office, User | None], AppTest]


@pytest.fixture(scope="session")
def _town_template(tmp_path_factory, _migrated_sqlite) -> tuple[Path, Town]:
    folder = tmp_path_factory.mktemp("town")
    path = folder / "town.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    town = a_town(office_on(f"sqlite:///{path}"), folder)
    town.office.store.close()
    return path, town


@pytest.fixture
def town(_town_template, tmp_path) -> Iterator[Town]:
    """Riverdale with an open cycle of four questions, due on 31 March 2026; today is 2 March.

    It is built once and copied for each test.
    """
    template, built = _town_template
    path = tmp_path / "town.db"
    path.write_bytes(template.read_bytes())
    office = replace(office_on(f"sqlite:///{path}"), library=built.office.library)
    yield replace(built, office=office)
    office.store.close()


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
