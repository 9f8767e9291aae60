"""What scrutiny asked for when it gave a return back, as its organisation sees it until it signs again."""

from __future__ import annotations

import streamlit as st

from section11.domain.hand_backs import HAND_BACK_TITLES, HandBackKind
from section11.domain.standards import Question
from section11.domain.uk_time import long_date, uk_date
from section11.domain.workflow import EDITABLE, AssessmentStatus
from section11.services.answering import AssessmentView
from section11.ui.navigation import page_path
from section11.ui.words import plain


def show_request(view: AssessmentView, *, with_links: bool = True) -> None:
    """Draw the reason and a link to each question it is about; nothing when nothing is asked for."""
    reason, asked = view.assessment.hand_back_reason, view.hand_back
    if not reason or view.assessment.status not in EDITABLE | {AssessmentStatus.AWAITING_SIGN_OFF}:
        return
    title = asked.title if asked else HAND_BACK_TITLES[HandBackKind.HAND_BACK]
    day = f" on {long_date(uk_date(asked.at))}" if asked else ""
    st.warning(f"{title}{day}: {plain(reason)}")
    if asked is None or not asked.question_ids or not with_links:
        return
    st.markdown("**It is about these questions:**")
    questions = view.standards_set.questions_by_id
    for question_id in asked.question_ids:
        standard_id = view.standards_set.standard_id_by_question_id[question_id]
        st.page_link(
            page_path("assessment.py"),
            label=f"{plain(question_id)} {plain(questions[question_id].text)}",
            query_params={"assessment": view.assessment.id, "standard": standard_id, "question": question_id},
        )


def show_request_on(view: AssessmentView, question: Question) -> None:
    """Mark a question that scrutiny asked about; nothing on the others."""
    if is_asked_about(view, question):
        st.warning(f"Scrutiny asks you to look at {plain(question.id)} again. The reason is at the top of this page.")


def is_asked_about(view: AssessmentView, question: Question) -> bool:
    return view.hand_back is not None and question.id in view.hand_back.question_ids
