"""The filters of the dashboards, kept in the address so that a view can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from section11.domain.people import User
from section11.reports.selection import (
    DUTY,
    PARTNERSHIP,
    RATINGS,
    TYPE,
    RatingsBy,
    Selection,
    selection_from,
)
from section11.services.filters import FilterChoices, filter_choices, selection_words
from section11.ui.cache import office
from section11.ui.words import plain

RATINGS_TITLES = {
    RatingsBy.ORGANISATION: "The organisations' own ratings",
    RatingsBy.MODERATION: "Moderated ratings",
}


def chosen_selection(user: User, cycle_id: str, *, with_ratings: bool = True) -> Selection:
    """Draw the filters and return what is chosen. ``with_ratings`` is False where no rating is shown.

    What the address asks for and this cycle does not have is left out.
    """
    choices = filter_choices(office(), user, cycle_id)
    asked = _known(selection_from(st.query_params.get_all), choices, with_ratings=with_ratings)
    with st.expander("Filters", expanded=not asked.is_everything, key="page.filters"):
        left, right = st.columns(2)
        types = left.multiselect(
            "Organisation types",
            list(choices.types),
            default=[key for key in choices.types if key in asked.types],
            format_func=lambda key: choices.types[key],
            placeholder="All types",
            key="page.types",
        )
        duties = right.multiselect(
            "Basis of duty",
            list(choices.duties),
            default=[key for key in choices.duties if key in asked.duties],
            format_func=lambda key: choices.duties[key],
            placeholder="Every basis",
            key="page.duties",
        )
        partnership_id = _partnership(choices, asked)
        ratings_by = _ratings(asked) if with_ratings else RatingsBy.ORGANISATION
    chosen = Selection(partnership_id, frozenset(types), frozenset(duties), ratings_by)
    _keep(chosen, [PARTNERSHIP, TYPE, DUTY, *([RATINGS] if with_ratings else [])])
    if not chosen.is_everything:
        st.markdown(f"Showing **{plain(selection_words(chosen, choices))}**.")
    return chosen


def _known(asked: Selection, choices: FilterChoices, *, with_ratings: bool) -> Selection:
    return Selection(
        asked.partnership_id if asked.partnership_id in choices.partnerships else "",
        asked.types & choices.types.keys(),
        asked.duties & choices.duties.keys(),
        asked.ratings_by if with_ratings else RatingsBy.ORGANISATION,
    )


def _partnership(choices: FilterChoices, asked: Selection) -> str:
    if len(choices.partnerships) < 2:
        return ""
    ids = ["", *choices.partnerships]
    return st.selectbox(
        "Partnership",
        ids,
        index=ids.index(asked.partnership_id),
        format_func=lambda one: choices.partnerships.get(one, "All of them"),
        key="page.partnership",
        width=480,
    )


def _ratings(asked: Selection) -> RatingsBy:
    titles = list(RATINGS_TITLES)
    return st.radio(
        "Ratings",
        titles,
        index=titles.index(asked.ratings_by),
        format_func=lambda one: RATINGS_TITLES[one],
        horizontal=True,
        key="page.ratings",
    )


def _keep(chosen: Selection, names: Iterable[str]) -> None:
    said = chosen.as_address()
    for name in names:
        values = said.get(name, [])
        if values != st.query_params.get_all(name):
            if values:
                st.query_params[name] = values
            else:
                st.query_params.pop(name, None)
