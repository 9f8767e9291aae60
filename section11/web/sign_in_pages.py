"""Signing in and signing out."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.errors import SignInRefusedError
from section11.services.accounts import sign_in, sign_out, user_for_token
from section11.services.office import Office
from section11.services.session_cookie import read_token
from section11.web.forms import PROOF_FIELD, FormTokens, FormTooOldError, read_form
from section11.web.local_addresses import HOME, came_from_here, local_path
from section11.web.pages import Fault, MessagePage, PageMaker, SignInPage, SignOutPage
from section11.web.session_cookie import give_session_cookie, take_session_cookie

NOTICES = {
    "signed-out": "You are signed out. Everything you saved is kept.",
    "password-chosen": "Your password is set. Sign in with it now.",
}
"""Sentences the page shows by name, so that an address can never put words of its own on it."""


class SignInPages:
    def __init__(self, office: Office, settings: Settings, pages: PageMaker, hashing: CapacityLimiter) -> None:
        self._office = office
        self._settings = settings
        self._pages = pages
        self._tokens = FormTokens(office, settings)
        self._hashing = hashing

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.show, methods=["GET"]),
            Route("/sign-in", self.submit, methods=["POST"]),
            Route("/sign-out", self.show_sign_out, methods=["GET"]),
            Route("/sign-out", self.submit_sign_out, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", HOME))
        token = read_token(request.cookies, self._settings)
        if await to_thread.run_sync(user_for_token, self._office, token) is not None:
            return RedirectResponse(wanted, 303)
        notice = NOTICES.get(request.query_params.get("notice", ""), "")
        return await self._form(request, wanted=wanted, notice=notice)

    async def submit(self, request: Request) -> Response:
        fields = await read_form(request)
        wanted = local_path(fields.get("next", HOME))
        email, password = fields.get("email", "").strip(), fields.get("password", "")
        try:
            self._tokens.check(request, fields.get(PROOF_FIELD, ""))
        except FormTooOldError as error:
            return await self._form(request, wanted=wanted, email=email, faults=(Fault(error.user_message),))
        if faults := _missing(email, password):
            return await self._form(request, wanted=wanted, email=email, faults=faults)
        try:
            signed_in = await to_thread.run_sync(sign_in, self._office, email, password, limiter=self._hashing)
        except SignInRefusedError as error:
            return await self._form(request, wanted=wanted, email=email, faults=(Fault(error.user_message),))
        # Whoever used this browser before must not stay signed in behind the new session.
        await to_thread.run_sync(sign_out, self._office, read_token(request.cookies, self._settings))
        response = RedirectResponse(wanted, 303, {"Cache-Control": "no-store"})
        give_session_cookie(response, self._settings, signed_in.token)
        return response

    async def show_sign_out(self, request: Request) -> Response:
        return await self._pages.answer(SignOutPage())

    async def submit_sign_out(self, request: Request) -> Response:
        if not came_from_here(request, self._settings):
            message = "This request to sign out came from another site, so nothing was done."
            return await self._pages.answer(MessagePage("You are still signed in", message, HOME, "Go on"), status=403)
        await to_thread.run_sync(sign_out, self._office, read_token(request.cookies, self._settings))
        response = RedirectResponse("/sign-in?notice=signed-out", 303, {"Cache-Control": "no-store"})
        take_session_cookie(response, self._settings)
        return response

    async def _form(
        self, request: Request, *, wanted: str, email: str = "", notice: str = "", faults: tuple[Fault, ...] = ()
    ) -> Response:
        number = self._tokens.browser_number(request)
        page = SignInPage(self._tokens.token(number), wanted, email=email, notice=notice, faults=faults)
        response = await self._pages.answer(page, status=400 if faults else 200)
        self._tokens.remember(response, number)
        return response


def _missing(email: str, password: str) -> tuple[Fault, ...]:
    faults = [] if email else [Fault("Enter your e-mail address.", "email")]
    return tuple(faults if password else [*faults, Fault("Enter your password.", "password")])
