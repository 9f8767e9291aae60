"""Blank forms to pass round: of any set of the library, and of the set an organisation's own return was opened with."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from section11.domain.people import User
from section11.domain.standards import StandardsSet
from section11.permissions import Right
from section11.reports.blank_form import BlankForm, blank_form_pdf
from section11.services.downloads import PDF, XLSX, Download
from section11.services.library import SetView, view_set
from section11.services.office import Office, frozen_set
from section11.services.places import find_assessment, partnership_ids_around
from section11.services.trail import assessment_stream, partnership_stream, record
from section11.storage.facts import DEMO
from section11.workbooks.return_form import SetForm
from section11.workbooks.return_writer import write_set_form


def download_set_pdf(office: Office, user: User, set_id: str, organisation_type: str) -> Download:
    """Return the form of a set for an organisation type, or for ``EVERY_QUESTION``, as a PDF to print.

    Downloading is an event in every partnership the person has to do with.

    Raises:
        NotAvailableError, BadInputError: as ``view_set``.
    """
    view, shared = _set_to_write(office, user, set_id, organisation_type, "pdf")
    asked_of = view.asked_of.title if view.asked_of else ""
    form = BlankForm(standards=view.standards, asked_of=asked_of, **shared)
    return Download(f"{set_id}-{organisation_type}-blank.pdf", PDF, blank_form_pdf(form))


def download_set_workbook(office: Office, user: User, set_id: str, organisation_type: str) -> Download:
    """Return the form of a set for an organisation type, or for ``EVERY_QUESTION``, as an Excel file.

    It looks like an Excel return and belongs to none, so it cannot be imported. Downloading is an event in every
    partnership the person has to do with.

    Raises:
        NotAvailableError, BadInputError: as ``view_set``.
    """
    view, shared = _set_to_write(office, user, set_id, organisation_type, "xlsx")
    form = SetForm(organisation_type=view.asked_of, **shared)
    return Download(f"{set_id}-{organisation_type}-blank.xlsx", XLSX, write_set_form(form))


class _Shared(TypedDict):
    """What the printed form and the Excel form of a set have in common."""

    standards_set: StandardsSet
    made_at: datetime
    partnership_name: str
    is_demo: bool


def download_return_pdf(office: Office, user: User, assessment_id: str) -> Download:
    """Return the blank form of an organisation's own return as a PDF to print. Downloading is an event.

    Raises:
        NotAvailableError, NotPermittedError: as for reading the return.
    """
    with office.store.writing() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
        standards_set = frozen_set(work, file.assessment.set_sha256)
        names = work.facts.partnerships()
        form = BlankForm(
            standards_set=standards_set,
            standards=standards_set.standards_for(file.assessment.organisation_type),
            asked_of=office.types[file.assessment.organisation_type].title,
            made_at=office.clock(),
            organisation=file.organisation.name,
            cycle=file.cycle.name,
            due=file.cycle.due,
            partnership_name=" and ".join(names[one].name for one in sorted(file.cycle.partnership_ids)),
            is_demo=work.facts.kind() == DEMO,
        )
        stream = assessment_stream(assessment_id)
        record(work, stream, user, "return_form_downloaded", office.clock(), format="pdf")
        work.commit()
    return Download(f"{file.cycle.id}-{file.organisation.id}-blank.pdf", PDF, blank_form_pdf(form))


def _set_to_write(
    office: Office, user: User, set_id: str, organisation_type: str, file_format: str
) -> tuple[SetView, _Shared]:
    """Write the event, and return the set and what stands on both kinds of form."""
    view = view_set(office, user, set_id, organisation_type)
    details = {"set": set_id, "organisation_type": organisation_type, "format": file_format}
    now = office.clock()
    with office.store.writing() as work:
        names = work.facts.partnerships()
        around = sorted(partnership_ids_around(work, user))
        for partnership_id in around:
            record(work, partnership_stream(partnership_id), user, "set_form_downloaded", now, **details)
        is_demo = work.facts.kind() == DEMO
        work.commit()
    return view, {
        "standards_set": view.standards_set,
        "made_at": now,
        "partnership_name": " and ".join(names[one].name for one in around),
        "is_demo": is_demo,
    }
