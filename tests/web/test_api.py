"""The data API: a token opens one partnership's data and no more, page by page, with the numbers of the figures."""

from base64 import b64encode

import jsonschema
import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from section11.config import Settings
from section11.domain.people import OPERATOR
from section11.services.api_tokens import create_api_token, list_api_tokens, revoke_api_token
from section11.services.exports import export_figures
from section11.services.open_data import download_data
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.trail import partnership_stream
from section11.web.api import REQUESTS_ALLOWED
from section11.web.api_endpoints import ENDPOINTS, TABLES
from section11.web.gate import SignInGate
from section11.web.headers import SecurityHeaders
from section11.web.routes import routes
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    answer,
    answer_everything,
    prepare_a_cycle,
    start,
    submitted,
)

ROOT = "/api/v1"
ANSWERS = f"{ROOT}/cycles/{CYCLE}/answers"
FIGURES = f"{ROOT}/cycles/{CYCLE}/figures"


@pytest.fixture
def town(ready, office, tmp_path):
    return ready.town(office, tmp_path)


@pytest.fixture
def office(sqlite_office):
    return sqlite_office


@pytest.fixture
def client(town, tmp_path):
    settings = Settings(data_dir=tmp_path, database_url="", base_url="https://audit.example.org")
    middleware = [
        Middleware(SecurityHeaders, settings=settings),
        Middleware(SignInGate, office=town.office, settings=settings),
    ]

    async def page(request):
        raise AssertionError("a request for the API reached a page")

    app = Starlette(routes=[*routes(town.office, settings), Route("/{path:path}", page)], middleware=middleware)
    return TestClient(app, base_url="https://testserver", follow_redirects=False)


@pytest.fixture
def made(town):
    return create_api_token(town.office, town.admin, PARTNERSHIP, "Power BI")


@pytest.fixture
def bearer(made):
    return {"Authorization": f"Bearer {made.secret}"}


def basic(user, password):
    return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


ADDRESSES = [one.address.format(cycle=CYCLE) for one in ENDPOINTS if one.operation != "describe"]
BAD_HEADERS = [
    {},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer made-up"},
    {"Authorization": "Basic !!!"},
    {"Authorization": "Basic " + "A" * 5000},
    {"Authorization": b"Bearer \xff\xfe"},
    {"Authorization": "Digest username=a"},
]


@pytest.mark.parametrize("headers", BAD_HEADERS)
def test_without_a_good_token_every_address_asks_for_one_and_says_nothing(client, headers):
    for address in ADDRESSES:
        said = client.get(address, headers=headers)

        assert said.status_code == 401
        assert set(said.json()) == {"error"}
        assert "Basic" in said.headers["www-authenticate"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed_through_it(client, bearer, method):
    assert client.request(method, ANSWERS, headers=bearer).status_code == 405


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v2/cycles", "/api/v1/people", "/api/%2e%2e/people", "/api/%00"]
)
def test_no_other_address_below_the_api_reaches_a_page(client, bearer, path):
    assert client.get(path, headers=bearer).status_code == 404


@pytest.mark.parametrize(
    "path",
    [f"{ROOT}/cycles/1999/answers", f"{ROOT}/cycles/%00/answers", f"{ROOT}/cycles/2028/figures", f"{ANSWERS}.xml"],
)
def test_what_is_not_there_or_still_being_prepared_is_not_there(client, town, bearer, path):
    prepare_a_cycle(town, name="2028")

    assert client.get(path, headers=bearer).status_code == 404


def test_a_token_of_another_partnership_opens_nothing_here(client, town):
    elmtree = start(town.office, "Elmtree")
    other = create_api_token(town.office, elmtree, "elmtree", "Theirs")
    headers = {"Authorization": f"Bearer {other.secret}"}

    assert client.get(f"{ROOT}/cycles", headers=headers).json() == {"cycles": []}
    assert client.get(ANSWERS, headers=headers).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=-1", "limit=ten", "limit=5001", "limit=٣"),
        *("cursor=", "cursor=abc", "cursor=W10", "cursor=WyJhIl0", "cursor=W251bGwsbnVsbF0", "cursor=" + "A" * 3000),
    ],
)
def test_a_limit_or_cursor_that_is_none_is_refused_in_a_sentence(client, bearer, query):
    said = client.get(f"{ANSWERS}?{query}", headers=bearer)

    assert said.status_code == 400
    assert said.json()["error"].startswith(("“limit” must be", "“cursor” is not"))


def test_a_revoked_token_and_one_that_has_run_out_open_nothing(client, town, made, bearer):
    another = create_api_token(town.office, town.admin, PARTNERSHIP, "Another")
    assert client.get(ANSWERS, headers=bearer).status_code == 200

    revoke_api_token(town.office, town.admin, made.token.id)
    assert client.get(ANSWERS, headers=bearer).status_code == 401

    headers = {"Authorization": f"Bearer {another.secret}"}
    assert client.get(ANSWERS, headers=headers).status_code == 200
    town.office.clock.move(days=366)
    assert client.get(ANSWERS, headers=headers).status_code == 401


