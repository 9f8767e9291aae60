"""What people outside the partnership's own team see of answers: a heat map of groups, and one standard of a group."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.scales import Tone
from section11.reports.palette import RATING_SHADES, Shade
from section11.reports.released_figures import ReleasedFigures, ReleasedOfSet
from section11.reports.selection import RatingsBy, Selection
from section11.reports.tables.released import (
    SubjectsBy,
    group_tally,
    released_heat_map,
    released_questions,
    subjects_of,
)
from section11.reports.tally import Tally
from section11.ui.components.charts import ratings_chart
from section11.ui.components.choosing import chosen_from
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.released_returns import merged_words
from section11.ui.components.tally_table import show_tally
from section11.ui.words import count_of, plain

SUBJECT_TITLES = {SubjectsBy.STANDARD: "Standard", SubjectsBy.ARRANGEMENT: "Statutory arrangement"}


def show_released_standards(figures: ReleasedFigures, ratings_by: RatingsBy) -> None:
    """Draw the groups of a set against its standards or arrangements, and then one standard of one group."""
    of_set = _chosen_set(figures)
    if of_set is None:
        return
    _heat_map(figures, of_set, ratings_by)
    _one_standard(figures, of_set, ratings_by)
    withheld = sorted(of_set.withheld[ratings_by])
    if withheld:
        st.write(
            f"In no figure of this page are the answers to {plain(', '.join(withheld))} of groups in which fewer than "
            "five organisations answer them."
        )


def _chosen_set(figures: ReleasedFigures) -> ReleasedOfSet | None:
    """Draw the choice of a set where several may be shown, and say of which others too few are released."""
    shown = [one for one in figures.sets if one.groups]
    for one in figures.sets:
        if not one.groups:
            st.markdown(
                f"{plain(one.standards_set.title)}: {count_of(one.returns, 'return')} released. Figures of fewer than "
                "five are withheld."
            )
    if not shown:
        st.write("When scrutiny has released five returns, their figures are here.")
        return None
    ids = [one.standards_set.id for one in shown]
    if len(ids) == 1:
        return shown[0]
    return shown[ids.index(chosen_from("Question set", ids, [one.standards_set.title for one in shown], name="set"))]


def _heat_map(figures: ReleasedFigures, of_set: ReleasedOfSet, ratings_by: RatingsBy) -> None:
    kinds = list(SubjectsBy)
    by = SubjectsBy.STANDARD
    if of_set.standards_set.questions_by_arrangement:
        by = SubjectsBy(chosen_from("Compare by", kinds, [SUBJECT_TITLES[one] for one in kinds], name="by"))
    best = of_set.standards_set.scale.best.label
    st.header(("Standards" if by is SubjectsBy.STANDARD else "Arrangements") + " and groups")
    st.markdown(f"The share of answers rated **{plain(best)}**, and of how many answers.")
    table = released_heat_map(of_set, ratings_by, by)
    subjects = subjects_of(of_set.standards_set, by)
    words = pd.DataFrame([list(row) for row in table.rows], columns=table.headings)
    styles = [["", "", *("" for _ in of_set.groups)]]
    for _, found in subjects.values():
        cells = [_style(of_set, group_tally(of_set, ratings_by, group, found)) for group in of_set.groups]
        styles.append(["", "", *cells])
    shades = pd.DataFrame(styles, columns=table.headings)
    st.dataframe(
        words.style.apply(lambda _: shades, axis=None),
        hide_index=True,
        width="content",
        height="content",
        alt=f"Heat map of {len(subjects)} {by.value}s by {count_of(len(of_set.groups), 'group')}, in words.",
        column_config={
            "": st.column_config.TextColumn(pinned=True, width=80),
            "Title": st.column_config.TextColumn(width=300),
            **{group.title: st.column_config.TextColumn(help=group.title, width=150) for group in of_set.groups},
        },
    )
    about, chosen = f"{of_set.standards_set.id}/{by.value}", Selection(ratings_by=ratings_by)
    with st.container(horizontal=True):
        table_link(figures.cycle.id, "released-heat-map", about=about, selection=chosen)
        table_link(
            figures.cycle.id,
            "released-ratings",
            about=about,
            selection=chosen,
            label="Download every rating behind it (CSV)",
        )
    _how_to_read(of_set)


def _how_to_read(of_set: ReleasedOfSet) -> None:
    thresholds = of_set.standards_set.thresholds
    rest = [
        f"- **{plain(next(group.title for group in of_set.groups if group.key == key))}**: {merged_words(titles)}"
        for key, titles in of_set.grouping.merged.items()
        if titles
    ]
    with st.expander("How to read it"):
        st.markdown(
            f"- Dark green from {thresholds.strong_from_percent:g}%, red below {thresholds.weak_below_percent:g}%, "
            "amber between. Questions that do not apply are left out; one without an answer stays in.\n"
            "- Groups overlap: an organisation is of one type and has one basis of duty.\n" + "\n".join(rest)
        )


def _style(of_set: ReleasedOfSet, tally: Tally | None) -> str:
    if tally is None or not tally.denominator:
        return ""
    thresholds, share = of_set.standards_set.thresholds, 100 * tally.at_best / tally.denominator
    tone = Tone.PART
    if share >= thresholds.strong_from_percent:
        tone = Tone.FULL
    elif share < thresholds.weak_below_percent:
        tone = Tone.NONE
    shade: Shade = RATING_SHADES[tone]
    return f"background-color: {shade.fill}; color: {shade.text}"


def _one_standard(figures: ReleasedFigures, of_set: ReleasedOfSet, ratings_by: RatingsBy) -> None:
    st.header("One standard")
    standards = of_set.standards_set.rated_standards
    ids = [one.id for one in standards]
    left, right = st.columns(2)
    with left:
        chosen = chosen_from("Standard", ids, [f"{one.id} {one.title}" for one in standards], name="standard")
    with right:
        keys, titles = [one.key for one in of_set.groups], [one.title for one in of_set.groups]
        group_key = chosen_from("Organisations", keys, titles, name="group")
    standard = standards[ids.index(chosen)]
    tally = of_set.tally(ratings_by, group_key, [one.id for one in standard.rated_questions])
    if tally is None:
        st.write("Fewer than five organisations of this group answer any question of it, so its figures are withheld.")
        return
    scale = of_set.standards_set.scale
    show_tally(scale, tally)
    shown = [(one.id, of_set.tally(ratings_by, group_key, [one.id])) for one in standard.rated_questions]
    ratings_chart(scale, [(key, one) for key, one in shown if one is not None], what="Ratings of each question")
    show_figure_table(released_questions(of_set, ratings_by, standard.id, group_key), wide="Words")
    table_link(
        figures.cycle.id,
        "released-questions",
        about=f"{of_set.standards_set.id}/{standard.id}",
        selection=Selection(ratings_by=ratings_by),
        label="Download this standard, every group (CSV)",
    )
