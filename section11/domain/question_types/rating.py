"""Questions answered with a rating of the set's scale; the answer is kept as a rating, never as a value."""

from __future__ import annotations

from section11.domain.question_types.question_type import Entry, QuestionType, Summary, as_kept
from section11.domain.standards import RATING, Question
from section11.errors import BadInputError


def _read(words: str, question: Question) -> str:
    raise BadInputError(f"Question {question.id} is answered with a rating. Choose one of its ratings.")


TYPE = QuestionType(
    key=RATING,
    title="Rating",
    entry=Entry.RATING,
    summary=Summary.RATINGS,
    read=_read,
    words=as_kept,
    advice=lambda question: "Choose one of the ratings.",
)
