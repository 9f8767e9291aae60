"""Charts, each with words for people who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from section11.domain.answers import AnswerState
from section11.domain.scales import RatingScale
from section11.domain.uk_time import long_date
from section11.reports.count_axis import whole_step
from section11.reports.palette import ACCENT, RATING_SHADES, STATE_SHADES
from section11.reports.return_rates import ReturnRate
from section11.reports.return_timeline import SignedDay
from section11.reports.tally import Tally
from section11.ui.words import percent_words

QUIET = {"displayModeBar": False}
TICKS = [0, 25, 50, 75, 100]
TICK_WORDS = [f"{tick}%" for tick in TICKS]


def return_rate_chart(rates: Sequence[tuple[str, ReturnRate]]) -> None:
    """Draw returned and outstanding of each titled group as stacked bars."""
    rows = list(reversed(rates))
    titles = [title for title, _ in rows]
    figure = go.Figure(
        [
            stacked_bar("Returned", titles, [rate.returned for _, rate in rows], ACCENT, "#FFFFFF"),
            stacked_bar("Outstanding", titles, [rate.outstanding for _, rate in rows], "#D5D9DE", "#2B3138"),
        ]
    )
    finish(figure, rows=len(rows), longest=max((rate.expected for _, rate in rows), default=0))
    words = "; ".join(f"{title}: {rate.returned} of {rate.expected}" for title, rate in rates)
    st.plotly_chart(figure, config=QUIET, alt=f"Returned by organisation type. {words}")


def ratings_chart(scale: RatingScale, tallies: list[tuple[str, Tally]], *, what: str) -> None:
    """Draw the counts of each rating as stacked bars, one bar for each titled tally, in the field's colours."""
    titles = [title for title, _ in reversed(tallies)]
    bars = []
    for rating in scale.ratings:
        shade = RATING_SHADES[rating.tone]
        counts = [tally.by_rating[rating.key] for _, tally in reversed(tallies)]
        bars.append(stacked_bar(rating.label, titles, counts, shade.fill, shade.text))
    without = [tally.without_rating for _, tally in reversed(tallies)]
    if any(without):
        shade = STATE_SHADES[AnswerState.NOT_ANSWERED]
        bars.append(stacked_bar("No rating yet", titles, without, shade.fill, shade.text))
    figure = go.Figure(bars)
    finish(figure, rows=len(tallies), longest=max((tally.denominator for _, tally in tallies), default=0))
    best = scale.best
    words = "; ".join(
        f"{title}: {percent_words(tally.percent(best.key))} {best.label.lower()} of {tally.denominator}"
        for title, tally in tallies
    )
    st.plotly_chart(figure, config=QUIET, alt=f"{what}. {words}")


def stacked_bar(name: str, titles: list[str], counts: list[int], fill: str, text: str, pattern: str = "") -> go.Bar:
    """Return one part of horizontal stacked bars, with its counts in it; ``pattern`` tells it apart without colour."""
    return go.Bar(
        name=name,
        y=titles,
        x=counts,
        orientation="h",
        text=[str(count) if count else "" for count in counts],
        textposition="inside",
        insidetextanchor="middle",
        marker={
            "color": fill,
            "line": {"color": "#6B747D", "width": 1},
            "pattern": {
                "shape": pattern,
                "fillmode": "overlay",
                "fgcolor": text,
                "fgopacity": 0.35,
                "size": 8,
                "solidity": 0.12,
            },
        },
        textfont={"color": text, "size": 13},
        hovertemplate=f"%{{y}}<br>{name}: %{{x}}<extra></extra>",
    )


def finish(figure: go.Figure, *, rows: int, longest: int) -> None:
    """Lay out horizontal stacked bars, one for each of so many rows; ``longest`` is what the longest of them counts."""
    figure.update_layout(
        barmode="stack",
        height=110 + 34 * max(rows, 1),
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        legend={"orientation": "h", "traceorder": "normal", "yanchor": "bottom", "y": 1.0, "x": 0},
        bargap=0.25,
    )
    figure.update_xaxes(fixedrange=True, showgrid=False, dtick=whole_step(longest))
    figure.update_yaxes(fixedrange=True, automargin=True, ticklabelstandoff=6)


def signed_chart(days: Sequence[SignedDay], due: date) -> None:
    """Draw how many returns had been signed by the end of each day, with the due date as a line."""
    figure = go.Figure(
        go.Scatter(
            x=[one.day for one in days],
            y=[one.signed_so_far for one in days],
            mode="lines+markers",
            line={"shape": "hv", "color": ACCENT, "width": 2},
            hovertemplate="%{x|%-d %B %Y}<br>Signed so far: %{y}<extra></extra>",
        )
    )
    figure.add_vline(x=due.isoformat(), line={"color": "#6B747D", "dash": "dash", "width": 1})
    figure.add_annotation(x=due.isoformat(), y=1, yref="paper", text="Due", showarrow=False, xanchor="left", xshift=4)
    figure.update_layout(height=260, margin={"l": 10, "r": 10, "t": 10, "b": 10}, showlegend=False)
    figure.update_xaxes(fixedrange=True, showgrid=False)
    figure.update_yaxes(fixedrange=True, rangemode="tozero", tickformat="d", nticks=6, title="Returns signed")
    last = days[-1]
    st.plotly_chart(
        figure,
        config=QUIET,
        alt=f"Returns signed day by day: {last.signed_so_far} of {last.expected} by {long_date(last.day)}; "
        f"due {long_date(due)}.",
    )
