"""Which addresses belong to this site: where to go after signing in, and where a form came from."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from section11.config import Settings

HOME = "/"


def local_path(wanted: str) -> str:
    """Return the wanted path when it is one of ours, else the home page.

    A browser reads ``//other.example`` and ``/\\other.example`` as another site, and drops
    tabs and line ends on the way, so only plain printable paths pass.
    """
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    if not is_plain or not wanted.startswith("/") or wanted.startswith("//"):
        return HOME
    return wanted if not wanted.startswith(("/sign-in", "/sign-out")) else HOME


def came_from_here(request: HTTPConnection, settings: Settings) -> bool:
    """Return whether a browser says that one of our own pages sent this."""
    origin = request.headers.get("origin", "")
    return origin == settings.base_url or (bool(origin) and urlsplit(origin).netloc == request.headers.get("host"))
