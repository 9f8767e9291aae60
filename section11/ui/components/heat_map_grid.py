"""A heat map: organisations down, standards or arrangements across, as words on the palette's colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from section11.reports.figures import OrganisationFigures
from section11.reports.results import LEVEL_SHADES, Result, weakness
from section11.reports.tables.heat_map import cell_words
from section11.ui.components.choosing import chosen_from
from section11.ui.components.heat_map_cell import show_cell
from section11.ui.components.lists import paged, searched
from section11.ui.words import count_of

_ROW_PIXELS, _TALLEST_PIXELS = 35, 740
BY_NAME, BY_TYPE = "name", "type"
_MOST_ROWS = 100
"""Drawn at once: colouring cells takes a quarter of a millisecond a row, on every run of the page."""


def show_heat_map(
    organisations: Sequence[OrganisationFigures],
    results: Mapping[str, Sequence[Result]],
    titles: Mapping[str, str],
    *,
    subjects: str,
) -> None:
    """Draw the organisations and their results, one row each, and the answers of the cell that is chosen.

    ``results`` has them by assessment id, in the order of ``titles``: the title of each column by its short id.
    ``subjects`` says what the columns are.
    """
    only_returned = st.toggle("Only those that have returned", value=True, key="page.returned")
    chosen = [one for one in organisations if one.counts or not only_returned]
    if not chosen:
        st.write("No organisation matches. Choose another type, or show those that have not returned.")
        return
    found = searched(chosen, lambda one: f"{one.name} {one.type_title}", key="page.search", most=_MOST_ROWS)
    if len(found) > _MOST_ROWS:
        found = _in_chosen_order(found, results, titles)
    shown = paged(found, "organisation", key="page.number", most=_MOST_ROWS)
    if not shown:
        return
    rows = [(one, results[one.assessment_id]) for one in shown]
    columns = ["Organisation", *titles, "Type"]
    words = pd.DataFrame([[one.name, *map(cell_words, row), one.type_title] for one, row in rows], columns=columns)
    shades = pd.DataFrame([["", *map(_style, row), ""] for _, row in rows], columns=columns)
    with st.container(key="heat-map"):
        picked = st.dataframe(
            words.style.apply(lambda _: shades, axis=None),
            hide_index=True,
            width="content",
            height=min(_ROW_PIXELS * (len(shown) + 1) + 3, _TALLEST_PIXELS),
            alt=f"Heat map of {count_of(len(shown), 'organisation')} by {len(titles)} {subjects}, in words.",
            column_config={
                "Organisation": st.column_config.TextColumn(pinned=True, width=240),
                **{key: st.column_config.TextColumn(help=title, width=105) for key, title in titles.items()},
                "Type": st.column_config.TextColumn(width=230),
            },
            key=f"page.heat_map.{subjects}",
            on_select="rerun",
            selection_mode="single-cell",
        )
    for row, column in picked["selection"]["cells"]:
        if row < len(rows):
            show_cell(rows[row][0], column if column in titles else "", titles)


def _in_chosen_order(
    found: Sequence[OrganisationFigures], results: Mapping[str, Sequence[Result]], titles: Mapping[str, str]
) -> list[OrganisationFigures]:
    """Draw the choice of an order and return all rows in it: a heading sorts no more than the page it stands on."""
    words = ["Name", "Type", *(f"{title}, weakest first" for title in titles.values())]
    chosen = chosen_from("Order of all pages", [BY_NAME, BY_TYPE, *titles], words, name="order")
    if chosen == BY_TYPE:
        return sorted(found, key=lambda one: (one.type_title.casefold(), one.name.casefold()))
    if chosen == BY_NAME:
        return sorted(found, key=lambda one: one.name.casefold())
    place = list(titles).index(chosen)
    return sorted(found, key=lambda one: (*weakness(results[one.assessment_id][place]), one.name.casefold()))


def _style(result: Result) -> str:
    shade = LEVEL_SHADES[result.level]
    return f"background-color: {shade.fill}; color: {shade.text}"
