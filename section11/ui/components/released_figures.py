"""What was released in numbers, for the board: own and moderated ratings side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.permissions import Right
from section11.reports.moderation_figures import Comparison
from section11.reports.released_figures import ReleasedFigures, ReleasedOfSet
from section11.services.cycles import list_cycles
from section11.ui.cache import office, released_figures
from section11.ui.navigation import page_path
from section11.ui.words import count_of, plain


def show_released_on_home(user: User) -> None:
    """Draw for each cycle how much of it is released, its figures, and the way to read it."""
    cycles = [
        one for one in list_cycles(office(), user, Right.READ_RELEASED) if one.status is not CycleStatus.PREPARING
    ]
    st.subheader("Released results")
    if not cycles:
        st.write("No cycle has been opened yet. What scrutiny releases appears here.")
    for cycle in cycles:
        _cycle(cycle, released_figures(user, cycle.id))


def _cycle(cycle: Cycle, figures: ReleasedFigures) -> None:
    with st.container(border=True):
        st.markdown(f"#### {plain(cycle.name)}")
        show_released_figures(figures)
        if figures.released:
            address = {"cycle": cycle.id}
            st.page_link(page_path("released.py"), label="Read each released return", query_params=address)


def show_released_figures(figures: ReleasedFigures) -> None:
    """Draw how many returns are released, and for each set how often each rating was given and moderated."""
    st.markdown(f"{figures.released} of {count_of(figures.expected, 'return')} released.")
    for one in figures.sets:
        _set(one, is_only=len(figures.sets) == 1)


def _set(one: ReleasedOfSet, *, is_only: bool) -> None:
    scale, counts = one.standards_set.scale, one.compared.counts
    if not is_only:
        st.markdown(f"**{plain(one.standards_set.title)}**, {count_of(one.returns, 'return')}")
    frame = pd.DataFrame(
        {
            "Rating": [rating.label for rating in scale.ratings] + ["n"],
            "Organisations' own": [*one.own.values(), sum(one.own.values())],
            "Moderated": [*one.moderated.values(), sum(one.moderated.values())],
        }
    ).set_index("Rating")
    st.table(frame, width="content", alt=f"Own and moderated ratings, {one.standards_set.title}")
    st.markdown(
        f"Of {count_of(one.compared.n, 'answer')} with both: {counts[Comparison.SAME]} the same, "
        f"{counts[Comparison.HIGHER]} moderated higher, {counts[Comparison.LOWER]} moderated lower."
    )
