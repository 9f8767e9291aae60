"""What changed in a return since the last time it was signed, as scrutiny reads it: differences only."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date
from section11.reports.return_changes import ChangedAnswer
from section11.services.changes import changes_since_last_time
from section11.ui.cache import office
from section11.ui.components.changed_fields import show_field
from section11.ui.components.text_difference import LEGEND
from section11.ui.words import count_of, plain


def show_changes(user: User, assessment_id: str) -> None:
    """Draw the answers that changed between the last two signatures; nothing when there is only one."""
    changes = changes_since_last_time(office(), user, assessment_id)
    if changes is None:
        return
    st.header("Changed since last time")
    before, again = (long_date(uk_date(one)) for one in (changes.signed_before, changes.signed_again))
    changed = count_of(len(changes.answers), "answer")
    st.markdown(f"Signed {before}, signed again {again}: **{changed} changed**, the others read as before.")
    if changes.hand_back is not None:
        about = ", ".join(changes.hand_back.question_ids)
        st.markdown(f"Asked for: {plain(changes.hand_back.reason)}" + (f" ({plain(about)})" if about else ""))
    if changes.answers:
        st.caption(LEGEND)
    for one in changes.answers:
        _answer(one)


def _answer(changed: ChangedAnswer) -> None:
    with st.container(border=True):
        st.markdown(f"**{plain(changed.question.id)}** {plain(changed.question.text)}")
        for field in changed.fields:
            show_field(field)
