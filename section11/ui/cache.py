"""Everything the pages keep between runs. Each entry is keyed by who may see it and how fresh it is."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.reports.board_pages import PackFigures
from section11.reports.figures import CycleFigures
from section11.reports.released_figures import ReleasedFigures
from section11.services import collating
from section11.services.board_packs import earlier_cycle
from section11.services.collating import cycle_figures, cycle_revision
from section11.services.office import Office, this_office
from section11.services.readings import CycleNotices, notices_of_cycle, readings_stamp


def office() -> Office:
    """Return the one office of this process."""
    return this_office()


def figures(user: User, cycle_id: str) -> CycleFigures:
    """Return the figures of a cycle, counted anew whenever one of its returns changed.

    The scope of the cache is the person's grants, so nobody is shown what was counted for another scope.
    """
    return _figures(_scope(user), cycle_id, cycle_revision(office(), cycle_id), user)


def released_figures(user: User, cycle_id: str) -> ReleasedFigures:
    """Return the figures of what is released, counted anew whenever a return of the cycle changed."""
    return _released(_scope(user), cycle_id, cycle_revision(office(), cycle_id), user)


def board_figures(user: User, cycle_id: str) -> PackFigures:
    """Return what the board pack of a cycle is counted from: its figures, and those of the cycle before."""
    earlier = earlier_cycle(office(), user, cycle_id)
    return PackFigures(figures(user, cycle_id), figures(user, earlier.id) if earlier else None)


def cycle_notices(user: User, cycle_id: str) -> CycleNotices:
    """Return what stands out in the returns of a cycle, looked for anew whenever something it is made from changed."""
    return _notices(_scope(user), cycle_id, readings_stamp(office(), cycle_id), user)


def _scope(user: User) -> tuple[str, ...]:
    return tuple(sorted(str(grant) for grant in user.grants))


@st.cache_resource(show_spinner="Counting the returns…", max_entries=32, ttl=3600)
def _figures(scope: tuple[str, ...], cycle_id: str, revision: int, _user: User) -> CycleFigures:
    return cycle_figures(office(), _user, cycle_id)


@st.cache_resource(show_spinner="Counting the returns…", max_entries=32, ttl=3600)
def _released(scope: tuple[str, ...], cycle_id: str, revision: int, _user: User) -> ReleasedFigures:
    return collating.released_figures(office(), _user, cycle_id)


@st.cache_data(show_spinner="Reading the returns…", max_entries=16, ttl=3600)
def _notices(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> CycleNotices:
    return notices_of_cycle(office(), _user, cycle_id)
