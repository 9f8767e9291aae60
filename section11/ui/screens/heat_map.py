"""Page: the heat map, organisation by standard, with words, shares and colours."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.results import LEVEL_SHADES, LEVEL_TITLES, Level, Result
from section11.reports.set_figures import SetFigures
from section11.ui.cache import figures
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.links import download_link, workbook_download_path
from section11.ui.components.taken import show_taken
from section11.ui.components.tally_table import show_tally
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain


def main(user: User) -> None:
    page_state("heat map")
    st.title("Heat map")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page compares them.")
        return
    st.write("How every organisation stands in every standard. Click a heading to sort, or search with the magnifier.")
    numbers = figures(user, cycle.id)
    if numbers.returns_counted == 0:
        st.write("Nothing has been submitted in this cycle yet. Follow who is working on it under Returns.")
        st.page_link(page_path("returns.py"), label="Go to Returns", query_params={"cycle": cycle.id})
        return
    set_figures = _chosen_set(numbers)
    _totals(set_figures)
    _map(numbers, set_figures)
    _how_to_read(set_figures)
    download_link("Download the partnership workbook", workbook_download_path(cycle.id), key="page.workbook")
    show_taken(numbers)


def _chosen_set(numbers: CycleFigures) -> SetFigures:
    if len(numbers.sets) == 1:
        return numbers.sets[0]
    ids = [f"{one.standards_set.id} {one.standards_set.version}" for one in numbers.sets]
    chosen = chosen_from("Question set", ids, [one.standards_set.title for one in numbers.sets], name="set")
    return numbers.sets[ids.index(chosen)]


def _totals(set_figures: SetFigures) -> None:
    st.header("All answers")
    st.markdown(
        f"{plain(set_figures.standards_set.title)}: {set_figures.returns_counted} of "
        f"{set_figures.returns_expected} returns counted."
    )
    show_tally(set_figures.standards_set.scale, set_figures.total)


def _map(numbers: CycleFigures, set_figures: SetFigures) -> None:
    st.header("Organisations and standards")
    key = (set_figures.standards_set.id, set_figures.standards_set.version)
    rows = [one for one in numbers.organisations if (one.set_id, one.set_version) == key]
    shown, types = _filters(rows)
    rows = [one for one in rows if (one.counts or not shown) and (not types or one.type_title in types)]
    if not rows:
        st.write("No organisation matches. Choose another type, or show those that have not returned.")
        return
    titles = {one.standard_id: f"{one.standard_id} {one.title}" for one in set_figures.standards}
    best = set_figures.standards_set.scale.best.key
    words = pd.DataFrame(
        [
            {
                "Organisation": one.name,
                "Type": one.type_title,
                **{result.standard_id: cell_words(result, best) for result in one.standards},
            }
            for one in rows
        ]
    ).set_index("Organisation")
    shades = pd.DataFrame(
        [["", *(_style(result) for result in one.standards)] for one in rows], index=words.index, columns=words.columns
    )
    st.dataframe(
        words.style.apply(lambda _: shades, axis=None),
        height=min(36 * len(rows) + 40, 720),
        alt=f"Heat map of {len(rows)} organisations by {len(titles)} standards, as words and shares.",
        column_config={
            "Organisation": st.column_config.TextColumn(pinned=True, width=270),
            "Type": st.column_config.TextColumn(width=150),
            **{key: st.column_config.TextColumn(help=title, width=105) for key, title in titles.items()},
        },
    )


def _filters(rows: list[OrganisationFigures]) -> tuple[bool, list[str]]:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    types = left.multiselect(
        "Organisation types", sorted({one.type_title for one in rows}), placeholder="All types", key="page.types"
    )
    only_returned = right.toggle("Only those that have returned", value=True, key="page.returned")
    return only_returned, types


def cell_words(result: Result, best_rating: str) -> str:
    """Return what a cell says: a word, and how many of how many questions have the best rating."""
    title = LEVEL_TITLES[result.level]
    if result.percent is None or result.tally is None:
        return title
    return f"{title} {result.tally.by_rating[best_rating]} of {result.n}"


def _style(result: Result) -> str:
    shade = LEVEL_SHADES[result.level]
    return f"background-color: {shade.fill}; color: {shade.text}"


def _how_to_read(set_figures: SetFigures) -> None:
    thresholds, best = set_figures.standards_set.thresholds, set_figures.standards_set.scale.best.label.lower()
    with st.expander("How to read it"):
        st.markdown(
            f"- **{LEVEL_TITLES[Level.STRONG]}**: at least {thresholds.strong_from_percent:.0f}% of the standard's "
            f"questions are {plain(best)}, and no essential question is in the lower half of the scale.\n"
            f"- **{LEVEL_TITLES[Level.WEAK]}**: fewer than {thresholds.weak_below_percent:.0f}% are, or an essential "
            "question has the lowest rating.\n"
            f"- **{LEVEL_TITLES[Level.MIXED]}**: everything between.\n"
            f"- **4 of 5** means that 4 of 5 questions are {plain(best)}. Questions that do not apply are left out; "
            "a question without an answer stays in.\n"
            + "\n".join(f"- **{plain(one.standard_id)}** {plain(one.title)}" for one in set_figures.standards)
        )


if __name__ == "__main__":
    main(require_user())
