"""What follows when an organisation turns out to be of another type: its open forms ask other questions."""

from __future__ import annotations

from section11.domain.assessments import progress_of
from section11.domain.organisations import Organisation
from section11.domain.workflow import RETURNED
from section11.services.office import frozen_set
from section11.storage.unit_of_work import UnitOfWork


def give_new_type(work: UnitOfWork, organisation: Organisation) -> None:
    """Give the organisation's type to its returns and count their progress anew; what was returned stays."""
    for row in work.assessments.of_organisations([organisation.id]):
        assessment = row.assessment
        if assessment.status in RETURNED:
            continue
        questions = frozen_set(work, assessment.set_sha256).questions_for(organisation.type)
        progress = progress_of(questions, organisation.type, work.answers.of_assessment(assessment.id))
        work.assessments.set_type(assessment.id, organisation.type, progress)
