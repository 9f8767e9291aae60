"""A tally as a small table: every count, its share and its n."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.scales import RatingScale
from section11.reports.tally import Tally, percent_of
from section11.ui.words import percent_words


def show_tally(scale: RatingScale, tally: Tally) -> None:
    """Draw counts and shares of one tally as a table, and what n is made of."""
    rows = [
        {"Answer": rating.label, "Count": tally.by_rating[rating.key], "Share": tally.percent(rating.key)}
        for rating in scale.ratings
    ]
    without = (
        ("Don't know yet", tally.dont_know_yet),
        ("Carried forward, not confirmed", tally.not_confirmed),
        ("Not answered", tally.not_answered),
    )
    rows += [
        {"Answer": words, "Count": count, "Share": percent_of(count, tally.denominator)}
        for words, count in without
        if count
    ]
    frame = pd.DataFrame(rows).set_index("Answer")
    st.table(
        frame.style.format("{:.1f}%", subset=["Share"], na_rep="–").format("{:,}", subset=["Count"]),
        width="content",
        alt="Counts and shares of the ratings",
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
