"""Page: one standard in detail, over every organisation that has returned."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from section11.domain.people import User
from section11.domain.scales import RatingScale
from section11.domain.standards import Standard
from section11.permissions import Right
from section11.reports.figures import CycleFigures
from section11.reports.results import LEVEL_TITLES
from section11.reports.set_figures import SetFigures
from section11.ui.cache import figures
from section11.ui.components.charts import ratings_chart
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.lists import height_of
from section11.ui.components.taken import show_taken
from section11.ui.components.tally_table import show_tally, tallies_frame
from section11.ui.components.value_table import show_values
from section11.ui.session import page_state, require_user
from section11.ui.words import plain


def main(user: User) -> None:
    page_state("standard")
    st.title("One standard in detail")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page shows how each standard stands.")
        return
    numbers = figures(user, cycle.id)
    choices = [(one, standard) for one in numbers.sets for standard in one.standards_set.standards]
    if not choices or numbers.returns_counted == 0:
        st.write("Nothing has been submitted in this cycle yet.")
        return
    set_figures, standard = _chosen(numbers, choices)

    st.header(f"{plain(standard.id)} {plain(standard.title)}")
    if standard.rated_questions:
        _ratings(numbers, set_figures, standard)
    values = [one for one in set_figures.values if one.standard.id == standard.id]
    if values:
        st.header("Numbers and facts")
        st.write("What organisations answered where no rating is asked for. It is no part of any result.")
        show_values(values)
    show_taken(numbers)


def _chosen(numbers: CycleFigures, choices: list[tuple[SetFigures, Standard]]) -> tuple[SetFigures, Standard]:
    """Draw the choice of a standard, with its set where there are several, and the version where two are of one set."""
    set_ids = [one.standards_set.id for one in numbers.sets]
    ids, titles = [], []
    for one, standard in choices:
        edition, words = one.standards_set.id, one.standards_set.title
        if set_ids.count(edition) > 1:
            edition, words = f"{edition}/{one.standards_set.version}", f"{words} {one.standards_set.version}"
        ids.append(f"{edition}/{standard.id}")
        titles.append(f"{standard.id} {standard.title}" + (f" ({words})" if len(set_ids) > 1 else ""))
    chosen = chosen_from("Standard", ids, titles, name="standard")
    return choices[ids.index(chosen)]


def _ratings(numbers: CycleFigures, set_figures: SetFigures, standard: Standard) -> None:
    scale = set_figures.standards_set.scale
    show_tally(scale, next(one.tally for one in set_figures.standards if one.standard_id == standard.id))
    _questions(set_figures, standard.id, scale)
    _organisations(numbers, set_figures, standard.id, scale)


def _questions(set_figures: SetFigures, standard_id: str, scale: RatingScale) -> None:
    st.header("Question by question")
    questions = [one for one in set_figures.questions if one.standard_id == standard_id]
    for question in questions:
        essential = " (essential)" if question.essential else ""
        st.markdown(f"**{plain(question.question_id)}** {plain(question.text)}{essential}")
    tallies = [(question.question_id, question.tally) for question in questions]
    ratings_chart(scale, tallies, what="Ratings of each question")
    with st.expander("The same as a table"):
        st.dataframe(tallies_frame(scale, tallies, first_column="Question"), alt="Ratings of each question")


def _organisations(numbers: CycleFigures, set_figures: SetFigures, standard_id: str, scale: RatingScale) -> None:
    st.header("Organisation by organisation")
    labels = {rating.key: rating.label for rating in scale.ratings}
    rows = []
    for one in numbers.organisations:
        result = next((each for each in one.standards if each.subject_id == standard_id), None)
        if result is None or not one.counts or one.assessment_id not in set_figures.standard_results:
            continue
        rows.append(
            {
                "Organisation": one.name,
                "Type": one.type_title,
                "Result": LEVEL_TITLES[result.level],
                f"{scale.best.label}, %": None if result.percent is None else round(result.percent, 1),
                "n": result.n,
                "Lowest essential answer": labels.get(result.lowest_essential or "", "–"),
            }
        )
    frame = pd.DataFrame(rows)
    # A data frame rather than a table: it scrolls sideways with the keyboard on a narrow screen.
    st.dataframe(
        frame,
        hide_index=True,
        height=height_of(len(rows)),
        column_config={f"{scale.best.label}, %": st.column_config.NumberColumn(format="%.1f")},
        alt="Results of each organisation in this standard",
    )


if __name__ == "__main__":
    main(require_user())
