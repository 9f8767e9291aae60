"""Questions answered in a few words on one line, such as the title of a post."""

from __future__ import annotations

from section11.domain.question_types.question_type import Entry, QuestionType, Summary, as_kept
from section11.domain.question_types.words import kept_words
from section11.domain.standards import Question
from section11.errors import BadInputError

MOST_CHARACTERS = 200


def _read(words: str, question: Question) -> str:
    line = " ".join(kept_words(words).split())
    if not line:
        raise BadInputError(f"Write a few words for question {question.id}.")
    if len(line) > MOST_CHARACTERS:
        raise BadInputError(f"This has {len(line):,} characters and at most {MOST_CHARACTERS} fit here. Shorten it.")
    return line


TYPE = QuestionType(
    key="short_text",
    title="A few words",
    entry=Entry.LINE,
    summary=Summary.TEXTS,
    read=_read,
    words=as_kept,
    advice=lambda question: f"Write a few words, at most {MOST_CHARACTERS} characters. Name posts, not people.",
)
