"""Page: the heat map, organisation by arrangement over all sets or by standard in one, as words and colours."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.reports.figures import CycleFigures
from section11.reports.results import LEVEL_TITLES, Level
from section11.reports.set_figures import SetFigures
from section11.ui.cache import figures
from section11.ui.components.arrangement_comparison import compare_by_arrangement
from section11.ui.components.choosing import chosen_cycle, chosen_from, chosen_set
from section11.ui.components.figure_tables import table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.heat_map_grid import show_heat_map
from section11.ui.components.links import download_link, workbook_download_path
from section11.ui.components.taken import show_taken
from section11.ui.components.tally_table import show_tally
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain

ARRANGEMENT, STANDARD = "arrangement", "standard"
COMPARE_BY = {
    ARRANGEMENT: "Statutory arrangement, all organisations",
    STANDARD: "Standard, one question set",
}


def main(user: User) -> None:
    page_state("heat map")
    st.title("Heat map")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page compares them.")
        return
    st.write("How every organisation stands. Click a heading to sort, a cell to see its answers, or search.")
    selection = chosen_selection(user, cycle.id)
    numbers = figures(user, cycle.id, selection)
    if numbers.returns_counted == 0 and not selection.is_everything:
        st.write("No return that counts matches these filters. Choose other ones.")
        return
    if numbers.returns_counted == 0:
        st.write("Nothing has been submitted in this cycle yet. Follow who is working on it under Returns.")
        st.page_link(page_path("returns.py"), label="Go to Returns", query_params={"cycle": cycle.id})
        return
    if _chosen_comparison(numbers) == ARRANGEMENT:
        compare_by_arrangement(numbers)
        about = ""
    else:
        of_set = chosen_set(numbers.sets)
        _compare_by_standard(numbers, of_set)
        about = of_set.standards_set.id
    label = "Download the heat map (CSV)"
    table_link(cycle.id, "heat-map", about=about, selection=selection, label=label)
    download_link("Download the partnership workbook", workbook_download_path(cycle.id), key="page.workbook")
    show_taken(numbers)


def _chosen_comparison(numbers: CycleFigures) -> str:
    if not numbers.arrangement_map.arrangements:
        return STANDARD
    usual = ARRANGEMENT if len(numbers.sets) > 1 else STANDARD
    return chosen_from("Compare by", list(COMPARE_BY), list(COMPARE_BY.values()), name="by", usual=usual)


def _compare_by_standard(numbers: CycleFigures, set_figures: SetFigures) -> None:
    st.header("All answers")
    st.markdown(
        f"{plain(set_figures.standards_set.title)}: {set_figures.returns_counted} of "
        f"{set_figures.returns_expected} returns counted."
    )
    show_tally(set_figures.standards_set.scale, set_figures.total)
    table_link(numbers.cycle.id, "ratings", about=set_figures.standards_set.id, selection=numbers.selection)
    st.header("Organisations and standards")
    show_heat_map(
        [one for one in numbers.organisations if one.assessment_id in set_figures.standard_results],
        set_figures.standard_results,
        {one.standard_id: f"{one.standard_id} {one.title}" for one in set_figures.standards},
        subjects="standards",
    )
    _how_to_read(set_figures)


def _how_to_read(set_figures: SetFigures) -> None:
    thresholds, best = set_figures.standards_set.thresholds, set_figures.standards_set.scale.best.label.lower()
    with st.expander("How to read it"):
        st.markdown(
            f"- **{LEVEL_TITLES[Level.STRONG]}**: at least {thresholds.strong_from_percent:g}% of the standard's "
            f"questions are {plain(best)}, and no essential question is in the lower half of the scale.\n"
            f"- **{LEVEL_TITLES[Level.WEAK]}**: fewer than {thresholds.weak_below_percent:g}% are, or an essential "
            "question has the lowest rating.\n"
            f"- **{LEVEL_TITLES[Level.MIXED]}**: everything between.\n"
            f"- **4 of 5** means that 4 of 5 questions are {plain(best)}. Questions that do not apply are left out; "
            "a question without an answer stays in.\n"
            + "\n".join(f"- **{plain(one.standard_id)}** {plain(one.title)}" for one in set_figures.standards)
        )


if __name__ == "__main__":
    main(require_user())
