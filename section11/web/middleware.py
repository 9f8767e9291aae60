"""What every request passes before it reaches a route: headers, the host names we answer to, and the gate."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from section11.config import Settings
from section11.services.office import Office
from section11.web.gate import SignInGate
from section11.web.headers import SecurityHeaders


def middleware(office: Office, settings: Settings) -> list[Middleware]:
    """Return the middleware, outermost first."""
    return [
        Middleware(SecurityHeaders, settings=settings),
        # A page of another site that calls itself our machine's name by its own DNS gets no answer.
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.hosts(), www_redirect=False),
        Middleware(SignInGate, office=office, settings=settings),
    ]
