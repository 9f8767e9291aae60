"""Two made-up threads of the demo: a question that waits for its first organisation, and one with a note beside it."""

from __future__ import annotations

from datetime import datetime, timedelta

from section11.domain.assessments import Assessment
from section11.domain.organisations import Organisation
from section11.domain.people import Role
from section11.domain.queries import QuerySide
from section11.domain.workflow import AssessmentStatus
from section11.services.demo.people import person_id_of
from section11.services.demo.rounds import Round
from section11.services.office import frozen_set
from section11.services.trail import assessment_stream, partnership_stream
from section11.storage.unit_of_work import UnitOfWork

REPLIED = "The September meeting. It asked for a yearly check by somebody from outside the team."
SCRUTINY = person_id_of(Role.SCRUTINY_LEAD)
ASKED = "Which board meeting looked at this last, and what did it decide?"
NOTED = "The neighbouring partnership heard the same. Worth a theme in the annual report."


def add_queries(work: UnitOfWork, rounds: list[Round], first: Organisation, partnership_id: str) -> None:
    """Ask about a signed return of the first organisation, and about another's with a note beside the question."""
    own = next((one for one in _signed(work, rounds) if one.organisation_id == first.id), None)
    other = next((one for one in _signed(work, rounds[-1:]) if one.organisation_id != first.id), None)
    if own is not None:
        _ask(work, own)
    if other is not None:
        _ask(work, other)
        _note(work, other, partnership_id)
        _reply(work, other)


def _signed(work: UnitOfWork, rounds: list[Round]) -> list[Assessment]:
    """Return the submitted returns, the latest round first."""
    return [
        row.assessment
        for one in reversed(rounds)
        for row in work.assessments.in_cycle(one.cycle.id)
        if row.assessment.status is AssessmentStatus.SUBMITTED and row.assessment.signed_at is not None
    ]


def _ask(work: UnitOfWork, assessment: Assessment) -> None:
    question_id, at = _write(work, assessment, QuerySide.SHARED, ASKED, days=2, by=SCRUTINY)
    details = {"question": question_id, "words": ASKED}
    work.audit_trail.append(
        assessment_stream(assessment.id), at=at, actor=SCRUTINY, name="query_asked", details=details
    )


def _note(work: UnitOfWork, assessment: Assessment, partnership_id: str) -> None:
    question_id, at = _write(work, assessment, QuerySide.INTERNAL, NOTED, days=3, by=SCRUTINY)
    details = {"assessment": assessment.id, "question": question_id}
    stream = partnership_stream(partnership_id)
    work.audit_trail.append(stream, at=at, actor=SCRUTINY, name="internal_note_written", details=details)


def _reply(work: UnitOfWork, assessment: Assessment) -> None:
    by = assessment.signed_by or ""
    question_id, at = _write(work, assessment, QuerySide.SHARED, REPLIED, days=3, by=by)
    details = {"question": question_id, "words": REPLIED}
    work.audit_trail.append(assessment_stream(assessment.id), at=at, actor=by, name="query_replied", details=details)


def _write(
    work: UnitOfWork, assessment: Assessment, side: QuerySide, words: str, *, days: int, by: str
) -> tuple[str, datetime]:
    """Write under the first rated question, some days after it was signed, and return its id and the moment."""
    if assessment.signed_at is None:
        raise LookupError("only signed returns are asked about")
    at = assessment.signed_at + timedelta(days=days)
    questions = frozen_set(work, assessment.set_sha256).questions_for(assessment.organisation_type)
    question_id = next(one.id for one in questions if one.is_rated)
    work.queries.add(assessment.id, question_id, side, words, at=at, by=by, by_scrutiny=by == SCRUTINY)
    return question_id, at
