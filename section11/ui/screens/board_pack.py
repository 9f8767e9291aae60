"""Page: the board pack of a cycle: final packs to present and download, and for scrutiny the draft to edit."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.permissions import Right, may
from section11.services.board_packs import list_packs, make_final, view_draft
from section11.services.places import cycle_place
from section11.ui.cache import board_figures, office
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.final_packs import show_final_packs
from section11.ui.components.links import board_pack_path
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.pack_files import file_links
from section11.ui.components.pack_sentences import edit_sentences
from section11.ui.components.pack_writing import edit_plan, edit_points
from section11.ui.components.slide_template import show_template
from section11.ui.components.taken import show_taken
from section11.ui.session import page_state, require_user


def main(user: User) -> None:
    st.title("Board pack")
    cycle = chosen_cycle(user, Right.READ_BOARD_PACK)
    state = page_state(f"board pack {cycle.id if cycle else ''}")
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, the pack for the board is made here.")
        return
    packs = list_packs(office(), user, cycle.id)
    may_edit = may(user, Right.EDIT_BOARD_PACK, cycle_place(cycle))
    if may_edit:
        st.write("Read what the figures say, put it in your own words, and make it final for the board.")
    elif not packs:
        st.write("No board pack of this cycle is final yet. When scrutiny makes one final, it appears here.")
        return
    else:
        st.write("Present the pack in the room: it opens as slides, and the arrow keys move on.")
    show_final_packs(cycle, packs, is_primary=not may_edit)
    if may_edit:
        _draft(user, cycle, state)


def _draft(user: User, cycle: Cycle, state: dict[str, object]) -> None:
    counted = board_figures(user, cycle.id)
    draft = view_draft(office(), user, cycle.id, counted)
    st.header("Draft")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Look at the draft", board_pack_path(cycle.id, 0), key="page.look", icon=":material/slideshow:")
        file_links(cycle.id, 0)
    show_taken(counted.now)
    _finish(user, cycle)
    edit_sentences(user, cycle, draft, state)
    st.subheader("Themes, recommendations and action plan")
    st.write("What the figures cannot say. A part with nothing in it is not in the pack.")
    edit_points(user, cycle, draft, state)
    edit_plan(user, cycle, draft, state)
    show_template(user, cycle)


def _finish(user: User, cycle: Cycle) -> None:
    st.write(
        "Made final, figures and words are frozen as they are now, and board viewers can read the pack. It never "
        "changes afterwards: later figures make a new pack."
    )
    if st.button("Make final", type="primary", key="page.final"):
        with shown_as_message():
            with st.spinner("Counting the returns and freezing the pack…"):
                final = make_final(office(), user, cycle.id)
            remember_success(f"Board pack {final.number} is final. Board viewers can read it now.")
            st.rerun()


if __name__ == "__main__":
    main(require_user())
