"""How much is released, with own and moderated ratings side by side, for people outside the partnership's own team."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.reports.released_counts import ReleasedCounts
from section11.reports.released_figures import ReleasedFigures, ReleasedOfSet
from section11.reports.tables.released import own_and_moderated
from section11.services.released import CycleRelease, released_of_cycles
from section11.ui.cache import office
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.navigation import page_path
from section11.ui.words import count_of, plain, saved_at


def show_released_on_home(user: User) -> None:
    """Draw for each cycle how much of it is released, and the ways to read it."""
    cycles = released_of_cycles(office(), user)
    st.subheader("Released results")
    if not cycles:
        st.write("No cycle has been opened yet. What scrutiny releases appears here.")
    for cycle in cycles:
        _cycle(cycle)


def _cycle(one: CycleRelease) -> None:
    with st.container(border=True):
        st.markdown(f"#### {plain(one.cycle.name)}")
        st.markdown(f"{one.released} of {count_of(one.expected, 'return')} released.")
        with st.container(horizontal=True):
            address = {"cycle": one.cycle.id}
            st.page_link(page_path("board_figures.py"), label="See the figures", query_params=address)
            if one.released:
                st.page_link(page_path("released.py"), label="Read each released return", query_params=address)


def show_released_figures(figures: ReleasedFigures) -> None:
    """Draw for each set how often each rating was given and moderated."""
    st.markdown(f"{figures.released} of {count_of(figures.expected, 'return')} released.")
    for one in figures.sets:
        _set(figures, one)
    show_released_taken(figures)


def _set(figures: ReleasedFigures, one: ReleasedOfSet) -> None:
    st.markdown(f"**{plain(one.standards_set.title)}**, {count_of(one.returns, 'return')}")
    if not one.groups:
        st.write("Fewer than five, so their figures are withheld.")
        return
    show_figure_table(own_and_moderated(one))
    set_id = one.standards_set.id
    table_link(figures.cycle.id, "own-and-moderated", about=set_id, key=f"own-and-moderated.{set_id}")


def show_released_taken(figures: ReleasedFigures | ReleasedCounts) -> None:
    """Say when the figures were taken, and from what."""
    st.caption(
        f"Taken at {saved_at(figures.taken_at, office().clock())} from "
        f"{count_of(figures.released, 'released return')} of {figures.expected} expected."
    )
