"""Page: an organisation answers the questions of one standard."""

from __future__ import annotations

import streamlit as st

from section11.domain.assessments import progress_of
from section11.domain.hand_backs import concerned_first
from section11.domain.people import User
from section11.domain.standards import Question, Standard
from section11.domain.uk_time import uk_date
from section11.domain.workflow import STATUS_TITLES
from section11.services.answering import AssessmentView
from section11.services.form_reading import read_form
from section11.ui.cache import office
from section11.ui.components.choosing import from_address
from section11.ui.components.evidence_fold import remember_evidence_of
from section11.ui.components.form_progress import FormProgress, show_form_progress
from section11.ui.components.hand_back_note import show_request, show_request_on
from section11.ui.components.links import blank_pdf_download_path, download_link
from section11.ui.components.query_threads import show_own_thread
from section11.ui.components.question_card import question_card
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import due_words, plain


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    form = read_form(office(), user, assessment_id)
    view = form.view
    asked = [one for one in view.standards_set.standards if one.questions_for(view.assessment.organisation_type)]
    standards = concerned_first(asked, view.hand_back)
    standard = _chosen(standards, st.query_params.get("standard"))
    states = page_state(f"assessment {assessment_id} {standard.id}")
    remember_evidence_of(form)

    progress = _sidebar(view, standards, standard)
    st.title(plain(standard.heading))
    st.markdown(plain(standard.summary))
    _notices(view)
    for question in _asked_for_first(standard.questions_for(view.assessment.organisation_type)):
        show_request_on(view, question)
        question_card(user, view, question, states, progress, form.open_actions.get(question.id, ()))
        show_own_thread(user, form.threads.get(question.id), can_reply=view.can_reply)
    _onward(view, standards, standard)


def _chosen(standards: list[Standard], wanted: str | None) -> Standard:
    return next((standard for standard in standards if standard.id == wanted), standards[0])


def _asked_for_first(questions: tuple[Question, ...]) -> list[Question]:
    """Return the questions with the one that the address names on top, so that a link leads to its question."""
    wanted = st.query_params.get("question")
    return sorted(questions, key=lambda question: question.id != wanted)


def _sidebar(view: AssessmentView, standards: list[Standard], current: Standard) -> FormProgress:
    with st.sidebar:
        st.markdown(f"**{plain(view.organisation.name)}**")
        today = uk_date(office().clock())
        st.markdown(f"{plain(view.cycle.name)}, {due_words(view.cycle.due, today)}")
        progress = show_form_progress(view, standards, current)
        st.divider()
        address = {"assessment": view.assessment.id}
        st.page_link(page_path("whole_return.py"), label="Check the whole return", query_params=address)
        st.page_link(page_path("excel_return.py"), label="Fill in with Excel", query_params=address)
        blank = blank_pdf_download_path(view.assessment.id)
        download_link("Blank form to pass round", blank, key="page.blank")
    return progress


def _notices(view: AssessmentView) -> None:
    show_request(view)
    if not view.can_edit:
        st.info(f"{STATUS_TITLES[view.assessment.status]}. The answers can be read here but not changed.")
    else:
        st.markdown(
            "Every change is saved as you make it. Do not enter anything that identifies a child or a member of staff."
        )


def _onward(view: AssessmentView, standards: list[Standard], current: Standard) -> None:
    index = standards.index(current)
    unanswered = _next_unanswered(view, standards, current)
    with st.container(horizontal=True, vertical_alignment="center"):
        if index > 0:
            _go(view, "Previous standard", standards[index - 1], key="previous")
        if index + 1 < len(standards):
            _go(view, "Next standard", standards[index + 1], key="next", primary=True, shortcut="Ctrl+Right")
        if unanswered is not None and unanswered is not current:
            label = f"Next unanswered: {plain(unanswered.number or unanswered.title)}"
            _go(view, label, unanswered, key="unanswered", shortcut="Ctrl+Down")
        if index + 1 == len(standards) and st.button("Check the whole return", type="primary", key="check"):
            st.switch_page(page_path("whole_return.py"), query_params={"assessment": view.assessment.id})


def _go(
    view: AssessmentView,
    label: str,
    standard: Standard,
    *,
    key: str,
    primary: bool = False,
    shortcut: str | None = None,
) -> None:
    kind = "primary" if primary else "secondary"
    if st.button(label, key=f"page.{key}", type=kind, shortcut=shortcut):  # type: ignore[arg-type]
        address = {"assessment": view.assessment.id, "standard": standard.id}
        st.switch_page(page_path("assessment.py"), query_params=address)


def _next_unanswered(view: AssessmentView, standards: list[Standard], current: Standard) -> Standard | None:
    start = standards.index(current)
    for standard in standards[start:] + standards[:start]:
        progress = progress_of(standard.questions, view.assessment.organisation_type, view.answers)
        if progress.settled < progress.asked:
            return standard
    return None


if __name__ == "__main__":
    main(require_user())
