"""Profiles: one organisation beside others of its type, for scrutiny and for the organisation itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from section11.domain.assessments import Assessment
from section11.domain.people import User
from section11.domain.uk_time import long_date, uk_time
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.errors import NotAvailableError
from section11.permissions import Right
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.figures import CycleFigures, figures_of
from section11.reports.profile import Profile, profile_of
from section11.reports.question_counts import counts_of_set
from section11.reports.selection import ALL_RETURNS, RatingsBy, Selection
from section11.reports.tables.figure_table import csv_of
from section11.reports.tables.profile import profile_table
from section11.reports.trend import Trend, TrendSource, trend_of
from section11.services.carrying import crosswalk_of_editions
from section11.services.collating import Depth, collated_cycle
from section11.services.downloads import CSV, Download
from section11.services.office import Office, frozen_set
from section11.services.places import AssessmentFile, check_returned, find_assessment
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork

FiguresFor = Callable[[str, Selection], CycleFigures]
"""Gives the figures of a cycle by its id, for a selection."""
MODERATED = Selection(ratings_by=RatingsBy.MODERATION)


def profile_for_scrutiny(
    office: Office, user: User, assessment_id: str, figures: FiguresFor | None = None
) -> Profile | None:
    """Return the profile of a submitted return. ``figures`` gives what is kept already; without it they are counted.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read it, or it has not been submitted.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
        check_returned(file)
    get = figures or _counting(office)
    finished = file.assessment.status in {AssessmentStatus.MODERATED, AssessmentStatus.RELEASED}
    moderated = get(file.cycle.id, MODERATED) if finished else None
    return profile_of(assessment_id, get(file.cycle.id, ALL_RETURNS), moderated, for_outsider=False)


def own_profile(office: Office, user: User, assessment_id: str, figures: FiguresFor | None = None) -> Profile | None:
    """Return what an organisation sees of itself: its rank and the quartiles of its type, and nobody's name.

    None until its return is submitted. Moderation is in it once it is released, and a group with fewer than five
    others is withheld.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this return.
    """
    with office.store.reading() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
    if file.assessment.status not in RETURNED:
        return None
    get = figures or _counting(office)
    is_released = file.assessment.status is AssessmentStatus.RELEASED
    moderated = get(file.cycle.id, MODERATED) if is_released else None
    return profile_of(assessment_id, get(file.cycle.id, ALL_RETURNS), moderated, for_outsider=True)


def download_own_profile(office: Office, user: User, assessment_id: str) -> Download:
    """Return what an organisation sees of itself as CSV, and say so in the history of its return.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read this return, or it is not submitted.
    """
    profile = own_profile(office, user, assessment_id)
    if profile is None:
        raise NotAvailableError()
    moment = uk_time(office.clock())
    with office.store.writing() as work:
        file = find_assessment(work, user, assessment_id, Right.READ_RETURN)
        record(work, assessment_stream(assessment_id), user, "results_downloaded", office.clock())
        work.commit()
    source = f"From {file.cycle.name}, taken at {moment:%H:%M} on {long_date(moment.date())}."
    return Download(f"{file.cycle.id}-{file.organisation.id}-results.csv", CSV, csv_of(profile_table(profile), source))


def _counting(office: Office) -> FiguresFor:
    return lambda cycle_id, selection: figures_of(collate_for_profiles(office, cycle_id), selection)


def collate_for_profiles(office: Office, cycle_id: str) -> CollatedCycle:
    """Return the returns of a cycle without asking who wants to see them; only a profile may be made of them.

    Raises:
        NotAvailableError: there is no such cycle.
    """
    with office.store.reading() as work:
        cycle = work.cycles.get(cycle_id)
        if cycle is None:
            raise NotAvailableError()
        return collated_cycle(office, work, cycle, Depth.RATINGS)


def organisation_trend(office: Office, user: User, assessment_id: str) -> Trend:
    """Return how an organisation's own ratings went over the cycles up to this return, through the crosswalk.

    Returns of cycles that none of this cycle's partnerships ran are left out.

    Raises:
        NotAvailableError, NotPermittedError: the person may not read the return, or it has not been submitted.
    """
    with office.store.reading() as work:
        file = _readable(work, user, assessment_id)
        cycles = {one.id: one for one in work.cycles.all() if one.partnership_ids & file.cycle.partnership_ids}
        rows = work.assessments.of_organisations([file.organisation.id])
        returned = [
            row.assessment
            for row in rows
            if row.assessment.cycle_id in cycles
            and row.assessment.status in RETURNED
            and cycles[row.assessment.cycle_id].due <= file.cycle.due
        ]
        returned.sort(key=lambda one: (cycles[one.cycle_id].due, one.cycle_id != file.cycle.id, one.cycle_id))
        return trend_of(
            [
                TrendSource(
                    cycles[one.cycle_id],
                    counts_of_set([_collated_return(office, work, one, file)]),
                    crosswalk_of_editions(office, work, before.set_sha256, one.set_sha256) if before else None,
                )
                for before, one in _with_the_one_before(returned)
            ]
        )


def _readable(work: UnitOfWork, user: User, assessment_id: str) -> AssessmentFile:
    file = find_assessment(work, user, assessment_id, Right.READ_RETURNED)
    check_returned(file)
    return file


def _with_the_one_before(returned: Sequence[Assessment]) -> list[tuple[Assessment | None, Assessment]]:
    return list(zip([None, *returned[:-1]], returned, strict=True))


def _collated_return(office: Office, work: UnitOfWork, one: Assessment, file: AssessmentFile) -> CollatedReturn:
    kind = office.types[one.organisation_type]
    return CollatedReturn(
        assessment_id=one.id,
        organisation=file.organisation,
        organisation_type=kind,
        duty=kind.usual_duty,
        status=one.status,
        standards_set=frozen_set(work, one.set_sha256),
        signed_at=one.signed_at,
        answers=work.answers.of_assessment(one.id),
    )
