"""Our own few HTML pages: what each template receives, and how it becomes an answer."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
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


Page = SignInPage | InvitationPage | SignOutPage | MessagePage


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
