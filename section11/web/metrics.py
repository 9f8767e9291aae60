"""Numbers for whoever watches over the server, in the form that Prometheus reads. None says who or what."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from anyio import to_thread
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.services.office import Office
from section11.services.watching import Counts, counts_now


def metrics_route(office: Office, settings: Settings) -> Route:
    """Return ``GET /metrics``, for who knows ``SECTION11_METRICS_TOKEN``; without that setting there is none."""
    registry = CollectorRegistry()
    registry.register(_Counted(office))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)

    async def metrics(request: Request) -> Response:
        if not settings.metrics_token:
            return PlainTextResponse("Not found.", 404)
        wanted, given = f"Bearer {settings.metrics_token}", request.headers.get("authorization", "")
        if not hmac.compare_digest(wanted.encode(), given.encode()):
            return PlainTextResponse("Send the token as a bearer.", 401, {"WWW-Authenticate": "Bearer"})
        content = await to_thread.run_sync(generate_latest, registry)
        return Response(content, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

    return Route("/metrics", metrics, methods=["GET"])


class _Counted:
    """Counts afresh each time it is asked."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def describe(self) -> Iterator[Metric]:
        """Nothing is counted when the route is made."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        counts: Counts = counts_now(self._office)
        for name, about, value in (
            ("section11_sessions", "Browsers that are signed in.", counts.sessions),
            ("section11_events_total", "Events in the audit trail.", counts.events),
            ("section11_evidence_bytes", "Size of all evidence files.", counts.evidence_bytes),
        ):
            yield GaugeMetricFamily(name, about, value)
        returns = GaugeMetricFamily("section11_returns", "Returns of open cycles by status.", labels=["status"])
        for status, number in counts.returns_by_status.items():
            returns.add_metric([status], number)
        yield returns
