"""A return as a PDF to keep and pass on: every question with what was said, and whether that is what was signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from section11.domain.answers import (
    STATE_TITLES,
    Action,
    ActionsByQuestion,
    Answer,
    AnswersByQuestion,
    AnswerState,
    state_of,
)
from section11.domain.question_types import said_words
from section11.domain.standards import Question, Standard, StandardsSet
from section11.domain.uk_time import long_date, uk_date
from section11.reports.palette import ACCENT
from section11.reports.pdf import pdf_of

TEMPLATE = "return.typ"
NOT_SIGNED = "Not signed: this is a draft, or it was changed after it was signed."


@dataclass(frozen=True, kw_only=True)
class PrintedReturn:
    """What the PDF is made from; ``made_at`` has a time zone.

    ``standards`` hold the questions the organisation is asked. ``signed`` and ``declaration`` are empty unless what
    is printed is what was signed.
    """

    title: str
    organisation: str
    organisation_type_key: str
    organisation_type: str
    partnership_name: str
    cycle: str
    due: date
    status: str
    standards_set: StandardsSet
    standards: Sequence[Standard]
    answers: AnswersByQuestion
    actions: ActionsByQuestion
    evidence: Mapping[str, Sequence[str]]
    """The titles of the files and links under a question, by its id."""
    made_at: datetime
    signed: str = ""
    declaration: str = ""
    is_demo: bool = False


def return_pdf(printed: PrintedReturn) -> bytes:
    """Return the bytes of a tagged PDF on A4."""
    return pdf_of(TEMPLATE, _data(printed), made_at=printed.made_at)


def _data(printed: PrintedReturn) -> dict[str, Any]:
    """Everything the template reads, as JSON knows it."""
    made_on = long_date(uk_date(printed.made_at))
    return {
        "title": f"{printed.organisation}: {printed.title}",
        "kind": "Signed return" if printed.signed else "Return, not signed",
        "summary": f"The self-assessment of {printed.organisation}, {printed.cycle}.",
        "partnership": printed.partnership_name,
        "accent": ACCENT,
        "is_demo": printed.is_demo,
        "facts": [
            ("Organisation", printed.organisation),
            ("Type of organisation", printed.organisation_type),
            ("Partnership", printed.partnership_name),
            ("Cycle", printed.cycle),
            ("Due", long_date(printed.due)),
            ("Status", printed.status),
            ("Question set", f"{printed.standards_set.title}, version {printed.standards_set.version}"),
            ("Made on", made_on),
        ],
        "signed": printed.signed or NOT_SIGNED,
        "declaration": printed.declaration,
        "footer": f"{printed.organisation}, {printed.cycle}. Made on {made_on}.",
        "standards": [
            {"title": one.heading, "questions": [_question(question, printed) for question in one.questions]}
            for one in printed.standards
        ],
    }


def _question(question: Question, printed: PrintedReturn) -> dict[str, Any]:
    answer = printed.answers.get(question.id, Answer(question.id))
    state = state_of(question, printed.organisation_type_key, answer)
    said = said_words(question, answer, printed.standards_set)
    if state is AnswerState.NOT_CONFIRMED:
        said = f"{said} ({STATE_TITLES[state].lower()})"
    return {
        "id": question.id,
        "text": question.text,
        "essential": question.essential,
        "label": "Rating" if question.is_rated else "Answer",
        "said": said or STATE_TITLES[AnswerState.NOT_ANSWERED],
        # What was once not applicable keeps its reason; it is said only where it is so now.
        "reason": answer.reason if state is AnswerState.NOT_APPLICABLE else "",
        "evidence": answer.evidence,
        "files": "; ".join(printed.evidence.get(question.id, ())),
        "impact": answer.impact,
        "action": _action(printed.actions.get(question.id, Action(question.id))),
    }


def _action(action: Action) -> str:
    if action.is_empty:
        return ""
    due = f", by {long_date(action.due)}" if action.due else ""
    return f"{action.what} ({action.owner or 'no owner'}{due})"
