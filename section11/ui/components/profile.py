"""An organisation's profile as it is drawn, for scrutiny and for the organisation itself."""

from __future__ import annotations

import streamlit as st

from section11.reports.profile import FEWEST_OTHERS, Profile
from section11.reports.tables.profile import profile_table
from section11.ui.components.figure_tables import show_figure_table
from section11.ui.components.profile_chart import profile_chart
from section11.ui.words import plain


def show_profile(profile: Profile) -> None:
    """Draw the chart, its table, and how to read them."""
    best = plain(profile.standards_set.scale.best.label)
    others = (
        f"others of the same type ({plain(profile.organisation.type_title.lower())})"
        if profile.is_of_type
        else "everybody with the same questions, as fewer than five others of the same type have returned"
    )
    st.markdown(f"The share of questions rated **{best}** in each standard, beside {others}.")
    if any(row.is_withheld for row in profile.rows):
        st.info(
            f"How others did is not shown where fewer than {FEWEST_OTHERS} others have a result, so that "
            "nobody can be told apart."
        )
    profile_chart(profile)
    show_figure_table(profile_table(profile))
    with st.expander("How to read it"):
        st.markdown(
            "- **Rank** is the place among these organisations with a result; equal shares have equal places.\n"
            "- **Lower quarter**, **middle** and **upper quarter** cut these organisations into four equal parts: a "
            "quarter of them lie up to the lower quarter.\n"
            "- **Moderated** is what scrutiny came to. **Staff who agree** is what the organisation's own staff said "
            "in a survey, where at least five answered; it is asked in other words and on another scale.\n"
            f"- **n** is how many of the organisation's own questions the share is of. {best} is the best rating."
        )
