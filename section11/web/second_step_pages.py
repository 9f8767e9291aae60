"""The second step of signing in: typing a code, and setting it up when the person's role asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from section11.domain.people import Person
from section11.errors import BadInputError, Section11Error
from section11.services.accounts import SignedIn, sign_out
from section11.services.second_steps import (
    SignInTooOldError,
    ToSetUp,
    begun_person,
    finish_sign_in,
    second_step_to_set_up,
    set_up_and_finish,
)
from section11.web.door import Door, go_to
from section11.web.forms import FormTooOldError, read_form
from section11.web.local_addresses import HOME, local_path
from section11.web.pages import CodePage, CodesPage, Fault, Page, SetUpPage, qr_code, spelled
from section11.web.session_cookie import begun_token, give_cookies

Outcome = TypeVar("Outcome")
CODE_PATH, SET_UP_PATH = "/sign-in/code", "/sign-in/set-up"


class SecondStepPages:
    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        return [
            Route(CODE_PATH, self.show_code, methods=["GET"]),
            Route(CODE_PATH, self.submit_code, methods=["POST"]),
            Route(SET_UP_PATH, self.show_set_up, methods=["GET"]),
            Route(SET_UP_PATH, self.submit_set_up, methods=["POST"]),
        ]

    async def show_code(self, request: Request) -> Response:
        try:
            await self._person(request)
        except SignInTooOldError:
            return _from_the_start()
        return await self._code(request, local_path(request.query_params.get("next", HOME)))

    async def submit_code(self, request: Request) -> Response:
        try:
            wanted, done = await self._try_code(request, finish_sign_in)
        except SignInTooOldError:
            return _from_the_start()
        if isinstance(done, Fault):
            return await self._code(request, wanted, done)
        return await self._signed_in(request, done, go_to(wanted))

    async def show_set_up(self, request: Request) -> Response:
        try:
            person = await self._person(request)
        except SignInTooOldError:
            return _from_the_start()
        return await self._set_up(request, person, local_path(request.query_params.get("next", HOME)))

    async def submit_set_up(self, request: Request) -> Response:
        try:
            person = await self._person(request)
            wanted, done = await self._try_code(request, set_up_and_finish)
        except SignInTooOldError:
            return _from_the_start()
        if isinstance(done, Fault):
            return await self._set_up(request, person, wanted, done)
        signed_in, codes = done
        page = await self._door.pages.answer(CodesPage(tuple(codes), wanted, "Go on"))
        return await self._signed_in(request, signed_in, page)

    async def _try_code(self, request: Request, finish: Callable[..., Outcome]) -> tuple[str, Outcome | Fault]:
        """Check the form that came and finish with its code; return where the person is going, and what came of it.

        Raises:
            SignInTooOldError: the sign-in that this is the second step of was begun too long ago, or never.
        """
        door, wanted = self._door, HOME
        try:
            fields = await read_form(request)
            wanted = local_path(fields.get("next", HOME))
            door.tokens.check(request, fields.get("form_token", ""))
            begun, caller = begun_token(request, door.settings), door.caller(request)
            return wanted, await door.run_slowly(finish, door.office, door.box, begun, fields.get("code", ""), caller)
        except (BadInputError, FormTooOldError) as error:
            return wanted, _fault(error, "code")

    async def _signed_in(self, request: Request, signed_in: SignedIn, response: Response) -> Response:
        """Return the response with the cookies of a new session; the one the browser had before ends."""
        await self._door.run(sign_out, self._door.office, self._door.token(request))
        give_cookies(response, self._door.settings, signed_in)
        return response

    async def _person(self, request: Request) -> Person:
        return await self._door.run(begun_person, self._door.office, begun_token(request, self._door.settings))

    async def _code(self, request: Request, wanted: str, *faults: Fault) -> Response:
        def page(token: str) -> Page:
            return CodePage(token, wanted, faults)

        return await self._door.show(request, page, status=400 if faults else 200)

    async def _set_up(self, request: Request, person: Person, wanted: str, *faults: Fault) -> Response:
        door = self._door
        try:
            found = await door.run(second_step_to_set_up, door.office, door.box, person)
        except BadInputError:
            return _from_the_start()

        def page(token: str) -> Page:
            return set_up_page(token, found, faults, action=SET_UP_PATH, wanted=wanted, is_asked_for=True)

        return await door.show(request, page, status=400 if faults else 200)


def set_up_page(
    token: str,
    found: ToSetUp,
    faults: tuple[Fault, ...],
    *,
    action: str,
    wanted: str = "",
    is_asked_for: bool = False,
    has_password: bool = False,
) -> SetUpPage:
    """Return the page that sets the second step up: at sign-in where a role asks for it, else with the password."""
    return SetUpPage(
        token,
        action,
        wanted,
        qr_code(found.uri),
        spelled(found.secret),
        is_asked_for=is_asked_for,
        asks_password=has_password,
        email=found.person.email,
        faults=faults,
    )


def _fault(error: Section11Error, field: str) -> Fault:
    return Fault(error.user_message, "" if isinstance(error, FormTooOldError) else field)


def _from_the_start() -> RedirectResponse:
    return go_to("/sign-in?notice=too-long")
