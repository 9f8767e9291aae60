"""Opening an invitation and choosing a password."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.domain.people import Person
from section11.errors import BadInputError
from section11.services.invitations import InvitationClosedError, accept_invitation, invitation_for
from section11.services.office import Office
from section11.services.passwords import MINIMUM_CHARACTERS
from section11.web.forms import PROOF_FIELD, FormTokens, FormTooOldError, read_form
from section11.web.pages import Fault, InvitationPage, MessagePage, PageMaker

NOT_THE_SAME = "The two passwords are not the same. Type the password again in both boxes."


class InvitationPages:
    def __init__(self, office: Office, settings: Settings, pages: PageMaker, hashing: CapacityLimiter) -> None:
        self._office = office
        self._pages = pages
        self._tokens = FormTokens(office, settings)
        self._hashing = hashing

    def routes(self) -> list[Route]:
        return [
            Route("/invitation/{token}", self.show, methods=["GET"]),
            Route("/invitation/{token}", self.submit, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        try:
            person = await to_thread.run_sync(invitation_for, self._office, request.path_params["token"])
        except InvitationClosedError as error:
            return await self._closed(error)
        return await self._form(request, person)

    async def submit(self, request: Request) -> Response:
        token = request.path_params["token"]
        fields = await read_form(request)
        password = fields.get("password", "")
        try:
            person = await to_thread.run_sync(invitation_for, self._office, token)
            if password != fields.get("password_again", ""):
                return await self._form(request, person, Fault(NOT_THE_SAME, "password_again"))
            self._tokens.check(request, fields.get(PROOF_FIELD, ""))
            await to_thread.run_sync(accept_invitation, self._office, token, password, limiter=self._hashing)
        except InvitationClosedError as error:
            return await self._closed(error)
        except FormTooOldError as error:
            return await self._form(request, person, Fault(error.user_message))
        except BadInputError as error:
            return await self._form(request, person, Fault(error.user_message, "password"))
        return RedirectResponse("/sign-in?notice=password-chosen", 303, {"Cache-Control": "no-store"})

    async def _form(self, request: Request, person: Person, *faults: Fault) -> Response:
        number = self._tokens.browser_number(request)
        page = InvitationPage(self._tokens.token(number), person.name, person.email, MINIMUM_CHARACTERS, faults)
        response = await self._pages.answer(page, status=400 if faults else 200)
        self._tokens.remember(response, number)
        return response

    async def _closed(self, error: InvitationClosedError) -> Response:
        page = MessagePage("This invitation is closed", error.user_message, "/sign-in", "Sign in")
        return await self._pages.answer(page, status=404)
