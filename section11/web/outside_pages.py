"""Signing in with an account of another service by OpenID Connect: there, and back again."""

from __future__ import annotations

import hmac
import logging
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import StarletteOAuth2App
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from section11.config import Settings
from section11.errors import Section11Error, SignInRefusedError
from section11.services.outside_sign_in import OutsideAccount, sign_in_from_outside
from section11.web.door import NO_STORE, Door
from section11.web.local_addresses import HOME, local_path
from section11.web.pages import MessagePage
from section11.web.session_cookie import give_short_cookie, take_cookie
from section11.web.sign_in_pages import signed_in_answer

WITHIN_SECONDS = 600
SECONDS_TO_ANSWER = 10.0
# A key both sides know would let this product sign in anybody: only signatures of the service's own key count.
SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})

_log = logging.getLogger(__name__)


class OutsideError(Section11Error):
    """The way there and back did not come to its end; the message says what to do."""


class OutsidePages:
    """``/sign-in/with`` and ``/sign-in/back``. Without the settings both say that there is no such way in.

    What must be the same on the way back (state, nonce, the PKCE verifier) is in a signed cookie of this browser alone,
    so any process can take the answer and none has to remember anything.
    """

    def __init__(self, door: Door) -> None:
        settings = door.settings
        self._door = door
        self._signer = URLSafeTimedSerializer(settings.signing_key(), salt="section11 outside sign-in")
        self._cookie_name = "__Host-section11-outside" if settings.is_https else "section11-outside"
        self._back = f"{settings.base_url}/sign-in/back"
        self._service = _service(settings) if settings.oidc_issuer else None

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in/with", self.go, methods=["GET"]),
            Route("/sign-in/back", self.come_back, methods=["GET"]),
        ]

    async def go(self, request: Request) -> Response:
        wanted = local_path(request.query_params.get("next", HOME))
        try:
            service = await self._known_service()
            made = await service.create_authorization_url(self._back)
        except (OutsideError, httpx2.HTTPError, RuntimeError, ValueError) as error:
            return await self._failed(error)
        kept = {"state": made["state"], "nonce": made["nonce"], "verifier": made["code_verifier"], "next": wanted}
        response = RedirectResponse(made["url"], 303, NO_STORE)
        value = str(self._signer.dumps(kept))
        give_short_cookie(response, self._door.settings, self._cookie_name, value, seconds=WITHIN_SECONDS)
        return response

    async def come_back(self, request: Request) -> Response:
        door = self._door
        try:
            kept = self._kept(request)
            account = await self._account(request, kept)
            outcome = await door.run(sign_in_from_outside, door.office, account, door.caller(request))
        except (Section11Error, OAuthError, JoseError, httpx2.HTTPError, RuntimeError, ValueError, KeyError) as error:
            response = await self._failed(error)
        else:
            response = await signed_in_answer(door, request, outcome, local_path(kept["next"]))
        take_cookie(response, door.settings, self._cookie_name)
        return response

    def _kept(self, request: Request) -> dict[str, str]:
        """Return what this browser took along on its way there, when it is the same answer it waits for."""
        try:
            kept: dict[str, str] = self._signer.loads(request.cookies.get(self._cookie_name, ""), WITHIN_SECONDS)
        except BadData:
            raise OutsideError("Signing in took too long or began in another browser. Start again.") from None
        if "error" in request.query_params:
            raise OutsideError("The sign-in service did not let you in. Try again, or sign in with your password.")
        if not hmac.compare_digest(kept["state"].encode(), request.query_params.get("state", "").encode()):
            raise OutsideError("This answer belongs to another sign-in. Start again.")
        return kept

    async def _account(self, request: Request, kept: dict[str, str]) -> OutsideAccount:
        service = await self._known_service()
        token = await service.fetch_access_token(
            self._back, code=request.query_params.get("code", ""), code_verifier=kept["verifier"]
        )
        claims = await service.parse_id_token(token, nonce=kept["nonce"])
        if claims is None or claims.get("nonce") != kept["nonce"]:
            raise OutsideError("The sign-in service sent an answer we cannot use. Sign in with your password.")
        if not claims.get("email") and "userinfo_endpoint" in service.server_metadata:
            told = await service.userinfo(token=token)
            claims = {**claims, **told} if told.get("sub") == claims["sub"] else claims
        return _account_of(claims, self._door.settings)

    async def _known_service(self) -> StarletteOAuth2App:
        """Return the service once it has said who it is: the very one the settings name."""
        if self._service is None:
            raise OutsideError("There is no other way to sign in here than with a password.")
        known = await self._service.load_server_metadata()
        if known.get("issuer", "").rstrip("/") != self._door.settings.oidc_issuer.rstrip("/"):
            raise OutsideError("The sign-in service calls itself by another name than the settings. Tell your IT team.")
        offered = known.get("id_token_signing_alg_values_supported") or ["RS256"]
        self._service.server_metadata["id_token_signing_alg_values_supported"] = sorted(SIGNATURES & set(offered))
        return self._service

    async def _failed(self, error: Exception) -> Response:
        if isinstance(error, Section11Error):
            words = error.user_message
        else:
            # What the service said may hold a code or a name, so only the kind of fault is logged.
            _log.warning("Signing in with another service failed: %s", type(error).__name__)
            words = "The sign-in service did not answer as it should. Try again later, or sign in with your password."
        status = 403 if isinstance(error, SignInRefusedError) else 404 if self._service is None else 400
        return await self._door.pages.answer(
            MessagePage("You are not signed in", words, "/sign-in", "Go to sign in"), status=status
        )


def _service(settings: Settings) -> StarletteOAuth2App:
    return StarletteOAuth2App(
        None,
        name="section11",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "timeout": SECONDS_TO_ANSWER,
        },
    )


def _account_of(claims: dict[str, Any], settings: Settings) -> OutsideAccount:
    email, amr = str(claims.get("email") or ""), claims.get("amr") or []
    return OutsideAccount(
        issuer=settings.oidc_issuer,
        subject=str(claims["sub"]),
        email=email,
        is_email_verified=bool(email) and (claims.get("email_verified") is True or settings.oidc_emails_are_verified),
        has_second_step=isinstance(amr, list) and "mfa" in amr,
    )
