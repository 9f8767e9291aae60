"""Signing in and signing out."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from section11.errors import SignInRefusedError
from section11.services.accounts import SecondStepWanted, SignedIn, sign_in, sign_out, user_for_token
from section11.web.door import Door, go_to
from section11.web.forms import PROOF_FIELD, FormTooOldError, read_form
from section11.web.local_addresses import HOME, came_from_here, local_path
from section11.web.pages import Fault, ForgottenPage, MessagePage, Page, SignInPage, SignOutPage
from section11.web.second_step_pages import CODE_PATH, SET_UP_PATH
from section11.web.session_cookie import give_cookies, take_session_cookie

NOTICES = {
    "signed-out": "You are signed out. Everything you saved is kept.",
    "signed-out-everywhere": "You are signed out in every browser. Everything you saved is kept.",
    "password-chosen": "Your password is set. Sign in with it now.",
    "too-long": "You took longer than ten minutes. Sign in again from the start.",
}
"""Sentences the page shows by name, so that an address can never put words of its own on it."""


class SignInPages:
    def __init__(self, door: Door, outside_name: str) -> None:
        self._door = door
        self._outside_name = outside_name

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.show, methods=["GET"]),
            Route("/sign-in", self.submit, methods=["POST"]),
            Route("/sign-out", self.show_sign_out, methods=["GET"]),
            Route("/sign-out", self.submit_sign_out, methods=["POST"]),
            Route("/forgotten-password", self.show_forgotten, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", HOME))
        if await self._door.run(user_for_token, self._door.office, self._door.token(request)) is not None:
            return RedirectResponse(wanted, 303)
        notice = NOTICES.get(request.query_params.get("notice", ""), "")
        return await self._form(request, wanted=wanted, notice=notice)

    async def submit(self, request: Request) -> Response:
        door, fields = self._door, await read_form(request)
        wanted = local_path(fields.get("next", HOME))
        email, password = fields.get("email", "").strip(), fields.get("password", "")
        try:
            door.tokens.check(request, fields.get(PROOF_FIELD, ""))
        except FormTooOldError as error:
            return await self._form(request, wanted=wanted, email=email, faults=(Fault(error.user_message),))
        if faults := _missing(email, password):
            return await self._form(request, wanted=wanted, email=email, faults=faults)
        try:
            outcome = await door.run_slowly(sign_in, door.office, email, password, door.caller(request))
        except SignInRefusedError as error:
            return await self._form(request, wanted=wanted, email=email, faults=(Fault(error.user_message),))
        return await signed_in_answer(door, request, outcome, wanted)

    async def show_sign_out(self, request: Request) -> Response:
        return await self._door.pages.answer(SignOutPage())

    async def submit_sign_out(self, request: Request) -> Response:
        door = self._door
        if not came_from_here(request, door.settings):
            message = "This request to sign out came from another site, so nothing was done."
            return await door.pages.answer(MessagePage("You are still signed in", message, HOME, "Go on"), status=403)
        await door.run(sign_out, door.office, door.token(request))
        response = go_to("/sign-in?notice=signed-out")
        take_session_cookie(response, door.settings)
        return response

    async def show_forgotten(self, request: Request) -> Response:
        return await self._door.pages.answer(ForgottenPage(self._outside_name))

    async def _form(
        self, request: Request, *, wanted: str, email: str = "", notice: str = "", faults: tuple[Fault, ...] = ()
    ) -> Response:
        def page(token: str) -> Page:
            return SignInPage(token, wanted, email, notice, self._outside_name, faults)

        return await self._door.show(request, page, status=400 if faults else 200)


async def signed_in_answer(door: Door, request: Request, outcome: SignedIn | SecondStepWanted, wanted: str) -> Response:
    """Send the browser where it wanted to go with its new session, or on to the second step."""
    # Whoever used this browser before must not stay signed in behind the new session.
    await door.run(sign_out, door.office, door.token(request))
    if isinstance(outcome, SecondStepWanted):
        path = SET_UP_PATH if outcome.must_set_up else CODE_PATH
        response = go_to(f"{path}?next={quote(wanted, safe='/')}")
    else:
        response = go_to(wanted)
    give_cookies(response, door.settings, outcome)
    return response


def _missing(email: str, password: str) -> tuple[Fault, ...]:
    faults = [] if email else [Fault("Enter your e-mail address.", "email")]
    return tuple(faults if password else [*faults, Fault("Enter your password.", "password")])
