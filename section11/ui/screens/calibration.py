"""Page: how far moderation moves organisations' own ratings, and how far two moderators agree."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right
from section11.reports.calibration import Drift
from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures
from section11.reports.tables.calibration import (
    agreement_table,
    agreement_words,
    drift_by_organisation,
    drift_by_standard,
)
from section11.ui.cache import figures
from section11.ui.components.choosing import chosen_cycle, chosen_set
from section11.ui.components.drift_chart import drift_chart
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.taken import show_taken
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain


def main(user: User) -> None:
    page_state("calibration")
    st.title("Calibration")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns are moderated, this page compares the ratings.")
        return
    st.write("Where moderation agrees with what organisations say of themselves, and where moderators agree.")
    selection = chosen_selection(user, cycle.id, with_ratings=False)
    numbers = figures(user, cycle.id, selection)
    moderated = [one for one in numbers.sets if one.calibration.returns]
    if not moderated:
        st.write("The moderation of no return is finished yet. Choose an earlier cycle, or moderate returns first.")
        return
    of_set = chosen_set(moderated)
    _overall(of_set)
    _by_standard(numbers, of_set)
    _by_organisation(numbers, of_set)
    _agreement(numbers, of_set)
    show_taken(numbers)


def drift_words(one: Drift) -> str:
    """Return direction and size of a drift as a sentence."""
    if one.mean_steps is None or one.mean_steps_moved is None:
        return "No answer has a rating from both."
    direction = "lower than" if one.steps < 0 else "higher than" if one.steps > 0 else "level with"
    return (
        f"On average moderated ratings are **{abs(one.mean_steps):.2f} steps {direction}** the organisations' own "
        f"ratings; whichever way, they differ by {one.mean_steps_moved:.2f} steps (n = {one.n:,})."
    )


def _overall(of_set: SetFigures) -> None:
    found = of_set.calibration
    columns = st.columns(4)
    columns[0].metric("Returns moderated", found.returns)
    columns[1].metric("Moderated higher", f"{found.total.higher:,}")
    columns[2].metric("The same", f"{found.total.same:,}")
    columns[3].metric("Moderated lower", f"{found.total.lower:,}")
    st.markdown(drift_words(found.total))


def _by_standard(numbers: CycleFigures, of_set: SetFigures) -> None:
    st.header("By standard")
    drift_chart([(one.subject_id, one) for one in of_set.calibration.standards])
    show_figure_table(drift_by_standard(of_set))
    _link(numbers, of_set, "calibration-by-standard")


def _by_organisation(numbers: CycleFigures, of_set: SetFigures) -> None:
    st.header("By organisation")
    st.write("The largest difference first. Click a heading to sort another way.")
    show_figure_table(drift_by_organisation(of_set))
    _link(numbers, of_set, "calibration-by-organisation")


def _agreement(numbers: CycleFigures, of_set: SetFigures) -> None:
    found = of_set.calibration
    st.header("Agreement between moderators")
    if not found.agreement.n:
        st.write("No return was judged by two moderators. A cycle with two of them shows how far they agree.")
        return
    st.markdown(f"{count_of(found.panels, 'return')} had two moderators. {plain(agreement_words(found))}")
    show_figure_table(agreement_table(of_set))
    _link(numbers, of_set, "agreement")
    with st.expander("How to read it"):
        st.markdown(
            "- Each answer was judged by two people who did not see each other's judgement.\n"
            "- **Weighted kappa** is 1 when they always agree and 0 when they agree no more than by chance. A "
            "disagreement of two steps on the scale counts twice as much as one of one step.\n"
            "- The **interval** says how far chance may have moved it: with few answers it is wide. Answers of one "
            "return are alike, so the true interval is somewhat wider still."
        )


def _link(numbers: CycleFigures, of_set: SetFigures, table: str) -> None:
    table_link(numbers.cycle.id, table, about=of_set.standards_set.id, selection=numbers.selection)


if __name__ == "__main__":
    main(require_user())
