"""Each time a return was signed: when, by which post, and the hash to compare with a printed copy."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.services.signing import signed_versions
from section11.ui.cache import office
from section11.ui.words import count_of, plain


def show_signed_versions(user: User, assessment_id: str) -> None:
    """Draw a fold with every signature of a return; nothing when it was never signed."""
    versions = signed_versions(office(), user, assessment_id)
    if not versions:
        return
    with st.expander(f"Signed {count_of(len(versions), 'time')}"):
        st.write(
            "The Excel return and the PDF carry the same line while they say what was signed. "
            "The long number changes with every letter of the answers."
        )
        for one in versions:
            st.markdown(f"{one.number}\\. {plain(one.words)}")
