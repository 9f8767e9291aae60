"""Our own few HTML pages: what each template receives, and how it becomes an answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import segno
from anyio import to_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from section11.services.office import Office
from section11.storage.facts import DEMO

_FOLDER = Path(__file__).resolve().parent
ASSETS_DIR = _FOLDER / "assets"
PRODUCT_NAME = "Section 11 self-assessment"
OWN_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to put right before the form can be used; ``field`` is the id of the input it is about."""

    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    template = "sign_in.html"
    title = "Sign in"
    form_token: str
    next: str
    email: str = ""
    notice: str = ""
    outside_name: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    template = "forgotten.html"
    title = "Forgotten your password?"
    outside_name: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePage:
    template = "code.html"
    title = "Enter your code"
    form_token: str
    next: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SetUpPage:
    """``picture`` is SVG made by us; ``secret`` the same to type, in groups of four letters."""

    template = "set_up.html"
    title = "Set up two-step sign-in"
    form_token: str
    action: str
    next: str
    picture: Markup
    secret: str
    is_asked_for: bool
    asks_password: bool
    email: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Recovery codes, shown this once."""

    template = "codes.html"
    title = "Keep your recovery codes"
    codes: tuple[str, ...]
    link: str
    link_text: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionLine:
    """Where somebody is signed in; ``hashed`` names the session in the form that ends it."""

    hashed: str
    browser: str
    begun: str
    used: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class MailLine:
    """A kind of e-mail that may be switched off; ``name`` is what its box is called in the form."""

    name: str
    title: str
    hint: str
    is_wanted: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """``codes_left`` is None while two-step sign-in is off; ``password_set`` a day in words, or empty.

    ``mails_in_any_case`` are the e-mails that cannot be switched off.
    """

    template = "account.html"
    title = "Your account"
    form_token: str
    name: str
    email: str
    roles: str
    has_password: bool
    password_set: str
    codes_left: int | None
    must_have_second_step: bool
    sessions: tuple[SessionLine, ...]
    mails: tuple[MailLine, ...]
    mails_in_any_case: tuple[str, ...]
    notice: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class PasswordPage:
    template = "password.html"
    title = "Change your password"
    form_token: str
    email: str
    minimum_characters: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """Asks for the password before something that matters is done."""

    template = "confirm.html"
    form_token: str
    title: str
    sentence: str
    button: str
    action: str
    asks_password: bool
    email: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleOfferPage:
    """Roles that wait for somebody with an account; ``is_signed_in`` when this browser is theirs."""

    template = "role_offer.html"
    title = "You are invited"
    form_token: str
    email: str
    roles: tuple[tuple[str, str], ...]
    is_signed_in: bool
    path: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitationPage:
    template = "invitation.html"
    title = "Choose a password"
    form_token: str
    name: str
    email: str
    minimum_characters: int
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOutPage:
    template = "sign_out.html"
    title = "Sign out"
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One sentence for the person and one link to go on with."""

    template = "message.html"
    title: str
    message: str
    link: str
    link_text: str
    faults: tuple[Fault, ...] = ()


Page = (
    SignInPage
    | ForgottenPage
    | CodePage
    | SetUpPage
    | CodesPage
    | AccountPage
    | PasswordPage
    | ConfirmPage
    | RoleOfferPage
    | InvitationPage
    | SignOutPage
    | MessagePage
)


def qr_code(words: str) -> Markup:
    """Return a square picture of the words for a phone's camera, as SVG without a style of its own."""
    inline = segno.make(words, error="m").svg_inline(scale=5, dark="#000", light="#fff", omitsize=True)
    return Markup(inline)  # noqa: S704 - made by segno from numbers and our own colours


def spelled(secret: str) -> str:
    """Return the secret in groups of four, as people read it to themselves."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


class PageMaker:
    """Turns a page into an answer, with the partnership's name above it and a banner on a demo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
        )
        style = (ASSETS_DIR / "section11.css").read_bytes()
        self._templates.globals["product"] = PRODUCT_NAME
        # The address changes with the content, so browsers may keep the file for a year.
        self._templates.globals["style"] = f"/assets/section11.css?v={hashlib.sha256(style).hexdigest()[:12]}"

    async def answer(self, page: Page, *, status: int = 200) -> Response:
        name, is_demo = await to_thread.run_sync(self._whose_database)
        template = self._templates.get_template(page.template)
        html = template.render(page=page, partnership=name, is_demo=is_demo)
        return HTMLResponse(html, status, {"Cache-Control": "no-store", "Content-Security-Policy": OWN_PAGE_POLICY})

    def _whose_database(self) -> tuple[str, bool]:
        with self._office.store.reading() as work:
            partnerships = list(work.facts.partnerships().values())
            is_demo = work.facts.kind() == DEMO
        return (partnerships[0].name if len(partnerships) == 1 else ""), is_demo
