"""“Your account”: the password, the second step, the e-mails a person gets, and where they are signed in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from section11.domain.people import ROLE_TITLES
from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.errors import BadInputError, NotSignedInError
from section11.services.mail_choices import OwnChoice, choose_own_mails, own_mail_choices
from section11.services.own_account import (
    AccountView,
    WrongPasswordError,
    change_own_password,
    confirm_password,
    end_own_session,
    sign_out_everywhere,
    view_account,
)
from section11.services.passwords import MINIMUM_CHARACTERS
from section11.services.second_steps import (
    new_recovery_codes,
    second_step_to_set_up,
    turn_off_second_step,
    turn_on_second_step,
)
from section11.storage.web_sessions import WebSession
from section11.web.door import Door, go_to
from section11.web.forms import FormTooOldError
from section11.web.invitation_pages import NOT_THE_SAME
from section11.web.mail_lines import in_any_case, mail_lines, wanted_kinds
from section11.web.pages import AccountPage, CodesPage, ConfirmPage, Fault, Page, PasswordPage, SessionLine
from section11.web.second_step_pages import set_up_page
from section11.web.session_cookie import give_cookies, take_session_cookie

ACCOUNT = "/account"
PASSWORD, STEP = f"{ACCOUNT}/password", f"{ACCOUNT}/second-step"
STEP_OFF, CODES = f"{STEP}/off", f"{STEP}/codes"

NOTICES = {
    "password-changed": "Your password is changed. Every other browser is signed out.",
    "second-step-off": "Two-step sign-in is off.",
    "session-ended": "That browser is signed out.",
    "mails-chosen": "Your choice of e-mails is saved.",
}
"""Sentences the page shows by name, so that an address can never put words of its own on it."""

Handler = Callable[["AccountPages", Request], Awaitable[Response]]


def _for_a_session(handler: Handler) -> Handler:
    """Send whoever has no session any more to sign in."""

    @wraps(handler)
    async def handled(pages: AccountPages, request: Request) -> Response:
        try:
            return await handler(pages, request)
        except NotSignedInError:
            return go_to(f"/sign-in?next={ACCOUNT}")

    return handled


class AccountPages:
    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        return [
            Route(ACCOUNT, self.show, methods=["GET"]),
            Route(f"{ACCOUNT}/end-session", self.end_session, methods=["POST"]),
            Route(f"{ACCOUNT}/sign-out-everywhere", self.sign_out_everywhere, methods=["POST"]),
            Route(f"{ACCOUNT}/mail", self.choose_mails, methods=["POST"]),
            Route(PASSWORD, self.show_password, methods=["GET"]),
            Route(PASSWORD, self.change_password, methods=["POST"]),
            Route(STEP, self.show_step, methods=["GET"]),
            Route(STEP, self.turn_on_step, methods=["POST"]),
            Route(STEP_OFF, self.show_step_off, methods=["GET"]),
            Route(STEP_OFF, self.turn_off_step, methods=["POST"]),
            Route(CODES, self.show_codes, methods=["GET"]),
            Route(CODES, self.renew_codes, methods=["POST"]),
        ]

    @_for_a_session
    async def show(self, request: Request) -> Response:
        view, mails = await self._view(request), await self._mails(request)
        notice = NOTICES.get(request.query_params.get("notice", ""), "")
        return await self._door.show(request, lambda token: _account_page(token, view, mails, notice))

    @_for_a_session
    async def end_session(self, request: Request) -> Response:
        try:
            fields = await self._door.read(request)
        except FormTooOldError as error:
            return await self._account_with(request, Fault(error.user_message))
        await self._door.run(end_own_session, self._door.office, self._door.token(request), fields.get("session", ""))
        return go_to(f"{ACCOUNT}?notice=session-ended")

    @_for_a_session
    async def sign_out_everywhere(self, request: Request) -> Response:
        try:
            await self._door.read(request)
        except FormTooOldError as error:
            return await self._account_with(request, Fault(error.user_message))
        await self._door.run(sign_out_everywhere, self._door.office, self._door.token(request))
        response = go_to("/sign-in?notice=signed-out-everywhere")
        take_session_cookie(response, self._door.settings)
        return response

    @_for_a_session
    async def choose_mails(self, request: Request) -> Response:
        try:
            fields = await self._door.read(request)
        except FormTooOldError as error:
            return await self._account_with(request, Fault(error.user_message))
        await self._door.run(choose_own_mails, self._door.office, self._door.token(request), wanted_kinds(fields))
        return go_to(f"{ACCOUNT}?notice=mails-chosen")

    @_for_a_session
    async def show_password(self, request: Request) -> Response:
        return await self._password(request, await self._view(request))

    @_for_a_session
    async def change_password(self, request: Request) -> Response:
        door, view = self._door, await self._view(request)
        try:
            fields = await door.read(request)
            new = fields.get("password", "")
            if new != fields.get("password_again", ""):
                return await self._password(request, view, Fault(NOT_THE_SAME, "password_again"))
            signed_in = await door.run_slowly(
                change_own_password,
                door.office,
                door.token(request),
                fields.get("current", ""),
                new,
                door.caller(request),
            )
        except FormTooOldError as error:
            return await self._password(request, view, Fault(error.user_message))
        except WrongPasswordError as error:
            return await self._password(request, view, Fault(error.user_message, "current"))
        except BadInputError as error:
            return await self._password(request, view, Fault(error.user_message, "password"))
        response = go_to(f"{ACCOUNT}?notice=password-changed")
        give_cookies(response, door.settings, signed_in)
        return response

    @_for_a_session
    async def show_step(self, request: Request) -> Response:
        return await self._step(request, await self._view(request))

    @_for_a_session
    async def turn_on_step(self, request: Request) -> Response:
        door, view = self._door, await self._view(request)
        try:
            fields = await door.read(request)
            await self._confirm_password(request, view, fields)
        except FormTooOldError as error:
            return await self._account_with(request, Fault(error.user_message))
        except BadInputError as error:
            return await self._step(request, view, Fault(error.user_message, "password"))
        try:
            codes = await door.run_slowly(
                turn_on_second_step, door.office, door.box, view.user.id, fields.get("code", "")
            )
        except BadInputError as error:
            return await self._step(request, view, Fault(error.user_message, "code"))
        return await door.pages.answer(CodesPage(tuple(codes), ACCOUNT, "Go to your account"))

    @_for_a_session
    async def show_step_off(self, request: Request) -> Response:
        return await self._confirm(request, await self._view(request), _TURN_OFF)

    @_for_a_session
    async def turn_off_step(self, request: Request) -> Response:
        door, view = self._door, await self._view(request)
        try:
            await self._confirm_password(request, view, await door.read(request))
            await door.run(turn_off_second_step, door.office, view.user.id)
        except (FormTooOldError, BadInputError) as error:
            return await self._confirm(request, view, _TURN_OFF, Fault(error.user_message, "password"))
        return go_to(f"{ACCOUNT}?notice=second-step-off")

    @_for_a_session
    async def show_codes(self, request: Request) -> Response:
        return await self._confirm(request, await self._view(request), _NEW_CODES)

    @_for_a_session
    async def renew_codes(self, request: Request) -> Response:
        door, view = self._door, await self._view(request)
        try:
            await self._confirm_password(request, view, await door.read(request))
            codes = await door.run_slowly(new_recovery_codes, door.office, view.user.id)
        except (FormTooOldError, BadInputError) as error:
            return await self._confirm(request, view, _NEW_CODES, Fault(error.user_message, "password"))
        return await door.pages.answer(CodesPage(tuple(codes), ACCOUNT, "Go to your account"))

    async def _view(self, request: Request) -> AccountView:
        return await self._door.run(view_account, self._door.office, self._door.token(request))

    async def _mails(self, request: Request) -> tuple[OwnChoice, ...]:
        return await self._door.run(own_mail_choices, self._door.office, self._door.token(request))

    async def _confirm_password(self, request: Request, view: AccountView, fields: dict[str, str]) -> None:
        """Ask for the password before something that matters; who signs in elsewhere has none to type."""
        door = self._door
        if view.has_password:
            await door.run_slowly(
                confirm_password, door.office, door.token(request), fields.get("password", ""), door.caller(request)
            )

    async def _account_with(self, request: Request, fault: Fault) -> Response:
        view, mails = await self._view(request), await self._mails(request)
        return await self._door.show(request, lambda token: _account_page(token, view, mails, "", fault), status=400)

    async def _password(self, request: Request, view: AccountView, *faults: Fault) -> Response:
        def page(token: str) -> Page:
            return PasswordPage(token, view.user.person.email, MINIMUM_CHARACTERS, faults)

        return await self._door.show(request, page, status=400 if faults else 200)

    async def _step(self, request: Request, view: AccountView, *faults: Fault) -> Response:
        door = self._door
        if view.codes_left is not None:
            return go_to(ACCOUNT)
        found = await door.run(second_step_to_set_up, door.office, door.box, view.user.person)
        return await door.show(
            request,
            lambda token: set_up_page(token, found, faults, action=STEP, has_password=view.has_password),
            status=400 if faults else 200,
        )

    async def _confirm(
        self, request: Request, view: AccountView, asked: tuple[str, str, str, str], *faults: Fault
    ) -> Response:
        def page(token: str) -> Page:
            return ConfirmPage(token, *asked, view.has_password, view.user.person.email, faults)

        return await self._door.show(request, page, status=400 if faults else 200)


_TURN_OFF = (
    "Turn off two-step sign-in",
    "From then on your password alone signs you in. Your recovery codes stop working.",
    "Turn it off",
    STEP_OFF,
)
_NEW_CODES = (
    "Make new recovery codes",
    "Ten new codes take the place of the old ones, which stop working.",
    "Make new codes",
    CODES,
)


def _account_page(
    token: str, view: AccountView, mails: tuple[OwnChoice, ...], notice: str, *faults: Fault
) -> AccountPage:
    person = view.user.person
    roles = sorted({ROLE_TITLES[grant.role] for grant in view.user.grants})
    password_set = long_date(uk_date(view.password_set_at)) if view.password_set_at else ""
    sessions = tuple(_line(one, view) for one in view.sessions)
    return AccountPage(
        form_token=token,
        name=person.name,
        email=person.email,
        roles=", ".join(roles) or "None yet",
        has_password=view.has_password,
        password_set=password_set,
        codes_left=view.codes_left,
        must_have_second_step=view.must_have_second_step,
        sessions=sessions,
        mails=mail_lines(mails),
        mails_in_any_case=in_any_case(mails),
        notice=notice,
        faults=faults,
    )


def _line(session: WebSession, view: AccountView) -> SessionLine:
    begun, used = uk_time(session.created_at), uk_time(session.last_seen_at)
    return SessionLine(
        session.token_hash,
        session.browser or "A browser",
        f"{begun:%H:%M} on {long_date(begun.date())}",
        f"{used:%H:%M} on {long_date(used.date())}",
        is_this=session.token_hash == view.this_session,
    )
