"""Whether the product works, for whoever watches over the server."""

from __future__ import annotations

import logging

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from section11.services.office import Office

_log = logging.getLogger(__name__)


def health_route(office: Office) -> Route:
    """Return ``GET /health``: 200 when the database answers, 503 when it does not."""

    async def health(request: Request) -> Response:
        reachable = await to_thread.run_sync(_database_answers, office)
        content = {
            "status": "working" if reachable else "failing",
            "database": "reachable" if reachable else "unreachable",
        }
        return JSONResponse(content, 200 if reachable else 503, {"Cache-Control": "no-store"})

    return Route("/health", health, methods=["GET"])


def _database_answers(office: Office) -> bool:
    try:
        with office.store.reading() as work:
            work.facts.kind()
    except Exception:
        # Whatever the fault is, it belongs in the log and the answer is the same.
        _log.exception("The database does not answer")
        return False
    return True
