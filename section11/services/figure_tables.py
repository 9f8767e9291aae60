"""Downloading the tables of the dashboards as CSV files, each with its right; a download is an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_time
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.reports.figures import CycleFigures
from section11.reports.return_rates import ReturnRates
from section11.reports.selection import ALL_RETURNS, Selection, selected
from section11.reports.set_figures import SetFigures
from section11.reports.tables import actions, calibration, profile, returns, standards, trend
from section11.reports.tables.figure_table import FigureTable, csv_of
from section11.reports.tables.heat_map import arrangement_totals, heat_map_table
from section11.reports.tables.released import released_words
from section11.reports.trend import SubjectKind
from section11.services import released_tables
from section11.services.chasing import chase_list
from section11.services.collating import Depth, collate, cycle_figures, return_rates
from section11.services.downloads import CSV, Download
from section11.services.filters import filter_choices, selection_words
from section11.services.office import Office
from section11.services.places import find_cycle
from section11.services.profiles import organisation_trend, profile_for_scrutiny
from section11.services.released_tables import RELEASED_TABLES
from section11.services.trail import partnership_stream, record
from section11.services.trends import cycle_trends, promises_before


@dataclass(frozen=True)
class _Asked:
    """Who asks for which part of a cycle; ``about`` is the set, standard, question or return, as the table needs."""

    office: Office
    user: User
    cycle_id: str
    about: str
    selection: Selection

    def figures(self) -> CycleFigures:
        return cycle_figures(self.office, self.user, self.cycle_id, self.selection)

    def rates(self) -> ReturnRates:
        return return_rates(self.office, self.user, self.cycle_id, self.selection)

    def set_and_subject(self) -> tuple[CycleFigures, SetFigures, str]:
        """Return the figures of the set that ``about`` names, and the rated standard or question after the slash.

        Raises:
            NotAvailableError: the cycle has no such set, standard or question.
        """
        figures, found, subject_id = self.set_and_anything()
        one = found.standards_set
        subjects = [*(each.id for each in one.rated_questions), *(each.id for each in one.rated_standards)]
        if subject_id and subject_id not in subjects:
            raise NotAvailableError()
        return figures, found, subject_id

    def set_and_anything(self) -> tuple[CycleFigures, SetFigures, str]:
        """Return the figures of the set that ``about`` names, and whatever stands after the slash."""
        set_id, _, subject_id = self.about.partition("/")
        figures = self.figures()
        found = next((one for one in figures.sets if one.standards_set.id == set_id), None)
        if found is None:
            raise NotAvailableError()
        return figures, found, subject_id


Maker = Callable[[_Asked], FigureTable]


def _promises(asked: _Asked) -> FigureTable:
    before = promises_before(asked.office, asked.user, asked.cycle_id, asked.selection)
    if before is None:
        raise NotAvailableError()
    return actions.promises_table(before.kept)


def _trend(asked: _Asked) -> FigureTable:
    trends = cycle_trends(asked.office, asked.user, asked.cycle_id, asked.selection)
    found = next((one for one in trends if one.standards_set.id == asked.about), None)
    if found is None:
        raise NotAvailableError()
    return trend.trend_table(found)


def _heat_map(asked: _Asked) -> FigureTable:
    if asked.about:
        figures, of_set, _ = asked.set_and_subject()
        results = of_set.standard_results
        keys = [one.standard_id for one in of_set.standards]
    else:
        figures = asked.figures()
        results = figures.arrangement_map.rows
        keys = [one.key for one in figures.arrangement_map.arrangements]
    return heat_map_table([one for one in figures.organisations if one.assessment_id in results], results, keys)


def _profile(asked: _Asked) -> FigureTable:
    found = profile_for_scrutiny(asked.office, asked.user, asked.about)
    if found is None:
        raise NotAvailableError()
    return profile.profile_table(found)


def _organisation_trend(asked: _Asked) -> FigureTable:
    found = organisation_trend(asked.office, asked.user, asked.about)
    return trend.trend_table(found, [SubjectKind.SET, SubjectKind.STANDARD])


def _answers(asked: _Asked) -> FigureTable:
    _, of_set, question_id = asked.set_and_subject()
    if question_id not in of_set.standards_set.questions_by_id:
        raise NotAvailableError()
    collated = selected(collate(asked.office, asked.user, asked.cycle_id, Depth.RATINGS), asked.selection)
    return standards.answers_to(collated, of_set.standards_set.id, question_id)[0]


def _of_subject(make: Callable[[SetFigures, str], FigureTable]) -> Maker:
    def maker(asked: _Asked) -> FigureTable:
        _, of_set, subject_id = asked.set_and_subject()
        if not subject_id:
            raise NotAvailableError()
        return make(of_set, subject_id)

    return maker


def _of_set(make: Callable[[SetFigures], FigureTable]) -> Maker:
    return lambda asked: make(asked.set_and_subject()[1])


def _organisations_in(asked: _Asked) -> FigureTable:
    figures, of_set, standard_id = asked.set_and_subject()
    if of_set.standards_set.standard(standard_id) is None:
        raise NotAvailableError()
    return standards.organisations_in(figures, of_set, standard_id)


def _ratings(asked: _Asked) -> FigureTable:
    _, of_set, subject_id = asked.set_and_subject()
    return standards.ratings_of(of_set, subject_id)


def _values(asked: _Asked) -> FigureTable:
    _, of_set, standard_id = asked.set_and_anything()
    if of_set.standards_set.standard(standard_id) is None:
        raise NotAvailableError()
    return standards.values_in(of_set, standard_id)


def _evidence_quality(of_set: SetFigures, subject_id: str) -> FigureTable:
    standard = of_set.standards_set.standard(subject_id)
    return standards.evidence_quality(of_set, [one.id for one in standard.questions] if standard else [subject_id])


def _of_released(make: released_tables.Maker) -> Maker:
    return lambda asked: make(asked.office, asked.user, asked.cycle_id, asked.about, asked.selection.ratings_by)


TABLES: dict[str, tuple[Right, Maker]] = {
    "returns-by-type": (Right.FOLLOW_PROGRESS, lambda asked: returns.returns_by_type(asked.rates())),
    "returns-over-time": (Right.FOLLOW_PROGRESS, lambda asked: returns.returns_over_time(asked.rates().signed_days)),
    "chase-list": (
        Right.FOLLOW_PROGRESS,
        lambda asked: returns.chase_list(chase_list(asked.office, asked.user, asked.cycle_id, asked.selection).lines),
    ),
    "heat-map": (Right.EXPORT, _heat_map),
    "arrangement-totals": (Right.EXPORT, lambda asked: arrangement_totals(asked.figures().arrangement_map)),
    "ratings": (Right.EXPORT, _ratings),
    "values": (Right.EXPORT, _values),
    "questions": (Right.EXPORT, _of_subject(standards.questions_of)),
    "most-missed": (Right.EXPORT, _of_set(standards.most_missed)),
    "answers": (Right.READ_RETURNED, _answers),
    "by-type": (Right.EXPORT, _of_subject(standards.by_type)),
    "organisations": (Right.EXPORT, _organisations_in),
    "evidence-quality": (Right.EXPORT, _of_subject(_evidence_quality)),
    "trend": (Right.EXPORT, _trend),
    "calibration-by-standard": (Right.EXPORT, _of_set(calibration.drift_by_standard)),
    "calibration-by-organisation": (Right.EXPORT, _of_set(calibration.drift_by_organisation)),
    "agreement": (Right.EXPORT, _of_set(calibration.agreement_table)),
    "profile": (Right.EXPORT, _profile),
    "organisation-trend": (Right.EXPORT, _organisation_trend),
    "actions-by-standard": (Right.EXPORT, lambda asked: actions.actions_by_standard(asked.figures().actions)),
    "actions-by-organisation": (Right.EXPORT, lambda asked: actions.actions_by_organisation(asked.figures().actions)),
    "promises-kept": (Right.EXPORT, _promises),
    **{name: (Right.READ_RELEASED, _of_released(make)) for name, make in RELEASED_TABLES.items()},
}
"""Every table by the name it has in its address, with the right to download it and how it is made."""


def download_table(
    office: Office, user: User, cycle_id: str, table: str, about: str = "", selection: Selection = ALL_RETURNS
) -> Download:
    """Return one table of the dashboards as CSV, and say so in the trail of the cycle's partnerships.

    Raises:
        NotAvailableError: there is no such table, or nothing it could be about.
        NotAvailableError, NotPermittedError: the person may not download it.
    """
    if table not in TABLES:
        raise NotAvailableError()
    right, make = TABLES[table]
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, right)
    made = make(_Asked(office, user, cycle_id, about, selection))
    content = csv_of(made, _source(office, user, cycle_id, selection, right))
    with office.store.writing() as work:
        cycle = find_cycle(work, user, cycle_id, right)
        details = {"cycle": cycle_id, "table": table, "about": about, "selection": selection.as_address()}
        for partnership_id in sorted(cycle.partnership_ids):
            record(work, partnership_stream(partnership_id), user, "table_downloaded", office.clock(), **details)
        work.commit()
    return Download(f"{cycle_id}-{table}.csv", CSV, content)


def _source(office: Office, user: User, cycle_id: str, selection: Selection, right: Right) -> str:
    """Return from what the figures are, and when they were taken, for the file itself."""
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, right)
    moment = uk_time(office.clock())
    words = f"From {cycle.name}, taken at {moment:%H:%M} on {long_date(moment.date())}: "
    if right is Right.READ_RELEASED:
        return f"{words}{released_words(selection.ratings_by)}."
    return words + selection_words(selection, filter_choices(office, user, cycle_id)) + "."
