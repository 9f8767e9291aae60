"""Taking in past results from a file of any layout: what its columns and words mean, then a preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.scales import RatingScale
from section11.errors import BadInputError
from section11.services.taking_in.keeping import ImportKind
from section11.services.taking_in.layouts import (
    AS_WRITTEN,
    LEFT_OUT,
    NOT_APPLICABLE,
    ResultsLayout,
    keep_layout,
    kept_layout,
)
from section11.services.taking_in.results import (
    OPTIONAL,
    REQUIRED,
    import_results,
    preview_results,
    question_columns,
    scales_of,
    seen_through,
)
from section11.ui.cache import office
from section11.ui.words import count_of, plain
from section11.workbooks.table_reader import OpenTable, open_table

_QUESTIONS = {
    "organisation": "Which column names the organisation?",
    "question": "Which column has the question's id?",
    "rating": "Which column has the rating?",
    "evidence": "Which column has evidence, if any?",
}
_ORGANISATION = "organisation"
_NONE = "(none)"
_MOST_WORDS = 30


def take_in_results(
    user: User, cycle: Cycle, partnership_id: str, content: bytes, filename: str, done: Callable[[str], None]
) -> None:
    """Draw the choices, the preview and the button; ``done`` is told in a sentence what was imported."""
    table = open_table(content, filename)
    kept = kept_layout(office(), user, partnership_id, ImportKind.RESULTS, table.columns)
    layout = _layout(user, cycle, table, kept if isinstance(kept, ResultsLayout) else AS_WRITTEN)
    if layout is None:
        return
    with st.spinner("Reading the file…"):
        found = preview_results(office(), user, cycle.id, content, filename, layout)
    st.markdown(
        f"This fills the returns of {count_of(found.organisations, 'organisation')} with "
        f"{count_of(found.answers, 'answer')}, of which {found.not_applicable} “not applicable”, and marks them as "
        "submitted. Returns that have answers are never overwritten."
    )
    with st.expander("What would change"):
        rows = [{"Organisation": name, "Answers": count} for name, count in found.answers_by_name.items()]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Answers that each organisation would get")
    if st.button("Import", type="primary", key="page.import"):
        with st.spinner("Importing…"):
            import_results(office(), user, cycle.id, content, filename, layout)
            keep_layout(office(), user, partnership_id, table.columns, layout)
        done(f"Imported. {count_of(found.answers, 'answer')} of {count_of(found.organisations, 'organisation')}.")


def _layout(user: User, cycle: Cycle, table: OpenTable, kept: ResultsLayout) -> ResultsLayout | None:
    columns = dict(kept.columns)
    questions = question_columns(office(), user, cycle.id, table.columns)
    if not table.has(*REQUIRED) or columns:
        st.markdown("**Which column is what?** Your choice is kept for the next file with the same headings.")
        if questions:
            ids = ", ".join(questions.values())
            st.write(
                f"This file has a column for each of {count_of(len(questions), 'question')}: {ids}. "
                "Columns that name no question by its id are left out."
            )
        names = (_ORGANISATION,) if questions else (*REQUIRED, *OPTIONAL)
        columns = _columns(table, columns, names)
        missing = [name for name in REQUIRED if name in names and not columns.get(name)]
        if missing:
            st.write(f"Still to choose: {', '.join(missing)}. Then you see what the import would do.")
            return None
    read = seen_through(table, ResultsLayout(columns, questions=questions))
    words = list(dict.fromkeys(row["rating"] for row in read.rows() if row["rating"]))
    scales = scales_of(office(), user, cycle.id)
    unknown = [word for word in words if not any(_knows(scale, word) for scale in scales)]
    if len(unknown) > _MOST_WORDS:
        raise BadInputError(
            f"The column of ratings has more than {_MOST_WORDS} words that are no ratings here. Choose another column."
        )
    return ResultsLayout(columns, _ratings(unknown, scales, kept), questions)


def _knows(scale: RatingScale, word: str) -> bool:
    return scale.find(word) is not None or word.casefold() in scale.not_applicable_words


def _columns(table: OpenTable, kept: dict[str, str], names: Sequence[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for name in names:
        options = [_NONE, *table.columns]
        wanted = kept.get(name) or next((one for one in table.columns if one.casefold() == name), _NONE)
        index = options.index(wanted) if wanted in options else 0
        heading = st.selectbox(_QUESTIONS[name], options, index=index, key=f"page.column.{name}", width=480)
        if heading != _NONE:
            chosen[name] = heading
    return chosen


def _ratings(unknown: Sequence[str], scales: Sequence[RatingScale], kept: ResultsLayout) -> dict[str, str]:
    if not unknown:
        return dict(kept.ratings)
    st.markdown("**Which rating does each word of the file mean?**")
    titles = {rating.key: rating.label for scale in scales for rating in scale.ratings}
    titles |= {NOT_APPLICABLE: "Not applicable", LEFT_OUT: "No answer: leave these rows out"}
    chosen = {}
    for number, word in enumerate(unknown):
        meaning = kept.ratings.get(word.casefold())
        key = st.selectbox(
            f"“{plain(word)}” means",
            list(titles),
            index=list(titles).index(meaning) if meaning in titles else None,
            format_func=lambda one: titles[one],
            placeholder="Choose a rating",
            key=f"page.rating.{number}",
            width=480,
        )
        if key is not None:
            chosen[word.casefold()] = key
    return chosen
