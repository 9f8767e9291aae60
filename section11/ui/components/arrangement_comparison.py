"""Every organisation of a cycle compared by statutory arrangement, whichever question set it answers."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from section11.reports.figures import CycleFigures
from section11.reports.results import LEVEL_TITLES, Level
from section11.reports.set_figures import SetFigures
from section11.reports.tables.heat_map import arrangement_totals
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.heat_map_grid import show_heat_map
from section11.ui.words import count_of, plain


def compare_by_arrangement(numbers: CycleFigures) -> None:
    """Draw the heat map over all sets, how many organisations have which result, and how to read both."""
    arrangements = numbers.arrangement_map.arrangements
    st.header("Organisations and arrangements")
    show_heat_map(
        numbers.organisations,
        numbers.arrangement_map.rows,
        {one.key: f"{one.key} {one.title}" for one in arrangements},
        subjects="statutory arrangements",
    )
    with st.container(key="arrangements"):
        st.markdown("\n".join(f"- **{plain(one.key)}** {plain(one.title)}" for one in arrangements))
    st.header("All organisations")
    _totals(numbers)
    _how_to_read(numbers)


def _totals(numbers: CycleFigures) -> None:
    arrangements = numbers.arrangement_map.arrangements
    st.markdown(
        f"How many of {count_of(arrangements[0].organisations, 'organisation')} have which result. **n** is how many "
        "are strong, mixed or weak; the others are outside n."
    )
    show_figure_table(arrangement_totals(numbers.arrangement_map), wide="Arrangement")
    table_link(numbers.cycle.id, "arrangement-totals", selection=numbers.selection)


def _how_to_read(numbers: CycleFigures) -> None:
    with st.expander("How to read it"):
        st.markdown(
            "Each organisation is judged on the questions of its own set, and on that set's scale. Only the words are "
            "counted over all organisations: percentages of different scales are never mixed or averaged.\n"
            f"- **{LEVEL_TITLES[Level.STRONG]}**: enough of the organisation's questions about the arrangement have "
            "the best rating, and no essential question is in the lower half of the scale.\n"
            f"- **{LEVEL_TITLES[Level.WEAK]}**: too few have it, or an essential question has the lowest rating.\n"
            f"- **{LEVEL_TITLES[Level.MIXED]}**: everything between.\n"
            "- **4 of 5** means that 4 of the organisation's 5 questions about the arrangement have the best rating. "
            "Questions that do not apply are left out; a question without an answer stays in. A question about two "
            "arrangements counts in both.\n"
            f"- **{LEVEL_TITLES[Level.NOT_ASKED]}**: its set has no question about the arrangement, or none for "
            "organisations of its type."
        )
        st.markdown("What is enough and what is too few, set by set:\n" + "\n".join(map(_set_words, numbers.sets)))
    others = list(_other_titles(numbers))
    if others:
        with st.expander("The arrangements in the words of other sets"):
            st.markdown("\n".join(others))


def _set_words(of_set: SetFigures) -> str:
    one, thresholds = of_set.standards_set, of_set.standards_set.thresholds
    return (
        f"- **{plain(one.title)}** ({count_of(of_set.returns_expected, 'organisation')}): strong when at least "
        f"{thresholds.strong_from_percent:g}% are “{plain(one.scale.best.label)}”, weak when fewer than "
        f"{thresholds.weak_below_percent:g}% are"
    )


def _other_titles(numbers: CycleFigures) -> Iterator[str]:
    set_titles = {one.standards_set.id: one.standards_set.title for one in numbers.sets}
    for one in numbers.arrangement_map.arrangements:
        words = "; ".join(f"“{plain(title)}” ({plain(set_titles[key])})" for key, title in one.other_titles.items())
        if words:
            yield f"- **{plain(one.key)}** {plain(one.title)}: {words}"
