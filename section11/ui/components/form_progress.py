"""How far a form is, in the sidebar: every saved answer is counted at once, without the whole page running again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from section11.domain.answers import Answer
from section11.domain.assessments import Progress, progress_of
from section11.domain.standards import Standard
from section11.services.answering import AssessmentView
from section11.ui.components.hand_back_note import is_asked_about
from section11.ui.navigation import linked_page
from section11.ui.words import plain

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


@dataclass(frozen=True)
class FormProgress:
    """The two counts that a saved answer changes, of the whole form and of the standard on screen, and their places."""

    view: AssessmentView
    current: Standard
    answers: dict[str, Answer]
    of_form: DeltaGenerator
    of_standard: DeltaGenerator

    def follow(self, answer: Answer) -> None:
        """Count a card's answer and draw both counts again.

        The part of a card that changes it does so on each of its runs, changed or not: what a fragment drew and
        does not draw again is taken from the page.
        """
        self.answers[answer.question_id] = answer
        self._draw()

    def _draw(self) -> None:
        organisation_type = self.view.assessment.organisation_type
        asked = self.view.standards_set.questions_for(organisation_type)
        overall = progress_of(asked, organisation_type, self.answers)
        of_standard = progress_of(self.current.questions, organisation_type, self.answers)
        self.of_form.progress(overall.percent, text=f"{overall.settled} of {overall.asked} answered")
        with self.of_standard:
            _standard_link(self.view, self.current, of_standard)


def show_form_progress(view: AssessmentView, standards: Sequence[Standard], current: Standard) -> FormProgress:
    """Draw the count of the whole form and a link to each standard with its own."""
    of_form = st.empty()
    of_standard = None
    with st.container(key="standards", gap="xsmall"):
        for standard in standards:
            if standard is current:
                with st.container(key="current-standard"):
                    of_standard = st.empty()
            else:
                with st.container():
                    progress = progress_of(standard.questions, view.assessment.organisation_type, view.answers)
                    _standard_link(view, standard, progress)
    shown = FormProgress(view, current, dict(view.answers), of_form, of_standard or st.empty())
    shown._draw()
    return shown


def _standard_link(view: AssessmentView, standard: Standard, progress: Progress) -> None:
    done = progress.settled == progress.asked
    words = "done" if done else f"{progress.settled} of {progress.asked}"
    if any(is_asked_about(view, question) for question in standard.questions):
        words += ", to look at again"
    st.page_link(
        linked_page("assessment.py"),
        label=f"{plain(standard.heading)} ({words})",
        icon=":material/check:" if done else ":material/radio_button_unchecked:",
        query_params={"assessment": view.assessment.id, "standard": standard.id},
    )
