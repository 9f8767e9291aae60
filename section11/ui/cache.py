"""Everything the pages keep between runs. Each entry is keyed by who may see it and how fresh it is."""

from __future__ import annotations

import streamlit as st

from section11.domain.people import User
from section11.errors import Section11Error
from section11.permissions import Right
from section11.reports.board_pages import PackFigures
from section11.reports.collated import CollatedCycle
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.promises import CyclePromises
from section11.reports.question_counts import SetCounts
from section11.reports.released_counts import ReleasedCounts
from section11.reports.released_figures import ReleasedFigures
from section11.reports.return_rates import ReturnRates
from section11.reports.selection import ALL_RETURNS, RatingsBy, Selection
from section11.reports.trend import Trend
from section11.services import collating, released
from section11.services.action_register import EVERY_CYCLE, ActionRegister
from section11.services.action_register import action_register as read_actions
from section11.services.collating import Depth, collate
from section11.services.cycles import list_cycles
from section11.services.good_practice import AnswerToRead
from section11.services.good_practice import answers_to as read_answers
from section11.services.office import Office, this_office
from section11.services.panels_of_cycle import PanelOfReturn, panels_of_cycle
from section11.services.profiles import collate_for_profiles
from section11.services.readings import CycleNotices, NoticesKept, notices_of_cycle, readings_stamp
from section11.services.refusals import note_refusal, telling_refusals
from section11.services.trends import cycle_promises, cycle_set_counts, cycle_trends, cycles_up_to
from section11.ui.freshness import stamp_of, stamps_of

COUNTING = "Counting the returns…"
PERSON, PAGE = "person_id", "page_address"


def note_page_refusal(error: Section11Error) -> None:
    """Leave the event of a refusal, of a service or of a page, in the stream of the person whose page is drawn."""
    person_id = st.session_state.get(PERSON)
    if person_id is not None:
        asked = "&".join(f"{name}={value}" for name, value in st.query_params.to_dict().items())
        note_refusal(this_office(), person_id, error, where=st.session_state.get(PAGE, ""), asked=asked)


def office() -> Office:
    """Return the one office of this process, as the person whose page is drawn meets it."""
    return telling_refusals(this_office(), note_page_refusal)


def remember_who_and_where(person_id: str, page: str) -> None:
    """Keep whose session this is and which page is open, for the event of a refusal."""
    st.session_state[PERSON], st.session_state[PAGE] = person_id, page


