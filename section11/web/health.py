"""Whether the product works, for whoever watches over the server and nobody else."""

from __future__ import annotations

import hmac
import logging

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.services.office import Office
from section11.web.callers import is_loopback

_log = logging.getLogger(__name__)


def health_route(office: Office, settings: Settings) -> Route:
    """Return ``GET /health``: 200 when the database answers, 503 when it does not.

    It tells the machine itself, and whoever sends the token of the settings; everybody else gets 403.
    """

    async def health(request: Request) -> Response:
        if not _may_watch(request, settings):
            words = "Ask on the server itself, or send the token of SECTION11_HEALTH_TOKEN."
            return PlainTextResponse(words, 403, {"Cache-Control": "no-store"})
        reachable = await to_thread.run_sync(_database_answers, office)
        content = {
            "status": "working" if reachable else "failing",
            "database": "reachable" if reachable else "unreachable",
        }
        return JSONResponse(content, 200 if reachable else 503, {"Cache-Control": "no-store"})

    return Route("/health", health, methods=["GET"])


def _may_watch(request: Request, settings: Settings) -> bool:
    sent = request.headers.get("authorization", "").encode()
    if settings.health_token:
        return hmac.compare_digest(sent, f"Bearer {settings.health_token}".encode()) or _is_this_machine(request)
    return _is_this_machine(request)


def _is_this_machine(request: Request) -> bool:
    # The server puts the address a proxy tells of in place of the proxy's own; one that tells none is no watcher.
    is_passed_on = any(header in request.headers for header in ("x-forwarded-for", "forwarded", "x-real-ip", "via"))
    return not is_passed_on and request.client is not None and is_loopback(request.client.host)


def _database_answers(office: Office) -> bool:
    fault = office.store.fault()
    if fault:
        _log.error("The database does not answer: %s", fault)
    return not fault
