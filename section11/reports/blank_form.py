"""The blank form of a question set as a PDF, to read, print and pass round before anybody starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from section11.domain.answers import STATE_TITLES, AnswerState
from section11.domain.question_types import type_of
from section11.domain.standards import Question, Reference, Standard, StandardsSet
from section11.domain.uk_time import long_date, uk_date
from section11.reports.palette import ACCENT
from section11.reports.pdf import pdf_of

TEMPLATE = "blank-form.typ"
MARKERS = (
    (AnswerState.NOT_APPLICABLE, "It does not apply to your organisation. Write why."),
    (AnswerState.DONT_KNOW_YET, "You need to find out. It does not count as answered."),
)


@dataclass(frozen=True)
class BlankForm:
    """What a printed form is made from; ``made_at`` has a time zone.

    ``standards`` hold the questions to print, with none that the organisation is not asked. ``asked_of`` names
    the kind of organisation, and is empty for every question of the set. ``organisation``, ``cycle`` and ``due``
    belong to the form of one return.
    """

    standards_set: StandardsSet
    standards: Sequence[Standard]
    asked_of: str
    made_at: datetime
    organisation: str = ""
    cycle: str = ""
    due: date | None = None
    partnership_name: str = ""
    is_demo: bool = False

    @property
    def questions(self) -> list[Question]:
        return [question for standard in self.standards for question in standard.questions]

    @property
    def references(self) -> list[Reference]:
        """The sources of the printed questions, in the order of the set."""
        cited = {key for question in self.questions for key in question.references}
        return [reference for key, reference in self.standards_set.references.items() if key in cited]


def blank_form_pdf(form: BlankForm) -> bytes:
    """Return the form as the bytes of a tagged PDF on A4."""
    return pdf_of(TEMPLATE, _data(form), made_at=form.made_at)


def _data(form: BlankForm) -> dict[str, Any]:
    """Everything the template reads, as JSON knows it."""
    standards_set, scale = form.standards_set, form.standards_set.scale
    return {
        "title": standards_set.title,
        "summary": standards_set.summary,
        "partnership": form.partnership_name,
        "accent": ACCENT,
        "is_demo": form.is_demo,
        "asked_of": form.asked_of,
        "organisation": form.organisation,
        "facts": [(label, words) for label, words in _facts(form).items() if words],
        "footer": f"Version {standards_set.version}. Made on {_made_on(form)}.",
        "has_ratings": any(question.is_rated for question in form.questions),
        "ratings": [{"label": one.label, "meaning": one.meaning} for one in scale.ratings],
        "markers": [
            {"label": STATE_TITLES[state], "meaning": meaning, "has_reason": state is AnswerState.NOT_APPLICABLE}
            for state, meaning in MARKERS
        ],
        "low": _listed([one.label for one in scale.ratings if scale.is_lower_half(one.key)], "or"),
        "standards": [_standard(standard, form) for standard in form.standards],
        "references": [{"title": one.title, "url": one.url} for one in form.references],
    }


def _facts(form: BlankForm) -> dict[str, str]:
    asked, all_questions = len(form.questions), len(form.standards_set.questions_by_id)
    return {
        "Organisation": form.organisation,
        "Cycle": form.cycle,
        "Due": long_date(form.due) if form.due else "",
        "Asked of": form.asked_of or "Every kind of organisation: all questions are printed",
        "Standards": str(len(form.standards)),
        "Questions": str(asked) if asked == all_questions else f"{asked} of the set's {all_questions}",
        "Version of the set": form.standards_set.version,
        "Made on": _made_on(form),
    }


def _made_on(form: BlankForm) -> str:
    return long_date(uk_date(form.made_at))


def _standard(standard: Standard, form: BlankForm) -> dict[str, Any]:
    return {
        "title": standard.heading,
        "summary": standard.summary,
        "questions": [_question(question, form) for question in standard.questions],
    }


def _question(question: Question, form: BlankForm) -> dict[str, Any]:
    kind = type_of(question)
    return {
        "id": question.id,
        "text": question.text,
        "help": question.help,
        "essential": question.essential,
        "optional": question.optional,
        "entry": kind.entry.value,
        "advice": kind.advice(question),
        "options": list(kind.options(question).values()),
        "unit": "%" if question.type == "percentage" else question.unit,
        "ratings": [
            {"label": one.label, "meaning": question.descriptors.get(one.key) or one.meaning}
            for one in form.standards_set.scale.ratings
        ],
        "evidence": list(question.evidence_prompts),
        "impact": question.impact_prompt,
        "basis": _basis(question, form),
    }


def _basis(question: Question, form: BlankForm) -> str:
    """Which arrangements a question tests and, by their numbers in the list at the end, what it rests on."""
    arrangements = form.standards_set.arrangements
    tested = [f"{arrangements.get(key, key)} ({key})" for key in question.arrangements]
    numbers = [str(number) for number, one in enumerate(form.references, start=1) if one.key in question.references]
    sentences = []
    if tested:
        sentences.append(f"Tests: {'; '.join(tested)}.")
    if numbers:
        sentences.append(f"Rests on {'source' if len(numbers) == 1 else 'sources'} {_listed(numbers, 'and')}.")
    return " ".join(sentences)


def _listed(words: Sequence[str], last: str) -> str:
    """Return ``a, b and c``."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
