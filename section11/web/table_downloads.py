"""The route of the dashboards' tables: CSV files of what a page shows, narrowed as its address says."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from section11.config import Settings
from section11.domain.people import User
from section11.reports.selection import selection_from
from section11.services.action_register import EVERY_CYCLE
from section11.services.downloads import Download
from section11.services.every_cycle_tables import download_of_every_cycle
from section11.services.figure_tables import download_table
from section11.services.office import Office
from section11.web.downloads import Maker, answered

PATH = "/downloads/cycles/{cycle_id}/{table}.csv"


def table_route(office: Office, settings: Settings) -> Route:
    """Return the route; instead of a cycle it takes ``every-cycle``.

    ``about`` in the query says which set, standard, question or return it is about.
    """

    async def endpoint(request: Request) -> Response:
        query = request.query_params

        def maker_of(seen_by: Office) -> Maker:
            def maker(user: User, cycle_id: str, table: str) -> Download:
                if cycle_id == EVERY_CYCLE:
                    return download_of_every_cycle(seen_by, user, table)
                about, selection = query.get("about", ""), selection_from(query.getlist)
                return download_table(seen_by, user, cycle_id, table, about, selection)

            return maker

        return await answered(office, settings, PATH, maker_of, request)

    return Route(PATH, endpoint, methods=["GET"])
