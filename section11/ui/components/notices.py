"""What a careful reader would ask about one return: for its organisation before sign-off, and for scrutiny."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.readings import Notice, essential_without_action
from section11.services.answering import AssessmentView
from section11.services.readings import notices_of_own_return, notices_of_return
from section11.ui.cache import office
from section11.ui.components.lists import paged
from section11.ui.navigation import page_path
from section11.ui.words import plain

TITLE = "What a careful reader would ask"


def show_notices_before_sign_off(user: User, view: AssessmentView) -> None:
    """Draw what the organisation should look at before it signs, each with a link to its question."""
    notices = [
        notice
        for notice in notices_of_own_return(office(), user, view.assessment.id)
        # Without it nobody can sign, so the page names it under what is missing already.
        if notice.check != essential_without_action.CHECK.key
    ]
    if not notices:
        return
    with st.expander(f"{TITLE} ({len(notices)})", expanded=True):
        st.write("None of this keeps you from signing. Whoever reads your return is likely to ask, so look first.")
        for notice in paged(notices, "question to look at", "questions to look at", key="page.notices"):
            _link(view, notice)


def show_notices_for_scrutiny(user: User, assessment_id: str) -> None:
    """Draw what scrutiny may ask about a submitted return, the weightiest first."""
    notices = notices_of_return(office(), user, assessment_id)
    st.header(TITLE)
    if not notices:
        st.write("Nothing stands out in this return.")
        return
    for notice in paged(notices, "thing to ask", "things to ask", key="page.notices"):
        st.markdown(f"- {words_of(notice)}")


def words_of(notice: Notice) -> str:
    """Return a notice as Markdown: the questions it is about, and what to ask."""
    return f"**{plain(', '.join(notice.question_ids))}** {plain(notice.message)}"


def _link(view: AssessmentView, notice: Notice) -> None:
    first = notice.question_ids[0]
    address = {
        "assessment": view.assessment.id,
        "standard": view.standards_set.standard_id_by_question_id[first],
        "question": first,
    }
    st.page_link(
        page_path("assessment.py"),
        label=f"{plain(', '.join(notice.question_ids))}: {plain(notice.message)}",
        query_params=address,
    )
