"""Questions answered in sentences."""

from __future__ import annotations

from section11.domain.answers import LONGEST_TEXT, length_of
from section11.domain.question_types.question_type import Entry, QuestionType, Summary, as_kept
from section11.domain.question_types.words import kept_words
from section11.domain.standards import Question
from section11.errors import BadInputError


def _read(words: str, question: Question) -> str:
    text = kept_words(words)
    if not text:
        raise BadInputError(f"Write something for question {question.id}.")
    if length_of(text) > LONGEST_TEXT:
        raise BadInputError(
            f"This has {length_of(text):,} characters and at most {LONGEST_TEXT:,} can be kept. Shorten it."
        )
    return text


TYPE = QuestionType(
    key="long_text",
    title="Sentences",
    entry=Entry.TEXT,
    summary=Summary.TEXTS,
    read=_read,
    words=as_kept,
    advice=lambda question: "Write as much as is needed. Name posts, not people.",
)
