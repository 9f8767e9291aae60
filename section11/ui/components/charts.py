"""Charts, each with words for people who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import plotly.graph_objects as go
import streamlit as st

from section11.domain.answers import AnswerState
from section11.domain.scales import RatingScale
from section11.domain.uk_time import long_date
from section11.reports.count_axis import whole_step
from section11.reports.palette import ACCENT_SHADE, LINE, RATING_SHADES, STATE_SHADES, Shade
from section11.reports.return_rates import ReturnRate
from section11.reports.return_timeline import SignedDay
from section11.reports.tally import Tally
from section11.ui.components.bar_names import BAR, BarNames, bar_names, legend_height
from section11.ui.words import percent_words

QUIET = {"displayModeBar": False}
FRAME = 53
"""Pixels that the margins and the axis of a bar chart take."""
TICKS = [0, 25, 50, 75, 100]
TICK_WORDS = [f"{tick}%" for tick in TICKS]


class Bars(NamedTuple):
    """One part of horizontal stacked bars: its count in each of them; ``pattern`` tells it apart without colour."""

    name: str
    counts: tuple[int, ...]
    shade: Shade
    pattern: str = ""


def return_rate_chart(rates: Sequence[tuple[str, ReturnRate]]) -> None:
    """Draw returned and outstanding of each titled group as stacked bars."""
    parts = [
        Bars("Returned", tuple(rate.returned for _, rate in rates), ACCENT_SHADE),
        Bars("Outstanding", tuple(rate.outstanding for _, rate in rates), STATE_SHADES[AnswerState.NOT_APPLICABLE]),
    ]
    words = "; ".join(f"{title}: {rate.returned} of {rate.expected}" for title, rate in rates)
    draw_stacked([title for title, _ in rates], parts, alt=f"Returned by organisation type. {words}")


def ratings_chart(scale: RatingScale, tallies: list[tuple[str, Tally]], *, what: str) -> None:
    """Draw the counts of each rating as stacked bars, one bar for each titled tally, in the field's colours."""
    parts = []
    for rating in scale.ratings:
        counts = tuple(tally.by_rating[rating.key] for _, tally in tallies)
        parts.append(Bars(rating.label, counts, RATING_SHADES[rating.tone]))
    without = tuple(tally.without_rating for _, tally in tallies)
    if any(without):
        parts.append(Bars("No rating yet", without, STATE_SHADES[AnswerState.NOT_ANSWERED]))
    best = scale.best
    words = "; ".join(
        f"{title}: {percent_words(tally.percent(best.key))} {best.label.lower()} of {tally.denominator}"
        for title, tally in tallies
    )
    draw_stacked([title for title, _ in tallies], parts, alt=f"{what}. {words}")


def draw_stacked(titles: Sequence[str], parts: Sequence[Bars], *, alt: str) -> None:
    """Draw horizontal stacked bars with these titles, the first at the top, and their counts in them."""
    st.plotly_chart(_stacked(tuple(titles), tuple(parts)), config=QUIET, alt=alt)


# Making a chart takes longer than all else about it. It is made of these counts alone, so whoever gives the same
# counts may be shown it, and nobody changes it afterwards.
@lru_cache(maxsize=100)
def _stacked(titles: tuple[str, ...], parts: tuple[Bars, ...]) -> go.Figure:
    rows = bar_names(titles)
    figure = go.Figure([_bar(part, rows) for part in parts])
    figure.update_layout(
        barmode="stack",
        height=FRAME + legend_height([part.name for part in parts]) + rows.height,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.0, "x": 0},
        # A number that fits into its bar only when it is too small to read stands in the table and beside the pointer.
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    longest = max(map(sum, zip(*(part.counts for part in parts), strict=True)), default=0)
    figure.update_xaxes(fixedrange=True, showgrid=False, dtick=whole_step(longest))
    figure.update_yaxes(fixedrange=True, range=[max(rows.height, 1), 0], showgrid=False, zeroline=False)
    if rows.are_above:
        figure.update_yaxes(showticklabels=False)
        figure.update_layout(annotations=[_name_above(*each) for each in zip(rows.names, rows.middles, strict=True)])
    else:
        figure.update_yaxes(tickvals=rows.middles, ticktext=rows.names, automargin=True, ticklabelstandoff=6)
    return figure


def _name_above(name: str, middle: float) -> dict[str, object]:
    return {
        "text": name,
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": middle - BAR / 2,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
    }


def _bar(part: Bars, rows: BarNames) -> go.Bar:
    return go.Bar(
        name=part.name,
        y=rows.middles,
        x=part.counts,
        width=BAR,
        orientation="h",
        text=[str(count) if count else "" for count in part.counts],
        textposition="inside",
        textangle=0,
        insidetextanchor="middle",
        marker={
            "color": part.shade.fill,
            "line": {"color": "#6B747D", "width": 1},
            "pattern": {
                "shape": part.pattern,
                "fillmode": "overlay",
                "fgcolor": part.shade.text,
                "fgopacity": 0.35,
                "size": 8,
                "solidity": 0.12,
            },
        },
        textfont={"color": part.shade.text, "size": 13},
        hovertext=rows.names,
        hovertemplate=f"%{{hovertext}}<br>{part.name}: %{{x}}<extra></extra>",
    )


def signed_chart(days: Sequence[SignedDay], due: date) -> None:
    """Draw how many returns had been signed by the end of each day, with the due date as a line."""
    last = days[-1]
    st.plotly_chart(
        _signed(tuple((one.day, one.signed_so_far) for one in days), due),
        config=QUIET,
        alt=f"Returns signed day by day: {last.signed_so_far} of {last.expected} by {long_date(last.day)}; "
        f"due {long_date(due)}.",
    )


@lru_cache(maxsize=20)
def _signed(days: tuple[tuple[date, int], ...], due: date) -> go.Figure:
    figure = go.Figure(
        go.Scatter(
            x=[day for day, _ in days],
            y=[number for _, number in days],
            mode="lines+markers",
            line={"shape": "hv", "color": LINE, "width": 2},
            hovertemplate="%{x|%-d %B %Y}<br>Signed so far: %{y}<extra></extra>",
        )
    )
    figure.add_vline(x=due.isoformat(), line={"color": "#6B747D", "dash": "dash", "width": 1})
    figure.add_annotation(x=due.isoformat(), y=1, yref="paper", text="Due", showarrow=False, xanchor="left", xshift=4)
    figure.update_layout(height=260, margin={"l": 10, "r": 10, "t": 10, "b": 10}, showlegend=False)
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_yaxes(fixedrange=True, rangemode="tozero", tickformat="d", nticks=6, title="Returns signed")
    return figure
