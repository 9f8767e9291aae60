"""Reading a form to answer it: the return, its evidence, open actions and questions of scrutiny, all at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from section11.domain.people import User
from section11.permissions import Right
from section11.services.answering import AssessmentView, view_after
from section11.services.attaching import EvidenceByQuestion
from section11.services.carrying import last_return
from section11.services.earlier_actions import EarlierAction, open_actions_of
from section11.services.earlier_evidence import EarlierByQuestion, earlier_evidence_of
from section11.services.office import Office
from section11.services.places import find_assessment
from section11.services.queries import Thread, own_threads_of


@dataclass(frozen=True, slots=True)
class Form:
    """All that an organisation sees where it answers, by question id where it belongs to one."""

    view: AssessmentView
    evidence: EvidenceByQuestion
    earlier_evidence: EarlierByQuestion
    """What stood under the answers of last time and is not attached now; empty where nothing can be attached."""
    open_actions: Mapping[str, tuple[EarlierAction, ...]]
    """What was promised in earlier cycles and is still open."""
    threads: Mapping[str, Thread]


def read_form(office: Office, user: User, assessment_id: str) -> Form:
    """Return an organisation's own form with all that stands in it and beside it, drafts included.

    Raises:
        NotAvailableError, NotPermittedError: there is no such assessment for this person.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
        before = last_return(work, file.cycle, file.organisation.id)
        view = view_after(before, office, work, user, file)
        evidence = work.evidence.of_assessment(assessment_id)
        return Form(
            view=view,
            evidence=evidence,
            earlier_evidence=earlier_evidence_of(office, work, file, before, evidence) if view.can_edit else {},
            open_actions=open_actions_of(office, work, file),
            threads=own_threads_of(work, user, file),
        )
