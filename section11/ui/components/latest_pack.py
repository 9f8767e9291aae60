"""The latest final board pack, on the home page of those who may present it."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import CycleStatus
from section11.domain.people import User
from section11.permissions import Right, may_somewhere
from section11.services.board_packs import list_packs
from section11.services.cycles import list_cycles
from section11.ui.cache import office
from section11.ui.components.links import board_pack_path
from section11.ui.navigation import page_path
from section11.ui.words import plain, saved_at


def show_latest_pack(user: User) -> bool:
    """Draw the latest final pack of the latest cycle that has one; return whether there is one."""
    if not may_somewhere(user, Right.READ_BOARD_PACK):
        return False
    for cycle in list_cycles(office(), user, Right.READ_BOARD_PACK):
        packs = list_packs(office(), user, cycle.id) if cycle.status is not CycleStatus.PREPARING else []
        if packs:
            pack = packs[0].pack
            st.subheader("For the board")
            with st.container(border=True):
                st.markdown(f"#### Board pack {pack.number}, {plain(cycle.name)}")
                st.markdown(f"Figures taken at {saved_at(pack.taken_at, office().clock())}.")
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.link_button(
                        "Present",
                        board_pack_path(cycle.id, pack.number),
                        key="present-latest",
                        icon=":material/slideshow:",
                        type="secondary" if may_somewhere(user, Right.EDIT_BOARD_PACK) else "primary",
                    )
                    st.page_link(page_path("board_pack.py"), label="All forms", query_params={"cycle": cycle.id})
            return True
    return False
