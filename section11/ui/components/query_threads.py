"""Threads on answers: what scrutiny asked, what the organisation replied, and notes that only scrutiny sees."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from section11.domain.people import User
from section11.domain.queries import QuerySide
from section11.errors import Section11Error
from section11.services.answering import AssessmentView
from section11.services.asking import ask, note_internally, reply
from section11.services.queries import Message, Thread, mark_read, threads_for_scrutiny, threads_of_own_return
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.privacy_hint import privacy_hint
from section11.ui.words import plain, saved_at

TO_ORGANISATION, TO_SCRUTINY = "The organisation and scrutiny", "Scrutiny only"


def show_own_thread(user: User, thread: Thread | None, *, can_reply: bool) -> None:
    """Draw what scrutiny asked about one answer, with a box to reply; nothing where nothing was asked."""
    if thread is not None:
        _own_thread(user, thread, can_reply)


def show_own_threads(user: User, assessment_id: str, *, can_reply: bool) -> None:
    """Draw every thread of a return as its organisation sees it; nothing when nothing was asked."""
    threads = threads_of_own_return(office(), user, assessment_id)
    if threads:
        st.header("Questions from scrutiny")
    for thread in threads.values():
        _own_thread(user, thread, can_reply)


def show_scrutiny_threads(user: User, view: AssessmentView) -> None:
    """Draw every thread of a return as scrutiny sees it, and the form to ask or to note something."""
    threads = threads_for_scrutiny(office(), user, view.assessment.id)
    st.header("Questions and notes")
    if not threads:
        st.write("Nothing has been asked about this return yet.")
    for thread in threads.values():
        show_scrutiny_thread(user, thread)
    _ask_form(user, view)


def show_scrutiny_thread(user: User, thread: Thread) -> None:
    """Draw one thread as scrutiny sees it."""
    with st.expander(_title(thread), expanded=bool(thread.unread)):
        _messages(thread)
        _mark_read_button(user, thread, as_scrutiny=True)


def _own_thread(user: User, thread: Thread, can_reply: bool) -> None:
    with st.expander(f"Scrutiny asks about {_title(thread)}", expanded=bool(thread.unread)):
        _messages(thread)
        if can_reply:
            key = f"page.reply.{thread.question.id}"
            with st.form(f"{key}.form", enter_to_submit=False, border=False):
                st.text_area(f"Reply about {thread.question.id}", key=key)
                privacy_hint(st.session_state[key] or "")
                st.form_submit_button(
                    f"Send the reply about {thread.question.id}",
                    on_click=_send,
                    args=(key, lambda words: reply(office(), user, thread.assessment_id, thread.question.id, words)),
                )
            _refusal(key)
        _mark_read_button(user, thread, as_scrutiny=False)


def _title(thread: Thread) -> str:
    new = f" ({thread.unread} new)" if thread.unread else ""
    return f"{plain(thread.question.id)} {plain(thread.question.text)}{new}"


def _messages(thread: Thread) -> None:
    for one in thread.messages:
        _message(one)


def _message(one: Message) -> None:
    side = "scrutiny" if one.by_scrutiny else "the organisation"
    marks = " :gray-badge[Scrutiny only]" if one.side is QuerySide.INTERNAL else ""
    marks += " :blue-badge[New]" if one.is_unread else ""
    st.markdown(f"**{plain(one.who)}**, {side}, {saved_at(one.at, office().clock())}{marks}")
    st.markdown(plain(one.words))


def _mark_read_button(user: User, thread: Thread, *, as_scrutiny: bool) -> None:
    if thread.unread and st.button(
        f"Mark {thread.question.id} as read", key=f"page.read.{thread.assessment_id}.{thread.question.id}"
    ):
        with shown_as_message():
            mark_read(office(), user, thread.assessment_id, thread.question.id, as_scrutiny=as_scrutiny)
            st.rerun()


def _ask_form(user: User, view: AssessmentView) -> None:
    questions = {one.id: one.text for one in view.standards_set.questions_for(view.assessment.organisation_type)}
    key = "page.ask"
    with st.form(f"{key}.form", enter_to_submit=False):
        st.subheader("Ask about an answer, or note something")
        st.selectbox(
            "Question", list(questions), format_func=lambda one: f"{one} {questions[one]}", key=f"{key}.question"
        )
        st.radio("Who sees it", [TO_ORGANISATION, TO_SCRUTINY], key=f"{key}.side", horizontal=True)
        st.text_area("What you ask or note", key=key)
        privacy_hint(st.session_state[key] or "")
        st.form_submit_button("Add to the thread", on_click=_send, args=(key, _asking(user, view.assessment.id, key)))
    _refusal(key)


def _asking(user: User, assessment_id: str, key: str) -> Callable[[str], None]:
    def write(words: str) -> None:
        send = note_internally if st.session_state[f"{key}.side"] == TO_SCRUTINY else ask
        send(office(), user, assessment_id, st.session_state[f"{key}.question"], words)

    return write


def _send(key: str, write: Callable[[str], None]) -> None:
    """Send what is in the box and empty it; when it is refused, the words stay and the reason is kept beside them."""
    try:
        write(st.session_state[key] or "")
    except Section11Error as error:
        st.session_state[f"{key}.refused"] = error.user_message
        return
    st.session_state[key] = ""
    remember_success("Sent.")


def _refusal(key: str) -> None:
    refused = st.session_state.pop(f"{key}.refused", None)
    if refused:
        st.error(plain(refused))
