"""Every route beside the Streamlit pages."""

from __future__ import annotations

from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.services.office import Office
from section11.web.account_pages import AccountPages
from section11.web.api import api_routes
from section11.web.board_packs import board_pack_routes
from section11.web.door import Door
from section11.web.downloads import download_routes
from section11.web.evidence import evidence_route
from section11.web.health import health_route
from section11.web.invitation_pages import InvitationPages
from section11.web.letters import letters_route
from section11.web.metrics import metrics_route
from section11.web.outside_pages import OutsidePages
from section11.web.pages import ASSETS_DIR
from section11.web.second_step_pages import SecondStepPages
from section11.web.sign_in_pages import SignInPages
from section11.web.table_downloads import table_route

HASHES_AT_ONCE = 4
"""Each takes 19 MiB for some 30 ms; a flood of tries must not take the memory or the threads of everyone else."""


def routes(office: Office, settings: Settings) -> list[Route]:
    """Return the routes; Streamlit's own come after them."""
    door = Door(office, settings, CapacityLimiter(HASHES_AT_ONCE))
    return [
        *SignInPages(door, settings.oidc_name if settings.oidc_issuer else "").routes(),
        *SecondStepPages(door).routes(),
        *OutsidePages(door).routes(),
        *AccountPages(door).routes(),
        *InvitationPages(door).routes(),
        *download_routes(office, settings),
        *board_pack_routes(office, settings),
        *api_routes(office, settings),
        table_route(office, settings),
        evidence_route(office, settings),
        letters_route(office, settings),
        health_route(office, settings),
        metrics_route(office, settings),
        *(
            Route(f"/assets/{name}", _asset, methods=["GET"])
            for name in ("section11.css", "section11.svg", "save_first.js", "keep_typed.js", "menu.js")
        ),
    ]


async def _asset(request: Request) -> Response:
    name = request.url.path.rpartition("/")[2]
    # An address with the file's hash never changes its content; any other is asked for again, answered by its ETag.
    caching = "public, max-age=31536000" if "v" in request.query_params else "no-cache"
    return FileResponse(ASSETS_DIR / name, headers={"Cache-Control": caching})
