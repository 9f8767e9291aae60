"""What was promised in earlier cycles and is still open, on the card of the question it is about now."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from section11.domain.uk_time import uk_date
from section11.services.earlier_actions import EarlierAction
from section11.ui.cache import office
from section11.ui.navigation import page_path
from section11.ui.words import due_words, plain


def show_earlier_actions(earlier: Sequence[EarlierAction]) -> None:
    """Draw a line for each open action, with a link to where it is kept up to date."""
    if not earlier:
        return
    today = uk_date(office().clock())
    for one in earlier:
        action = one.action
        due = due_words(action.due, today) if action.due else "no due date"
        state = "overdue" if one.is_overdue else "open"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**From {plain(one.cycle.name)}:** {plain(action.what) or 'an action without words'} "
                f"({plain(action.owner) or 'no owner'}), {due}. **{state.capitalize()}.**",
                width="content",
            )
            st.page_link(
                page_path("actions.py"),
                label=f"Say what became of it ({plain(action.question_id)}, {plain(one.cycle.name)})",
                query_params={"action": str(action.id)},
            )
