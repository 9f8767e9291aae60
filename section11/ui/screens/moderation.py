"""Page: the work list of a moderation panel, and the release of what is moderated."""

from __future__ import annotations

import streamlit as st

from section11.domain.moderation import Seat
from section11.domain.people import User
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus
from section11.errors import Section11Error
from section11.permissions import Right
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import SeatView, WorkLine, WorkList, moderation_work
from section11.services.releasing import release_cycle
from section11.ui.cache import office, panels
from section11.ui.components.choosing import chosen_cycle
from section11.ui.components.lists import paged, searched
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.components.sharing_out import share_what_is_left
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

SHOWN = {"mine": "Mine", "all": "All", "free": "Without a moderator"}


def main(user: User) -> None:
    state = page_state("moderation")
    st.title("Moderation")
    cycle = chosen_cycle(user, Right.MODERATE)
    if cycle is None:
        st.write("No cycle has been opened yet. When returns come in, this page shares them out.")
        return
    work = moderation_work(office(), user, cycle.id, lambda cycle_id: panels(user, cycle_id))
    refused = st.session_state.pop("page.refused", None)
    if refused:
        st.error(plain(refused))
    st.write("Judge each answer beside what the organisation says. Organisations see nothing until you release it.")
    if not work.lines:
        st.write("Nothing has been submitted in this cycle yet.")
        return
    _what_is_left(work)
    share_what_is_left(user, work, state)
    _release(user, work)
    _list(user, work)


def _what_is_left(work: WorkList) -> None:
    statuses = [line.status for line in work.lines]
    columns = st.columns(4)
    columns[0].metric("Yours to do", sum(line.to_do for line in work.lines))
    columns[1].metric("Without a moderator", sum(_is_free(line) for line in work.lines))
    columns[2].metric("Moderated, not released", statuses.count(AssessmentStatus.MODERATED))
    columns[3].metric("Released", statuses.count(AssessmentStatus.RELEASED))
    next_one = next((line for line in work.lines if line.to_do), None)
    if next_one is not None:
        label = f"Moderate {plain(next_one.organisation.name)}"
        if st.button(label, type="primary", key="page.next", shortcut="Ctrl+Right"):
            _open(next_one)


def _is_free(line: WorkLine) -> bool:
    return line.free_seat is not None and line.status is AssessmentStatus.SUBMITTED


def _release(user: User, work: WorkList) -> None:
    count = sum(line.status is AssessmentStatus.MODERATED for line in work.lines)
    if not count:
        return
    with st.expander(f"Release {count_of(count, 'moderated return')}"):
        st.write("The organisations then see the moderated ratings, the quality of the evidence and the reasons.")
        if st.button("Release all of them", key="page.release"):
            with shown_as_message():
                bar = st.progress(0.0, text="Releasing…")

                def told(share: float) -> None:
                    bar.progress(share, text="Releasing…")

                done = release_cycle(office(), user, work.cycle.id, told)
                remember_success(f"{count_of(done, 'return')} released.")
                st.rerun()


def _list(user: User, work: WorkList) -> None:
    st.header("Every return that came in")
    shown = st.radio("Show", list(SHOWN), format_func=lambda one: SHOWN[one], index=1, horizontal=True, key="page.show")
    lines = [one for one in work.lines if shown == "all" or (one.is_mine if shown == "mine" else _is_free(one))]
    lines = searched(lines, lambda line: line.organisation.name, key="page.search")
    for line in paged(lines, "return", key="page.number"):
        _line(user, work, line)


def _line(user: User, work: WorkList, line: WorkLine) -> None:
    with st.container(border=True):
        who, what = st.columns([5, 2], vertical_alignment="center")
        mine = " Yours." if line.is_mine else ""
        who.markdown(f"**{plain(line.organisation.name)}**  \n{STATUS_TITLES[line.status]}.{mine}")
        label = "Moderate" if line.to_do else "Open"
        if what.button(f"{label} {plain(line.organisation.name)}", key=f"page.open.{line.assessment_id}"):
            _open(line)
        for column, seat in zip(st.columns(2), line.seats, strict=False):
            with column:
                _seat(user, work, line, seat)


def _seat(user: User, work: WorkList, line: WorkLine, seat: SeatView) -> None:
    title = {Seat.FIRST: "Moderator", Seat.SECOND: "Second moderator"}[seat.seat]
    done = "done" if seat.is_done else f"{seat.progress.judged} of {seat.progress.of} judged"
    if line.status is not AssessmentStatus.SUBMITTED or seat.is_done:
        st.markdown(f"{title}: {plain(seat.person.name) if seat.person else 'nobody'}, {done}")
        return
    names = {one.id: one.name for one in work.moderators}
    if seat.person is not None:
        names.setdefault(seat.person.id, seat.person.name)
    held = seat.person.id if seat.person else None
    # A key with the holder in it: when somebody else gave the seat away, this is another choice, which starts anew.
    key = f"page.seat.{line.assessment_id}.{seat.seat.value}.{held or ''}"
    st.selectbox(
        f"{title} of {plain(line.organisation.name)} ({done})",
        list(names),
        index=list(names).index(held) if held else None,
        format_func=lambda one: names[one],
        placeholder="Nobody yet",
        key=key,
        on_change=_assign,
        args=(user, line.assessment_id, seat.seat, key),
    )


def _assign(user: User, assessment_id: str, seat: Seat, key: str) -> None:
    try:
        assign_moderator(office(), user, assessment_id, seat, st.session_state[key])
    except Section11Error as error:
        st.session_state["page.refused"] = error.user_message


def _open(line: WorkLine) -> None:
    st.switch_page(page_path("moderate.py"), query_params={"assessment": line.assessment_id})


if __name__ == "__main__":
    main(require_user())
