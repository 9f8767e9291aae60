"""Giving a browser its session cookie and taking it back."""

from __future__ import annotations

from starlette.responses import Response

from section11.config import Settings
from section11.services.session_cookie import cookie_name


def give_session_cookie(response: Response, settings: Settings, token: str) -> None:
    """Set the cookie until the browser is closed; the database decides when the session ends."""
    response.set_cookie(cookie_name(settings), token, path="/", secure=settings.is_https, httponly=True, samesite="lax")


def take_session_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.is_https, httponly=True, samesite="lax")
