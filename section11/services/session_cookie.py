"""The cookie that carries a session token: its name, and how to read it."""

from __future__ import annotations

from collections.abc import Mapping

from section11.config import Settings


def cookie_name(settings: Settings) -> str:
    """Return the cookie's name.

    On https the ``__Host-`` prefix makes browsers refuse a cookie set by a neighbouring
    site or without ``Secure``; on plain http they would refuse the prefix itself.
    """
    return "__Host-section11" if settings.is_https else "section11"


def read_token(cookies: Mapping[str, str], settings: Settings) -> str | None:
    """Return the session token among a browser's cookies, or None. It has not been checked."""
    return cookies.get(cookie_name(settings)) or None
