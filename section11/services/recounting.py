"""Recounting the progress kept beside each return, after what is asked of an organisation has changed."""

from __future__ import annotations

from section11.domain.assessments import progress_of
from section11.domain.organisations import Organisation
from section11.services.office import frozen_set
from section11.storage.unit_of_work import UnitOfWork


def recount_progress(work: UnitOfWork, organisation: Organisation) -> None:
    """Count anew how many questions each of the organisation's returns is asked and has settled."""
    for row in work.assessments.of_organisations([organisation.id]):
        questions = frozen_set(work, row.assessment.set_sha256).questions_for(organisation.type)
        answers = work.answers.of_assessment(row.assessment.id)
        work.assessments.set_progress(row.assessment.id, progress_of(questions, organisation.type, answers))
