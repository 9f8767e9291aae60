"""Presenting a board pack: the web page itself, shown in the browser, with its own policy of what it may do."""

from __future__ import annotations

from collections.abc import Callable

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.domain.people import User
from section11.errors import NotAvailableError, Section11Error
from section11.reports.board_pack_html import content_policy
from section11.services.accounts import user_for_token
from section11.services.board_pack_files import Form, download_draft, present_pack
from section11.services.downloads import Download
from section11.services.office import Office
from section11.services.refusals import noting_refusals
from section11.services.session_cookie import read_token

FOLDER = "/board-packs/{cycle}"
Maker = Callable[[Office, User], Download]
_NO_STORE = {"Cache-Control": "no-store"}


def board_pack_routes(office: Office, settings: Settings) -> list[Route]:
    """Return ``GET /board-packs/{cycle}/{number}`` and ``…/draft``. Their services decide and write the events."""

    async def final(request: Request) -> Response:
        cycle_id, number = request.path_params["cycle"], request.path_params["number"]
        return await shown(request, lambda seen_by, user: present_pack(seen_by, user, cycle_id, number))

    async def draft(request: Request) -> Response:
        cycle_id = request.path_params["cycle"]
        return await shown(request, lambda seen_by, user: download_draft(seen_by, user, cycle_id, Form.WEB_PAGE))

    async def shown(request: Request, made: Maker) -> Response:
        token = read_token(request.cookies, settings)
        return await to_thread.run_sync(_answer, office, token, made, request.path_params["cycle"])

    return [
        Route(f"{FOLDER}/draft", draft, methods=["GET"]),
        Route(f"{FOLDER}/{{number:int}}", final, methods=["GET"]),
    ]


def _answer(office: Office, token: str | None, made: Maker, cycle_id: str) -> Response:
    user = user_for_token(office, token)
    if user is None:
        return PlainTextResponse("You are not signed in. Sign in and try again.", 401, _NO_STORE)
    try:
        page = made(noting_refusals(office, user.id, where=FOLDER, asked=cycle_id), user)
    except NotAvailableError as error:
        return PlainTextResponse(error.user_message, 404, _NO_STORE)
    except Section11Error as error:
        return PlainTextResponse(error.user_message, 403, _NO_STORE)
    policy = f"{content_policy()}; frame-ancestors 'none'"
    return Response(page.content, media_type=page.media_type, headers={**_NO_STORE, "Content-Security-Policy": policy})
