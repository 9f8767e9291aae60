"""Every route of the real application, Streamlit's own among them, asked by a stranger and compared with a table.

The table is written by hand. A route that is not in it fails, also one that a new Streamlit brings along.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

OPEN, ASK, TOKEN, TO_SIGN_IN, REFUSED, CLOSED, NOBODY, READ_ONLY, ENDED = (
    200, 400, 401, 303, 403, 404, 404, 405, 1008
)  # fmt: skip

OUR_ROUTES = {
    "/sign-in": {"GET": OPEN, "POST": ASK},
    "/sign-out": {"GET": OPEN, "POST": REFUSED},
    # Without a sign-in that has begun these lead back to its start; without the settings there is no other service.
    "/sign-in/code": {"GET": TO_SIGN_IN, "POST": ASK},
    "/sign-in/set-up": {"GET": TO_SIGN_IN, "POST": TO_SIGN_IN},
    "/sign-in/with": {"GET": NOBODY},
    "/sign-in/back": {"GET": NOBODY},
    "/forgotten-password": {"GET": OPEN},
    "/account": {"GET": TO_SIGN_IN},
    "/account/end-session": {"POST": REFUSED},
    "/account/sign-out-everywhere": {"POST": REFUSED},
    "/account/mail": {"POST": REFUSED},
    "/account/password": {"GET": TO_SIGN_IN, "POST": REFUSED},
    "/account/second-step": {"GET": TO_SIGN_IN, "POST": REFUSED},
    "/account/second-step/off": {"GET": TO_SIGN_IN, "POST": REFUSED},
    "/account/second-step/codes": {"GET": TO_SIGN_IN, "POST": REFUSED},
    "/invitation/{token}": {"GET": NOBODY, "POST": NOBODY},
    "/downloads/returns/{thing}.xlsx": {"GET": TO_SIGN_IN},
    "/downloads/returns/{thing}.pdf": {"GET": TO_SIGN_IN},
    "/downloads/results/{thing}.csv": {"GET": TO_SIGN_IN},
    "/downloads/blank-returns/{thing}.xlsx": {"GET": TO_SIGN_IN},
    "/downloads/blank-returns/{thing}.pdf": {"GET": TO_SIGN_IN},
    "/downloads/sets/{set_id}/{organisation_type}.xlsx": {"GET": TO_SIGN_IN},
    "/downloads/sets/{set_id}/{organisation_type}.pdf": {"GET": TO_SIGN_IN},
    "/downloads/cycles/{thing}.xlsx": {"GET": TO_SIGN_IN},
    "/downloads/letters/{thing}.pdf": {"GET": TO_SIGN_IN},
    "/downloads/letters/{thing}.docx": {"GET": TO_SIGN_IN},
    "/downloads/letter-templates/{thing}.docx": {"GET": TO_SIGN_IN},
    "/downloads/letter-bundles/{bundle}.zip": {"GET": TO_SIGN_IN},
    "/downloads/histories/{thing}.xlsx": {"GET": TO_SIGN_IN},
    "/downloads/own-data.zip": {"GET": TO_SIGN_IN},
    "/downloads/people/{thing}.zip": {"GET": TO_SIGN_IN},
    "/evidence/{item}/{revision:int}": {"GET": TO_SIGN_IN},
    "/health": {"GET": REFUSED},
    "/metrics": {"GET": NOBODY},
    "/assets/section11.css": {"GET": OPEN},
    "/assets/section11.svg": {"GET": OPEN},
    "/assets/save_first.js": {"GET": OPEN},
    "/assets/menu.js": {"GET": OPEN},
    "/assets/keep_typed.js": {"GET": OPEN},
    "/downloads/cycles/{cycle_id}/data/{file_format}": {"GET": TO_SIGN_IN},
    "/downloads/cycles/{cycle_id}/{table}.csv": {"GET": TO_SIGN_IN},
    "/board-packs/{cycle}/draft": {"GET": TO_SIGN_IN},
    "/board-packs/{cycle}/{number:int}": {"GET": TO_SIGN_IN},
    # A program shows its token; what the data are called is no secret.
    "/api/v1/openapi.json": {"GET": OPEN},
    "/api/v1/cycles": {"GET": TOKEN},
    "/api/v1/cycles/{cycle}/figures": {"GET": TOKEN},
    "/api/{rest:path}": {"GET": NOBODY} | dict.fromkeys(("POST", "PUT", "PATCH", "DELETE", "OPTIONS"), READ_ONLY),
}
for _form in ("pptx", "pdf", "html", "xlsx"):
    for _pack in ("draft", "{number:int}", "{number:int}/for-sharing"):
        OUR_ROUTES[f"/downloads/board-packs/{{cycle_id}}/{_pack}.{_form}"] = {"GET": TO_SIGN_IN}
for _table in (
    "organisations",
    "returns",
    "questions",
    "answers",
    "results",
    "actions",
    "moderation",
    "data_dictionary",
):
    for _ending in ("", ".csv"):
        OUR_ROUTES[f"/api/v1/cycles/{{cycle}}/{_table}{_ending}"] = {"GET": TOKEN}

_AGENT = dict.fromkeys(("DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"), CLOSED)
STREAMLIT_ROUTES = {
    "/{path:path}": {"GET": TO_SIGN_IN},
    "/_stcore/stream": {"WEBSOCKET": ENDED},
    "/_stcore/upload_file/{session_id}/{file_id}": {"PUT": REFUSED, "DELETE": REFUSED, "OPTIONS": REFUSED},
    "/media/{file_id:path}": {"GET": REFUSED, "OPTIONS": REFUSED},
    "/component/{path:path}": {"GET": REFUSED, "OPTIONS": REFUSED},
    "/_stcore/bidi-components/{path:path}": {"GET": REFUSED, "OPTIONS": REFUSED},
    # Says "ok" and what a page may be embedded in; the program in the browser asks for both before anything else.
    "/_stcore/health": {"GET": OPEN, "OPTIONS": 204},
    "/_stcore/host-config": {"GET": OPEN},
    "/_stcore/metrics": {"GET": CLOSED, "OPTIONS": CLOSED},
    "/auth/login": {"GET": CLOSED},
    "/auth/logout": {"GET": CLOSED},
    "/oauth2callback": {"GET": CLOSED},
    "/_stcore/agent/interact": _AGENT,
    "/_stcore/agent/openapi.json": _AGENT,
    "/_stcore/agent/mcp": _AGENT,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What a stranger got at each path, by method."""
    data = {"SECTION11_DATA_DIR": str(tmp_path_factory.mktemp("data")), "SECTION11_DATABASE_URL": ""}
    script = Path(__file__).with_name("every_route.py")
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, **data}, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, dict[str, int]] = {}
    for method, path, status in json.loads(done.stdout):
        answers.setdefault(path, {})[method] = status
    return answers


def test_every_route_stands_in_the_table_and_no_other(found):
    methods = {path: set(statuses) - {"HEAD"} for path, statuses in found.items()}

    assert methods == {path: set(statuses) for path, statuses in (OUR_ROUTES | STREAMLIT_ROUTES).items()}


@pytest.mark.parametrize("path", [*OUR_ROUTES, *STREAMLIT_ROUTES])
def test_a_stranger_gets_what_the_table_says(found, path):
    statuses = dict(found[path])
    assert statuses.pop("HEAD", statuses.get("GET")) == statuses.get("GET")
    assert statuses == (OUR_ROUTES | STREAMLIT_ROUTES)[path]
