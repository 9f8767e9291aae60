"""Page: the whole history of one return, who did what when and what reads differently since."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_time
from section11.permissions import Right, may_somewhere
from section11.reports.return_history import HistoryEntry
from section11.services.histories import return_history
from section11.ui.cache import office
from section11.ui.components.changed_fields import show_field
from section11.ui.components.choosing import from_address
from section11.ui.components.links import download_link, history_download_path
from section11.ui.components.lists import paged, searched
from section11.ui.components.text_difference import LEGEND
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    page_state(f"history {assessment_id}")
    history = return_history(office(), user, assessment_id)
    st.title("What happened")
    st.markdown(
        f"**{plain(history.organisation.name)}**, {plain(history.cycle.name)}: "
        "who did what, and how each answer read before and after. The latest is on top."
    )
    own = history.organisation.id in {grant.organisation_id for grant in user.grants}
    with st.container(horizontal=True, vertical_alignment="center"):
        back = "whole_return.py" if own or not may_somewhere(user, Right.READ_RETURNED) else "organisation.py"
        st.page_link(page_path(back), label="Back to the return", query_params={"assessment": assessment_id})
        download_link("Download as Excel", history_download_path(assessment_id), key="page.history")
    if not history.entries:
        st.write("Nothing has happened to this return yet.")
        return
    found = searched(list(reversed(history.entries)), _words_of, key="page.search")
    if any(entry.fields for entry in found):
        st.caption(LEGEND)
    for entry in paged(found, "event", key="page.events"):
        _entry(entry)


def _words_of(entry: HistoryEntry) -> str:
    fields = " ".join(f"{one.title} {one.before} {one.after}" for one in entry.fields)
    return f"{entry.who} {entry.said} {entry.question_id} {entry.note} {fields}"


def _entry(entry: HistoryEntry) -> None:
    local = uk_time(entry.at)
    about = f" ({plain(entry.question_id)})" if entry.question_id else ""
    with st.container(border=True):
        st.markdown(f"**{local:%H:%M} on {long_date(local.date())}**: {plain(entry.who)} {entry.said}{about}.")
        if entry.note:
            st.markdown(plain(entry.note))
        for field in entry.fields:
            show_field(field)


if __name__ == "__main__":
    main(require_user())
