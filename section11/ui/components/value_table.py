"""The questions that are not rated: what their answers come to, and from how many."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from section11.domain.answers import AnswerState
from section11.reports.value_figures import ValueFigures
from section11.reports.value_words import summary_words
from section11.ui.components.lists import height_of
from section11.ui.words import plain


def show_values(values: Sequence[ValueFigures]) -> None:
    """Draw what each question's answers come to, and the same as a table."""
    for one in values:
        st.markdown(f"**{plain(one.question.id)}** {plain(one.question.text)}  \n{plain(summary_words(one))}")
        not_applicable, not_asked = one.states[AnswerState.NOT_APPLICABLE], one.states[AnswerState.NOT_ASKED]
        st.caption(
            f"n = {one.n:,} answered. {one.without_value:,} without an answer, "
            f"{not_applicable:,} not applicable, {not_asked:,} not asked."
        )
    with st.expander("The same as a table"):
        _table(values)


def _table(values: Sequence[ValueFigures]) -> None:
    frame = pd.DataFrame(
        [
            {
                "Question": f"{one.question.id} {one.question.text}",
                "Answers": summary_words(one),
                "n": one.n,
                "No answer yet": one.without_value,
                "Not applicable": one.states[AnswerState.NOT_APPLICABLE],
                "Not asked": one.states[AnswerState.NOT_ASKED],
            }
            for one in values
        ]
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=height_of(len(frame)),
        column_config={
            "Question": st.column_config.TextColumn(width=360),
            "Answers": st.column_config.TextColumn(width=380),
        },
        alt="Numbers and facts: what the answers to each question come to",
    )
