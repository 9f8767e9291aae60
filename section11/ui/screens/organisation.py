"""Page: one organisation's submitted return, for scrutiny."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.uk_time import long_date
from section11.domain.workflow import STATUS_TITLES
from section11.permissions import Right, may_somewhere
from section11.reports.results import LEVEL_TITLES
from section11.services.answering import AssessmentView
from section11.services.scrutiny import hand_back, read_return
from section11.ui.cache import figures, office
from section11.ui.components.choosing import from_address
from section11.ui.components.evidence_fold import remember_evidence
from section11.ui.components.links import download_link, return_download_path
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.notices import show_notices_for_scrutiny
from section11.ui.components.return_reading import show_answers
from section11.ui.components.tally_table import show_tally, tallies_frame
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain, saved_at


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    state = page_state(f"organisation {assessment_id}")
    view = read_return(office(), user, assessment_id, first_look=not state)
    state["seen"] = True
    remember_evidence(user, view)
    st.title(plain(view.organisation.name))
    signed = f" Signed {saved_at(view.assessment.signed_at, office().clock())}." if view.assessment.signed_at else ""
    st.markdown(
        f"{plain(view.organisation_type.title)}. {plain(view.cycle.name)}, due {long_date(view.cycle.due)}. "
        f"**{STATUS_TITLES[view.assessment.status]}.**{signed}"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(page_path("returns.py"), label="Back to Returns", query_params={"cycle": view.cycle.id})
        if may_somewhere(user, Right.MODERATE):
            st.page_link(page_path("moderate.py"), label="Moderate", query_params={"assessment": assessment_id})
        download_link("Download the Excel return", return_download_path(assessment_id), key="page.download")
    if may_somewhere(user, Right.SEE_DASHBOARDS):
        _results(user, view)
    if view.can_hand_back:
        _hand_back(user, view)
    show_notices_for_scrutiny(user, assessment_id)
    st.header("Answers")
    show_answers(view)


def _results(user: User, view: AssessmentView) -> None:
    own = next(one for one in figures(user, view.cycle.id).organisations if one.assessment_id == view.assessment.id)
    scale = view.standards_set.scale
    if own.tally is None:
        return
    st.header("Results")
    show_tally(scale, own.tally)
    titles = {one.id: f"{one.id} {one.title}" for one in view.standards_set.rated_standards}
    tallies = [(titles[one.subject_id], one.tally) for one in own.standards if one.tally is not None]
    frame = tallies_frame(scale, tallies, first_column="Standard")
    frame.insert(0, "Result", [LEVEL_TITLES[one.level] for one in own.standards if one.tally is not None])
    st.subheader("Standard by standard")
    st.dataframe(frame, height=36 * len(frame) + 40, alt=f"Results of {view.organisation.name} in each standard")


def _hand_back(user: User, view: AssessmentView) -> None:
    with st.expander("Hand back for more work"):
        st.write("The organisation sees your reason, can change its answers, and signs again.")
        reason = st.text_area("What needs more work", key="page.reason")
        if st.button("Hand back", key="page.hand_back"):
            with shown_as_message():
                hand_back(office(), user, view.assessment.id, reason)
                remember_success(f"Handed back to {view.organisation.name}. They see your reason on their home page.")
                st.switch_page(page_path("returns.py"), query_params={"cycle": view.cycle.id})


if __name__ == "__main__":
    main(require_user())
