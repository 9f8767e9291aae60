"""Page: e-mails, whether they can be sent, what became of them, and the texts they have."""

from __future__ import annotations

import streamlit as st

from section11.config import settings
from section11.domain.people import User
from section11.permissions import Right
from section11.services.directory import managed_partnerships
from section11.services.mail_overview import MailOverview, send_test_mail, set_reply_address, view_mail
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.mail_list import show_mails
from section11.ui.components.mail_writing import write_texts
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.session import page_state, require_user
from section11.ui.words import plain

NOT_SET_UP = (
    "**No e-mail is sent yet**, because no mail server is set. Until then you copy the links of invitations from the "
    "page People and send them yourself, and nobody is reminded. Whoever runs the server sets `SECTION11_SMTP_HOST` "
    "and `SECTION11_MAIL_FROM`; docs/running.md says how."
)


def main(user: User) -> None:
    state = page_state("mail")
    st.title("E-mails")
    st.write(
        "People are told when something waits for them: an invitation, a new audit, a question, a result. "
        "An e-mail says that there is something to read, and never what it says."
    )
    partnerships = managed_partnerships(office(), user, Right.MANAGE_MAIL)
    ids = [one.id for one in partnerships]
    chosen = partnerships[0]
    if len(ids) > 1:
        wanted = chosen_from("Partnership", ids, [one.name for one in partnerships], name="partnership")
        chosen = next(one for one in partnerships if one.id == wanted)
    overview = view_mail(office(), user, chosen.id)
    sending, texts = st.tabs(["Sending", "Texts"], key="page.tab")
    with sending:
        _set_up(user, chosen.id, overview)
        show_mails(user, overview)
        _replies(user, chosen.id, overview)
    with texts:
        write_texts(user, chosen, settings().base_url, state)


def _set_up(user: User, partnership_id: str, overview: MailOverview) -> None:
    if not overview.sender:
        st.info(NOT_SET_UP)
        return
    st.markdown(f"E-mails come from **{plain(overview.sender)}**. They go out within a minute or two.")
    if st.button("Send a test e-mail to myself", key="page.test"):
        with shown_as_message(), st.spinner("Sending…"):
            send_test_mail(office(), user, partnership_id)
            remember_success(f"Sent to {user.person.email}. It should arrive within a few minutes.")
            st.rerun()


def _replies(user: User, partnership_id: str, overview: MailOverview) -> None:
    st.header("Replies")
    with st.form("page.replies", enter_to_submit=False):
        address = st.text_input(
            "E-mail address that replies go to",
            value=overview.reply_address,
            help="For example the mailbox of the partnership's business manager. Leave it empty to let replies go to "
            "the address that e-mails come from.",
        )
        if st.form_submit_button("Save the address"):
            with shown_as_message():
                set_reply_address(office(), user, partnership_id, address or "")
                remember_success("Saved. Replies to e-mails sent from now on go there.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
