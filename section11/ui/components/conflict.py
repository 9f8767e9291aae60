"""Two people changed the same answer: both versions side by side, and the person chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from section11.domain.answers import Answer
from section11.domain.question_types import Entry, type_of, value_words
from section11.domain.standards import Question
from section11.errors import BadInputError

FIELD_TITLES = {
    "reason": "Why it does not apply",
    "evidence": "Evidence",
    "impact": "Impact on children",
    "value": "Answer",
}


@dataclass(frozen=True)
class Conflict:
    """What the person was saving when somebody else had saved first, by field."""

    mine: dict[str, Any]


def show_conflict(
    conflict: Conflict,
    stored: Answer,
    settle: Callable[[dict[str, Any]], None],
    *,
    question: Question,
    labels: Mapping[str, str],
) -> None:
    """Draw both versions and ask which to keep.

    ``labels`` gives the words for each rating, choice, stored value and marker by key; what has none stands
    for itself. ``settle`` is called with the fields to save, none of them to keep what is stored.
    """
    texts = _texts(conflict, stored, question)
    st.warning(
        f"Question {question.id} was changed by a colleague while you were writing. "
        f"Keep yours{', keep theirs, or combine them' if texts else ' or keep theirs'}. "
        "Nothing is lost until you choose."
    )
    if texts:
        for name, (mine, theirs) in texts.items():
            _side_by_side(FIELD_TITLES[name], mine, theirs)
    else:
        said = conflict.mine.get("marker") or conflict.mine.get("rating") or conflict.mine.get("value") or ""
        title = "Rating" if question.is_rated else "Answer"
        theirs = stored.said or ""
        _side_by_side(title, labels.get(said) or _in_words(question, said), labels.get(theirs, theirs))
    with st.container(horizontal=True):
        st.button("Keep mine", key=f"page.mine.{question.id}", type="primary", on_click=settle, args=(conflict.mine,))
        st.button("Keep theirs", key=f"page.theirs.{question.id}", on_click=settle, args=({},))
        if texts:
            both = {name: f"{theirs}\n\n{mine}".strip() for name, (mine, theirs) in texts.items()}
            st.button("Keep both texts", key=f"page.both.{question.id}", on_click=settle, args=(both,))


def _texts(conflict: Conflict, stored: Answer, question: Question) -> dict[str, tuple[str, str]]:
    """Return mine and theirs of every text among the fields; there are none where a choice is to be settled."""
    names = [name for name in conflict.mine if name in {"reason", "evidence", "impact"}]
    if type_of(question).entry is Entry.TEXT and conflict.mine.get("value") and stored.value:
        names.append("value")
    return {name: (conflict.mine[name] or "", getattr(stored, name) or "") for name in names}


def _in_words(question: Question, said: str) -> str:
    """Return a value as people read it, or as it was typed where its type cannot read it."""
    try:
        return value_words(question, type_of(question).read(said, question)) if said else ""
    except BadInputError:
        return said


def _side_by_side(title: str, mine: str, theirs: str) -> None:
    left, right = st.columns(2)
    left.markdown(f"**{title}, yours**")
    left.text(mine or "(empty)")
    right.markdown(f"**{title}, theirs (saved)**")
    right.text(theirs or "(empty)")
