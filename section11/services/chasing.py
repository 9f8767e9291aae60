"""Chasing returns: which are still to come, how late they are, and for administrators whom to write to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from section11.config import settings
from section11.domain.cycles import Cycle
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.permissions import HOLDERS, Right, may
from section11.reports.chasing import ChaseLine, Reminder, reminder_for
from section11.reports.selection import ALL_RETURNS, Selection
from section11.services.filters import chosen_organisations, is_chosen
from section11.services.office import Office
from section11.services.places import AssessmentFile, cycle_place, find_cycle
from section11.storage.assessments import AssessmentRow
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ChaseList:
    """The returns of a cycle that are still to come, by name. ``partnership_name`` signs the reminders."""

    cycle: Cycle
    partnership_name: str
    lines: tuple[ChaseLine, ...]

    def reminder(self, line: ChaseLine) -> Reminder:
        """Return the words of a reminder, with a link to the form."""
        return reminder_for(
            line,
            audit_name=self.cycle.audit_name,
            cycle_name=self.cycle.name,
            due=self.cycle.due,
            partnership=self.partnership_name,
            link=f"{settings().base_url}/assessment?assessment={line.assessment_id}",
        )


def chase_list(office: Office, user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> ChaseList:
    """Return whom to remind. E-mail addresses are told only to those who look after people.

    Raises:
        NotAvailableError, NotPermittedError: the person may not follow this cycle.
    """
    today = uk_date(office.clock())
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.FOLLOW_PROGRESS)
        chosen = chosen_organisations(work, cycle, selection)
        rows = [
            row
            for row in work.assessments.in_cycle(cycle_id)
            if row.assessment.status not in RETURNED and is_chosen(row.assessment, chosen, selection)
        ]
        addresses: dict[str, list[str]] = {}
        if may(user, Right.MANAGE_PEOPLE, cycle_place(cycle)):
            addresses = _addresses(work, {row.assessment.organisation_id for row in rows})
        partnership = _partnership_name(work, cycle)
    lines = [_line(office, cycle, row, chosen[row.assessment.organisation_id], today, addresses) for row in rows]
    return ChaseList(cycle, partnership, tuple(sorted(lines, key=lambda line: line.organisation_name.casefold())))


def reminder_of(office: Office, work: UnitOfWork, file: AssessmentFile) -> Reminder:
    """Return the words of the reminder of one return, as the list shows them."""
    rows = work.assessments.of_organisations([file.organisation.id])
    row = next(one for one in rows if one.assessment.id == file.assessment.id)
    line = _line(office, file.cycle, row, file.organisation, uk_date(office.clock()), {})
    return ChaseList(file.cycle, _partnership_name(work, file.cycle), (line,)).reminder(line)


def _line(
    office: Office,
    cycle: Cycle,
    row: AssessmentRow,
    organisation: Organisation,
    today: date,
    addresses: Mapping[str, Sequence[str]],
) -> ChaseLine:
    return ChaseLine(
        assessment_id=row.assessment.id,
        organisation_name=organisation.name,
        type_title=office.types[row.assessment.organisation_type].title,
        status=row.assessment.status,
        progress=row.progress,
        days_after_due=(today - cycle.due).days,
        addresses=tuple(addresses.get(organisation.id, ())),
    )


def _partnership_name(work: UnitOfWork, cycle: Cycle) -> str:
    names = work.facts.partnerships()
    return " and ".join(names[one].name for one in sorted(cycle.partnership_ids) if one in names)


def _addresses(work: UnitOfWork, organisation_ids: set[str]) -> dict[str, list[str]]:
    """Return the addresses of those who may answer, by organisation id and in order."""
    found: dict[str, list[str]] = {}
    for one in work.accounts.users_in(partnership_ids=[], organisation_ids=sorted(organisation_ids)):
        for organisation_id in one.organisations_as(*HOLDERS[Right.ANSWER]):
            found.setdefault(organisation_id, []).append(one.person.email)
    return {organisation_id: sorted(emails) for organisation_id, emails in found.items()}
