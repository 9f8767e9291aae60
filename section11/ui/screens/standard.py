"""Page: one standard or one of its questions in detail, over every organisation that has returned."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.standards import Question, Standard
from section11.permissions import Right, may_somewhere
from section11.reports.figures import CycleFigures
from section11.reports.set_figures import SetFigures
from section11.reports.tables.figure_table import FigureTable
from section11.reports.tables.standards import by_type, evidence_quality, most_missed, organisations_in, questions_of
from section11.services.good_practice import good_practice_in
from section11.ui.cache import figures, office
from section11.ui.components.charts import ratings_chart
from section11.ui.components.choosing import chosen_cycle, chosen_from
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.filters import chosen_selection
from section11.ui.components.good_practice import show_good_practice, show_picked
from section11.ui.components.question_organisations import show_organisations
from section11.ui.components.taken import show_taken
from section11.ui.components.tally_table import show_tally
from section11.ui.components.value_table import show_values
from section11.ui.session import page_state, require_user
from section11.ui.words import plain

WHOLE = "all"
MISSED_SHOWN = 10


def main(user: User) -> None:
    page_state("standard")
    st.title("One standard in detail")
    cycle = chosen_cycle(user, Right.SEE_DASHBOARDS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page shows how each standard stands.")
        return
    selection = chosen_selection(user, cycle.id)
    numbers = figures(user, cycle.id, selection)
    choices = [(one, standard) for one in numbers.sets for standard in one.standards_set.standards]
    if not choices or numbers.returns_counted == 0:
        matches = "" if selection.is_everything else " that matches these filters"
        st.write(f"Nothing has been submitted in this cycle yet{matches}.")
        return
    of_set, standard = _chosen_standard(numbers, choices)
    question = _chosen_question(standard) if standard.rated_questions else None
    if question is not None:
        _one_question(user, numbers, of_set, question)
    else:
        _one_standard(user, numbers, of_set, standard)
    show_taken(numbers)


def _chosen_standard(numbers: CycleFigures, choices: list[tuple[SetFigures, Standard]]) -> tuple[SetFigures, Standard]:
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


def _chosen_question(standard: Standard) -> Question | None:
    questions = standard.rated_questions
    ids = [WHOLE, *(one.id for one in questions)]
    titles = ["The whole standard", *(f"{one.id} {one.text}" for one in questions)]
    chosen = chosen_from("Question", ids, titles, name="question", key=f"page.question.{standard.id}")
    return next((one for one in questions if one.id == chosen), None)


def _one_standard(user: User, numbers: CycleFigures, of_set: SetFigures, standard: Standard) -> None:
    st.header(f"{plain(standard.id)} {plain(standard.title)}")
    if standard.rated_questions:
        _ratings(numbers, of_set, standard)
        _picked(user, numbers, of_set, standard)
        _most_missed(numbers, of_set)
    if any(one.standard.id == standard.id for one in of_set.values):
        st.header("Numbers and facts")
        st.write("What organisations answered where no rating is asked for. It is no part of any result.")
        show_values(numbers, of_set, standard.id)


def _ratings(numbers: CycleFigures, of_set: SetFigures, standard: Standard) -> None:
    scale = of_set.standards_set.scale
    show_tally(scale, next(one.tally for one in of_set.standards if one.standard_id == standard.id))
    table_link(numbers.cycle.id, "ratings", about=_about(of_set, standard.id), selection=numbers.selection)
    st.header("Question by question")
    questions = [one for one in of_set.questions if one.standard_id == standard.id]
    for question in questions:
        essential = " (essential)" if question.essential else ""
        st.markdown(f"**{plain(question.question_id)}** {plain(question.text)}{essential}")
    ratings_chart(scale, [(one.question_id, one.tally) for one in questions], what="Ratings of each question")
    with st.expander("The same as a table"):
        _table(questions_of(of_set, standard.id), numbers, "questions", _about(of_set, standard.id), wide="Words")
    _types(numbers, of_set, standard.id)
    st.header("Organisation by organisation")
    st.write("The lowest essential answers first. Click a heading to sort another way.")
    _table(organisations_in(numbers, of_set, standard.id), numbers, "organisations", _about(of_set, standard.id))
    _quality(numbers, of_set, standard.id, [one.id for one in standard.rated_questions])


def _one_question(user: User, numbers: CycleFigures, of_set: SetFigures, question: Question) -> None:
    scale = of_set.standards_set.scale
    st.header(f"{plain(question.id)} {plain(question.text)}")
    if question.essential:
        st.markdown("This question is **essential**.")
    tally = next(one.tally for one in of_set.questions if one.question_id == question.id)
    show_tally(scale, tally)
    table_link(numbers.cycle.id, "ratings", about=_about(of_set, question.id), selection=numbers.selection)
    ratings_chart(scale, [(question.id, tally)], what="Ratings of the question")
    _types(numbers, of_set, question.id)
    show_organisations(user, numbers, of_set, question.id)
    _quality(numbers, of_set, question.id, [question.id])
    if may_somewhere(user, Right.READ_RETURNED):
        show_good_practice(user, numbers.cycle.id, of_set.standards_set.id, question.id)


def _types(numbers: CycleFigures, of_set: SetFigures, subject_id: str) -> None:
    st.header("By organisation type")
    found = [one for one in of_set.types if one.returns_counted]
    tallies = [(one.title, one.standards.get(subject_id) or one.questions[subject_id]) for one in found]
    ratings_chart(of_set.standards_set.scale, tallies, what="Ratings by organisation type")
    with st.expander("Types as a table"):
        _table(by_type(of_set, subject_id), numbers, "by-type", _about(of_set, subject_id))


def _quality(numbers: CycleFigures, of_set: SetFigures, subject_id: str, question_ids: list[str]) -> None:
    st.header("Quality of the evidence")
    if not of_set.moderation.returns:
        st.write("The moderation of no return is finished yet. Then this shows how good the evidence was found.")
        return
    _table(evidence_quality(of_set, question_ids), numbers, "evidence-quality", _about(of_set, subject_id))


def _most_missed(numbers: CycleFigures, of_set: SetFigures) -> None:
    st.header("Questions missed most")
    best = of_set.standards_set.scale.best.label.lower()
    st.markdown(f"Of all standards of this set, the questions that the fewest rate {plain(best)}.")
    about = of_set.standards_set.id
    _table(most_missed(of_set, MISSED_SHOWN), numbers, "most-missed", about, wide="Words")


def _picked(user: User, numbers: CycleFigures, of_set: SetFigures, standard: Standard) -> None:
    if not may_somewhere(user, Right.READ_RETURNED):
        return
    found = good_practice_in(office(), user, numbers.cycle.id)
    set_id = of_set.standards_set.id
    picked = [one for question in standard.rated_questions for one in found.get((set_id, question.id), [])]
    st.header("Good practice to share")
    if not picked:
        st.write("Nothing has been picked in this standard yet. Choose one of its questions above to pick an answer.")
    show_picked(picked)


def _about(of_set: SetFigures, subject_id: str) -> str:
    return f"{of_set.standards_set.id}/{subject_id}"


def _table(table: FigureTable, numbers: CycleFigures, name: str, about: str, *, wide: str = "") -> None:
    show_figure_table(table, wide=wide)
    table_link(numbers.cycle.id, name, about=about, selection=numbers.selection)


if __name__ == "__main__":
    main(require_user())
