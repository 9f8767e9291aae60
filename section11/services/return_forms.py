"""What an Excel return is written from: all that is known of a form when it is downloaded."""

from __future__ import annotations

from collections.abc import Sequence

from section11.domain.cycles import Cycle
from section11.domain.people import Role
from section11.domain.uk_time import long_date
from section11.services.carrying import earlier_of, last_return
from section11.services.earlier_actions import EarlierAction, open_actions_of
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile
from section11.services.signing import signature_of
from section11.storage.facts import DEMO
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.return_form import ReturnForm

MOST_CONTACTS = 3


def return_form(office: Office, work: UnitOfWork, file: AssessmentFile, *, blank: bool) -> ReturnForm:
    """Return what is stored for an assessment that the person may read, or with ``blank`` only what is asked."""
    names = work.facts.partnerships()
    signature = None if blank else signature_of(work, file)
    open_actions = {} if blank else open_actions_of(office, work, file)
    before = None if blank else last_return(work, file.cycle, file.organisation.id)
    return ReturnForm(
        organisation=file.organisation,
        organisation_type=office.types[file.assessment.organisation_type],
        cycle=file.cycle,
        partnership_name=" and ".join(names[one].name for one in sorted(file.cycle.partnership_ids)),
        standards_set=frozen_set(work, file.assessment.set_sha256),
        set_sha256=file.assessment.set_sha256,
        answers={} if blank else work.answers.of_assessment(file.assessment.id),
        actions={} if blank else work.answers.actions_of(file.assessment.id),
        earlier=earlier_of(office, work, before, file.assessment),
        open_actions={question_id: _words(lines) for question_id, lines in open_actions.items()},
        contacts=_contacts(work, file.cycle),
        made_at=office.clock(),
        is_demo=work.facts.kind() == DEMO,
        signed=signature.words if signature else "",
    )


def _words(lines: Sequence[EarlierAction]) -> str:
    return "\n".join(_line(one) for one in lines)


def _line(one: EarlierAction) -> str:
    due = f"due {long_date(one.action.due)}" if one.action.due else "no due date"
    overdue = ", overdue" if one.is_overdue else ""
    return f"{one.cycle.name}: {one.action.what} ({one.action.owner or 'no owner'}), {due}{overdue}"


def _contacts(work: UnitOfWork, cycle: Cycle) -> tuple[str, ...]:
    """Return the partnership's scrutiny leads, or its administrators where there is none, each with an address."""
    people = work.accounts.users_in(partnership_ids=cycle.partnership_ids, organisation_ids=())
    for role in (Role.SCRUTINY_LEAD, Role.ADMINISTRATOR):
        found = [one.person for one in people if one.partnerships_as(role) & cycle.partnership_ids]
        if found:
            return tuple(f"{one.shown_as}, {one.email}" for one in found if not one.is_closed)[:MOST_CONTACTS]
    return ()