def test_every_number_of_the_api_is_that_of_the_figures(client, town, bearer):
    submitted(town)
    expected = export_figures(town.office, OPERATOR, CYCLE)

    assert client.get(FIGURES, headers=bearer).json() == expected

    results = client.get(f"{ROOT}/cycles/{CYCLE}/results", headers=bearer).json()["rows"]
    for organisation in expected["organisations"]:
        found = {
            one["subject_id"]: (one["level"], one["percent"], one["n"])
            for one in results
            if one["organisation_id"] == organisation["id"] and one["kind"] == "standard"
        }
        assert found == {one["id"]: (one["level"], one["percent"], one["n"]) for one in organisation["standards"]}


def test_drafts_do_not_leave(client, town, bearer):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="not_met", evidence="Only a draft")

    for address in ADDRESSES:
        assert "Only a draft" not in client.get(address, headers=bearer).text


def test_pages_follow_each_other_to_the_end_without_a_gap(client, town, bearer):
    submitted(town)
    whole = client.get(ANSWERS, headers=bearer).json()
    assert whole["next"] is None
    assert whole["total"] == len(whole["rows"]) == 4

    address, rows, pages = f"{ANSWERS}?limit=3", [], 0
    while address:
        said = client.get(address, headers=bearer)
        rows += said.json()["rows"]
        address = said.json()["next"]
        assert address is None or said.headers["link"] == f'<{address}>; rel="next"'
        pages += 1
    assert (rows, pages) == (whole["rows"], 2)


def test_a_row_that_comes_between_two_requests_shifts_nothing(client, town, bearer):
    submitted(town)
    first = client.get(f"{ANSWERS}?limit=3", headers=bearer).json()
    answer_everything(town, town.fire_contributor, FIRE_RETURN)
    send_for_sign_off(town.office, town.fire_contributor, FIRE_RETURN)
    sign_off(town.office, town.fire_approver, FIRE_RETURN, agreed=True)
    rest = client.get(first["next"], headers=bearer).json()

    assert rest["total"] == 8  # the fire service's rows stand before those of the police
    assert [row["question_id"] for row in rest["rows"]] == ["S2.2"]


def test_an_answer_that_has_not_changed_is_not_sent_again(client, town, bearer):
    submitted(town)
    first = client.get(ANSWERS, headers=bearer)
    town.office.clock.move(minutes=5)

    again = client.get(ANSWERS, headers=bearer | {"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")

    assert client.get(FIGURES, headers=bearer).headers["etag"] != first.headers["etag"]


def test_what_changes_is_seen_at_once(client, town, bearer):
    before = client.get(ANSWERS, headers=bearer)
    assert before.json()["rows"] == []

    submitted(town)

    after = client.get(ANSWERS, headers=bearer | {"If-None-Match": before.headers["etag"]})
    assert len(after.json()["rows"]) == 4


def test_the_csv_is_that_of_the_package_and_opens_with_basic_as_excel_sends_it(client, town, made):
    submitted(town)

    said = client.get(f"{ANSWERS}.csv", headers=basic("anything", made.secret))

    assert said.headers["content-type"] == "text/csv; charset=utf-8"
    assert said.content.startswith(b"\xef\xbb\xbfreturn_id,")
    assert said.content.count(b"\r\n") == 5
    assert len(download_data(town.office, OPERATOR, CYCLE, "csv").content) > 1000


def test_a_flood_of_requests_is_asked_to_wait(client, bearer, town):
    for _ in range(REQUESTS_ALLOWED):
        assert client.get(f"{ROOT}/cycles", headers=bearer).status_code == 200

    said = client.get(f"{ROOT}/cycles", headers=bearer)
    assert said.status_code == 429
    assert 0 < int(said.headers["retry-after"]) <= 61

    town.office.clock.move(minutes=2)
    assert client.get(f"{ROOT}/cycles", headers=bearer).status_code == 200


def test_what_leaves_is_an_event_of_the_token_and_its_use_is_seen(client, town, made, bearer):
    client.get(ANSWERS, headers=bearer)

    with town.office.store.reading() as work:
        last = work.audit_trail.events(partnership_stream(PARTNERSHIP))[-1]
    assert (last.name, last.actor) == ("data_read", f"token-{made.token.id}")
    [line] = list_api_tokens(town.office, town.admin)
    assert line.token.last_used_at == town.office.clock()


def test_the_description_is_valid_and_names_every_address_and_column(client):
    said = client.get(f"{ROOT}/openapi.json")

    described = said.json()
    validate(described)
    assert set(described["paths"]) == {one.address for one in ENDPOINTS}
    for name, table in TABLES.items():
        assert list(described["components"]["schemas"][name]["properties"]) == [one.name for one in table.fields]


@pytest.mark.parametrize("endpoint", [one for one in ENDPOINTS if one.table and one.media_type == "application/json"])
def test_what_comes_is_as_the_description_says(client, town, bearer, endpoint):
    submitted(town)
    described = client.get(f"{ROOT}/openapi.json").json()

    said = client.get(endpoint.address.format(cycle=CYCLE), headers=bearer).json()

    schema = described["paths"][endpoint.address]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(said, schema | {"components": described["components"]})
