"""Page: the whole return on one page, what is missing, and the sign-off."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import EDITABLE, STATUS_TITLES, AssessmentStatus
from section11.services.answering import AssessmentView, view_assessment
from section11.services.signing import missing_in, paper_to_sign, send_for_sign_off, sign_off, take_back
from section11.ui.cache import office
from section11.ui.components.choosing import from_address
from section11.ui.components.evidence_fold import remember_evidence
from section11.ui.components.hand_back_note import show_request
from section11.ui.components.letter_links import show_own_letter
from section11.ui.components.links import download_link, return_download_path, return_pdf_path
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.notices import show_notices_before_sign_off
from section11.ui.components.query_threads import show_own_threads
from section11.ui.components.released_moderation import show_own_moderation
from section11.ui.components.return_reading import show_answers
from section11.ui.components.signed_versions import show_signed_versions
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, due_words, plain, saved_at


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    state = page_state(f"whole return {assessment_id}")
    view = view_assessment(office(), user, assessment_id)
    remember_evidence(user, view)
    st.title("The whole return")
    status = view.assessment.status
    st.markdown(
        f"**{plain(view.organisation.name)}**, {plain(view.cycle.name)}, "
        f"{due_words(view.cycle.due, uk_date(office().clock()))}. **{STATUS_TITLES[status]}.**"
    )
    show_request(view, with_links=view.can_edit)
    if view.assessment.signed_at and status not in EDITABLE:
        st.success(f"Signed and submitted at {saved_at(view.assessment.signed_at, office().clock())}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        if view.can_edit:
            st.page_link(
                page_path("assessment.py"), label="Back to the questions", query_params={"assessment": assessment_id}
            )
        download_link("Download as Excel", return_download_path(assessment_id), key="page.download")
        download_link("Download as PDF", return_pdf_path(assessment_id), key="page.pdf")
        st.page_link(page_path("history.py"), label="What happened", query_params={"assessment": assessment_id})
    show_signed_versions(user, assessment_id)
    if status in EDITABLE or status is AssessmentStatus.AWAITING_SIGN_OFF:
        show_notices_before_sign_off(user, view)
        _before_sign_off(user, view, state)
    show_own_letter(view)
    show_own_threads(user, assessment_id, can_reply=view.can_reply)
    show_own_moderation(user, view)
    st.header("Answers")
    show_answers(view)


def _before_sign_off(user: User, view: AssessmentView, state: dict[str, Any]) -> None:
    missing = missing_in(view)
    if missing:
        st.header("Still missing")
        st.write(f"{count_of(len(missing), 'thing')} to put right before this return can be signed.")
        for one in missing:
            standard_id = view.standards_set.standard_id_by_question_id[one.question_id]
            st.page_link(
                page_path("assessment.py"),
                label=f"{plain(one.question_id)}: {plain(one.message)}",
                query_params={"assessment": view.assessment.id, "standard": standard_id, "question": one.question_id},
            )
    elif view.assessment.status is AssessmentStatus.IN_PROGRESS and view.can_edit:
        _send(user, view)
    elif view.assessment.status in EDITABLE:
        if view.can_edit:
            st.info("Change what scrutiny asked for. After the first change you can send it for sign-off again.")
    else:
        _sign(user, view, state)


def _send(user: User, view: AssessmentView) -> None:
    st.header("Ready for sign-off")
    if view.can_sign_off:
        todo = "Close the return for changes, then read it as a whole and sign it here."
        done = "Closed for changes. Read the answers below, then sign."
    else:
        todo = "Send the return to your approver, who reads it and signs."
        done = "Sent for sign-off. Your approver finds it on their home page."
    st.write(f"Every question is answered. {todo}")
    label = "Go on to sign-off" if view.can_sign_off else "Send for sign-off"
    if st.button(label, type="primary", key="page.send"):
        with shown_as_message():
            send_for_sign_off(office(), user, view.assessment.id)
            remember_success(done)
            st.rerun()


def _sign(user: User, view: AssessmentView, state: dict[str, Any]) -> None:
    st.header("Sign-off")
    if not view.can_sign_off:
        st.info("This return waits for your organisation's approver to sign it.")
        return
    st.write("Read the answers below, then sign. If something must change first, take the return back.")
    paper = paper_to_sign(office(), user, view.assessment.id)
    # What the person read is what was drawn before they pressed the button.
    read = state.get("paper", paper)
    state["paper"] = paper
    agreed = st.checkbox(plain(paper.declaration), key="page.agreed")
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Sign and submit", type="primary", key="page.sign"):
            with shown_as_message():
                sign_off(office(), user, view.assessment.id, agreed=agreed, paper=read)
                remember_success("Signed and submitted. You can read and download it here at any time.")
                st.rerun()
        if st.button("Take back for changes", key="page.take_back"):
            with shown_as_message():
                take_back(office(), user, view.assessment.id)
                remember_success("The return is open for changes again.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
