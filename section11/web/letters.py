"""Downloading all letters of a cycle: a file that was made before, sent in pieces."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.errors import NotAvailableError, Section11Error
from section11.services.accounts import user_for_token
from section11.services.letter_bundles import open_bundle
from section11.services.office import Office
from section11.services.refusals import noting_refusals
from section11.services.session_cookie import read_token

PATH = "/downloads/letter-bundles/{bundle}.zip"
_NO_STORE = {"Cache-Control": "no-store"}
# The same whether it was somebody else's, is too old, or was lost with the process that made it.
NOT_HERE_ANY_MORE = (
    "This file of letters is not here any more: it is kept for an hour, and only until the server is restarted. "
    "Go back to “Feedback letters” and make it again."
)


def letters_route(office: Office, settings: Settings) -> Route:
    """Return ``GET /downloads/letter-bundles/{bundle}.zip``. Its service decides whose the file is."""

    async def letters(request: Request) -> Response:
        token = read_token(request.cookies, settings)
        return await to_thread.run_sync(_answer, office, token, request.path_params["bundle"])

    return Route(PATH, letters, methods=["GET"])


def _answer(office: Office, token: str | None, bundle_id: str) -> Response:
    user = user_for_token(office, token)
    if user is None:
        return PlainTextResponse("You are not signed in. Sign in and try again.", 401, _NO_STORE)
    try:
        bundle = open_bundle(noting_refusals(office, user.id, where=PATH, asked=bundle_id), user, bundle_id)
    except NotAvailableError:
        return PlainTextResponse(NOT_HERE_ANY_MORE, 404, _NO_STORE)
    except Section11Error as error:
        return PlainTextResponse(error.user_message, 403, _NO_STORE)
    return FileResponse(bundle.path, media_type="application/zip", filename=bundle.filename, headers=_NO_STORE)
