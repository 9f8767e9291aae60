"""Reading our own forms, and proof that a form came from a page of ours and is not too old."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from urllib.parse import parse_qs

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from section11.config import Settings
from section11.errors import Section11Error
from section11.services.office import Office

FORM_LASTS = timedelta(hours=2)
LARGEST_FORM_BYTES = 20_000
PROOF_FIELD = "form_token"


class FormTooOldError(Section11Error):
    """The form's token is missing, too old, or belongs to another browser."""

    def __init__(self) -> None:
        super().__init__("This form was open too long. Try again.")


class FormTokens:
    """Makes and checks form tokens.

    A token is the browser's own random number and the time, signed. A page of another site can
    neither read the number, which is in a cookie only we see, nor make the signature.
    """

    def __init__(self, office: Office, settings: Settings) -> None:
        self._clock = office.clock
        self._signer = URLSafeSerializer(settings.signing_key(), salt="section11 form")
        self._is_https = settings.is_https
        self._cookie_name = "__Host-section11-form" if settings.is_https else "section11-form"

    def browser_number(self, request: Request) -> str:
        """Return this browser's number; a new one for a browser we have not met."""
        return request.cookies.get(self._cookie_name) or secrets.token_urlsafe(32)

    def token(self, browser_number: str) -> str:
        """Return what the form carries in its hidden field."""
        return str(self._signer.dumps([browser_number, int(self._clock().timestamp())]))

    def remember(self, response: Response, browser_number: str) -> None:
        response.set_cookie(
            self._cookie_name, browser_number, path="/", secure=self._is_https, httponly=True, samesite="lax"
        )

    def check(self, request: Request, token: str) -> None:
        """Raise unless this browser was given this token in the last two hours.

        Raises:
            FormTooOldError: it was not.
        """
        try:
            browser_number, made_at = self._signer.loads(token)
        except (BadData, ValueError):
            raise FormTooOldError() from None
        cookie = request.cookies.get(self._cookie_name, "")
        age = self._clock().timestamp() - made_at
        if not hmac.compare_digest(cookie.encode(), browser_number.encode()) or age > FORM_LASTS.total_seconds():
            raise FormTooOldError()


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form as sent by a browser, the first value of each.

    Empty when it is too large, and when the browser went away in the middle of it: nobody reads the answer then.
    """
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_FORM_BYTES:
                return {}
    except ClientDisconnect:
        return {}
    fields = parse_qs(body.decode("utf-8", errors="replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}
