"""Page: what is released in numbers, for the board: groups of five or more organisations, and nobody named."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.permissions import Right
from section11.reports.selection import RATINGS, RatingsBy, Selection
from section11.ui.cache import released_counts, released_figures, released_trends
from section11.ui.components.choosing import chosen_cycle, radio_from
from section11.ui.components.figure_tables import table_link
from section11.ui.components.filters import RATINGS_TITLES
from section11.ui.components.released_figures import show_released_taken
from section11.ui.components.released_returns import show_released_actions, show_released_returns
from section11.ui.components.released_standards import show_released_standards
from section11.ui.components.trend_lines import show_trends
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of

RETURNS, STANDARDS, TREND, ACTIONS = "returns", "standards", "trend", "actions"
NOTHING = "Nothing has been released yet. When scrutiny releases moderated returns, their figures are here."
VIEWS = {RETURNS: "Returns", STANDARDS: "Standards", TREND: "Trend", ACTIONS: "Actions"}


def main(user: User) -> None:
    page_state("board figures")
    st.title("Figures for the board")
    cycle = chosen_cycle(user, Right.READ_RELEASED)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns are released, their figures are here.")
        return
    st.write("What scrutiny has released, in numbers. Nobody is named, and groups of fewer than five are withheld.")
    view = radio_from("Look at", list(VIEWS), list(VIEWS.values()), name="view")
    if view == TREND:
        _trend(user, cycle)
        return
    figures = released_figures(user, cycle.id)
    if view == RETURNS:
        show_released_returns(figures)
    elif not figures.released:
        st.write(NOTHING)
    elif view == STANDARDS:
        show_released_standards(figures, _chosen_ratings())
    else:
        show_released_actions(figures)
    show_released_taken(figures)


def _chosen_ratings() -> RatingsBy:
    ids = [one.value for one in RATINGS_TITLES]
    return RatingsBy(radio_from("Ratings", ids, list(RATINGS_TITLES.values()), name=RATINGS))


def _trend(user: User, cycle: Cycle) -> None:
    ratings_by = _chosen_ratings()
    # Nothing else of the cycle is counted for it: a trend reaches over every cycle.
    counts = released_counts(user, cycle.id, ratings_by)
    if counts.released:
        _trend_lines(user, cycle, ratings_by)
    else:
        st.write(NOTHING)
    show_released_taken(counts)


def _trend_lines(user: User, cycle: Cycle, ratings_by: RatingsBy) -> None:
    trends = [
        one
        for one in released_trends(user, cycle.id, ratings_by)
        if any(point.percent is not None for point in one.lines[0].points)
    ]
    if not trends:
        st.write("Fewer than five returns of each question set are released, so there is no trend to show.")
        return
    chosen = Selection(ratings_by=ratings_by)
    line = show_trends(trends, lambda set_id: table_link(cycle.id, "released-trend", about=set_id, selection=chosen))
    st.caption(
        "Returns released: "
        + ", ".join(f"{count_of(point.returns_counted, 'return')} of {point.cycle_id}" for point in line.points)
        + "."
    )


if __name__ == "__main__":
    main(require_user())
