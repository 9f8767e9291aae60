"""The partnership's own PowerPoint template, which the slides are written into."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.services.slide_templates import drop_template, keep_template, list_templates
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import plain


def show_template(user: User, cycle: Cycle) -> None:
    """Draw the choice of a template for each partnership of the cycle whose packs the person may write."""
    names = {one: name for one, name in list_templates(office(), user).items() if one in cycle.partnership_ids}
    if not names:
        return
    with st.expander("Slides in the partnership's own look"):
        for partnership_id, file_name in names.items():
            _template(user, partnership_id, file_name, several=len(names) > 1)


def _template(user: User, partnership_id: str, file_name: str | None, *, several: bool) -> None:
    whose = f" of {partnership_id}" if several else ""
    if file_name is None:
        st.write("Choose a PowerPoint file with your layouts, and the slides are written into it. Its own slides go.")
    else:
        st.markdown(f"Slides are written into **{plain(file_name)}**.")
        if st.button(f"Go back to the plain look{whose}", key=f"page.plain.{partnership_id}"):
            drop_template(office(), user, partnership_id)
            remember_success("Slides have the plain look again.")
            st.rerun()
    file = st.file_uploader(f"PowerPoint template{whose} (.pptx)", key=f"page.template.{partnership_id}")
    if file is not None and st.button(f"Use this template{whose}", key=f"page.use.{partnership_id}"):
        with shown_as_message():
            with st.spinner("Checking the template…"):
                keep_template(office(), user, partnership_id, file.name, file.getvalue())
            remember_success(f"{file.name} is the template of the slides now.")
            st.rerun()
