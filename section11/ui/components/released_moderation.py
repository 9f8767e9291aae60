"""What moderation came to, once it is released: the organisation's own rating and the moderated one side by side."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.standards import Question
from section11.domain.workflow import AssessmentStatus
from section11.services.answering import AssessmentView
from section11.services.releasing import ReleasedModeration, view_released_moderation
from section11.ui.cache import office
from section11.ui.components.moderation_words import show_judgement
from section11.ui.components.rating_words import state_badge
from section11.ui.words import count_of, plain


def show_own_moderation(user: User, view: AssessmentView) -> None:
    """Draw what scrutiny found, on the organisation's own page; nothing until it is released."""
    if view.assessment.status is not AssessmentStatus.RELEASED:
        return
    released = view_released_moderation(office(), user, view.assessment.id)
    if released is not None:
        show_moderation(view, released)


def show_moderation(view: AssessmentView, released: ReleasedModeration) -> None:
    """Draw every outcome beside the organisation's own rating, those that differ first."""
    questions = [one for one in view.standards_set.all_questions() if one.id in released.outcomes]
    differing = [one for one in questions if released.outcomes[one.id].rating != view.answer_to(one.id).rating]
    st.header("What scrutiny found")
    by = f" Moderated by {plain(' and '.join(released.moderators))}." if released.moderators else ""
    st.markdown(f"{count_of(len(differing), 'rating')} of {len(questions)} differ from the organisation's own.{by}")
    for question in differing:
        _beside(view, question, released)
    same = [one for one in questions if one not in differing]
    if same:
        with st.expander(f"{count_of(len(same), 'rating')} scrutiny agrees with"):
            for question in same:
                _beside(view, question, released)


def _beside(view: AssessmentView, question: Question, released: ReleasedModeration) -> None:
    scale = view.standards_set.scale
    own = view.answer_to(question.id).rating
    with st.container(border=True):
        st.markdown(f"**{plain(question.id)}** {plain(question.text)}")
        left, right = st.columns(2)
        with left:
            rating = scale.rating(own) if own else None
            badge = state_badge(rating.label, rating.tone) if rating else state_badge("No rating", None)
            st.markdown(f"**The organisation's own rating**\n\n{badge}")
        with right:
            st.markdown("**Moderated rating**")
            show_judgement(scale, released.outcomes[question.id])
