"""A return as it is read: every standard, question, rating and text, on one page."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from section11.domain.answers import STATE_TITLES, Answer, AnswerState, state_of
from section11.domain.question_types import value_words
from section11.domain.standards import Question
from section11.domain.uk_time import long_date
from section11.services.answering import AssessmentView
from section11.ui.components.evidence_fold import show_attached
from section11.ui.components.rating_words import state_badge
from section11.ui.words import plain


def questions_about(view: AssessmentView, subject: str) -> frozenset[str]:
    """Return the questions of a return about a standard or an arrangement, or one question, by their ids."""
    return frozenset(
        question.id
        for standard in view.standards_set.standards
        for question in standard.questions_for(view.assessment.organisation_type)
        if subject in (standard.id, question.id, *question.arrangements)
    )


def show_answers(view: AssessmentView, only: Collection[str] = ()) -> None:
    """Draw the answers of a return, standard by standard: all, or only those to these questions."""
    for standard in view.standards_set.standards:
        asked = standard.questions_for(view.assessment.organisation_type)
        questions = [question for question in asked if not only or question.id in only]
        if not questions:
            continue
        st.subheader(plain(standard.heading))
        for question in questions:
            _answer(view, question)


def _answer(view: AssessmentView, question: Question) -> None:
    with st.container(border=True):
        essential = " (essential)" if question.essential else ""
        asked = f"**{plain(question.id)}** {plain(question.text)}{essential}"
        show_said(view, question, view.answer_to(question.id), heading=asked)


def show_said(view: AssessmentView, question: Question, answer: Answer, *, heading: str = "") -> None:
    """Draw what an organisation says about one question: its rating or value, its texts, evidence and action.

    ``heading`` is Markdown that stands above it. The words are one element, as a return has hundreds of them.
    """
    state = state_of(question, view.assessment.organisation_type, answer)
    if state is AnswerState.RATED and answer.rating:
        rating = view.standards_set.scale.rating(answer.rating)
        chosen = state_badge(rating.label, rating.tone)
    elif state is AnswerState.ANSWERED:
        chosen = plain(value_words(question, answer.value))
    else:
        chosen = state_badge(STATE_TITLES[state], None)
    texts = (
        # What was once not applicable keeps its reason; it is said only where it is so now.
        ("Why it does not apply", answer.reason if state is AnswerState.NOT_APPLICABLE else ""),
        ("Evidence", answer.evidence),
        ("Impact on children", answer.impact),
    )
    said = [f"**{title}:** {plain(text)}" for title, text in texts if text]
    st.markdown("\n\n".join([*filter(None, [heading]), chosen, *said]))
    show_attached(question.id)
    action = view.action_for(question.id)
    if not action.is_empty:
        due = f", by {long_date(action.due)}" if action.due else ""
        st.markdown(f"**Action:** {plain(action.what)} ({plain(action.owner) or 'no owner'}{due})")
