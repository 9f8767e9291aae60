"""The first steps of an administrator, with what is already done."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import CycleStatus
from section11.domain.people import User
from section11.permissions import Right
from section11.services.cycles import list_cycles
from section11.services.directory import count_members
from section11.ui.cache import office
from section11.ui.navigation import page_path
from section11.ui.words import count_of


def show_first_steps(user: User) -> None:
    """Draw the three steps that start a cycle."""
    organisations, people = count_members(office(), user)
    cycles = list_cycles(office(), user, Right.MANAGE_CYCLES)
    opened = [cycle for cycle in cycles if cycle.status is not CycleStatus.PREPARING]
    st.subheader("Running a cycle")
    steps = (
        ("organisations.py", "1. Organisations", count_of(organisations, "organisation") + " in the partnership"),
        ("people.py", "2. People", f"{count_of(people, 'person', 'people')} with a role"),
        ("cycles.py", "3. Cycles", f"{count_of(len(opened), 'cycle')} opened so far"),
    )
    columns = st.columns(3)
    for column, (page, label, words) in zip(columns, steps, strict=True):
        with column, st.container(border=True):
            st.page_link(page_path(page), label=label)
            st.write(words)
