"""The place that is attacked: the demo and a second partnership, people on every side, and a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from section11.config import Settings
from section11.domain.evidence import Description
from section11.domain.organisations import Partnership
from section11.domain.people import Person, Role, User
from section11.services.accounts import new_token, token_hash
from section11.services.answering import save_answer, view_assessment
from section11.services.demo import build_demo
from section11.services.demo.people import PASSWORD
from section11.services.evidence import add_file
from section11.services.office import Office, open_office
from section11.services.taking_in.organisations import import_organisations
from section11.storage.unit_of_work import UnitOfWork
from section11.storage.web_sessions import WebSession
from tests.browser.server import Product
from tests.hostile.tally import CANARY
from tests.hostile.wire import Answer, Wire
from tests.services.builders import invite, user_by_email

POLICE = "riverdale-police"
DRAFT, RELEASED = f"2026.{POLICE}", f"2024.{POLICE}"
OWNER, APPROVER, SCRUTINY = (f"{one}@riverdale.example" for one in ("contributor", "approver", "scrutiny"))
COOKIE = "section11"
ELSEWHERE = "elmtree"


@dataclass
class Site:
    """``strangers`` are people signed in who have nothing to do with Riverdale Police, by who they are."""

    product: Product
    office: Office
    evidence: str
    strangers: dict[str, User]
    secrets: set[str] = field(default_factory=set)
    """What must not stand in the log: every token, cookie and password that was used."""

    def __post_init__(self) -> None:
        self.wire = Wire(self.product.port)
        self._form: tuple[str, dict[str, str]] | None = None
        self.secrets |= {PASSWORD, CANARY}

    def session(self, user: User, **age: float) -> str:
        """Begin a session, that many hours or minutes ago, and return its token."""
        token, now = new_token(), self.office.clock() - timedelta(**age)
        with self.office.store.writing() as work:
            session = WebSession(user.id, created_at=now, last_seen_at=now, expires_at=now + timedelta(hours=12))
            work.web_sessions.add(token_hash(token), session)
            work.commit()
        self.secrets.add(token)
        return token

    def owner(self) -> User:
        return user_by_email(self.office, OWNER)

    def form(self, path: str = "/sign-in", **cookies: str) -> tuple[str, dict[str, str]]:
        """Open a page with a form; return its token and the cookies to send with it."""
        page = self.wire.ask("GET", path, cookies=cookies)
        assert page.form_token, f"{path} has no form: {page.status}"
        self.secrets.add(page.form_token)
        return page.form_token, cookies | page.cookies

    def sign_in(self, email: str, password: str, *, address: str = "", **cookies: str) -> Answer:
        """Try to sign in, from a network address of one's own if one is given."""
        self._form = self._form or self.form()
        token, form_cookies = self._form
        fields = {"email": email, "password": password, "next": "/", "form_token": token}
        headers = {"X-Forwarded-For": address} if address else {}
        answer = self.wire.ask("POST", "/sign-in", cookies={**cookies, **form_cookies}, headers=headers, body=fields)
        self.secrets |= {value for value in answer.cookies.values() if len(value) > 20}
        return answer

    def events(self) -> int:
        with self.office.store.reading() as work:
            return sum(number for number, _ in work.audit_trail.heads().values())


@contextmanager
def hostile_site(folder: Path, **settings: str) -> Iterator[Site]:
    """Give a site whose server runs; it is stopped afterwards."""
    # As docs/security.md says for a server behind a proxy, so that the run can come from many addresses.
    product = Product(folder, STREAMLIT_SERVER_ADDRESS="127.0.0.1", **settings)
    office = open_office(Settings(data_dir=product.data_dir, database_url="", base_url=product.url))
    build_demo(office, agencies=6, schools=2)
    evidence, strangers = _plant(office), _people(office)
    site = Site(product, office, evidence, strangers)
    try:
        product.start()
        yield site
    finally:
        site.wire.close()
        product.stop()
        office.store.close()


def _plant(office: Office) -> str:
    """Write what is secret into the police's draft and evidence; return the id of the evidence."""
    owner = user_by_email(office, OWNER)
    version = view_assessment(office, owner, DRAFT).answer_to("S1.1").version
    save_answer(office, owner, DRAFT, "S1.1", expected_version=version, evidence=f"Only ours: {CANARY}.")
    content = f"Only ours: {CANARY}.".encode()
    return add_file(office, owner, POLICE, Description(f"Minutes {CANARY}"), "minutes.csv", content).id


def _people(office: Office) -> dict[str, User]:
    with office.store.writing() as work:
        work.facts.add_partnership(Partnership(ELSEWHERE, "Elmtree"))
        work.accounts.add_person(Person("nobody", "nobody@elsewhere.example", "Nobody"))
        nobody = work.accounts.user("nobody")
        fire = next(one for one in _contributors(work) if POLICE not in one.organisations_as(Role.CONTRIBUTOR))
        work.commit()
    assert nobody is not None
    admin = invite(office, Role.ADMINISTRATOR, partnership_id=ELSEWHERE)
    content = b"id,name,type\nelmtree-police,Elmtree Police,police-force\n"
    import_organisations(office, admin, ELSEWHERE, content, "organisations.csv")
    return {
        "contributor of another organisation": fire,
        "contributor of another partnership": invite(office, Role.CONTRIBUTOR, organisation_id="elmtree-police"),
        "approver of another partnership": invite(office, Role.APPROVER, organisation_id="elmtree-police"),
        "scrutiny lead of another partnership": invite(office, Role.SCRUTINY_LEAD, partnership_id=ELSEWHERE),
        "board viewer of another partnership": invite(office, Role.BOARD_VIEWER, partnership_id=ELSEWHERE),
        "administrator of another partnership": admin,
        "somebody without a role": nobody,
    }


def _contributors(work: UnitOfWork) -> list[User]:
    ids = [one.assessment.organisation_id for one in work.assessments.in_cycle("2026")]
    staff = work.accounts.users_in(partnership_ids=[], organisation_ids=ids)
    return [one for one in staff if one.organisations_as(Role.CONTRIBUTOR)]
