"""Promises of the last cycle as a chart and a table: what was kept."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from section11.domain.answers import AnswerState
from section11.domain.scales import Tone
from section11.reports.action_figures import ActionTotals
from section11.reports.palette import RATING_SHADES, STATE_SHADES, Shade
from section11.reports.promises import CyclePromises
from section11.reports.selection import Selection
from section11.reports.tables.actions import promises_table
from section11.ui.components.charts import Bars, draw_stacked
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.words import percent_words, plain

_PARTS: tuple[tuple[str, Callable[[ActionTotals], int], Shade, str], ...] = (
    ("Verified", lambda one: one.verified, RATING_SHADES[Tone.FULL], ""),
    ("Done, not yet verified", lambda one: one.done, RATING_SHADES[Tone.MOST], ""),
    ("Open", lambda one: one.open - one.overdue, STATE_SHADES[AnswerState.NOT_ANSWERED], ""),
    ("Overdue", lambda one: one.overdue, RATING_SHADES[Tone.NONE], "/"),
    ("Dropped", lambda one: one.dropped, STATE_SHADES[AnswerState.NOT_APPLICABLE], "x"),
)


def show_promises(cycle_id: str, before: CyclePromises, selection: Selection) -> None:
    """Draw what became of the actions promised in the cycle before ``cycle_id``."""
    promises = before.kept
    st.header(f"Promises of {plain(before.cycle.name)}")
    total = promises.total
    if not total.n:
        st.write("No action was promised in that cycle.")
        return
    st.markdown(
        f"**{total.kept:,} of {total.n:,} kept ({percent_words(total.kept_percent)})**, {total.on_time:,} of them by "
        f"their due date; {total.totals.verified:,} are verified. {total.totals.open:,} are still open, "
        f"{total.totals.dropped:,} were dropped."
    )
    actions_chart([("All", total.totals)], what="What became of the promises")
    with st.expander("The same by organisation, as a table"):
        show_figure_table(promises_table(promises))
        table_link(cycle_id, "promises-kept", selection=selection)


def actions_chart(rows: list[tuple[str, ActionTotals]], *, what: str) -> None:
    """Draw how the actions of each titled row stand, as stacked bars."""
    parts = [
        Bars(name, tuple(count(totals) for _, totals in rows), shade, pattern) for name, count, shade, pattern in _PARTS
    ]
    words = "; ".join(f"{title}: {one.n}, of them {one.open} open and {one.overdue} overdue" for title, one in rows)
    draw_stacked([title for title, _ in rows], parts, alt=f"{what}. {words}")
