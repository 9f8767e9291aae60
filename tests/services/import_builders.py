"""Builders for the tests of what comes in as a table: two partnerships, their people, a cycle, and files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import update

from section11.definitions.frozen import frozen
from section11.domain.assessments import Assessment, assessment_id_for, progress_of
from section11.domain.audit import AuditEvent
from section11.domain.cycles import EVERY_TYPE, Cycle, CycleStatus
from section11.domain.organisations import DutyBasis, Organisation, Partnership
from section11.domain.people import Grant, Person, Role, User
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.workflow import AssessmentStatus
from section11.services.office import Office
from section11.storage.organisations import Membership
from section11.storage.tables import people

DATA = Path(__file__).parent.parent / "data"
RIVERDALE = Partnership("riverdale", "Riverdale Safeguarding Partnership")
ELMTREE = Partnership("elmtree", "Elmtree Safeguarding Partnership")
CYCLE_ID = "2024"

POLICE = Organisation("riverdale-police", "Riverdale Police", "police-force")
OAKFIELD = Organisation("oakfield", "Oakfield Primary School", "school-maintained", urn="990001")
ELMTREE_POLICE = Organisation("elmtree-police", "Elmtree Police", "police-force")


def user_with(role: Role, *, organisation_id: str | None = None, partnership_id: str | None = None) -> User:
    """Return a signed-in person with one role in one place."""
    grant = Grant(role, organisation_id=organisation_id, partnership_id=partnership_id)
    return User(Person(f"test-{role.value}", f"{role.value}@example.org", "Test Person"), frozenset({grant}))


ADMIN = user_with(Role.ADMINISTRATOR, partnership_id=RIVERDALE.id)
ELMTREE_ADMIN = user_with(Role.ADMINISTRATOR, partnership_id=ELMTREE.id)
SCRUTINY = user_with(Role.SCRUTINY_LEAD, partnership_id=RIVERDALE.id)
POLICE_APPROVER = user_with(Role.APPROVER, organisation_id=POLICE.id)

RAG = RatingScale(
    id="rag",
    title="Red, amber, green",
    ratings=(
        Rating("green", "Green", "Met.", Tone.FULL),
        Rating("amber", "Amber", "Partly met.", Tone.PART),
        Rating("red", "Red", "Not met.", Tone.NONE),
    ),
    not_applicable_words=("n/a", "grey"),
)


def rag_set() -> StandardsSet:
    """Return a set of six questions, 1.1 to 1.6; housing providers are not asked 1.6."""
    questions = tuple(
        Question(
            id=f"1.{number}",
            text=f"Is 1.{number} in place?",
            descriptors={one.key: one.meaning for one in RAG.ratings},
            arrangements=(),
            not_asked_of=frozenset({"housing-provider"}) if number == 6 else frozenset(),
        )
        for number in range(1, 7)
    )
    return StandardsSet("rag-set", "Past audit", "1", RAG, (Standard("1", "Leadership", questions),))


def with_partnerships(office: Office) -> None:
    """Add Riverdale and Elmtree, without organisations."""
    with office.store.writing() as work:
        work.facts.add_partnership(RIVERDALE)
        work.facts.add_partnership(ELMTREE)
        work.commit()


def with_members(office: Office, *organisations: Organisation, partnership: Partnership = RIVERDALE) -> None:
    with office.store.writing() as work:
        members = [Membership(one, partnership.id, DutyBasis.SECTION_11) for one in organisations]
        work.organisations.add_all(members)
        work.commit()


def with_cycle(
    office: Office,
    organisations: Iterable[Organisation],
    *,
    partnerships: Sequence[Partnership] = (RIVERDALE,),
    status: CycleStatus = CycleStatus.OPEN,
) -> None:
    """Add the cycle ``2024`` with the small set, and a form for each of these organisations."""
    standards_set = rag_set()
    content, sha256 = frozen(standards_set)
    partnership_ids = frozenset(one.id for one in partnerships)
    with office.store.writing() as work:
        work.standards_sets.keep(sha256=sha256, set_id=standards_set.id, content=content, stored_at=office.clock())
        work.cycles.add(
            Cycle(CYCLE_ID, "2024", date(2024, 9, 30), status, partnership_ids, {EVERY_TYPE: standards_set.id})
        )
        forms = []
        for one in organisations:
            assessment_id = assessment_id_for(CYCLE_ID, one.id)
            form = Assessment(assessment_id, CYCLE_ID, one.id, AssessmentStatus.NOT_STARTED, sha256, one.type)
            forms.append((form, progress_of(standards_set.questions_for(one.type), one.type, {})))
        work.assessments.add_all(forms)
        work.commit()


def close_account(office: Office, email: str) -> None:
    with office.store.engine.begin() as connection:
        connection.execute(update(people).where(people.c.email == email).values(is_closed=True))


def csv_file(text: str) -> bytes:
    """Return a CSV file as Excel would save it, from lines that may be indented."""
    return "\r\n".join(line.strip() for line in text.strip().splitlines()).encode("utf-8-sig")


def xlsx_file(rows: Sequence[Sequence[object]], *, title: str = "Sheet1") -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def gias_file() -> bytes:
    """Return the made-up extract: 11 establishments of Riverdale (990) and 2 of Elmtree (991)."""
    return (DATA / "gias-sample.csv").read_bytes()


def gias_file_with(changes_by_urn: dict[str, dict[str, str]]) -> bytes:
    """Return the made-up extract with some cells changed."""
    reader = csv.DictReader(StringIO(gias_file().decode("cp1252"), newline=""))
    out = StringIO(newline="")
    writer = csv.DictWriter(out, reader.fieldnames or [])
    writer.writeheader()
    writer.writerows({**row, **changes_by_urn.get(row["URN"], {})} for row in reader)
    return out.getvalue().encode("cp1252")


def organisations_in(office: Office, partnership: Partnership = RIVERDALE) -> dict[str, Organisation]:
    with office.store.reading() as work:
        return {one.organisation.id: one.organisation for one in work.organisations.members([partnership.id])}


def events_in(office: Office, stream: str) -> list[AuditEvent]:
    with office.store.reading() as work:
        return work.audit_trail.events(stream)
