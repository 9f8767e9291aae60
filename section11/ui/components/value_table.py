"""The questions that are not rated: what their answers come to, and from how many."""

from __future__ import annotations

import streamlit as st

from section11.domain.answers import AnswerState
from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures
from section11.reports.tables.standards import values_in
from section11.reports.value_words import summary_words
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.words import plain


def show_values(numbers: CycleFigures, of_set: SetFigures, standard_id: str) -> None:
    """Draw what the answers to each such question of a standard come to, and the same as a table."""
    for one in [one for one in of_set.values if one.standard.id == standard_id]:
        st.markdown(f"**{plain(one.question.id)}** {plain(one.question.text)}  \n{plain(summary_words(one))}")
        not_applicable, not_asked = one.states[AnswerState.NOT_APPLICABLE], one.states[AnswerState.NOT_ASKED]
        st.caption(
            f"n = {one.n:,} answered. {one.without_value:,} without an answer, "
            f"{not_applicable:,} not applicable, {not_asked:,} not asked."
        )
    with st.expander("The same as a table"):
        show_figure_table(values_in(of_set, standard_id), wide="Answers")
        about = f"{of_set.standards_set.id}/{standard_id}"
        table_link(numbers.cycle.id, "values", about=about, selection=numbers.selection)
