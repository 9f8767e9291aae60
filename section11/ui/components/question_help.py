"""What helps to answer one question: how to read it, what counts as evidence, and what it rests on."""

from __future__ import annotations

import streamlit as st

from section11.domain.standards import Question, StandardsSet
from section11.ui.words import plain


def show_help(question: Question, standards_set: StandardsSet) -> None:
    """Draw the help line and a fold with evidence prompts and references."""
    if question.help:
        st.markdown(plain(question.help))
    if not (question.evidence_prompts or question.arrangements or question.references):
        return
    title = "What counts as evidence, and what this rests on" if question.is_rated else "What this rests on"
    lists = [_evidence(question)] if question.evidence_prompts else []
    with st.expander(title):
        # One element rather than three: people open many forms, and few of the folds in them.
        st.markdown("\n\n".join([*lists, *_basis(question, standards_set)]))


def show_evidence(question: Question) -> None:
    """Draw what could show it."""
    if question.evidence_prompts:
        st.markdown(_evidence(question))


def show_basis(question: Question, standards_set: StandardsSet) -> None:
    """Draw the arrangements a question tests and the sources it rests on."""
    if basis := _basis(question, standards_set):
        st.markdown("\n\n".join(basis))


def _evidence(question: Question) -> str:
    return _list("Evidence could be", [plain(prompt) for prompt in question.evidence_prompts])


def _basis(question: Question, standards_set: StandardsSet) -> list[str]:
    found = []
    if question.arrangements:
        arrangements = [(standards_set.arrangements.get(key, key), key) for key in question.arrangements]
        found.append(_list("Arrangement it tests", [f"{plain(title)} ({plain(key)})" for title, key in arrangements]))
    references = [standards_set.references[key] for key in question.references if key in standards_set.references]
    if references:
        titles = [f"[{plain(one.title)}]({one.url})" if one.url else plain(one.title) for one in references]
        found.append(_list("It rests on", titles))
    return found


def _list(title: str, lines: list[str]) -> str:
    return f"**{title}**\n" + "".join(f"\n- {line}" for line in lines)
