"""Changing one piece of evidence: a new revision, its title and dates, and the revisions before."""

from __future__ import annotations

import streamlit as st

from section11.domain.evidence import NOBODY_IDENTIFIABLE, Description, EvidenceItem, EvidenceKind
from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_date
from section11.errors import BadInputError
from section11.services.evidence import describe_evidence, replace_file, replace_link
from section11.ui.cache import office
from section11.ui.components.evidence_adding import NO_FILE, choose_file, day_input, outcome, show_outcome
from section11.ui.components.evidence_lines import content_words, open_link
from section11.ui.words import plain

KEY = "page.change"


def show_changing(user: User, item: EvidenceItem, *, can_change: bool) -> None:
    """Draw everything about one piece of evidence below its line."""
    if can_change:
        st.subheader("New revision")
        _new_revision(user, item)
        st.subheader("Title and dates")
        _description(user, item)
        show_outcome(KEY)
    if len(item.revisions) > 1:
        st.subheader("All revisions")
    for revision in reversed(item.revisions[:] if len(item.revisions) > 1 else ()):
        added = long_date(uk_date(revision.added_at))
        name = f"“{plain(revision.file_name)}”, " if revision.file_name else ""
        label = f"Revision {revision.number} of {added}: {name}{content_words(revision)}"
        open_link(item, revision, label, key=f"page.revision.{revision.number}")


def _new_revision(user: User, item: EvidenceItem) -> None:
    st.write("It takes the place of the latest wherever this evidence is attached. What was signed before stays.")
    # The number belongs to the key: after a success the input is a new, empty one.
    key = f"{KEY}.content.{item.latest.number}"
    if item.kind is EvidenceKind.FILE:
        choose_file("New file", key=key)
    else:
        st.text_input("New web address, beginning with https://", key=key)
        st.caption(NOBODY_IDENTIFIABLE)
    st.button("Keep the new revision", type="primary", key=f"{KEY}.replace", on_click=_replace, args=(user, item, key))


def _replace(user: User, item: EvidenceItem, key: str) -> None:
    def act() -> str:
        typed = st.session_state.get(key)
        if item.kind is EvidenceKind.LINK:
            changed = replace_link(office(), user, item.id, typed or "")
        elif typed is None:
            raise BadInputError(NO_FILE)
        else:
            changed = replace_file(office(), user, item.id, typed.name, typed.getvalue())
        return f"Revision {changed.latest.number} of “{changed.title}” is kept."

    outcome(KEY, act)


def _description(user: User, item: EvidenceItem) -> None:
    st.text_input("Title", value=item.title, key=f"{KEY}.title")
    left, right = st.columns(2)
    with left:
        day_input("Date of the evidence, if it has one", key=f"{KEY}.dated", value=item.dated)
    with right:
        day_input("Expires, if it does", key=f"{KEY}.expires", value=item.expires)
    st.button("Save title and dates", key=f"{KEY}.describe", on_click=_describe, args=(user, item))


def _describe(user: User, item: EvidenceItem) -> None:
    def act() -> str:
        state = st.session_state
        wanted = Description(state[f"{KEY}.title"] or "", state[f"{KEY}.dated"], state[f"{KEY}.expires"])
        return f"“{describe_evidence(office(), user, item.id, wanted).title}” is saved."

    outcome(KEY, act)
