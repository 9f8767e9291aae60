"""What each organisation answered to one question, the lowest ratings first, with the way to its answer."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.reports.figures import CycleFigures
from section11.reports.selection import selected
from section11.reports.set_figures import SetFigures
from section11.reports.tables.standards import answers_to
from section11.ui.cache import collated
from section11.ui.components.figure_tables import chosen_row, table_link
from section11.ui.navigation import page_path
from section11.ui.words import plain


def show_organisations(user: User, numbers: CycleFigures, of_set: SetFigures, question_id: str) -> None:
    """Draw the table, and a link to the answer of the row that is chosen."""
    st.header("Organisation by organisation")
    st.write("The lowest ratings first. Choose a row to read its answer.")
    cycle_id, set_id = numbers.cycle.id, of_set.standards_set.id
    table, assessment_ids = answers_to(selected(collated(user, cycle_id), numbers.selection), set_id, question_id)
    row = chosen_row(table, key=f"page.answers.{question_id}")
    if row is not None:
        address = {"assessment": assessment_ids[row], "about": question_id}
        label = f"Read the answer of {plain(str(table.rows[row][0]))}"
        st.page_link(page_path("organisation.py"), label=label, query_params=address)
    table_link(cycle_id, "answers", about=f"{set_id}/{question_id}", selection=numbers.selection)
