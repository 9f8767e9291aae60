"""Page: a moderator judges the answers of one return, standard by standard."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.moderation import QUALITY_MEANINGS, QUALITY_TITLES, Standing
from section11.domain.people import User
from section11.domain.standards import Standard
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus
from section11.services.moderating import finish_moderation, say_done
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import ModerationView, moderation_work, view_moderation
from section11.services.releasing import release_return
from section11.ui.cache import office
from section11.ui.components.choosing import from_address
from section11.ui.components.evidence_fold import remember_evidence
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.moderation_card import moderation_card
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain


def main(user: User) -> None:
    assessment_id = from_address("assessment")
    page = f"moderate {assessment_id} "
    is_first_look = not st.session_state.get("open_page", "").startswith(page)
    view = view_moderation(office(), user, assessment_id, first_look=is_first_look)
    standard = next((one for one in view.standards if one.id == st.query_params.get("standard")), None)
    standard = standard or next(iter(view.standards), None)
    seat = view.working_seat.value if view.working_seat else ""
    states = page_state(f"{page}{standard.id if standard else ''} {seat}")
    remember_evidence(user, view.base)
    st.title(f"Moderate {plain(view.base.organisation.name)}")
    st.markdown(
        f"{plain(view.base.organisation_type.title)}. {plain(view.base.cycle.name)}. "
        f"**{STATUS_TITLES[view.base.assessment.status]}.** {_who(view)}"
    )
    _take(user, view)
    if standard is None:
        st.write("This organisation is asked no question that is answered with a rating.")
    elif view.working_seat is None and not view.outcomes and (view.has_two or not view.is_open):
        st.info(
            "Two moderators judge this return without seeing each other's judgements. You see them when both are done."
        )
    else:
        _standard(user, view, standard, states)
    _steps(user, view)


def _who(view: ModerationView) -> str:
    words = [
        f"{plain(one.person.name)}, {'done' if one.is_done else f'{one.progress.judged} of {one.progress.of} judged'}"
        for one in view.seats
        if one.person is not None
    ]
    return f"Moderated by {'; '.join(words)}." if words else "Nobody moderates it yet."


def _take(user: User, view: ModerationView) -> None:
    free = next((one.seat for one in view.seats if one.person is None), None)
    if not view.is_open or view.my_seat is not None or free is None:
        return
    if st.button("Moderate this return", type="primary", key="page.take"):
        with shown_as_message():
            assign_moderator(office(), user, view.base.assessment.id, free, user.id)
            remember_success("This return is yours to moderate.")
            st.rerun()


def _standard(user: User, view: ModerationView, current: Standard, states: dict[str, Any]) -> None:
    _sidebar(view, current)
    st.header(plain(current.heading))
    with st.expander("What the qualities of evidence mean"):
        lines = [f"- **{QUALITY_TITLES[one]}**: {words}" for one, words in QUALITY_MEANINGS.items()]
        st.markdown("\n".join(lines))
    asked_for = st.query_params.get("question")
    for question in sorted(current.rated_questions, key=lambda one: one.id != asked_for):
        moderation_card(user, view, question, states)
    _onward(user, view, current)


def _sidebar(view: ModerationView, current: Standard) -> None:
    with st.sidebar:
        st.markdown(f"**{plain(view.base.organisation.name)}**")
        progress = view.progress
        percent = 100 * progress.judged // progress.of
        st.progress(percent, text=f"{progress.judged} of {progress.of} {'settled' if view.is_revealed else 'judged'}")
        with st.container(key="standards", gap="xsmall"):
            for standard in view.standards:
                _standard_link(view, standard, is_current=standard is current)
        st.divider()
        address = {"assessment": view.base.assessment.id}
        st.page_link(page_path("organisation.py"), label="Read the whole return", query_params=address)
        st.page_link(page_path("moderation.py"), label="Back to Moderation", query_params={"cycle": view.base.cycle.id})


def _standard_link(view: ModerationView, standard: Standard, *, is_current: bool) -> None:
    judged = sum(view.standing(one.id) is Standing.JUDGED for one in standard.rated_questions)
    done = judged == len(standard.rated_questions)
    words = "done" if done else f"{judged} of {len(standard.rated_questions)}"
    with st.container(key="current-standard" if is_current else None):
        st.page_link(
            page_path("moderate.py"),
            label=f"{plain(standard.heading)} ({words})",
            icon=":material/check:" if done else ":material/radio_button_unchecked:",
            query_params={"assessment": view.base.assessment.id, "standard": standard.id},
        )


def _onward(user: User, view: ModerationView, current: Standard) -> None:
    """Draw the ways on. Cards save without a run of the page, so what is left is looked up when a button is pressed."""
    standards = list(view.standards)
    following = standards[standards.index(current) + 1 :]
    with st.container(horizontal=True, vertical_alignment="center"):
        if following and st.button("Next standard", key="page.following", shortcut="Ctrl+Right"):
            _go(view, following[0])
        if st.button("Next question to judge", type="primary", key="page.open", shortcut="Ctrl+Down"):
            _next_open(view, current)
        if st.button("Next return", key="page.next", shortcut="Ctrl+Shift+Right"):
            _next_return(user, view)


def _go(view: ModerationView, standard: Standard, question_id: str = "") -> None:
    address = {"assessment": view.base.assessment.id, "standard": standard.id}
    if question_id:
        address["question"] = question_id
    st.switch_page(page_path("moderate.py"), query_params=address)


def _next_open(view: ModerationView, current: Standard) -> None:
    standards = list(view.standards)
    start = standards.index(current)
    for standard in standards[start:] + standards[:start]:
        for question in standard.rated_questions:
            if view.standing(question.id) is not Standing.JUDGED:
                _go(view, standard, question.id)
    st.success("Every question is judged.")


def _next_return(user: User, view: ModerationView) -> None:
    lines = moderation_work(office(), user, view.base.cycle.id).lines
    waiting = [one.assessment_id for one in lines if one.to_do and one.assessment_id != view.base.assessment.id]
    if waiting:
        st.switch_page(page_path("moderate.py"), query_params={"assessment": waiting[0]})
    st.info("No other return waits for you.")


def _steps(user: User, view: ModerationView) -> None:
    assessment_id, status = view.base.assessment.id, view.base.assessment.status
    if view.is_open and (view.my_seat is not None or view.can_finish):
        st.header("When everything is judged")
        waits = view.has_two and not view.is_revealed
        if waits and view.my_holder is not None and view.my_holder.done_at is not None and view.progress.is_complete:
            st.info("You are done. When the other moderator is, you see each other's judgements.")
        elif waits:
            st.write("When both moderators are done, you see each other's judgements and agree where they differ.")
            if st.button("I am done", key="page.done"):
                with shown_as_message():
                    say_done(office(), user, assessment_id)
                    remember_success("You are done with this return.")
                    st.rerun()
        elif st.button("Finish the moderation", key="page.finish"):
            with shown_as_message():
                finish_moderation(office(), user, assessment_id)
                remember_success(f"{view.base.organisation.name} is moderated. Release it when you are ready.")
                st.rerun()
    if status is AssessmentStatus.MODERATED and view.can_release:
        st.header("Release")
        outcomes = count_of(len(view.outcomes), "moderated rating")
        st.write(f"The organisation then sees {outcomes}, the quality of the evidence and the reasons.")
        if st.button("Release to the organisation", type="primary", key="page.release"):
            with shown_as_message():
                release_return(office(), user, assessment_id)
                remember_success(f"Released to {view.base.organisation.name}.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
