"""Page: how results went over the cycles, with a break wherever the question, its ratings or the scale changed."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.ui.cache import office, trends
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.figure_tables import table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.trend_lines import show_trends
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain, saved_at


def main(user: User) -> None:
    page_state("trend")
    st.title("Trend")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page compares cycles.")
        return
    st.write("How results went up to this cycle. Where a line breaks, what stands on both sides does not compare.")
    selection = chosen_selection(user, cycle.id)
    found = [
        one for one in trends(user, cycle.id, selection) if any(point.returns_counted for point in one.lines[0].points)
    ]
    if not found:
        st.write("Nothing has been submitted in these cycles yet.")
        return
    line = show_trends(found, lambda set_id: table_link(cycle.id, "trend", about=set_id, selection=selection))
    now = office().clock()
    counted = " and ".join(
        f"{count_of(point.returns_counted, 'return')} of {point.cycle_name}" for point in line.points
    )
    st.caption(f"Taken at {saved_at(now, now)} from {plain(counted)}.")


if __name__ == "__main__":
    main(require_user())
