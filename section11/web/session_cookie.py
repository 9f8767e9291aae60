"""The cookies we give and take: of a session, of a sign-in that waits for its second step, of a known browser."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from section11.config import Settings
from section11.services.accounts import SECOND_STEP_WITHIN, SecondStepWanted, SignedIn
from section11.services.session_cookie import cookie_name
from section11.services.sign_in_limits import DEVICE_KNOWN_FOR


def give_session_cookie(response: Response, settings: Settings, token: str) -> None:
    """Set the cookie until the browser is closed; the database decides when the session ends."""
    _give(response, settings, cookie_name(settings), token)


def take_session_cookie(response: Response, settings: Settings) -> None:
    take_cookie(response, settings, cookie_name(settings))


def give_cookies(response: Response, settings: Settings, outcome: SignedIn | SecondStepWanted) -> None:
    """Give what a sign-in came to: a session and the browser's own cookie, or what the second step is finished with."""
    if isinstance(outcome, SecondStepWanted):
        lasts = int(SECOND_STEP_WITHIN.total_seconds())
        _give(response, settings, begun_cookie_name(settings), outcome.token, max_age=lasts)
        return
    give_session_cookie(response, settings, outcome.token)
    give_device_cookie(response, settings, outcome.device)
    take_cookie(response, settings, begun_cookie_name(settings))


def give_device_cookie(response: Response, settings: Settings, device: str) -> None:
    lasts = int(DEVICE_KNOWN_FOR.total_seconds())
    _give(response, settings, device_cookie_name(settings), device, max_age=lasts)


def begun_token(request: Request, settings: Settings) -> str | None:
    """Return the token of a sign-in that waits for its second step, or None. It has not been checked."""
    return request.cookies.get(begun_cookie_name(settings)) or None


def begun_cookie_name(settings: Settings) -> str:
    return f"{cookie_name(settings)}-begun"


def device_cookie_name(settings: Settings) -> str:
    return f"{cookie_name(settings)}-browser"


def give_short_cookie(response: Response, settings: Settings, name: str, value: str, *, seconds: int) -> None:
    _give(response, settings, name, value, max_age=seconds)


def take_cookie(response: Response, settings: Settings, name: str) -> None:
    response.delete_cookie(name, path="/", secure=settings.is_https, httponly=True, samesite="lax")


def _give(response: Response, settings: Settings, name: str, value: str, *, max_age: int | None = None) -> None:
    response.set_cookie(name, value, max_age=max_age, path="/", secure=settings.is_https, httponly=True, samesite="lax")
