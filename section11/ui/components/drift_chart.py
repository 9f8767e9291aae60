"""Self against moderated as a chart: lower, the same and higher, one bar for each subject."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from section11.reports.calibration import Drift
from section11.ui.components.charts import QUIET, finish, stacked_bar

LOWER, SAME, HIGHER = ("Moderated lower", "#A3161A", "#FFFFFF"), ("The same", "#D5D9DE", "#2B3138"), (
    "Moderated higher", "#0B5B33", "#FFFFFF",
)  # fmt: skip


def drift_chart(rows: Sequence[tuple[str, Drift]]) -> None:
    """Draw how many ratings moderation lowered, kept and raised, for each titled row."""
    shown = list(reversed(rows))
    titles = [title for title, _ in shown]
    parts = (
        (LOWER, [one.lower for _, one in shown], "/"),
        (SAME, [one.same for _, one in shown], ""),
        (HIGHER, [one.higher for _, one in shown], "\\"),
    )
    bars = [stacked_bar(name, titles, counts, fill, text, pattern) for (name, fill, text), counts, pattern in parts]
    figure = go.Figure(bars)
    finish(figure, rows=len(rows), longest=max((one.n for _, one in rows), default=0))
    words = "; ".join(f"{title}: {one.lower} lower, {one.same} the same, {one.higher} higher" for title, one in rows)
    st.plotly_chart(figure, config=QUIET, alt=f"Moderated beside own ratings. {words}")
