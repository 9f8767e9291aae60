"""Questions answered with a number of something, such as people or services."""

from __future__ import annotations

from section11.domain.question_types.figures import check_between, figure, in_words, kept, of_one
from section11.domain.question_types.question_type import Entry, QuestionType, Summary
from section11.domain.standards import Question


def _read(words: str, question: Question) -> str:
    written = words.strip()
    # "1 deputy" is how one of "deputies" is written into workbooks, and must be read back.
    for unit in filter(None, (question.unit, of_one(question.unit))):
        if written.casefold().endswith(unit.casefold()):
            written = written[: -len(unit)]
            break
    found = figure(written)
    check_between(found, question.least, question.most, f" {question.unit}".rstrip())
    return kept(found)


def _words(value: str, question: Question) -> str:
    return f"{in_words(value)} {of_one(question.unit) if value == '1' else question.unit}".rstrip()


TYPE = QuestionType(
    key="number",
    title="Number",
    entry=Entry.NUMBER,
    summary=Summary.SPREAD,
    read=_read,
    words=_words,
    advice=lambda question: f"Write a number of {question.unit}, in digits." if question.unit else "Write digits.",
)
