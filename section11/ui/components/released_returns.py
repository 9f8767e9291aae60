"""What people outside the partnership's own team see of returns and of actions: by group and by standard."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from section11.reports.released_figures import ReleasedFigures
from section11.reports.tables.actions import actions_by_standard
from section11.reports.tables.released import released_returns
from section11.reports.tables.returns import returns_over_time
from section11.reports.withholding import EVERYONE
from section11.ui.components.charts import return_rate_chart, signed_chart
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.promises import actions_chart
from section11.ui.words import percent_words, plain


def show_released_returns(figures: ReleasedFigures) -> None:
    """Draw how many returned, by group and over time."""
    if not figures.rates:
        st.write("Fewer than five returns are expected, so nothing is said about them here.")
        return
    everyone = next(one for one in figures.rates if one.key == EVERYONE)
    columns = st.columns(5)
    columns[0].metric("Returned", f"{everyone.rate.returned} of {everyone.rate.expected}")
    columns[1].metric("Outstanding", everyone.rate.outstanding)
    columns[2].metric("Returned late", everyone.rate.late)
    columns[3].metric("Overdue", everyone.rate.overdue)
    columns[4].metric("Released", everyone.released)
    st.header("By group")
    if len(figures.rates) > 1:
        return_rate_chart([(one.title, one.rate) for one in figures.rates if one.key != EVERYONE])
    show_figure_table(released_returns(figures))
    table_link(figures.cycle.id, "released-returns")
    for key, titles in figures.merged_in_rates.items():
        if titles:
            group = next(one.title for one in figures.rates if one.key == key)
            st.markdown(f"**{plain(group)}**: {merged_words(titles)}")
    if figures.signed_days:
        st.header("Over time")
        signed_chart(figures.signed_days, figures.cycle.due)
        with st.expander("The same as a table"):
            show_figure_table(returns_over_time(figures.signed_days))
            table_link(figures.cycle.id, "released-over-time")


def merged_words(titles: Sequence[str]) -> str:
    """Return which groups one group takes together, and why."""
    return (
        f"{plain('; '.join(titles))}. They are taken together, so that no group of fewer than five can be worked out."
    )


def show_released_actions(figures: ReleasedFigures) -> None:
    """Draw what became of the actions promised in released returns, in all and by standard."""
    total, promises = figures.actions.total, figures.promises
    if not total.n:
        st.write("There is no standard in which at least five organisations promised something in released returns.")
        return
    st.markdown(
        f"**{promises.kept:,} of {promises.n:,} promises kept ({percent_words(promises.kept_percent)})**, "
        f"{promises.on_time:,} of them by their due date; {total.verified:,} are verified. {total.open:,} are open, "
        f"{total.overdue:,} of them overdue, and {total.dropped:,} were dropped."
    )
    st.header("By standard")
    actions_chart([(row.heading, row.totals) for row in figures.actions.standards], what="Actions by standard")
    show_figure_table(actions_by_standard(figures.actions))
    table_link(figures.cycle.id, "released-actions")
    st.write("Standards in which fewer than five organisations promised something are in none of these figures.")
