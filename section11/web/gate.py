"""Nobody passes without a session, except to what signing in needs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from section11.config import Settings
from section11.services.accounts import session_lasts, user_for_token
from section11.services.office import Office
from section11.services.session_cookie import read_token
from section11.web.local_addresses import came_from_here

OPEN_PATHS = frozenset(
    {
        "/sign-in",
        "/sign-in/code",
        "/sign-in/set-up",
        "/sign-in/with",
        "/sign-in/back",
        "/sign-out",
        "/forgotten-password",
        "/health",
        "/metrics",
        "/favicon.ico",
        "/favicon.png",
        "/robots.txt",
        "/_stcore/health",
        "/_stcore/host-config",
    }
)
OPEN_FOLDERS = ("/invitation/", "/assets/", "/static/", "/api/")
"""``/static/`` is Streamlit's own program, the same for everyone; behind ``/api/`` each request needs a token."""

FETCHED_BY_PAGES = ("/_stcore/", "/media/", "/component/")
"""Asked for by a page that is open already: sending these to the sign-in form would only confuse it."""

CLOSED_TO_ALL = ("/_stcore/agent/", "/_stcore/metrics", "/auth/", "/oauth2callback")
"""Streamlit's own sign-in, its door for programs and its counters of every session: nothing of ours uses them."""

_POLICY_VIOLATION = 1008


class SignInGate:
    """ASGI middleware: a page sends a stranger to the sign-in form, everything else refuses them.

    What is not listed as open is closed, so a route added later starts out safe.
    """

    def __init__(self, app: ASGIApp, office: Office, settings: Settings) -> None:
        self._app = app
        self._office = office
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(CLOSED_TO_ALL):
            await PlainTextResponse("Not found", 404)(scope, receive, send)
        elif scope["type"] not in {"http", "websocket"} or _is_open(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket" and self._is_from_elsewhere(scope):
            # Streamlit refuses it as well, but asks a service on the internet for its own address first.
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "Another site asked."})
        elif scope["type"] == "websocket":
            await _Watched(scope, receive, send, self._session_lasts).run(self._app)
        elif await self._has_session(scope):
            await self._app(scope, receive, send)
        else:
            await _refusal(scope)(scope, receive, send)

    def _is_from_elsewhere(self, scope: Scope) -> bool:
        connection = HTTPConnection(scope)
        return "origin" in connection.headers and not came_from_here(connection, self._settings)

    async def _has_session(self, scope: Scope) -> bool:
        token = read_token(HTTPConnection(scope).cookies, self._settings)
        return token is not None and await to_thread.run_sync(user_for_token, self._office, token) is not None

    async def _session_lasts(self, scope: Scope) -> bool:
        token = read_token(HTTPConnection(scope).cookies, self._settings)
        return await to_thread.run_sync(session_lasts, self._office, token)


class _Watched:
    """A websocket whose every message is asked for the session: a page stays open for hours, its session may not."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, session_lasts: Callable[[Scope], Awaitable[bool]]
    ) -> None:
        self._scope, self._receive, self._send, self._session_lasts = scope, receive, send, session_lasts
        self._is_closed = False

    async def run(self, app: ASGIApp) -> None:
        if await self._session_lasts(self._scope):
            await app(self._scope, self._listen, self._say)
        else:
            await self._close()

    async def _listen(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and not await self._session_lasts(self._scope):
            await self._close()
            return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
        return message

    async def _say(self, message: Message) -> None:
        if not self._is_closed:
            await self._send(message)

    async def _close(self) -> None:
        self._is_closed = True
        await self._send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "You are not signed in."})


def _is_open(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["type"] == "http" and (path in OPEN_PATHS or path.startswith(OPEN_FOLDERS))


def _refusal(scope: Scope) -> Response:
    path: str = scope["path"]
    if scope["method"] not in {"GET", "HEAD"} or path.startswith(FETCHED_BY_PAGES):
        return PlainTextResponse("You are not signed in. Sign in and try again.", 403, {"Cache-Control": "no-store"})
    query = scope["query_string"].decode("latin-1")
    wanted = quote(path) + (f"?{query}" if query else "")
    address = "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='/')}"
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})
