"""Opening a one-time link: choosing a password, or taking up a role that waits for somebody with an account."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from section11.domain.people import ROLE_TITLES, Person
from section11.errors import BadInputError
from section11.services.accounts import new_token, user_for_token
from section11.services.invitations import (
    InvitationClosedError,
    RoleOffer,
    accept_invitation,
    invitation_for,
    role_offer,
    take_up_roles,
)
from section11.services.own_account import remember_browser
from section11.services.passwords import MINIMUM_CHARACTERS
from section11.web.door import Door, go_to
from section11.web.forms import PROOF_FIELD, FormTooOldError, read_form
from section11.web.pages import Fault, InvitationPage, MessagePage, Page, RoleOfferPage
from section11.web.session_cookie import give_device_cookie

NOT_THE_SAME = "The two passwords are not the same. Type the password again in both boxes."


class InvitationPages:
    def __init__(self, door: Door) -> None:
        self._door = door

    def routes(self) -> list[Route]:
        return [
            Route("/invitation/{token}", self.show, methods=["GET"]),
            Route("/invitation/{token}", self.submit, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        door, token = self._door, request.path_params["token"]
        if offer := await door.run(role_offer, door.office, token):
            return await self._offer(request, offer)
        try:
            person = await door.run(invitation_for, door.office, token)
        except InvitationClosedError as error:
            return await self._closed(error)
        return await self._form(request, person)

    async def submit(self, request: Request) -> Response:
        door, token = self._door, request.path_params["token"]
        fields = await read_form(request)
        if offer := await door.run(role_offer, door.office, token):
            return await self._take_up(request, offer, fields)
        password = fields.get("password", "")
        try:
            person = await door.run(invitation_for, door.office, token)
            if password != fields.get("password_again", ""):
                return await self._form(request, person, Fault(NOT_THE_SAME, "password_again"))
            door.tokens.check(request, fields.get(PROOF_FIELD, ""))
            await door.run_slowly(accept_invitation, door.office, token, password)
        except InvitationClosedError as error:
            return await self._closed(error)
        except FormTooOldError as error:
            return await self._form(request, person, Fault(error.user_message))
        except BadInputError as error:
            return await self._form(request, person, Fault(error.user_message, "password"))
        response = go_to("/sign-in?notice=password-chosen")
        # Others may be trying this account at the moment: this browser need not wait for them.
        device = door.caller(request).device or new_token()
        await door.run(remember_browser, door.office, person.id, device)
        give_device_cookie(response, door.settings, device)
        return response

    async def _take_up(self, request: Request, offer: RoleOffer, fields: dict[str, str]) -> Response:
        door = self._door
        try:
            door.tokens.check(request, fields.get(PROOF_FIELD, ""))
            await door.run(take_up_roles, door.office, door.token(request), request.path_params["token"])
        except FormTooOldError as error:
            return await self._offer(request, offer, Fault(error.user_message))
        except InvitationClosedError as error:
            return await self._closed(error)
        return go_to("/")

    async def _form(self, request: Request, person: Person, *faults: Fault) -> Response:
        def page(token: str) -> Page:
            return InvitationPage(token, person.name, person.email, MINIMUM_CHARACTERS, faults)

        return await self._door.show(request, page, status=400 if faults else 200)

    async def _offer(self, request: Request, offer: RoleOffer, *faults: Fault) -> Response:
        door = self._door
        user = await door.run(user_for_token, door.office, door.token(request))
        roles = tuple((ROLE_TITLES[role], place) for role, place in offer.roles)
        is_theirs = user is not None and user.id == offer.person.id

        def page(token: str) -> Page:
            return RoleOfferPage(token, offer.person.email, roles, is_theirs, request.url.path, faults)

        return await door.show(request, page, status=400 if faults else 200)

    async def _closed(self, error: InvitationClosedError) -> Response:
        page = MessagePage("This invitation is closed", error.user_message, "/sign-in", "Sign in")
        return await self._door.pages.answer(page, status=404)
