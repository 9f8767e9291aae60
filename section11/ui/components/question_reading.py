"""One question as it is read before anybody answers: what is asked, how it is answered, and what helps."""

from __future__ import annotations

import streamlit as st

from section11.domain.question_types import type_of
from section11.domain.standards import Question, StandardsSet
from section11.ui.components.question_help import show_basis, show_evidence
from section11.ui.components.rating_words import state_badge
from section11.ui.words import plain


def show_question(question: Question, standards_set: StandardsSet, *, is_open: bool) -> None:
    """Draw one question as a fold that shows its words when it is closed."""
    marks = " :blue-badge[Essential]" if question.essential else ""
    with st.expander(f"**{plain(question.id)}** {plain(question.text)}{marks}", expanded=is_open):
        if question.help:
            st.markdown(plain(question.help))
        _answered_with(question, standards_set)
        show_evidence(question)
        if question.impact_prompt:
            st.markdown(f"**Impact on children**  \n{plain(question.impact_prompt)}")
        show_basis(question, standards_set)


def _answered_with(question: Question, standards_set: StandardsSet) -> None:
    kind = type_of(question)
    optional = ", may be left without an answer" if question.optional else ""
    answer = f"**Answer: {plain(kind.title.lower())}{optional}.** {plain(kind.advice(question))}"
    if question.is_rated:
        lines = [
            f"{state_badge(one.label, one.tone)} {plain(question.descriptors.get(one.key) or one.meaning)}"
            for one in standards_set.scale.ratings
        ]
    else:
        lines = [plain(words) for words in kind.options(question).values()]
    st.markdown(f"{answer}\n" + "".join(f"\n- {line}" for line in lines))
