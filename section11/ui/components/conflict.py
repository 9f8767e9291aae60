"""Two people changed the same answer: both versions side by side, and the person chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from section11.domain.answers import Answer

CHOSEN_FIELDS = frozenset({"rating", "value", "marker"})
FIELD_TITLES = {"reason": "Why it does not apply", "evidence": "Evidence", "impact": "Impact on children"}


@dataclass(frozen=True)
class Conflict:
    """What the person was saving when somebody else had saved first, by field."""

    mine: dict[str, Any]


def show_conflict(
    conflict: Conflict,
    stored: Answer,
    settle: Callable[[dict[str, Any]], None],
    *,
    question_id: str,
    labels: Mapping[str, str],
) -> None:
    """Draw both versions and ask which to keep.

    ``labels`` gives the words for each rating, choice, stored value and marker by key; what has none stands
    for itself. ``settle`` is called with the fields to save, none of them to keep what is stored.
    """
    st.warning(
        f"Question {question_id} was changed by a colleague while you were writing. "
        "Keep yours, keep theirs, or combine them. Nothing is lost until you choose."
    )
    texts = [name for name in conflict.mine if name not in CHOSEN_FIELDS]
    if texts:
        for name in texts:
            _side_by_side(FIELD_TITLES[name], conflict.mine[name], getattr(stored, name))
    else:
        title = "Answer" if "value" in conflict.mine else "Rating"
        mine = conflict.mine.get("marker") or conflict.mine.get("rating") or conflict.mine.get("value") or ""
        theirs = stored.said or ""
        _side_by_side(title, labels.get(mine, mine), labels.get(theirs, theirs))
    with st.container(horizontal=True):
        st.button("Keep mine", key=f"page.mine.{question_id}", type="primary", on_click=settle, args=(conflict.mine,))
        st.button("Keep theirs", key=f"page.theirs.{question_id}", on_click=settle, args=({},))
        if texts:
            both = {name: f"{getattr(stored, name)}\n\n{conflict.mine[name]}".strip() for name in texts}
            st.button("Keep both texts", key=f"page.both.{question_id}", on_click=settle, args=(both,))


def _side_by_side(title: str, mine: str, theirs: str) -> None:
    left, right = st.columns(2)
    left.markdown(f"**{title}, yours**")
    left.text(mine or "(empty)")
    right.markdown(f"**{title}, theirs (saved)**")
    right.text(theirs or "(empty)")
