"""Choosing a cycle or a thing named in the address, so that a view can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.reports.removed_returns import removed_words
from section11.reports.set_figures import SetFigures
from section11.services.cycles import list_cycles
from section11.ui.cache import office


def from_address(name: str) -> str:
    """Return what the address says under this name.

    Raises:
        NotAvailableError: it says nothing.
    """
    value = st.query_params.get(name)
    if not value:
        raise NotAvailableError()
    return value


def chosen_cycle(user: User, right: Right) -> Cycle | None:
    """Draw the choice of a cycle when several were opened; None when there is none to choose from."""
    cycles = [one for one in list_cycles(office(), user, right) if one.status is not CycleStatus.PREPARING]
    if not cycles:
        return None
    if len(cycles) == 1:
        say_what_was_removed(cycles[0])
        return cycles[0]
    ids = [cycle.id for cycle in cycles]
    names = {cycle.id: cycle.name for cycle in cycles}
    wanted = st.query_params.get("cycle")
    index = ids.index(wanted) if wanted and wanted in ids else 0
    chosen = st.selectbox("Cycle", ids, index=index, format_func=lambda one: names[one], key="page.cycle", width=320)
    if chosen != wanted:
        st.query_params["cycle"] = chosen
    say_what_was_removed(cycles[ids.index(chosen)])
    return cycles[ids.index(chosen)]


def say_what_was_removed(cycle: Cycle) -> None:
    """Say that returns of a cycle are gone, wherever its figures could be taken for all there were."""
    if words := removed_words(cycle.removed_returns):
        st.caption(words)


def chosen_from(
    label: str, ids: Sequence[str], titles: Sequence[str], *, name: str, usual: str = "", key: str = ""
) -> str:
    """Draw a choice kept in the address under ``name`` and return the chosen id.

    Where the address names none of them, ``usual`` (or else the first) is chosen. Under another ``key`` than before
    it is another choice, which starts anew.
    """
    wanted = st.query_params.get(name)
    start = wanted if wanted and wanted in ids else usual or ids[0]
    words = dict(zip(ids, titles, strict=True))
    chosen = st.selectbox(
        label,
        list(ids),
        index=ids.index(start),
        format_func=lambda one: words[one],
        key=key or f"page.{name}",
        width=480,
    )
    if chosen != wanted:
        st.query_params[name] = chosen
    return chosen


def radio_from(label: str, ids: Sequence[str], titles: Sequence[str], *, name: str) -> str:
    """Draw a choice of a few in a row, kept in the address under ``name``, and return the chosen id."""
    wanted = st.query_params.get(name)
    start = wanted if wanted and wanted in ids else ids[0]
    words = dict(zip(ids, titles, strict=True))
    chosen = st.radio(
        label,
        list(ids),
        index=ids.index(start),
        format_func=lambda one: words[one],
        horizontal=True,
        key=f"page.{name}",
    )
    if chosen != wanted:
        st.query_params[name] = chosen
    return chosen


def chosen_set(sets: Sequence[SetFigures]) -> SetFigures:
    """Draw the choice of a question set when there are several, kept in the address."""
    if len(sets) == 1:
        return sets[0]
    ids = [f"{one.standards_set.id} {one.standards_set.version}" for one in sets]
    chosen = chosen_from("Question set", ids, [one.standards_set.title for one in sets], name="set")
    return sets[ids.index(chosen)]
