"""Handing a return back or reopening it: the reason, and the questions it is about."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import CycleStatus
from section11.domain.people import User
from section11.domain.workflow import AssessmentStatus
from section11.services.answering import AssessmentView
from section11.services.scrutiny import hand_back, reopen
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.privacy_hint import privacy_hint
from section11.ui.navigation import page_path


def show_giving_back(user: User, view: AssessmentView) -> None:
    """Draw the form: to hand back while the cycle is open, to reopen what was released or after the cycle closed."""
    closed = view.cycle.status is CycleStatus.CLOSED
    is_reopening = closed or view.assessment.status is AssessmentStatus.RELEASED
    if not (view.can_reopen if is_reopening else view.can_hand_back):
        return
    verb, done = ("Reopen", "Reopened for") if is_reopening else ("Hand back", "Handed back to")
    name = view.organisation.name
    with st.expander(f"{verb} for more work"):
        late = " The cycle is closed; that is noted and stops nobody." if closed else ""
        st.write(f"The organisation sees your reason, can change its answers, and signs again.{late}")
        reason = st.text_area("What needs more work", key="page.reason")
        privacy_hint(reason or "")
        questions = {one.id: one.text for one in view.standards_set.questions_for(view.assessment.organisation_type)}
        chosen = st.multiselect(
            "Questions it is about (none: the whole return)",
            list(questions),
            format_func=lambda one: f"{one} {questions[one]}",
            key="page.about",
        )
        if st.button(verb, key="page.hand_back"):
            with shown_as_message():
                give_back = reopen if is_reopening else hand_back
                give_back(office(), user, view.assessment.id, reason, chosen)
                remember_success(f"{done} {name}. They see your reason on their home page.")
                st.switch_page(page_path("returns.py"), query_params={"cycle": view.cycle.id})
