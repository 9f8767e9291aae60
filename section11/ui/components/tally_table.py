"""A tally as a small table: every count, its share and its n."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.scales import RatingScale
from section11.reports.tally import Tally
from section11.ui.words import percent_words


def show_tally(scale: RatingScale, tally: Tally) -> None:
    """Draw counts and shares of one tally, with what leaves the denominator below the line."""
    rows = [
        {"Answer": rating.label, "Count": str(count), "Share": percent_words(tally.percent(rating.key))}
        for rating, count in ((rating, tally.by_rating[rating.key]) for rating in scale.ratings)
    ]
    for words, count in (
        ("Don't know yet", tally.dont_know_yet),
        ("Carried forward, not confirmed", tally.not_confirmed),
        ("Not answered", tally.not_answered),
    ):
        if count:
            rows.append({"Answer": words, "Count": str(count), "Share": "in the n, not rated"})
    rows.append({"Answer": "Shares are out of", "Count": f"n = {tally.denominator}", "Share": ""})
    for words, count in (("Not applicable", tally.not_applicable), ("Not asked", tally.not_asked)):
        rows.append({"Answer": words, "Count": str(count), "Share": "left out of n"})
    st.table(pd.DataFrame(rows).set_index("Answer"), width="content", alt="Counts and shares of the ratings")


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
