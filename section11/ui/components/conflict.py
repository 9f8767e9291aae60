"""Two people changed the same answer: both versions side by side, and the person chooses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from section11.domain.answers import Answer

FIELD_TITLES = {
    "rating": "Rating",
    "marker": "Rating",
    "reason": "Why it does not apply",
    "evidence": "Evidence",
    "impact": "Impact on children",
}


@dataclass(frozen=True)
class Conflict:
    """What the person was saving when somebody else had saved first, by field."""

    mine: dict[str, Any]


def show_conflict(
    conflict: Conflict, stored: Answer, settle: Callable[[dict[str, Any]], None], question_id: str
) -> None:
    """Draw both versions; ``settle`` is called with the fields to save, none to keep what is stored."""
    st.warning(
        f"Question {question_id} was changed by a colleague while you were writing. "
        "Keep yours, keep theirs, or combine them. Nothing is lost until you choose."
    )
    texts = [name for name in conflict.mine if name not in {"rating", "marker"}]
    for name in texts or ["rating"]:
        mine, theirs = st.columns(2)
        mine.markdown(f"**{FIELD_TITLES[name]}, yours**")
        mine.text(_shown(conflict.mine, name))
        theirs.markdown(f"**{FIELD_TITLES[name]}, theirs (saved)**")
        theirs.text(str(getattr(stored, name) or stored.marker or "(empty)"))
    with st.container(horizontal=True):
        st.button("Keep mine", key=f"page.mine.{question_id}", type="primary", on_click=settle, args=(conflict.mine,))
        st.button("Keep theirs", key=f"page.theirs.{question_id}", on_click=settle, args=({},))
        if texts:
            both = {name: f"{getattr(stored, name)}\n\n{conflict.mine[name]}".strip() for name in texts}
            st.button("Keep both texts", key=f"page.both.{question_id}", on_click=settle, args=(both,))


def _shown(mine: dict[str, Any], name: str) -> str:
    return str(mine.get(name) or mine.get("marker") or "(empty)")