def figures(user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> CycleFigures:
    """Return the figures of a cycle, counted anew whenever something they are made of changed.

    The scope of the cache is the person's grants, so nobody is shown what was counted for another scope.
    """
    return _figures(_scope(user), cycle_id, stamp_of(office(), cycle_id), repr(selection), selection, user)


def return_rates(user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> ReturnRates:
    """Return who has returned, as fresh as the figures; for people who may follow progress without seeing answers."""
    return _rates(_scope(user), cycle_id, stamp_of(office(), cycle_id), repr(selection), selection, user)


def collated(user: User, cycle_id: str) -> CollatedCycle:
    """Return the returns of a cycle with what was chosen and entered in them, without texts."""
    return _collated(_scope(user), cycle_id, stamp_of(office(), cycle_id), user)


def trends(
    user: User, cycle_id: str, selection: Selection = ALL_RETURNS, counted: CycleFigures | None = None
) -> list[Trend]:
    """Return the trends up to a cycle, made anew whenever something in one of its cycles changed.

    ``counted`` are the figures of this cycle and selection, where they are at hand; it is not counted again then.
    """
    cycles = cycles_up_to(office(), user, cycle_id, selection.partnership_id)
    stamps = stamps_of(office(), [one.id for one in cycles])
    return _trends(_scope(user), cycle_id, stamps, repr(selection), selection, user, counted)


def figures_for_profiles(cycle_id: str, selection: Selection) -> CycleFigures:
    """Return what profiles are made of; the service that makes one asks first who wants to see it."""
    return _profile_figures(cycle_id, stamp_of(office(), cycle_id), repr(selection), selection)


def released_figures(user: User, cycle_id: str) -> ReleasedFigures:
    """Return what people outside the team see of a cycle, counted anew whenever something in it changed."""
    return _released(_scope(user), cycle_id, stamp_of(office(), cycle_id), user)


def released_counts(user: User, cycle_id: str, ratings_by: RatingsBy) -> ReleasedCounts:
    """Return what trends over released returns are made of, as fresh as the released figures."""
    return _released_counts(_scope(user), cycle_id, stamp_of(office(), cycle_id), ratings_by.value, user)


def released_trends(user: User, cycle_id: str, ratings_by: RatingsBy) -> list[Trend]:
    """Return the trends over what is released in the cycles up to this one, as fresh as the released figures."""
    cycles = cycles_up_to(office(), user, cycle_id, right=Right.READ_RELEASED)
    stamps = stamps_of(office(), [one.id for one in cycles])
    return _released_trends(_scope(user), cycle_id, stamps, ratings_by.value, user)


def board_figures(user: User, cycle_id: str) -> PackFigures:
    """Return what the board pack of a cycle is counted from: its figures, and the trends up to it."""
    found = figures(user, cycle_id)
    return PackFigures(found, trends(user, cycle_id, counted=found))


def panels(user: User, cycle_id: str) -> tuple[PanelOfReturn, ...]:
    """Return who moderates the returns of a cycle and how far they are; nobody's judgement is in it."""
    return _panels(_scope(user), cycle_id, stamp_of(office(), cycle_id), user)


def action_register(user: User, cycle_id: str, selection: Selection = ALL_RETURNS) -> ActionRegister:
    """Return the actions of a cycle, or of every cycle, read anew whenever one of its returns changed."""
    cycles = list_cycles(office(), user, Right.READ_ACTIONS)
    about = [one.id for one in cycles] if cycle_id == EVERY_CYCLE else [cycle_id]
    stamp = " ".join(stamps_of(office(), about).values())
    return _register(_scope(user), cycle_id, stamp, repr(selection), selection, user)


def promises(user: User, cycle_id: str, selection: Selection) -> CyclePromises:
    """Return what became of what was promised in a cycle, counted anew whenever one of its returns changed."""
    return _promises(_scope(user), cycle_id, stamp_of(office(), cycle_id), repr(selection), selection, user)


def answers_to(user: User, cycle_id: str, set_id: str, question_id: str) -> list[AnswerToRead]:
    """Return what every submitted return says about one question, read anew whenever one of them changed."""
    return _answers(_scope(user), cycle_id, stamp_of(office(), cycle_id), set_id, question_id, user)


def cycle_notices(user: User, cycle_id: str) -> CycleNotices:
    """Return what stands out in the returns of a cycle, looked for anew whenever something it is made from changed."""
    return _notices(_scope(user), cycle_id, readings_stamp(office(), cycle_id), user)


def _scope(user: User) -> tuple[str, ...]:
    return tuple(sorted(str(grant) for grant in user.grants))


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _collated(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> CollatedCycle:
    return collate(office(), _user, cycle_id, Depth.RATINGS)


@st.cache_resource(show_spinner=COUNTING, max_entries=24, ttl=3600)
def _figures(
    scope: tuple[str, ...], cycle_id: str, stamp: str, chosen: str, _selection: Selection, _user: User
) -> CycleFigures:
    return figures_of(_collated(scope, cycle_id, stamp, _user), _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=24, ttl=3600)
def _rates(
    scope: tuple[str, ...], cycle_id: str, stamp: str, chosen: str, _selection: Selection, _user: User
) -> ReturnRates:
    return collating.return_rates(office(), _user, cycle_id, _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=48, ttl=3600)
def _counts(
    scope: tuple[str, ...], cycle_id: str, stamp: str, chosen: str, _selection: Selection, _user: User
) -> tuple[SetCounts, ...]:
    return cycle_set_counts(office(), _user, cycle_id, _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _trends(
    scope: tuple[str, ...],
    cycle_id: str,
    stamps: dict[str, str],
    chosen: str,
    _selection: Selection,
    _user: User,
    _counted: CycleFigures | None,
) -> list[Trend]:
    def counts(one: str) -> tuple[SetCounts, ...]:
        if one == cycle_id and _counted is not None:
            return tuple(of_set.counts for of_set in _counted.sets)
        return _counts(scope, one, stamps[one], chosen, _selection, _user)

    return cycle_trends(office(), _user, cycle_id, _selection, counts=counts)


@st.cache_resource(show_spinner=COUNTING, max_entries=4, ttl=3600)
def _profile_returns(cycle_id: str, stamp: str) -> CollatedCycle:
    return collate_for_profiles(office(), cycle_id)


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _profile_figures(cycle_id: str, stamp: str, chosen: str, _selection: Selection) -> CycleFigures:
    return figures_of(_profile_returns(cycle_id, stamp), _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=32, ttl=3600)
def _released(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> ReleasedFigures:
    return released.released_figures(office(), _user, cycle_id)


@st.cache_resource(show_spinner=COUNTING, max_entries=48, ttl=3600)
def _released_counts(scope: tuple[str, ...], cycle_id: str, stamp: str, ratings: str, _user: User) -> ReleasedCounts:
    return released.released_counts(office(), _user, cycle_id, RatingsBy(ratings))


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _released_trends(
    scope: tuple[str, ...], cycle_id: str, stamps: dict[str, str], ratings: str, _user: User
) -> list[Trend]:
    return released.released_trends(
        office(),
        _user,
        cycle_id,
        RatingsBy(ratings),
        counts=lambda one: _released_counts(scope, one, stamps[one], ratings, _user),
    )


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _panels(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> tuple[PanelOfReturn, ...]:
    return panels_of_cycle(office(), _user, cycle_id)


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _register(
    scope: tuple[str, ...], cycle_id: str, stamp: str, chosen: str, _selection: Selection, _user: User
) -> ActionRegister:
    return read_actions(office(), _user, cycle_id, _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=8, ttl=3600)
def _promises(
    scope: tuple[str, ...], cycle_id: str, stamp: str, chosen: str, _selection: Selection, _user: User
) -> CyclePromises:
    return cycle_promises(office(), _user, cycle_id, _selection)


@st.cache_resource(show_spinner=COUNTING, max_entries=16, ttl=3600)
def _answers(
    scope: tuple[str, ...], cycle_id: str, stamp: str, set_id: str, question_id: str, _user: User
) -> list[AnswerToRead]:
    return read_answers(office(), _user, cycle_id, set_id, question_id)


@st.cache_data(show_spinner="Reading the returns…", max_entries=16, ttl=3600)
def _notices(scope: tuple[str, ...], cycle_id: str, stamp: str, _user: User) -> CycleNotices:
    return notices_of_cycle(office(), _user, cycle_id, _notices_kept(cycle_id))


@st.cache_resource(max_entries=8)
def _notices_kept(cycle_id: str) -> NoticesKept:
    """Return what was noticed in each return of a cycle so far; the service asks who may see it."""
    return {}
