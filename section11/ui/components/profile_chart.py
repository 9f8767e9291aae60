"""An organisation's profile as a chart: its own share in each standard beside the quartiles of others."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from section11.reports.palette import ACCENT
from section11.reports.profile import Profile, ProfileRow
from section11.reports.tables.profile import rank_words
from section11.ui.components.bar_names import LINE, count_lines, in_lines
from section11.ui.components.charts import QUIET, TICK_WORDS, TICKS
from section11.ui.words import percent_words

_QUARTILES = "#B8C4CF"
_MODERATED, _STAFF = "#8A4B08", "#5B2A86"


def profile_chart(profile: Profile) -> None:
    """Draw own, moderated and staff shares as marks of different shapes, over a bar from quarter to quarter."""
    rows = list(reversed(profile.rows))
    ids = [row.standard_id for row in rows]
    figure = go.Figure()
    spread = [row for row in rows if row.quartiles is not None]
    if spread:
        _add_spread(figure, spread)
    _add(figure, "Own rating", ids, [row.own.percent for row in rows], "circle", ACCENT)
    if profile.is_moderated:
        moderated = [row.moderated.percent if row.moderated else None for row in rows]
        # A ring around the own mark where both are equal, so that neither hides the other.
        _add(figure, "Moderated", ids, moderated, "diamond-open", _MODERATED, size=20, line=3)
    if any(row.survey for row in rows):
        staff = [row.survey.percent if row.survey else None for row in rows]
        _add(figure, "Staff who agree", ids, staff, "triangle-up", _STAFF)
    names = [in_lines(one) for one in ids]
    figure.update_layout(
        height=130 + sum(max(34, LINE * count_lines(one) + 4) for one in names),
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        barmode="overlay",
    )
    figure.update_xaxes(fixedrange=True, range=[-3, 103], tickvals=TICKS, ticktext=TICK_WORDS)
    figure.update_yaxes(fixedrange=True, automargin=True, ticklabelstandoff=6, categoryorder="array", categoryarray=ids)
    figure.update_yaxes(tickvals=ids, ticktext=names)
    st.plotly_chart(figure, config=QUIET, alt=_in_words(profile))


def _add_spread(figure: go.Figure, rows: list[ProfileRow]) -> None:
    found = [(row.standard_id, row.quartiles) for row in rows if row.quartiles is not None]
    ids = [standard_id for standard_id, _ in found]
    figure.add_bar(
        name="Middle half of the others",
        y=ids,
        base=[one.lower for _, one in found],
        x=[max(one.upper - one.lower, 0.6) for _, one in found],
        orientation="h",
        width=0.5,
        marker={"color": _QUARTILES},
        customdata=[[one.lower, one.upper, one.n] for _, one in found],
        hovertemplate="%{y}<br>Middle half: %{customdata[0]:.1f}% to %{customdata[1]:.1f}%"
        "<br>%{customdata[2]} organisations<extra></extra>",
    )
    figure.add_scatter(
        name="Middle of the others",
        y=ids,
        x=[one.median for _, one in found],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 18, "color": "#2B3138", "line": {"width": 3}},
        hovertemplate="%{y}<br>Middle: %{x:.1f}%<extra></extra>",
    )


def _add(
    figure: go.Figure,
    name: str,
    ids: list[str],
    shares: list[float | None],
    symbol: str,
    colour: str,
    *,
    size: int = 13,
    line: int = 1,
) -> None:
    edge = colour if symbol.endswith("-open") else "#FFFFFF"
    figure.add_scatter(
        name=name,
        y=ids,
        x=shares,
        mode="markers",
        marker={"symbol": symbol, "size": size, "color": colour, "line": {"color": edge, "width": line}},
        hovertemplate=f"%{{y}}<br>{name}: %{{x:.1f}}%<extra></extra>",
    )


def _in_words(profile: Profile) -> str:
    said = [f"{row.standard_id}: {percent_words(row.own.percent)}, rank {rank_words(row)}" for row in profile.rows]
    return f"{profile.organisation.name} in each standard. {'; '.join(said)}"
