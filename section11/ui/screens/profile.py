"""Page: one organisation's profile for scrutiny: beside its type, moderation and staff, and over the cycles."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.permissions import Right, may_somewhere
from section11.reports.action_figures import ActionTotals
from section11.reports.figures import CycleFigures
from section11.reports.profile import Profile
from section11.reports.tables.trend import trend_table
from section11.reports.trend import SubjectKind
from section11.services.profiles import organisation_trend, profile_for_scrutiny
from section11.ui.cache import figures, office
from section11.ui.components.action_reading import totals_words
from section11.ui.components.choosing import from_address
from section11.ui.components.figure_tables import show_figure_table, table_link
from section11.ui.components.profile import show_profile
from section11.ui.components.return_changes import show_changes
from section11.ui.components.taken import show_taken
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    page_state(f"profile {assessment_id}")
    profile = profile_for_scrutiny(
        office(), user, assessment_id, lambda cycle_id, selection: figures(user, cycle_id, selection)
    )
    if profile is None:
        raise NotAvailableError()
    numbers = figures(user, assessment_id.partition(".")[0])
    st.title(plain(profile.organisation.name))
    st.markdown(f"{plain(profile.organisation.type_title)}. {plain(numbers.cycle.name)}.")
    with st.container(horizontal=True):
        address = {"assessment": assessment_id}
        st.page_link(page_path("organisation.py"), label="Read the return", query_params=address)
        st.page_link(page_path("heat_map.py"), label="Heat map", query_params={"cycle": numbers.cycle.id})
    st.header("Beside others")
    show_profile(profile)
    table_link(numbers.cycle.id, "profile", about=assessment_id)
    _over_time(user, numbers, assessment_id)
    show_changes(user, assessment_id)
    _actions(user, numbers, profile)
    show_taken(numbers)


def _over_time(user: User, numbers: CycleFigures, assessment_id: str) -> None:
    st.header("Over the cycles")
    trend = organisation_trend(office(), user, assessment_id)
    if len(trend.lines[0].points) == 1:
        st.write("This is its first return, so there is nothing to compare yet.")
        return
    table = trend_table(trend, [SubjectKind.SET, SubjectKind.STANDARD])
    show_figure_table(table, wide="Why the line breaks")
    table_link(numbers.cycle.id, "organisation-trend", about=assessment_id)


def _actions(user: User, numbers: CycleFigures, profile: Profile) -> None:
    st.header("Actions")
    organisation_id = profile.organisation.organisation_id
    rows = numbers.actions.organisations
    totals = next((row.totals for row in rows if row.organisation_id == organisation_id), ActionTotals())
    st.markdown(
        f"Promised in this return: **{totals_words(totals)}**, {totals.done} done and not yet verified, "
        f"{totals.verified} verified, {totals.dropped} dropped (n = {totals.n})."
    )
    if may_somewhere(user, Right.READ_ACTIONS):
        address = {"cycle": numbers.cycle.id}
        st.page_link(page_path("action_register.py"), label="Open the action register", query_params=address)


if __name__ == "__main__":
    main(require_user())
