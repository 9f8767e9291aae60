"""The final packs of a cycle: to present, to download in four forms, and as copies for sharing."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from section11.domain.cycles import Cycle
from section11.services.board_packs import PackLine
from section11.ui.cache import office
from section11.ui.components.links import board_pack_path
from section11.ui.components.pack_files import file_links
from section11.ui.words import plain, saved_at


def show_final_packs(cycle: Cycle, packs: Sequence[PackLine], *, is_primary: bool) -> None:
    """Draw the latest pack, and the earlier ones folded in."""
    if not packs:
        return
    st.header("Final packs")
    _pack(cycle, packs[0], is_primary=is_primary)
    if len(packs) > 1:
        with st.expander(f"Earlier packs ({len(packs) - 1})"):
            for one in packs[1:]:
                _pack(cycle, one, is_primary=False)


def _pack(cycle: Cycle, line: PackLine, *, is_primary: bool) -> None:
    pack, now = line.pack, office().clock()
    with st.container(border=True):
        st.markdown(f"#### Board pack {pack.number}")
        by = f" by {plain(line.made_by)}" if line.made_by else ""
        st.markdown(f"Made final at {saved_at(pack.made_at, now)}{by}, from figures of {saved_at(pack.taken_at, now)}.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.link_button(
                "Present",
                board_pack_path(cycle.id, pack.number),
                key=f"page.present.{pack.number}",
                icon=":material/slideshow:",
                type="primary" if is_primary else "secondary",
            )
            file_links(cycle.id, pack.number)
        with st.expander("Copy for sharing outside the partnership"):
            st.write(
                "Organisations have other names in it, and groups of fewer than five are withheld. Read it before you "
                "send it: other things people wrote are in it as they wrote them."
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                file_links(cycle.id, pack.number, for_sharing=True)
        st.caption(f"Fingerprint of the content (SHA-256), printed on each form: {pack.sha256}")
