"""The tables of what is released, for people outside the partnership's own team: each as it may be downloaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from section11.domain.people import User
from section11.errors import NotAvailableError
from section11.reports.released_figures import ReleasedOfSet
from section11.reports.selection import RatingsBy
from section11.reports.tables import released
from section11.reports.tables.actions import actions_by_standard
from section11.reports.tables.figure_table import FigureTable
from section11.reports.tables.released import SubjectsBy
from section11.reports.tables.returns import returns_over_time
from section11.reports.tables.trend import trend_table
from section11.services.office import Office
from section11.services.released import released_figures, released_trends

Maker = Callable[[Office, User, str, str, RatingsBy], FigureTable]
"""Makes a table of a cycle by its id, about a set and a subject in it, with these ratings."""


def _returns(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    return released.released_returns(released_figures(office, user, cycle_id))


def _days(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    return returns_over_time(released_figures(office, user, cycle_id).signed_days)


def _actions(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    return actions_by_standard(released_figures(office, user, cycle_id).actions)


def _heat_map(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    of_set, subject = _asked(office, user, cycle_id, about)
    return released.released_heat_map(of_set, ratings_by, _subjects_by(subject))


def _ratings(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    of_set, subject = _asked(office, user, cycle_id, about)
    return released.released_ratings(of_set, ratings_by, _subjects_by(subject))


def _questions(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    of_set, subject = _asked(office, user, cycle_id, about)
    if of_set.standards_set.standard(subject) is None:
        raise NotAvailableError()
    return released.released_questions(of_set, ratings_by, subject)


def _own_and_moderated(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    of_set, subject = _asked(office, user, cycle_id, about)
    if subject:
        raise NotAvailableError()
    return released.own_and_moderated(of_set)


def _trend(office: Office, user: User, cycle_id: str, about: str, ratings_by: RatingsBy) -> FigureTable:
    trends = released_trends(office, user, cycle_id, ratings_by)
    found = next((one for one in trends if one.standards_set.id == about), None)
    if found is None:
        raise NotAvailableError()
    return trend_table(found)


RELEASED_TABLES: Mapping[str, Maker] = {
    "released-returns": _returns,
    "released-over-time": _days,
    "released-heat-map": _heat_map,
    "released-ratings": _ratings,
    "released-questions": _questions,
    "own-and-moderated": _own_and_moderated,
    "released-trend": _trend,
    "released-actions": _actions,
}
"""Every table by the name it has in its address."""


def _asked(office: Office, user: User, cycle_id: str, about: str) -> tuple[ReleasedOfSet, str]:
    """Return the set that ``about`` names, and what stands after the slash.

    Raises:
        NotAvailableError: nothing is released that answers such a set.
    """
    set_id, _, subject = about.partition("/")
    sets = released_figures(office, user, cycle_id).sets
    found = next((one for one in sets if one.standards_set.id == set_id), None)
    if found is None:
        raise NotAvailableError()
    return found, subject


def _subjects_by(subject: str) -> SubjectsBy:
    if subject not in list(SubjectsBy):
        raise NotAvailableError()
    return SubjectsBy(subject)
