"""Taking in a staff survey: counted already, or as a survey tool exports the answers of each person."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.survey import FEWEST_RESPONSES
from section11.services.taking_in.keeping import ImportKind
from section11.services.taking_in.layouts import SurveyLayout, keep_layout, kept_layout
from section11.services.taking_in.responses import (
    USUALLY_AGREE,
    USUALLY_NO_ANSWER,
    likely_subject,
    response_headings,
    words_under,
)
from section11.services.taking_in.survey import REQUIRED, SurveyChange, import_survey, preview_survey, survey_subjects
from section11.ui.cache import office
from section11.ui.words import count_of, plain

_NOBODY = "(not asked)"


def take_in_survey(
    user: User, cycle: Cycle, partnership_id: str, content: bytes, filename: str, done: Callable[[str], None]
) -> None:
    """Draw the choices, the preview and the button; ``done`` is told in a sentence what was imported."""
    headings = response_headings(content, filename)
    is_counted = {one.casefold() for one in headings} >= set(REQUIRED)
    layout = None if is_counted else _layout(user, cycle, partnership_id, content, filename, headings)
    if not is_counted and layout is None:
        return
    with st.spinner("Counting the answers…"):
        found = preview_survey(office(), user, cycle.id, content, filename, layout)
    left_out = (
        f" {found.too_few} left out for fewer than {FEWEST_RESPONSES} responses, so that nobody can be recognised."
        if found.too_few
        else ""
    )
    st.markdown(
        f"{count_of(found.results, 'result')}, of which {found.replaced} take the place of earlier ones.{left_out}"
    )
    if found.results:
        with st.expander("What would change"):
            st.dataframe(pd.DataFrame(map(_row, found.changes)), hide_index=True, alt="Results before and after")
    if not found.results:
        st.write("There is nothing to import.")
    elif st.button("Import", type="primary", key="page.import"):
        with st.spinner("Importing…"):
            import_survey(office(), user, cycle.id, content, filename, layout)
            if layout is not None:
                keep_layout(office(), user, partnership_id, headings, layout)
        done(f"Imported. {count_of(found.results, 'result')}.")


def _row(change: SurveyChange) -> dict[str, str]:
    before, after = change.before, change.after
    return {
        "Who": change.organisation or "Everybody",
        "About": after.subject,
        "Now": f"{before.agree} of {before.responses} agree" if before else "Nothing",
        "After the import": f"{after.agree} of {after.responses} agree",
    }


def _layout(
    user: User, cycle: Cycle, partnership_id: str, content: bytes, filename: str, headings: tuple[str, ...]
) -> SurveyLayout | None:
    found = kept_layout(office(), user, partnership_id, ImportKind.SURVEY, headings)
    kept = found if isinstance(found, SurveyLayout) else None
    st.markdown(
        "This file has the answers of each person. Say what its columns are; names, addresses and everything you do "
        "not choose are not read. Your choice is kept for the next file with the same headings."
    )
    organisations = [_NOBODY, *headings]
    wanted = kept.organisation if kept and kept.organisation in headings else _NOBODY
    organisation = st.selectbox(
        "Under which heading do people say where they work?",
        organisations,
        index=organisations.index(wanted),
        key="page.organisation",
        width=480,
    )
    subjects = survey_subjects(office(), user, cycle.id)
    usual = kept.subjects if kept else {one: subject for one in headings if (subject := likely_subject(one, subjects))}
    chosen = st.multiselect(
        "Which columns ask whether people agree?",
        headings,
        default=[one for one in headings if one in usual],
        key="page.columns",
    )
    by_heading = {one: _subject(number, one, subjects, usual.get(one)) for number, one in enumerate(chosen)}
    if not chosen or not all(by_heading.values()):
        st.write("Choose the columns, and what each asks about, to see what the import would do.")
        return None
    words = words_under(content, filename, chosen)
    agree = st.multiselect(
        "Which answers agree?", words, default=_usual(words, kept.agree if kept else USUALLY_AGREE), key="page.agree"
    )
    left_out = st.multiselect(
        "Which answers are none, and are left out?",
        words,
        default=_usual(words, kept.left_out if kept else USUALLY_NO_ANSWER),
        key="page.left_out",
    )
    return SurveyLayout(
        subjects={heading: subject for heading, subject in by_heading.items() if subject},
        organisation="" if organisation == _NOBODY else organisation,
        agree=[word.casefold() for word in agree],
        left_out=[word.casefold() for word in left_out],
    )


def _subject(number: int, heading: str, subjects: dict[str, str], usual: str | None) -> str | None:
    keys = list(subjects)
    return st.selectbox(
        f"“{plain(heading)}” asks about",
        keys,
        index=keys.index(usual) if usual in keys else None,
        format_func=lambda one: f"{one} {subjects[one]}",
        placeholder="Choose a question or arrangement",
        key=f"page.subject.{number}.{heading}",
    )


def _usual(words: list[str], known: object) -> list[str]:
    return [word for word in words if isinstance(known, (list, tuple, frozenset)) and word.casefold() in known]
