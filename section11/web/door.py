"""What every page of ours with a form needs at hand: the office, the form's token, and the page it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from section11.config import Settings
from section11.services.office import Office
from section11.services.secret_box import SecretBox
from section11.services.session_cookie import read_token
from section11.services.sign_in_limits import Caller
from section11.web.callers import caller_of
from section11.web.forms import PROOF_FIELD, FormTokens, read_form
from section11.web.pages import Page, PageMaker

P = ParamSpec("P")
T = TypeVar("T")
NO_STORE = {"Cache-Control": "no-store"}


class Door:
    """One for all pages. ``hashing`` limits how many passwords are hashed at a time."""

    def __init__(self, office: Office, settings: Settings, hashing: CapacityLimiter) -> None:
        self.office = office
        self.settings = settings
        self.box = SecretBox(settings.signing_key())
        self.pages = PageMaker(office)
        self.tokens = FormTokens(office, settings)
        self._hashing = hashing

    async def show(self, request: Request, make: Callable[[str], Page], *, status: int = 200) -> Response:
        """Answer with a page that has a form; ``make`` is called with the form's token."""
        number = self.tokens.browser_number(request)
        response = await self.pages.answer(make(self.tokens.token(number)), status=status)
        self.tokens.remember(response, number)
        return response

    async def read(self, request: Request) -> dict[str, str]:
        """Return the fields of a form of ours.

        Raises:
            FormTooOldError: it did not come from a page of ours in this browser, or is too old.
        """
        fields = await read_form(request)
        self.tokens.check(request, fields.get(PROOF_FIELD, ""))
        return fields

    async def run(self, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service beside the event loop."""
        return await to_thread.run_sync(lambda: service(*args, **kwargs))

    async def run_slowly(self, service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service that hashes a password: only a few at a time."""
        return await to_thread.run_sync(lambda: service(*args, **kwargs), limiter=self._hashing)

    def token(self, request: Request) -> str | None:
        return read_token(request.cookies, self.settings)

    def caller(self, request: Request) -> Caller:
        return caller_of(request, self.settings)


def go_to(address: str) -> RedirectResponse:
    """Send the browser on after a form was done, so that reloading does not send it again."""
    return RedirectResponse(address, 303, NO_STORE)
