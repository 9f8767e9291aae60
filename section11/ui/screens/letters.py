"""Page: the feedback letters of a cycle: each one, and all that are released in one file."""

from __future__ import annotations

from collections import Counter
from typing import Any

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.domain.workflow import STATUS_TITLES
from section11.permissions import Right
from section11.services.letter_bundles import Bundle, make_bundle
from section11.services.letters import (
    FORMAT_TITLES,
    LETTER_STATE_TITLES,
    LetterFormat,
    LetterLine,
    LetterState,
    list_letters,
)
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.letter_links import show_letter_links
from section11.ui.components.links import download_link, letter_bundle_path
from section11.ui.components.lists import paged, searched
from section11.ui.components.messages import shown_as_message
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

EVERY = "Every return that came in"


def main(user: User) -> None:
    state = page_state("letters")
    st.title("Feedback letters")
    cycle = chosen_cycle(user, Right.WRITE_LETTERS)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns are released, their letters are here.")
        return
    _, lines = list_letters(office(), user, cycle.id)
    st.write("A letter tells an organisation what scrutiny found. It can read its letter once its return is released.")
    st.page_link(
        page_path("letter_wording.py"), label="Change the wording of the letters, or use your own Word document"
    )
    counts = Counter(line.state for line in lines)
    columns = st.columns(3)
    columns[0].metric("Letters ready", counts[LetterState.READY])
    columns[1].metric("Not released, preview only", counts[LetterState.PREVIEW])
    columns[2].metric("Not submitted", counts[LetterState.NONE])
    if counts[LetterState.READY]:
        _all(user, cycle, counts[LetterState.READY], state)
    _list([line for line in lines if line.state is not LetterState.NONE])


def _all(user: User, cycle: Cycle, ready: int, state: dict[str, Any]) -> None:
    st.header("All in one file")
    chosen = st.radio(
        "Format", list(FORMAT_TITLES), format_func=lambda one: FORMAT_TITLES[one], horizontal=True, key="page.format"
    )
    if st.button(f"Make {count_of(ready, 'letter')}", type="primary", key="page.make"):
        with shown_as_message():
            state["bundle"] = _made(user, cycle, chosen)
    bundle: Bundle | None = state.get("bundle")
    if bundle is None or bundle.cycle_id != cycle.id:
        return
    st.success(f"{count_of(bundle.made.count, 'letter')} in {bundle.filename}. The file is kept for an hour.")
    if bundle.made.left_out:
        names = plain(", ".join(bundle.made.left_out))
        st.warning(f"Left out, as the return was handed back meanwhile: {names}")
    download_link("Download the ZIP file", letter_bundle_path(bundle.id), key="page.bundle", primary=True)


def _made(user: User, cycle: Cycle, letter_format: LetterFormat) -> Bundle:
    bar = st.progress(0.0, text="Making the letters…")

    def told(name: str, share: float) -> None:
        bar.progress(share, text=f"Making the letters… {plain(name)}")

    try:
        return make_bundle(office(), user, cycle.id, letter_format, told)
    finally:
        bar.empty()


def _list(lines: list[LetterLine]) -> None:
    st.header("One by one")
    if not lines:
        st.write("Nothing has been submitted in this cycle yet.")
        return
    shown = st.radio(
        "Show",
        [EVERY, *(LETTER_STATE_TITLES[one] for one in (LetterState.READY, LetterState.PREVIEW))],
        horizontal=True,
        key="page.show",
    )
    chosen = [line for line in lines if shown in {EVERY, LETTER_STATE_TITLES[line.state]}]
    chosen = searched(chosen, lambda line: line.organisation.name, key="page.search")
    for line in paged(chosen, "return", key="page.number"):
        _line(line)


def _line(line: LetterLine) -> None:
    with st.container(border=True):
        name = plain(line.organisation.name)
        st.markdown(f"**{name}**  \n{STATUS_TITLES[line.status]}. {LETTER_STATE_TITLES[line.state]}.")
        is_ready = line.state is LetterState.READY
        with st.container(horizontal=True):
            show_letter_links(line.assessment_id, f"{'Letter to' if is_ready else 'Preview for'} {name}")


if __name__ == "__main__":
    main(require_user())
