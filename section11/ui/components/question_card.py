"""One question as a quiet card that saves every change by itself."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.answers import Marker
from section11.domain.people import User
from section11.domain.standards import Question, StandardsSet
from section11.services.answering import AssessmentView
from section11.ui.cache import office
from section11.ui.components.answer_saving import CardState, save, save_promise, settling, state_for
from section11.ui.components.conflict import show_conflict
from section11.ui.components.question_help import show_help
from section11.ui.words import plain, saved_at

MARKER_LABELS = {Marker.NOT_APPLICABLE: "Not applicable", Marker.DONT_KNOW_YET: "Don't know yet"}
MARKER_CAPTIONS = {
    Marker.NOT_APPLICABLE: "This does not apply to your organisation. You will be asked why.",
    Marker.DONT_KNOW_YET: "You need to find out. Choose a rating before sign-off.",
}


def question_card(user: User, view: AssessmentView, question: Question, states: dict[str, Any]) -> None:
    """Draw one question of a form. ``states`` is the page's memory of its cards, by question id."""
    state = state_for(view, question, states)
    _card(user, view.assessment.id, view.standards_set, question, state, view.can_edit)


@st.fragment
def _card(
    user: User, assessment_id: str, standards_set: StandardsSet, question: Question, state: CardState, can_edit: bool
) -> None:
    with st.container(border=True, key=f"card-{question.id.replace('.', '-')}"):
        essential = "  :blue-badge[Essential]" if question.essential else ""
        st.markdown(f"#### {plain(question.id)} {plain(question.text)}{essential}")
        show_help(question, standards_set)
        if state.conflict is not None:
            settle = settling(user, assessment_id, question.id, state)
            labels = _choice_labels(standards_set)
            show_conflict(state.conflict, state.answer, settle, question_id=question.id, labels=labels)
            return
        if state.answer.carried_from:
            _brought_forward(user, assessment_id, question, state, can_edit)
        _rating(user, assessment_id, standards_set, question, state, can_edit)
        if st.session_state.get(state.keys["rating"]) == Marker.NOT_APPLICABLE:
            _text(user, assessment_id, question, state, can_edit, "reason", "Why it does not apply", "")
        _text(user, assessment_id, question, state, can_edit, "evidence", "Evidence: what shows it", "")
        _text(user, assessment_id, question, state, can_edit, "impact", "Impact on children", question.impact_prompt)
        _action(user, assessment_id, standards_set, question, state, can_edit)
        _status_line(state, can_edit)


def _choice_labels(standards_set: StandardsSet) -> dict[str, str]:
    return {rating.key: rating.label for rating in standards_set.scale.ratings} | dict(MARKER_LABELS)


def _brought_forward(user: User, assessment_id: str, question: Question, state: CardState, can_edit: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"Brought from {plain(state.answer.carried_from or '')}, not yet confirmed. Change it, or confirm it.",
            width="content",
        )
        st.button(
            f"Confirm {question.id}",
            key=f"page.confirm.{question.id}",
            disabled=not can_edit,
            on_click=settling(user, assessment_id, question.id, state),
            args=({},),
        )


def _rating(
    user: User, assessment_id: str, standards_set: StandardsSet, question: Question, state: CardState, can_edit: bool
) -> None:
    scale, labels = standards_set.scale, _choice_labels(standards_set)
    captions = [question.descriptors.get(rating.key) or rating.meaning for rating in scale.ratings]
    st.radio(
        f"Rating for {question.id}",
        list(labels),
        index=None,
        format_func=lambda key: labels[key],
        captions=[*(plain(caption) for caption in captions), *MARKER_CAPTIONS.values()],
        key=state.keys["rating"],
        disabled=not can_edit,
        on_change=save,
        args=(user, assessment_id, question.id, state, "rating"),
        width="stretch",
    )


def _text(
    user: User,
    assessment_id: str,
    question: Question,
    state: CardState,
    can_edit: bool,
    name: str,
    label: str,
    prompt: str,
) -> None:
    st.markdown(f"**{label}.** {plain(prompt)}" if prompt else f"**{label}**")
    st.text_area(
        f"{label} ({question.id})",
        key=state.keys[name],
        height=110 if can_edit else "content",
        disabled=not can_edit,
        label_visibility="collapsed",
        on_change=save,
        args=(user, assessment_id, question.id, state, name),
    )


def _action(
    user: User, assessment_id: str, standards_set: StandardsSet, question: Question, state: CardState, can_edit: bool
) -> None:
    rating = state.answer.rating
    is_needed = bool(question.essential and rating and standards_set.scale.is_lower_half(rating))
    label = "Action: needed before sign-off" if is_needed and not state.action.is_complete else "Action"
    with st.expander(label, expanded=is_needed or not state.action.is_empty):
        arguments = (user, assessment_id, question.id, state)
        st.text_input(
            f"What will be done ({question.id})",
            key=state.keys["what"],
            disabled=not can_edit,
            on_change=save_promise,
            args=arguments,
        )
        left, right = st.columns(2)
        left.text_input(
            f"Who will do it: a post, not a name ({question.id})",
            key=state.keys["owner"],
            disabled=not can_edit,
            on_change=save_promise,
            args=arguments,
        )
        right.date_input(
            f"By when ({question.id})",
            value=None,
            key=state.keys["due"],
            format="DD/MM/YYYY",
            disabled=not can_edit,
            on_change=save_promise,
            args=arguments,
        )


def _status_line(state: CardState, can_edit: bool) -> None:
    if state.error:
        st.error(plain(state.error))
    elif state.saved_at:
        st.markdown(f":green[:material/check_circle: Saved {saved_at(state.saved_at, office().clock())}]")
    elif state.answer.updated_at:
        st.caption(f"Last saved {saved_at(state.answer.updated_at, office().clock())}")
    elif can_edit:
        st.caption("Not answered yet. Each change is saved by itself.")
