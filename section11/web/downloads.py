"""Everything a person may download, one authorised route each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.errors import NotAvailableError, Section11Error
from section11.services.accounts import user_for_token
from section11.services.blank_forms import download_return_pdf, download_set_pdf, download_set_workbook
from section11.services.board_pack_files import Form, download_draft, download_pack
from section11.services.downloads import Download
from section11.services.excel_returns import download_return
from section11.services.exports import download_workbook
from section11.services.histories import download_history
from section11.services.letter_templates import download_letter_document
from section11.services.letters import download_letter
from section11.services.office import Office
from section11.services.open_data import download_data
from section11.services.personal_data import download_own_data, download_personal_data
from section11.services.profiles import download_own_profile
from section11.services.refusals import noting_refusals
from section11.services.return_pdfs import download_filled_pdf
from section11.services.session_cookie import read_token

Maker = Callable[..., Download]
"""Called with the person, and with what stands in the path by the names of its parts."""


def makers_by_path(office: Office) -> dict[str, Maker]:
    """Return what makes each download, by the path of its route."""
    return {
        "/downloads/returns/{thing}.xlsx": lambda user, thing: download_return(office, user, thing),
        "/downloads/returns/{thing}.pdf": lambda user, thing: download_filled_pdf(office, user, thing),
        "/downloads/results/{thing}.csv": lambda user, thing: download_own_profile(office, user, thing),
        "/downloads/histories/{thing}.xlsx": lambda user, thing: download_history(office, user, thing),
        "/downloads/blank-returns/{thing}.xlsx": lambda user, thing: download_return(office, user, thing, blank=True),
        "/downloads/blank-returns/{thing}.pdf": lambda user, thing: download_return_pdf(office, user, thing),
        "/downloads/sets/{set_id}/{organisation_type}.xlsx": lambda user, **of: download_set_workbook(
            office, user, **of
        ),
        "/downloads/sets/{set_id}/{organisation_type}.pdf": lambda user, **of: download_set_pdf(office, user, **of),
        "/downloads/letters/{thing}.pdf": lambda user, thing: download_letter(office, user, thing, "pdf"),
        "/downloads/letters/{thing}.docx": lambda user, thing: download_letter(office, user, thing, "docx"),
        "/downloads/letter-templates/{thing}.docx": lambda user, thing: download_letter_document(office, user, thing),
        "/downloads/cycles/{thing}.xlsx": lambda user, thing: download_workbook(office, user, thing),
        **_board_packs(office),
        "/downloads/own-data.zip": lambda user: download_own_data(office, user),
        "/downloads/people/{thing}.zip": lambda user, thing: download_personal_data(office, user, thing),
        "/downloads/cycles/{cycle_id}/data/{file_format}": lambda user, **of: download_data(office, user, **of),
    }


def _board_packs(office: Office) -> dict[str, Maker]:
    """Return a route for each form of the draft and of final packs, and for their copies for sharing."""
    drafts = {
        f"/downloads/board-packs/{{cycle_id}}/draft.{form}": partial(download_draft, office, form=form) for form in Form
    }
    final = {
        f"/downloads/board-packs/{{cycle_id}}/{{number:int}}.{form}": partial(download_pack, office, form=form)
        for form in Form
    }
    shared = {
        f"/downloads/board-packs/{{cycle_id}}/{{number:int}}/for-sharing.{form}": partial(
            download_pack, office, form=form, for_sharing=True
        )
        for form in Form
    }
    return {**drafts, **final, **shared}


def download_routes(office: Office, settings: Settings) -> list[Route]:
    """Return the download routes. Each asks its service, which decides and writes the event."""
    return [Route(path, _endpoint(office, settings, path), methods=["GET"]) for path in makers_by_path(office)]


def _endpoint(office: Office, settings: Settings, path: str) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        return await answered(office, settings, path, lambda seen_by: makers_by_path(seen_by)[path], request)

    return endpoint


async def answered(
    office: Office, settings: Settings, path: str, maker_of: Callable[[Office], Maker], request: Request
) -> Response:
    """Return what is made for the person who asks at ``path``, or why not; a refusal leaves its event."""
    token = read_token(request.cookies, settings)
    return await to_thread.run_sync(_answer, office, path, maker_of, token, request.path_params)


def _answer(
    office: Office, path: str, maker_of: Callable[[Office], Maker], token: str | None, parts: Mapping[str, Any]
) -> Response:
    user = user_for_token(office, token)
    if user is None:
        return PlainTextResponse("You are not signed in. Sign in and try again.", status_code=401)
    seen_by = noting_refusals(office, user.id, where=path, asked=" ".join(map(str, parts.values())))
    try:
        made = maker_of(seen_by)(user, **parts)
    except NotAvailableError as error:
        return PlainTextResponse(error.user_message, status_code=404)
    except Section11Error as error:
        return PlainTextResponse(error.user_message, status_code=403)
    return Response(
        made.content,
        media_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.filename}"',
            "Cache-Control": "no-store",
        },
    )
