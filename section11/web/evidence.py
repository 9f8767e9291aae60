"""Opening evidence: shown in the browser where that is safe, downloaded otherwise; a link leads on to its address."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.domain.evidence import EvidenceKind, Revision
from section11.domain.file_types import BY_MEDIA_TYPE
from section11.errors import NotAvailableError, Section11Error
from section11.services.accounts import user_for_token
from section11.services.office import Office
from section11.services.opening_evidence import open_evidence
from section11.services.refusals import noting_refusals
from section11.services.session_cookie import read_token
from section11.storage.evidence_files import EvidenceLostError

# What somebody sent in may show itself and do nothing: no script, no form, no other address, no frame.
EVIDENCE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; object-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
PATH = "/evidence/{item}/{revision:int}"
_NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def evidence_route(office: Office, settings: Settings) -> Route:
    """Return ``GET /evidence/{item}/{revision}``. Its service decides and writes the event."""

    async def evidence(request: Request) -> Response:
        token = read_token(request.cookies, settings)
        item_id, number = request.path_params["item"], request.path_params["revision"]
        return await to_thread.run_sync(_answer, office, token, item_id, number)

    return Route(PATH, evidence, methods=["GET"])


def _answer(office: Office, token: str | None, item_id: str, number: int) -> Response:
    user = user_for_token(office, token)
    if user is None:
        return _refusal("You are not signed in. Sign in and try again.", 401)
    try:
        seen_by = noting_refusals(office, user.id, where=PATH, asked=item_id)
        opened = open_evidence(seen_by, user, item_id, number)
    except NotAvailableError as error:
        return _refusal(error.user_message, 404)
    except EvidenceLostError as error:
        return _refusal(error.user_message, 410)
    except Section11Error as error:
        return _refusal(error.user_message, 403)
    if opened.item.kind is EvidenceKind.LINK:
        return RedirectResponse(opened.revision.url, 303, _NO_STORE)
    return _file(opened.revision, opened.content)


def _file(revision: Revision, content: bytes) -> Response:
    kind = BY_MEDIA_TYPE.get(revision.media_type)
    opens_safely = kind is not None and kind.opens_safely
    media_type = revision.media_type if kind else "application/octet-stream"
    return Response(
        content,
        media_type=media_type,
        headers={
            **_NO_STORE,
            "Content-Disposition": f"{'inline' if opens_safely else 'attachment'}; {_named(revision.file_name)}",
            "Content-Security-Policy": EVIDENCE_POLICY,
        },
    )


def _named(file_name: str) -> str:
    """Return the file's name for old browsers in ASCII, and for all others as it is (RFC 6266)."""
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in file_name)
    return f"filename=\"{plain}\"; filename*=UTF-8''{quote(file_name, safe='')}"


def _refusal(words: str, status: int) -> Response:
    return PlainTextResponse(words, status, _NO_STORE)
