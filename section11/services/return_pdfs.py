"""The return as a PDF: its organisation takes it out in every status, scrutiny once it is submitted."""

from __future__ import annotations

from section11.domain.people import User
from section11.domain.workflow import STATUS_TITLES
from section11.reports.return_pdf import PrintedReturn, return_pdf
from section11.services.attaching import evidence_of_return
from section11.services.downloads import PDF, Download
from section11.services.office import Office, frozen_set
from section11.services.places import find_readable
from section11.services.signing import signature_of
from section11.services.trail import assessment_stream, record
from section11.storage.facts import DEMO


def download_filled_pdf(office: Office, user: User, assessment_id: str) -> Download:
    """Return the return with its answers as a PDF. Downloading is an event.

    Raises:
        NotAvailableError, NotPermittedError: as for downloading the Excel return.
    """
    evidence = evidence_of_return(office, user, assessment_id)
    with office.store.writing() as work:
        file = find_readable(work, user, assessment_id)
        standards_set = frozen_set(work, file.assessment.set_sha256)
        names = work.facts.partnerships()
        signature = signature_of(work, file)
        printed = PrintedReturn(
            title=file.cycle.audit_name,
            organisation=file.organisation.name,
            organisation_type_key=file.assessment.organisation_type,
            organisation_type=office.types[file.assessment.organisation_type].title,
            partnership_name=" and ".join(names[one].name for one in sorted(file.cycle.partnership_ids)),
            cycle=file.cycle.name,
            due=file.cycle.due,
            status=STATUS_TITLES[file.assessment.status],
            standards_set=standards_set,
            standards=standards_set.standards_for(file.assessment.organisation_type),
            answers=work.answers.of_assessment(assessment_id),
            actions=work.answers.actions_of(assessment_id),
            evidence={question_id: [one.title for one in items] for question_id, items in evidence.items()},
            made_at=office.clock(),
            signed=signature.words if signature else "",
            declaration=signature.declaration if signature else "",
            is_demo=work.facts.kind() == DEMO,
        )
        record(work, assessment_stream(assessment_id), user, "return_downloaded", office.clock(), format="pdf")
        work.commit()
    return Download(f"{file.cycle.id}-{file.organisation.id}.pdf", PDF, return_pdf(printed))
