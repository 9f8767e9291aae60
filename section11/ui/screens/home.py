"""Page: what is due, how far it is, and the next step for each role."""

from __future__ import annotations

import streamlit as st

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import EDITABLE, RETURNED, STATUS_TITLES, AssessmentStatus
from section11.permissions import Right, may_somewhere
from section11.services.cycles import list_cycles
from section11.services.scrutiny import ReturnLine, list_own_returns, progress_of_cycles
from section11.ui.cache import office
from section11.ui.components.action_counts import show_own_actions
from section11.ui.components.administration import show_first_steps
from section11.ui.components.latest_pack import show_latest_pack
from section11.ui.components.released_figures import show_released_on_home
from section11.ui.components.unread_messages import show_unread
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, due_words, plain

NEXT_STEP = {
    AssessmentStatus.NOT_STARTED: "Start",
    AssessmentStatus.IN_PROGRESS: "Continue",
    AssessmentStatus.HANDED_BACK: "See what to change",
    AssessmentStatus.REOPENED: "See what to change",
}


def main(user: User) -> None:
    page_state("home")
    st.title("Home")
    own = list_own_returns(office(), user)
    show_unread(user)
    if own:
        _own_returns(own)
        show_own_actions(user)
    if may_somewhere(user, Right.FOLLOW_PROGRESS):
        _partnership(user)
    has_pack = show_latest_pack(user)
    if may_somewhere(user, Right.MANAGE_CYCLES):
        show_first_steps(user)
    elif may_somewhere(user, Right.READ_RELEASED) and not may_somewhere(user, Right.FOLLOW_PROGRESS):
        show_released_on_home(user)
    elif not (own or has_pack or may_somewhere(user, Right.FOLLOW_PROGRESS)):
        st.write("There is nothing for you here yet. When a cycle opens, it appears on this page.")


def _own_returns(own: list[tuple[Cycle, ReturnLine]]) -> None:
    st.subheader("Your returns")
    st.write("Everything you write is saved at once. You can stop at any time and carry on later.")
    st.page_link(page_path("library.py"), label="Read every question first, or download a blank form to pass round")
    current = [pair for pair in own if pair[0].status is CycleStatus.OPEN or pair[1].assessment.status not in RETURNED]
    for cycle, line in current:
        _own_return(cycle, line)
    earlier = [pair for pair in own if pair not in current]
    if earlier:
        with st.expander("Earlier returns"):
            for cycle, line in earlier:
                letter = ", with a feedback letter" if line.assessment.status is AssessmentStatus.RELEASED else ""
                st.page_link(
                    page_path("whole_return.py"),
                    label=f"{plain(line.organisation.name)}, {plain(cycle.name)}{letter}",
                    query_params={"assessment": line.assessment.id},
                )


def _own_return(cycle: Cycle, line: ReturnLine) -> None:
    status = line.assessment.status
    with st.container(border=True):
        st.markdown(f"#### {plain(line.organisation.name)}")
        today = uk_date(office().clock())
        st.markdown(f"{plain(cycle.name)}, {due_words(cycle.due, today)}. **{STATUS_TITLES[status]}.**")
        if line.assessment.hand_back_reason:
            st.warning(f"Scrutiny asks for more work: {plain(line.assessment.hand_back_reason)}")
        progress = line.progress
        st.progress(progress.percent, text=f"{progress.settled} of {progress.asked} questions answered")
        address = {"assessment": line.assessment.id}
        with st.container(horizontal=True, vertical_alignment="center"):
            if status in EDITABLE:
                if st.button(NEXT_STEP[status], key=f"go-{line.assessment.id}", type="primary"):
                    st.switch_page(page_path("assessment.py"), query_params=address)
                st.page_link(page_path("whole_return.py"), label="Check the whole return", query_params=address)
            elif line.awaits_my_signature:
                if st.button("Read and sign", key=f"sign-{line.assessment.id}", type="primary"):
                    st.switch_page(page_path("whole_return.py"), query_params=address)
            else:
                letter = " and the feedback letter" if status is AssessmentStatus.RELEASED else ""
                st.page_link(page_path("whole_return.py"), label=f"Read the whole return{letter}", query_params=address)
            st.page_link(page_path("excel_return.py"), label="Excel return", query_params=address)


def _partnership(user: User) -> None:
    st.subheader("The partnership's cycles")
    if not list_cycles(office(), user, Right.FOLLOW_PROGRESS):
        st.write("No cycle has been created yet.")
    for one in progress_of_cycles(office(), user):
        cycle = one.cycle
        with st.container(border=True):
            st.markdown(f"#### {plain(cycle.name)}")
            due = due_words(cycle.due, uk_date(office().clock()))
            open_words = "Open" if cycle.status is CycleStatus.OPEN else "Closed"
            st.markdown(f"{open_words}, {due}. {one.returned} of {count_of(one.expected, 'return')} submitted.")
            st.progress(one.returned / one.expected if one.expected else 0.0)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.page_link(page_path("returns.py"), label="Who has returned", query_params={"cycle": cycle.id})
                if may_somewhere(user, Right.SEE_DASHBOARDS):
                    st.page_link(page_path("heat_map.py"), label="Heat map", query_params={"cycle": cycle.id})
                    st.page_link(page_path("standard.py"), label="Standards", query_params={"cycle": cycle.id})


if __name__ == "__main__":
    main(require_user())
