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
    with st.expander(title):
        if question.evidence_prompts:
            st.markdown("**Evidence could be**")
            st.markdown("\n".join(f"- {plain(prompt)}" for prompt in question.evidence_prompts))
        if question.arrangements:
            st.markdown("**Arrangement it tests**")
            lines = [
                f"- {plain(standards_set.arrangements.get(key, key))} ({plain(key)})" for key in question.arrangements
            ]
            st.markdown("\n".join(lines))
        references = [standards_set.references[key] for key in question.references if key in standards_set.references]
        if references:
            st.markdown("**It rests on**")
            st.markdown(
                "\n".join(
                    f"- [{plain(one.title)}]({one.url})" if one.url else f"- {plain(one.title)}" for one in references
                )
            )
