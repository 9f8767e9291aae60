"""Good practice to share: the answers that scrutiny picked for a question, and picking another."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.permissions import Right, may_somewhere
from section11.services.good_practice import AnswerToRead, pick_good_practice, unpick_good_practice
from section11.ui.cache import answers_to, office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import count_of, plain


def show_picked(found: list[AnswerToRead]) -> None:
    """Draw answers that were picked, each with why."""
    for one in found:
        with st.container(border=True):
            why = plain(one.picked.why) if one.picked else ""
            st.markdown(f"**{plain(one.organisation_name)}.** What others can learn: {why}")
            for title, text in (("Evidence", one.answer.evidence), ("Impact on children", one.answer.impact)):
                if text:
                    st.markdown(f"**{title}:** {plain(text)}")


def show_good_practice(user: User, cycle_id: str, set_id: str, question_id: str) -> None:
    """Draw what was picked for a question, and for those who may pick the choice of another answer."""
    st.header("Good practice to share")
    answers = answers_to(user, cycle_id, set_id, question_id)
    picked = [one for one in answers if one.picked is not None]
    if not picked:
        st.write("Nothing has been picked for this question yet.")
    show_picked(picked)
    if not may_somewhere(user, Right.PICK_GOOD_PRACTICE):
        return
    written = [one for one in answers if one.answer.evidence.strip() or one.answer.impact.strip()]
    if not written:
        return
    with st.expander("Pick an answer, or take one back"):
        _pick(user, written, question_id)


def _pick(user: User, written: list[AnswerToRead], question_id: str) -> None:
    names = {one.assessment_id: one for one in written}
    chosen = st.selectbox(
        f"Answer, of {count_of(len(names), 'organisation')}",
        list(names),
        format_func=lambda one: names[one].organisation_name + (" (picked)" if names[one].picked else ""),
        key=f"page.pick.{question_id}",
        width=480,
    )
    one = names[chosen]
    for title, text in (("Evidence", one.answer.evidence), ("Impact on children", one.answer.impact)):
        if text:
            st.markdown(f"**{title}:** {plain(text)}")
    before = one.picked.why if one.picked else ""
    why = st.text_area("What others can learn from it", value=before, key=f"page.why.{question_id}.{chosen}")
    with st.container(horizontal=True):
        if st.button("Pick this answer", key=f"page.do_pick.{question_id}", type="primary"):
            with shown_as_message():
                pick_good_practice(office(), user, chosen, question_id, why)
                remember_success(f"The answer of {one.organisation_name} is picked.")
                st.rerun()
        if one.picked and st.button("Take it back", key=f"page.do_unpick.{question_id}"):
            with shown_as_message():
                unpick_good_practice(office(), user, chosen, question_id)
                remember_success(f"The answer of {one.organisation_name} is no longer picked.")
                st.rerun()
