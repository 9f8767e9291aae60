"""Writing the texts of e-mails: one kind at a time, with its placeholders and an example beside it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.mail import MAIL_TITLES, MailKind
from section11.domain.organisations import Partnership
from section11.domain.people import User
from section11.errors import Section11Error
from section11.reports.mail_wording import LONGEST_BODY, LONGEST_SUBJECT, placeholders_of
from section11.services.mail_texts import OwnMailText, change_mail_text, list_mail_texts, preview_mail
from section11.storage.mail_texts import MailText
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.messages import remember_success
from section11.ui.words import plain

HOW_TO_WRITE = (
    "Placeholders such as {{ organisation }} are replaced for each e-mail. To leave something out where there is "
    "nothing to tell, write {% if days %} before it and {% endif %} after it."
)


def write_texts(user: User, partnership: Partnership, base_url: str, state: dict[str, Any]) -> None:
    """Draw the text of the chosen kind to change, and how it reads."""
    texts = list_mail_texts(office(), user, partnership.id)
    titles = [MAIL_TITLES[one] + ("" if texts[one].is_usual else " (your wording)") for one in MailKind]
    kind = MailKind(chosen_from("Which e-mail", [one.value for one in MailKind], titles, name="kind"))
    own = texts[kind]
    # What this person began from, however often the page is drawn again.
    read = state.setdefault(f"{partnership.id}.{kind}", own.text)
    with st.expander("Placeholders, and how to write"):
        st.markdown(plain(HOW_TO_WRITE))
        lines = ["| Placeholder | What stands in its place |", "| --- | --- |"]
        lines += [f"| {plain(f'{{{{ {name} }}}}')} | {plain(words)} |" for name, words in placeholders_of(kind).items()]
        st.markdown("\n".join(lines))
    left, right = st.columns(2, gap="large")
    with left:
        written = _boxes(partnership.id, kind, own)
        with st.container(horizontal=True):
            if st.button("Save this text", type="primary", key="page.save"):
                _save(user, partnership.id, kind, written, read, state)
            if not own.is_usual and st.button("Back to our wording", key="page.usual"):
                _save(user, partnership.id, kind, None, read, state)
    with right:
        _example(kind, written, partnership.name, base_url)


def _boxes(partnership_id: str, kind: MailKind, own: OwnMailText) -> MailText:
    subject = st.text_input(
        "Subject",
        value=own.text.subject,
        max_chars=LONGEST_SUBJECT,
        key=f"page.subject.{partnership_id}.{kind}",
    )
    body = st.text_area(
        "Text",
        value=own.text.body,
        height=420,
        max_chars=LONGEST_BODY,
        key=f"page.body.{partnership_id}.{kind}",
        help="The example is drawn again when you click outside the box or press Ctrl and Enter.",
    )
    return MailText(subject or "", body or "")


def _save(
    user: User, partnership_id: str, kind: MailKind, text: MailText | None, read: MailText, state: dict[str, Any]
) -> None:
    try:
        change_mail_text(office(), user, partnership_id, kind, text, instead_of=read)
    except Section11Error as error:
        st.error(f"{plain(error.user_message)} Nothing was saved.")
        return
    state.pop(f"{partnership_id}.{kind}")
    for box in ("subject", "body"):
        st.session_state.pop(f"page.{box}.{partnership_id}.{kind}", None)
    remember_success("The text is saved. E-mails made from now on have it.")
    st.rerun()


def _example(kind: MailKind, written: MailText, partnership_name: str, base_url: str) -> None:
    with st.container(border=True):
        st.markdown("**How it reads**, for somebody who is made up")
        try:
            words = preview_mail(kind, written, partnership_name, base_url)
        except Section11Error as error:
            st.error(plain(error.user_message))
            return
        st.markdown(f"**{plain(words.subject)}**")
        st.markdown(plain(words.text))
