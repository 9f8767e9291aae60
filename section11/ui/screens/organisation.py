"""Page: one organisation's submitted return, for scrutiny."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.domain.uk_time import long_date
from section11.domain.workflow import STATUS_TITLES
from section11.permissions import Right, may_somewhere
from section11.reports.results import LEVEL_TITLES
from section11.services.answering import AssessmentView
from section11.services.scrutiny import read_return
from section11.ui.cache import figures, office
from section11.ui.components.choosing import from_address
from section11.ui.components.evidence_fold import remember_evidence
from section11.ui.components.giving_back import show_giving_back
from section11.ui.components.letter_links import show_letter_for_scrutiny
from section11.ui.components.links import download_link, return_download_path, return_pdf_path
from section11.ui.components.notices import show_notices_for_scrutiny
from section11.ui.components.query_threads import show_scrutiny_threads
from section11.ui.components.return_changes import show_changes
from section11.ui.components.return_reading import questions_about, show_answers
from section11.ui.components.signed_versions import show_signed_versions
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
    address = {"assessment": assessment_id}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(page_path("returns.py"), label="Back to Returns", query_params={"cycle": view.cycle.id})
        if may_somewhere(user, Right.MODERATE):
            st.page_link(page_path("moderate.py"), label="Moderate", query_params=address)
        if may_somewhere(user, Right.SEE_DASHBOARDS):
            st.page_link(page_path("profile.py"), label="Profile", query_params=address)
        download_link("Download the Excel return", return_download_path(assessment_id), key="page.download")
        download_link("Download as PDF", return_pdf_path(assessment_id), key="page.pdf")
        st.page_link(page_path("history.py"), label="What happened", query_params={"assessment": assessment_id})
        show_letter_for_scrutiny(user, view)
    about = st.query_params.get("about", "")
    questions = questions_about(view, about)
    if questions:
        st.header(f"Answers about {plain(about)}")
        st.page_link(page_path("organisation.py"), label="Show the whole return", query_params=address)
        show_answers(view, questions)
        return
    show_signed_versions(user, assessment_id)
    show_changes(user, assessment_id)
    if may_somewhere(user, Right.SEE_DASHBOARDS):
        _results(user, view)
    show_notices_for_scrutiny(user, assessment_id)
    show_giving_back(user, view)
    show_scrutiny_threads(user, view)
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


if __name__ == "__main__":
    main(require_user())
