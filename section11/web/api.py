"""The read-only data API: a token opens the data of one partnership, for Power Query, Power BI and other programs.

The routes are those of ``ENDPOINTS``. The gate lets them pass, as programs have no session: here every request but the
description needs a token, and whatever else is asked for below ``/api/`` is refused here too.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError, Section11Error
from section11.reports.open_data_json import as_text, rows_json
from section11.services.api_tokens import reader_with
from section11.services.office import Office
from section11.services.open_data import DataShelf, cycles_with_data
from section11.web.api_endpoints import ENDPOINTS, Endpoint, openapi
from section11.web.api_paging import limit_in, page_of
from section11.workbooks.data_package import csv_bytes

REQUESTS_ALLOWED = 120
WINDOW = timedelta(minutes=1)
_WHO_ARE_YOU = (
    "This needs a token. Give it as “Authorization: Bearer …”, or as the password of Basic authentication. "
    "An administrator of the partnership makes one on the page “Data API”."
)
_ASKS_FOR_TOKEN = {"WWW-Authenticate": 'Basic realm="Section 11 data, password: token", charset="UTF-8"'}
_NOT_HERE = "There is no such address. /api/v1/openapi.json lists them all."


class RateLimit:
    """How often each token was used lately, in this process. A flood must not take the server from everybody else."""

    def __init__(self) -> None:
        self._uses: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, who: str, now: datetime) -> int:
        """Count one use and return 0, or the seconds to wait when there were too many."""
        with self._lock:
            uses = self._uses.setdefault(who, deque())
            while uses and now - uses[0] >= WINDOW:
                uses.popleft()
            if len(uses) >= REQUESTS_ALLOWED:
                return int((uses[0] + WINDOW - now).total_seconds()) + 1
            uses.append(now)
            return 0


@dataclass(frozen=True)
class Answer:
    """What an endpoint says. ``stamp`` changes when the content does, and not with the moment it is asked."""

    content: bytes
    stamp: bytes
    next_address: str | None = None


@dataclass(frozen=True)
class _Api:
    office: Office
    settings: Settings
    shelf: DataShelf
    limits: RateLimit

    def respond(self, endpoint: Endpoint, request: Request) -> Response:
        if endpoint.operation == "describe":
            return JSONResponse(openapi(self.settings.base_url))
        reader = reader_with(self.office, _secret_in(request))
        if reader is None:
            return _refusal(_WHO_ARE_YOU, 401, _ASKS_FOR_TOKEN)
        seconds = self.limits.wait(reader.id, self.office.clock())
        if seconds:
            return _refusal(f"Too many requests. Try again in {seconds} s.", 429, {"Retry-After": str(seconds)})
        try:
            return self._answered(endpoint, request, reader)
        except NotAvailableError:
            return _refusal("There is no such cycle, or this token does not open it.", 404)
        except BadInputError as error:
            return _refusal(error.user_message, 400)
        except Section11Error as error:
            return _refusal(error.user_message, 403)

    def _answered(self, endpoint: Endpoint, request: Request, reader: User) -> Response:
        cycle_id = request.path_params.get("cycle", "")
        answer = self._answer(endpoint, request, reader, cycle_id)
        tag = f'W/"{hashlib.sha256(answer.stamp).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if answer.next_address:
            headers["Link"] = f'<{answer.next_address}>; rel="next"'
        known = {one.strip() for one in request.headers.get("if-none-match", "").split(",")}
        if known & {tag, tag.removeprefix("W/"), "*"}:
            return Response(status_code=304, headers=headers)
        if cycle_id:
            self.shelf.note(reader, cycle_id, endpoint.operation)
        charset = "; charset=utf-8" if endpoint.media_type == "text/csv" else ""
        return Response(answer.content, media_type=endpoint.media_type + charset, headers=headers)

    def _answer(self, endpoint: Endpoint, request: Request, reader: User, cycle_id: str) -> Answer:
        if endpoint.operation == "cycles":
            return _whole({"cycles": self._cycles(reader)})
        taken = self.shelf.take(reader, cycle_id, endpoint.table or "figures")
        if endpoint.table is None:
            stamp = {key: value for key, value in taken.figures.items() if key != "taken_at"}
            return Answer(_json(taken.figures), _json(stamp))
        table = taken.data.table(endpoint.table)
        if endpoint.media_type == "text/csv":
            content = csv_bytes(table, table.rows)
            return Answer(content, content)
        limit = limit_in(request.query_params.get("limit"))
        page = page_of(table, limit, request.query_params.get("cursor"))
        following = None
        if page.next_cursor is not None:
            address = self.settings.base_url + request.url.path
            following = f"{address}?{urlencode({'limit': limit, 'cursor': page.next_cursor})}"
        body = {
            "cycle": cycle_id,
            "table": table.name,
            "total": len(table.rows),
            "rows": rows_json(table, page.rows),
            "next": following,
        }
        return Answer(_json({"taken_at": as_text(taken.data.taken_at), **body}), _json(body), following)

    def _cycles(self, reader: User) -> list[dict[str, str]]:
        return [
            {"id": one.id, "name": one.name, "due": one.due.isoformat(), "status": one.status.value}
            for one in cycles_with_data(self.office, reader)
        ]


def api_routes(office: Office, settings: Settings) -> list[Route]:
    """Return the routes of the data API, the last of them for every address that is none."""
    api = _Api(office, settings, DataShelf(office), RateLimit())
    routes = [Route(one.address, _endpoint(api, one), methods=["GET"]) for one in ENDPOINTS]
    return [*routes, Route("/api/{rest:path}", _not_here, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])]


def _endpoint(api: _Api, endpoint: Endpoint) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return await to_thread.run_sync(api.respond, endpoint, request)

    return answer


async def _not_here(request: Request) -> Response:
    if request.method not in {"GET", "HEAD"}:
        return _refusal("Data are only read here: ask with GET.", 405, {"Allow": "GET, HEAD"})
    return _refusal(_NOT_HERE, 404)


def _secret_in(request: Request) -> str | None:
    """Return the token of a request: after “Bearer”, or the password after “Basic”, as Excel and Power BI send it."""
    scheme, _, words = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer":
        return words.strip()
    if scheme.casefold() != "basic":
        return None
    try:
        return b64decode(words.strip(), validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return None


def _whole(body: object) -> Answer:
    content = _json(body)
    return Answer(content, content)


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _refusal(words: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": words}, status, {"Cache-Control": "no-store", **(headers or {})})
