"""A tally as a small table: every count, its share and its n."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.scales import RatingScale
from section11.reports.tables.tallies import answer_counts
from section11.reports.tally import Tally
from section11.ui.words import percent_words

_BELOW = ("n", "Not applicable", "Not asked")
"""The rows that are said in words below the table."""


def show_tally(scale: RatingScale, tally: Tally) -> None:
    """Draw counts and shares of one tally as a table, and what n is made of."""
    table = answer_counts(scale, tally)
    rows = [row for row in table.rows if row[0] not in _BELOW]
    frame = pd.DataFrame([list(row) for row in rows], columns=["Answer", "Count", "Share"]).set_index("Answer")
    frame["Share"] = pd.to_numeric(frame["Share"])
    st.table(
        frame.style.format("{:.1f}%", subset=["Share"], na_rep="–").format("{:,}", subset=["Count"]),
        width="content",
        alt=table.title,
    )
    st.markdown(
        f"Shares are of **n = {tally.denominator:,}** answers asked for. Left out of n: "
        f"{tally.not_applicable:,} not applicable, {tally.not_asked:,} not asked."
    )


def tallies_frame(scale: RatingScale, tallies: list[tuple[str, Tally]], *, first_column: str) -> pd.DataFrame:
    """Return one row for each titled tally: the share of each rating, n, and what is left out."""
    return pd.DataFrame(
        [
            {
                first_column: title,
                **{
                    rating.label: f"{tally.by_rating[rating.key]} ({percent_words(tally.percent(rating.key))})"
                    for rating in scale.ratings
                },
                "No rating yet": tally.without_rating,
                "n": tally.denominator,
                "Not applicable": tally.not_applicable,
                "Not asked": tally.not_asked,
            }
            for title, tally in tallies
        ]
    ).set_index(first_column)
