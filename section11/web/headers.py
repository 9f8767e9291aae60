"""Headers that tell browsers what our pages may do and who may frame them."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from section11.config import Settings

# The one script inside Streamlit's index.html, "window.prerenderReady = false". A test compares it
# with the installed Streamlit.
STREAMLIT_INLINE_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"

STREAMLIT_PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' {STREAMLIT_INLINE_SCRIPT}",
        # Streamlit and Plotly write their styles into the page as they draw.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it browsers hide from us where our own forms come from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ONE_YEAR = "max-age=31536000"


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer; a policy the route has set itself stays."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._is_https = settings.is_https
        self._headers = _ALWAYS | ({"Strict-Transport-Security": _ONE_YEAR} if settings.is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Content-Security-Policy", STREAMLIT_PAGE_POLICY)
                if self._is_https:
                    _make_cookies_secure(message)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _make_cookies_secure(message: Message) -> None:
    """Let no cookie travel in the clear. Streamlit's own would, behind a proxy that ends https before it."""
    message["headers"] = [
        (name, value + b"; Secure" if name.lower() == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in message["headers"]
    ]
