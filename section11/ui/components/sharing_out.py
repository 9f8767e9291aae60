"""Sharing out the returns without a moderator between people, and taking that back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from section11.domain.people import User
from section11.domain.sharing_out import Share
from section11.domain.workflow import AssessmentStatus
from section11.services.moderation_views import WorkList
from section11.services.sharing_out import share_out, take_back_shares
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import count_of, plain


def share_what_is_left(user: User, work: WorkList, state: dict[str, Any]) -> None:
    """Draw the choice of people for what is left, and afterwards the way back. ``state`` is the page's memory."""
    free = sum(
        seat.person is None for line in work.lines for seat in line.seats if line.status is AssessmentStatus.SUBMITTED
    )
    shares: list[Share] = state.get("shares", [])
    if not free and not shares:
        return
    left = f"Share out what is left: {count_of(free, 'place')} without a moderator"
    with st.expander(left if free else "What was shared out just now", expanded=bool(shares)):
        if shares:
            _undo(user, work, state, shares)
        if free:
            _share(user, work, state)


def _share(user: User, work: WorkList, state: dict[str, Any]) -> None:
    st.write("Each person gets as many as the others, counting what they have to do already.")
    names = {one.id: one.name for one in work.moderators}
    chosen = st.multiselect(
        "Share out between these people",
        list(names),
        default=list(names),
        format_func=lambda one: names[one],
        key="page.people",
    )
    if st.button("Share them out", key="page.share"):
        with shown_as_message():
            done = _with_progress("Sharing out…", lambda told: share_out(office(), user, work.cycle.id, chosen, told))
            state["shares"] = done
            remember_success(
                f"{count_of(len(done), 'place')} given: {_each(done, names)}." if done else "Nothing was left."
            )
            st.rerun()


def _undo(user: User, work: WorkList, state: dict[str, Any], shares: list[Share]) -> None:
    names = {one.id: one.name for one in work.moderators}
    st.markdown(f"Given: {plain(_each(shares, names))}. Where nobody has judged anything, it can be undone.")
    if st.button("Undo the sharing out", key="page.unshare"):
        with shown_as_message():
            freed = _with_progress(
                "Taking back…", lambda told: take_back_shares(office(), user, work.cycle.id, shares, told)
            )
            state["shares"] = []
            kept = len(shares) - len(freed)
            words = f" {count_of(kept, 'place')} stayed, because something was judged or changed there." if kept else ""
            remember_success(f"{count_of(len(freed), 'place')} free again.{words}")
            st.rerun()


def _with_progress(words: str, do: Callable[[Callable[[float], None]], list[Share]]) -> list[Share]:
    bar = st.progress(0.0, text=words)

    def told(share_done: float) -> None:
        bar.progress(share_done, text=words)

    return do(told)


def _each(shares: Sequence[Share], names: dict[str, str]) -> str:
    """Return ``Ann 4, Ben 3``."""
    counts = Counter(share.person_id for share in shares)
    return ", ".join(f"{names.get(person_id, 'a former moderator')} {count}" for person_id, count in counts.items())
