"""Every route of ours, asked by every role from every side, compared with a table written by hand.

What is asked for belongs to Riverdale Police. A refusal leaves no trace but an event of who was refused.
"""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from section11.config import Settings
from section11.services.session_cookie import cookie_name
from section11.web.middleware import middleware
from section11.web.routes import routes
from tests.app.browsing import begin_session
from tests.services.builders import POLICE, SET_ID
from tests.services.walk.things import NOBODY, PEOPLE
from tests.services.walk.world import a_world, copied, events_added, everything_in, without_trail

WHO = tuple(who for who in PEOPLE if who != "op")
"""As in the walk over the services; the operator works on the command line and has no account."""

RETURNED, DRAFT = f"2022.{POLICE}", f"2026.{POLICE}"
STATUS = {"Y": 200, "P": 403, "_": 404, ">": 303, "?": 400, "T": 401, "R": 405}
"""T: a program's token is asked for, a session of a person does not do; R: the data can only be read."""
EVERYBODY = {mark: " ".join(mark * len(WHO)) for mark in STATUS}

# fmt: off
#                                                     c  a  pc pa oc oa s  b  m  ec ea es eb em n
TABLE: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("GET", "/downloads/returns/{thing}.xlsx"): [
        (f"/downloads/returns/{RETURNED}.xlsx",      "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _"),
        (f"/downloads/returns/{DRAFT}.xlsx",         "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
        ("/downloads/returns/2026.nobody.xlsx",      EVERYBODY["_"]),
    ],
    ("GET", "/downloads/returns/{thing}.pdf"): [
        (f"/downloads/returns/{RETURNED}.pdf",       "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _"),
        (f"/downloads/returns/{DRAFT}.pdf",          "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/results/{thing}.csv"): [
        (f"/downloads/results/{RETURNED}.csv",       "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/blank-returns/{thing}.xlsx"): [
        (f"/downloads/blank-returns/{DRAFT}.xlsx",   "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/blank-returns/{thing}.pdf"): [
        (f"/downloads/blank-returns/{DRAFT}.pdf",    "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/sets/{set_id}/{organisation_type}.xlsx"): [
        (f"/downloads/sets/{SET_ID}/police-force.xlsx", EVERYBODY["Y"]),
    ],
    ("GET", "/downloads/sets/{set_id}/{organisation_type}.pdf"): [
        (f"/downloads/sets/{SET_ID}/police-force.pdf", EVERYBODY["Y"]),
    ],
    ("GET", "/downloads/cycles/{thing}.xlsx"): [
        ("/downloads/cycles/2026.xlsx",              "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _"),
        ("/downloads/cycles/1999.xlsx",              EVERYBODY["_"]),
    ],
    ("GET", "/downloads/letters/{thing}.pdf"): [
        (f"/downloads/letters/2020.{POLICE}.pdf",    "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/letters/{thing}.docx"): [
        (f"/downloads/letters/{RETURNED}.docx",      "P  P  P  P  _  _  Y  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/letter-templates/{thing}.docx"): [
        ("/downloads/letter-templates/riverdale.docx",
                                                     "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/letter-bundles/{bundle}.zip"): [
        ("/downloads/letter-bundles/made-up.zip",    EVERYBODY["_"]),
    ],
    ("GET", "/downloads/histories/{thing}.xlsx"): [
        (f"/downloads/histories/{RETURNED}.xlsx",    "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _"),
        (f"/downloads/histories/{DRAFT}.xlsx",       "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/downloads/own-data.zip"): [("/downloads/own-data.zip", EVERYBODY["Y"])],
    ("GET", "/downloads/people/{thing}.zip"): [
        ("/downloads/people/{colleague}.zip",        "P  P  _  _  _  _  P  P  Y  _  _  _  _  _  _"),
        ("/downloads/people/made-up.zip",            EVERYBODY["_"]),
    ],
    ("GET", "/evidence/{item}/{revision:int}"): [
        (f"/evidence/{POLICE}.e1/1",                 "Y  Y  Y  Y  _  _  P  P  P  _  _  _  _  _  _"),
        (f"/evidence/{POLICE}.e2/1",                 "Y  Y  Y  Y  _  _  Y  P  P  _  _  _  _  _  _"),
        (f"/evidence/{POLICE}.e3/1",                 ">  >  >  >  _  _  P  P  P  _  _  _  _  _  _"),
    ],
    # The same for everybody: one's own session and account, and what is no secret. Forms without our token: refused.
    ("GET", "/sign-in"): [("/sign-in", EVERYBODY[">"])],
    ("POST", "/sign-in"): [("/sign-in", EVERYBODY["?"])],
    ("GET", "/sign-out"): [("/sign-out", EVERYBODY["Y"])],
    ("POST", "/sign-out"): [("/sign-out", EVERYBODY["P"])],
    ("GET", "/sign-in/code"): [("/sign-in/code", EVERYBODY[">"])],
    ("POST", "/sign-in/code"): [("/sign-in/code", EVERYBODY["?"])],
    ("GET", "/sign-in/set-up"): [("/sign-in/set-up", EVERYBODY[">"])],
    ("POST", "/sign-in/set-up"): [("/sign-in/set-up", EVERYBODY[">"])],
    ("GET", "/sign-in/with"): [("/sign-in/with", EVERYBODY["_"])],
    ("GET", "/sign-in/back"): [("/sign-in/back", EVERYBODY["_"])],
    ("GET", "/forgotten-password"): [("/forgotten-password", EVERYBODY["Y"])],
    ("GET", "/account"): [("/account", EVERYBODY["Y"])],
    ("POST", "/account/end-session"): [("/account/end-session", EVERYBODY["?"])],
    ("POST", "/account/sign-out-everywhere"): [("/account/sign-out-everywhere", EVERYBODY["?"])],
    ("POST", "/account/mail"): [("/account/mail", EVERYBODY["?"])],
    ("GET", "/account/password"): [("/account/password", EVERYBODY["Y"])],
    ("POST", "/account/password"): [("/account/password", EVERYBODY["?"])],
    ("GET", "/account/second-step"): [("/account/second-step", EVERYBODY["Y"])],
    ("POST", "/account/second-step"): [("/account/second-step", EVERYBODY["?"])],
    ("GET", "/account/second-step/off"): [("/account/second-step/off", EVERYBODY["Y"])],
    ("POST", "/account/second-step/off"): [("/account/second-step/off", EVERYBODY["?"])],
    ("GET", "/account/second-step/codes"): [("/account/second-step/codes", EVERYBODY["Y"])],
    ("POST", "/account/second-step/codes"): [("/account/second-step/codes", EVERYBODY["?"])],
    ("GET", "/invitation/{token}"): [("/invitation/made-up", EVERYBODY["_"])],
    ("POST", "/invitation/{token}"): [("/invitation/made-up", EVERYBODY["_"])],
    ("GET", "/health"): [("/health", EVERYBODY["P"])],
    ("GET", "/metrics"): [("/metrics", EVERYBODY["_"])],
    ("GET", "/assets/section11.css"): [("/assets/section11.css", EVERYBODY["Y"])],
    ("GET", "/assets/section11.svg"): [("/assets/section11.svg", EVERYBODY["Y"])],
    ("GET", "/assets/save_first.js"): [("/assets/save_first.js", EVERYBODY["Y"])],
    ("GET", "/assets/menu.js"): [("/assets/menu.js", EVERYBODY["Y"])],
    ("GET", "/assets/keep_typed.js"): [("/assets/keep_typed.js", EVERYBODY["Y"])],
    ("GET", "/downloads/cycles/{cycle_id}/data/{file_format}"): [
        ("/downloads/cycles/2026/data/csv",          "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _"),
        ("/downloads/cycles/1999/data/csv",          EVERYBODY["_"]),
    ],
    ("GET", "/downloads/cycles/{cycle_id}/{table}.csv"): [
        ("/downloads/cycles/2026/chase-list.csv",    "_  _  _  _  _  _  Y  P  Y  _  _  _  _  _  _"),
        ("/downloads/cycles/2026/released-returns.csv",
                                                     "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _"),
        ("/downloads/cycles/2026/actions-by-standard.csv",
                                                     "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/board-packs/{cycle}/draft"): [
        ("/board-packs/2020/draft",                  "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _"),
    ],
    ("GET", "/board-packs/{cycle}/{number:int}"): [
        ("/board-packs/2020/1",                      "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _"),
    ],
    ("GET", "/api/v1/openapi.json"): [("/api/v1/openapi.json", EVERYBODY["Y"])],
    ("GET", "/api/v1/cycles"): [("/api/v1/cycles", EVERYBODY["T"])],
    ("GET", "/api/v1/cycles/{cycle}/figures"): [("/api/v1/cycles/2026/figures", EVERYBODY["T"])],
}
for form in ("pptx", "pdf", "html", "xlsx"):
    folder, cycle = "/downloads/board-packs/{cycle_id}", "/downloads/board-packs/2020"
    TABLE |= {
        ("GET", f"{folder}/draft.{form}"): [
            (f"{cycle}/draft.{form}",                "_  _  _  _  _  _  Y  P  P  _  _  _  _  _  _"),
        ],
        ("GET", f"{folder}/{{number:int}}.{form}"): [
            (f"{cycle}/1.{form}",                    "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _"),
        ],
        ("GET", f"{folder}/{{number:int}}/for-sharing.{form}"): [
            (f"{cycle}/1/for-sharing.{form}",        "_  _  _  _  _  _  Y  Y  P  _  _  _  _  _  _"),
        ],
    }
DATA = ("organisations", "returns", "questions", "answers", "results", "actions", "moderation", "data_dictionary")
for table in DATA:
    for ending in ("", ".csv"):
        address = f"/api/v1/cycles/2026/{table}{ending}"
        TABLE["GET", f"/api/v1/cycles/{{cycle}}/{table}{ending}"] = [(address, EVERYBODY["T"])]
TABLE["GET", "/api/{rest:path}"] = [("/api/anything", EVERYBODY["_"])]
for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
    TABLE[method, "/api/{rest:path}"] = [("/api/anything", EVERYBODY["R"])]
# fmt: on

OF_THINGS = ("/downloads/", "/evidence/", "/board-packs/")
"""Begins the paths of things that belong to somebody: refusals there are events."""

CASES = [(method, *line) for (method, _), lines in TABLE.items() for line in lines]


@pytest.fixture(scope="module")
def world(tmp_path_factory, _migrated_sqlite):
    return a_world(tmp_path_factory.mktemp("walk"), _migrated_sqlite)


@pytest.fixture
def browsers(world, tmp_path):
    """A copy of the world, and a browser for each person in it."""
    with copied(world, tmp_path, "routes") as office:
        with office.store.writing() as work:
            work.accounts.add_person(NOBODY.person)
            work.commit()
        settings = Settings(data_dir=tmp_path, database_url="")
        app = Starlette(routes=routes(office, settings), middleware=middleware(office, settings))
        opened = {}
        for who in WHO:
            cookies = {cookie_name(settings): begin_session(office, world.users[who])}
            base = {"base_url": settings.base_url, "follow_redirects": False, "client": ("192.0.2.7", 50_000)}
            opened[who] = TestClient(app, cookies=cookies, **base)
        yield office, opened


def test_every_route_of_ours_stands_in_the_table_and_no_other(sqlite_office, tmp_path):
    made = routes(sqlite_office, Settings(data_dir=tmp_path, database_url=""))

    assert {(method, route.path) for route in made for method in route.methods - {"HEAD"}} == set(TABLE)


@pytest.mark.parametrize(("method", "address", "row"), CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])
def test_each_person_gets_what_the_table_says_and_refusals_leave_no_trace_but_an_event(
    world, browsers, method, address, row
):
    office, opened = browsers
    expected = dict(zip(WHO, [STATUS[mark] for mark in row.split()], strict=True))
    found = {}
    for who in WHO:
        before = everything_in(office)
        found[who] = opened[who].request(method, address.format(colleague=world.things.colleague)).status_code
        if found[who] >= 400:
            after = everything_in(office)
            noted = [(f"person:{world.users[who].id}", "refused")] if address.startswith(OF_THINGS) else []
            assert without_trail(after) == without_trail(before), f"{who} was refused and left a trace"
            assert events_added(before, after) == noted, who

    assert found == expected
