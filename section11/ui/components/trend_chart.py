"""A trend as a chart: one line that stops where it breaks, with the reason on the break."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from section11.domain.scales import Tone
from section11.reports.palette import LINE, RATING_SHADES
from section11.reports.trend import TrendLine, TrendPoint
from section11.ui.components.charts import QUIET, TICK_WORDS, TICKS
from section11.ui.words import percent_words

_BREAK = RATING_SHADES[Tone.NONE].fill


def trend_chart(line: TrendLine, best: str) -> None:
    """Draw the shares of ``best`` over the cycles. A break is a gap with a mark that says why when pointed at."""
    figure = go.Figure([*_runs(line, best), *_breaks(line)])
    names = [_tick(point) for point in line.points]
    figure.update_layout(
        height=320,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        showlegend=False,
        hoverlabel={"align": "left"},
    )
    figure.update_xaxes(
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[-0.4, len(names) - 0.6],
    )
    figure.update_yaxes(fixedrange=True, range=[-4, 112], tickvals=TICKS, ticktext=TICK_WORDS, title=best)
    st.plotly_chart(figure, config=QUIET, alt=_in_words(line, best))


def runs_of(line: TrendLine) -> list[list[int]]:
    """Return the places of the points that belong on one line each; a break begins the next run."""
    runs: list[list[int]] = [[]]
    for number, point in enumerate(line.points):
        if number and (line.steps[number - 1].is_break or line.points[number - 1].percent is None):
            runs.append([])
        if point.percent is not None:
            runs[-1].append(number)
    return [run for run in runs if run]


def _runs(line: TrendLine, best: str) -> list[go.Scatter]:
    drawn = []
    for run in runs_of(line):
        points = [line.points[number] for number in run]
        drawn.append(
            go.Scatter(
                x=run,
                y=[point.percent for point in points],
                mode="lines+markers+text",
                text=[percent_words(point.percent) for point in points],
                textposition="top center",
                line={"color": LINE, "width": 3},
                marker={"color": LINE, "size": 10},
                customdata=[[point.cycle_name, point.tally.denominator if point.tally else 0] for point in points],
                hovertemplate=f"%{{customdata[0]}}<br>{best}: %{{y:.1f}}%<br>n = %{{customdata[1]}}<extra></extra>",
            )
        )
    return drawn


def _breaks(line: TrendLine) -> list[go.Scatter]:
    broken = [number for number, step in enumerate(line.steps) if step.is_break]
    return [
        go.Scatter(
            x=[number + 0.5] * 3,
            y=[0, 50, 100],
            mode="lines+markers+text",
            line={"color": _BREAK, "width": 1, "dash": "dot"},
            marker={"symbol": "x", "size": [0, 11, 0], "color": _BREAK},
            text=["", "", "Break"],
            textposition="top center",
            hovertext="<br>".join(line.steps[number].reasons),
            hoverinfo="text",
        )
        for number in broken
    ]


def _tick(point: TrendPoint) -> str:
    n = point.tally.denominator if point.tally is not None else 0
    # The id rather than the name: on a phone there is room for no more.
    return f"{point.cycle_id}<br>n = {n:,}"


def _in_words(line: TrendLine, best: str) -> str:
    said = []
    for number, point in enumerate(line.points):
        if number and line.steps[number - 1].is_break:
            said.append(f"break: {' '.join(line.steps[number - 1].reasons)}")
        n = point.tally.denominator if point.tally is not None else 0
        said.append(f"{point.cycle_name}: {percent_words(point.percent)} of {n}")
    return f"{best}, over the cycles. {'; '.join(said)}"
