"""Links to the feedback letter of one return, for its organisation and for scrutiny."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.workflow import AssessmentStatus
from section11.permissions import Right, may_somewhere
from section11.services.answering import AssessmentView
from section11.services.letters import FORMAT_TITLES
from section11.ui.components.links import download_link, letter_path


def show_own_letter(view: AssessmentView) -> None:
    """Draw the letter's links on the organisation's own page, once the return is released."""
    if view.assessment.status is not AssessmentStatus.RELEASED:
        return
    st.header("Feedback letter")
    st.write("Scrutiny has released this return. The letter says what it found, and what to work on.")
    with st.container(horizontal=True):
        show_letter_links(view.assessment.id, "Download the letter")


def show_letter_for_scrutiny(user: User, view: AssessmentView) -> None:
    """Draw the letter's links among others, as a preview until the return is released."""
    if may_somewhere(user, Right.WRITE_LETTERS):
        is_released = view.assessment.status is AssessmentStatus.RELEASED
        show_letter_links(view.assessment.id, "Feedback letter" if is_released else "Preview the letter")


def show_letter_links(assessment_id: str, label: str) -> None:
    """Draw a link for each format."""
    for letter_format, title in FORMAT_TITLES.items():
        key = f"page.letter.{assessment_id}.{letter_format.value}"
        download_link(f"{label} ({title})", letter_path(assessment_id, letter_format.value), key=key)
