"""What was answered last time, folded in beside the question that stands for it now."""

from __future__ import annotations

import streamlit as st

from section11.domain.answers import Answer
from section11.domain.carrying import Earlier, EarlierAnswer
from section11.domain.question_types import said_words
from section11.domain.standards import Question
from section11.ui.components.text_difference import show_difference
from section11.ui.words import plain


def show_earlier(earlier: Earlier, question: Question) -> None:
    """Draw a fold that says what was answered last time, and how the question has changed since."""
    said = ", ".join(_said(one, earlier) for one in earlier.answers)
    with st.expander(f"Last time: {plain(said)} ({plain(earlier.cycle_name)})"):
        for one in earlier.answers:
            _one(one, question, earlier)


def _said(one: EarlierAnswer, earlier: Earlier) -> str:
    return said_words(one.question, one.answer, earlier.standards_set) or "no rating"


def _one(one: EarlierAnswer, question: Question, earlier: Earlier) -> None:
    if one.question.text.split() != question.text.split():
        if len(earlier.answers) > 1:
            st.markdown(f"**Asked then:** {plain(one.question.text)}")
        else:
            show_difference(one.question.text, question.text, was="Asked then")
    if earlier.match.note:
        st.markdown(plain(earlier.match.note))
    st.markdown(f"**Answered:** {plain(_said(one, earlier))}")
    for title, text in _texts(one.answer):
        st.markdown(f"**{title}:** {plain(text)}")


def _texts(answer: Answer) -> list[tuple[str, str]]:
    texts = (
        ("Why it did not apply", answer.reason),
        ("Evidence", answer.evidence),
        ("Impact on children", answer.impact),
    )
    return [(title, text) for title, text in texts if text]
