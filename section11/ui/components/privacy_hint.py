"""The warning under a text box: nobody may be identifiable, and what in the text may identify somebody."""

from __future__ import annotations

import streamlit as st

from section11.domain.privacy import KIND_TITLES, likely_personal_data
from section11.ui.words import plain

MOST_SHOWN = 5


def privacy_hint(text: str, *, can_edit: bool = True) -> None:
    """Draw the warning under a text box. It points out and never blocks: what was typed is saved already."""
    found = likely_personal_data(text)
    if found:
        shown = [f"“{plain(one.words)}” ({KIND_TITLES[one.kind]})" for one in found[:MOST_SHOWN]]
        more = f" and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        advice = " Name a post instead, and leave children unnamed. If nobody can be recognised, leave it."
        st.warning(f"This may identify somebody: {', '.join(shown)}{more}.{advice if can_edit else ''}")
    elif can_edit:
        st.caption("No child or member of staff may be identifiable.")
