"""Everything the pages keep between runs. Each entry is keyed by who may see it and how fresh it is."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.errors import Section11Error
from section11.reports.figures import CycleFigures
from section11.services.collating import cycle_figures, cycle_revision
from section11.services.office import Office, this_office
from section11.services.readings import CycleNotices, notices_of_cycle, readings_stamp
from section11.services.refusals import note_refusal, noting_refusals

PERSON, PAGE = "person_id", "page_address"


def office() -> Office:
    """Return the one office of this process, as the person whose page is drawn meets it."""
    person_id = st.session_state.get(PERSON)
    return this_office() if person_id is None else noting_refusals(this_office(), person_id, **_where())


def note_page_refusal(error: Section11Error) -> None:
    """Leave the event of a refusal that a page made of what a service gave it."""
    person_id = st.session_state.get(PERSON)
    if person_id is not None:
        note_refusal(this_office(), person_id, error, **_where())


def _where() -> dict[str, str]:
    asked = "&".join(f"{name}={value}" for name, value in st.query_params.to_dict().items())
    return {"where": st.session_state.get(PAGE, ""), "asked": asked}


def remember_who_and_where(person_id: str, page: str) -> None:
    """Keep whose session this is and which page is open, for the event of a refusal."""
    st.session_state[PERSON], st.session_state[PAGE] = person_id, page


def figures(user: User, cycle_id: str) -> CycleFigures:
    """Return the figures of a cycle, counted anew whenever one of its returns changed.

    The scope of the cache is the person's grants, so nobody is shown what was counted for another scope.
    """
    return _figures(_scope(user), cycle_id, cycle_revision(office(), cycle_id), user)


def cycle_notices(user: User, cycle_id: str) -> CycleNotices:
    """Return what stands out in the returns of a cycle, looked for anew whenever something it is made from changed."""
    return _notices(_scope(user), cycle_id, readings_stamp(office(), cycle_id), user)


def _scope(user: User) -> tuple[str, ...]:
    return tuple(sorted(str(grant) for grant in user.grants))


@st.cache_resource(show_spinner="Counting the returns…", max_entries=32, ttl=3600)
def _figures(scope: tuple[str, ...], cycle_id: str, revision: int, _user: User) -> CycleFigures:
    return cycle_figures(office(), _user, cycle_id)


@st.cache_data(show_spinner="Reading the returns…", max_entries=16, ttl=3600)
def _notices(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> CycleNotices:
    return notices_of_cycle(office(), _user, cycle_id)
