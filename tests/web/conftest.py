"""A real database, a clock that can be moved, and a browser at the door of the real routes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from section11.config import Settings
from section11.domain.organisations import Partnership
from section11.services.passwords import Passwords
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.facts import REAL
from section11.web.middleware import middleware
from section11.web.routes import routes
from tests.conftest import office_on
from tests.web.door_steps import ANN, PASSWORD


class Clock:
    def __init__(self):
        self.now = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **amount):
        self.now += timedelta(**amount)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office(tmp_path, clock, _migrated_sqlite):
    (tmp_path / "section11.db").write_bytes(_migrated_sqlite.read_bytes())
    settings = Settings(data_dir=tmp_path, database_url="")
    evidence_files = EvidenceFiles.open(settings.address_of_evidence())
    office = replace(office_on(settings.address_of_database()), clock=clock, evidence_files=evidence_files)
    with office.store.writing() as work:
        work.facts.set_kind(REAL)
        work.facts.add_partnership(Partnership("riverdale", "Riverdale & District"))
        work.accounts.add_person(ANN, Passwords(memory_kib=8, passes=1).hashed(PASSWORD))
        work.commit()
    yield office
    office.store.close()


@pytest.fixture
def open_browser(office, tmp_path):
    """Return a function that opens a browser; what Streamlit serves is answered by stand-ins saying where one got."""

    def open_(base_url="http://testserver", address="127.0.0.1", office=office, **more):
        settings = Settings(data_dir=tmp_path, database_url="", base_url=base_url, **more)
        app = Starlette(
            routes=[*routes(office, settings), WebSocketRoute("/{path:path}", _stream), Route("/{path:path}", _inside)],
            middleware=middleware(office, settings),
        )
        app.router.routes[-1].methods = None
        return TestClient(app, base_url=base_url, follow_redirects=False, client=(address, 50_000))

    return open_


@pytest.fixture
def browser(open_browser):
    return open_browser()


async def _inside(request):
    return PlainTextResponse(f"inside {request.url.path}")


async def _stream(websocket):
    await websocket.accept()
    await websocket.send_text("inside")
    async for words in websocket.iter_text():
        await websocket.send_text(f"heard {words}")
