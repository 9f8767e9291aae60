"""Sheets "Return rates" and "Organisations" of the partnership workbook."""

from __future__ import annotations

from openpyxl import Workbook

from section11.domain.answers import AnswerState
from section11.domain.assessments import Progress, progress_of
from section11.domain.organisations import DUTY_TITLES
from section11.domain.scales import Tone
from section11.domain.uk_time import uk_date
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus
from section11.reports.collated import CollatedCycle
from section11.reports.figures import CycleFigures
from section11.reports.palette import RATING_SHADES, STATE_SHADES
from section11.reports.return_rates import TIMING_TITLES, ReturnRate
from section11.workbooks.partnership_charts import Paint, add_stacked_bars
from section11.workbooks.partnership_layout import Column, Kind, TableSheet, Value
from section11.workbooks.partnership_wording import cycle_source

_RATE_COLUMNS = (
    Column("Group", "Group of organisation types.", width=20),
    Column("Organisation type", "Type of organisation.", width=30),
    Column("Expected", "Returns expected in this cycle.", Kind.COUNT, 11),
    Column("Returned", "Submitted, moderated or released.", Kind.COUNT, 11),
    Column("Outstanding", "Expected and not returned.", Kind.COUNT, 13),
    Column("Returned %", "Returned, as a share of expected; empty when none is expected.", Kind.SHARE, 11),
    Column("Late", "Returned, and signed after the due date. Part of Returned.", Kind.COUNT, 9),
    Column("Overdue", "Not returned, and the due date has passed. Part of Outstanding.", Kind.COUNT, 10),
    *(
        Column(STATUS_TITLES[status], f"Returns with the status “{STATUS_TITLES[status]}”.", Kind.COUNT, 11)
        for status in AssessmentStatus
    ),
)

_ORGANISATION_COLUMNS = (
    Column("Organisation", "Name of the organisation.", width=34),
    Column("Organisation type", "Type of organisation.", width=22),
    Column("Group", "Group of organisation types.", width=17),
    Column("Duty", "Why the organisation takes part.", width=27),
    Column("Question set", "The question set it answers, with its version.", width=28),
    Column("Status", "Where the return is in the process.", width=16),
    Column("Signed", "Day of sign-off.", Kind.DATE, 20),
    Column("Timing", "How the return stands against the due date.", width=18),
    Column(
        "Asked",
        "Questions asked, as on screen: those for a rating and those for numbers and facts, without those that may "
        "be left empty. So it can differ from n and from the rows of Answers. Empty until returned.",
        Kind.COUNT,
        9,
    ),
    Column(
        "Answered",
        "Of those asked: rated, answered with a number or fact, or not applicable. Empty until returned.",
        Kind.COUNT,
        12,
    ),
    Column("Answered %", "Answered, as a share of asked; empty until returned.", Kind.SHARE, 12),
    Column("Organisation id", "A short id that does not change.", width=30),
)


def write_return_rates(book: Workbook, figures: CycleFigures) -> TableSheet:
    """Write one row for each organisation type, a total, and a chart."""
    table = TableSheet(
        book,
        "Return rates",
        heading="Return rates",
        about="Who was asked for a return, and what came back, by type of organisation.",
        source=cycle_source(figures),
        columns=_RATE_COLUMNS,
        frozen_columns=2,
    )
    by_type = figures.return_rates.by_type
    for row in by_type:
        table.row([row.group, row.title, *_rate_values(row.rate)])
    table.row(["All", "All organisations", *_rate_values(figures.return_rates.overall)], bold=True)
    table.add_filter(rows=len(by_type))
    if by_type:
        overall = figures.return_rates.overall
        add_stacked_bars(
            table,
            rows=len(by_type),
            heading="Returned and outstanding, number of organisations by type",
            description=f"Bar chart of returns by type of organisation: {overall.returned} returned and "
            f"{overall.outstanding} outstanding of {overall.expected} expected.",
            categories="Organisation type",
            series={
                "Returned": Paint(RATING_SHADES[Tone.FULL]),
                "Outstanding": Paint(STATE_SHADES[AnswerState.NOT_APPLICABLE]),
            },
            longest=max(row.rate.expected for row in by_type),
        )
    return table


def _rate_values(rate: ReturnRate) -> list[Value]:
    share = None if rate.returned_percent is None else rate.returned_percent / 100
    counts = [rate.expected, rate.returned, rate.outstanding, share, rate.late, rate.overdue]
    return [*counts, *rate.by_status.values()]


def write_organisations(book: Workbook, collated: CollatedCycle, figures: CycleFigures) -> TableSheet:
    """Write one row for each expected return, returned or not."""
    table = TableSheet(
        book,
        "Organisations",
        heading="Organisations",
        about="Every organisation asked for a return, with where its return stands."
        if collated.returns
        else "No returns are expected in this cycle yet. Organisations appear here once they are invited.",
        source=cycle_source(figures),
        columns=_ORGANISATION_COLUMNS,
    )
    for each, own in zip(collated.returns, figures.organisations, strict=True):
        type_key = each.organisation_type.key
        progress = progress_of(each.standards_set.questions_for(type_key), type_key, each.answers)
        table.row(
            [
                each.organisation.name,
                each.organisation_type.title,
                each.organisation_type.group,
                DUTY_TITLES[each.duty],
                f"{each.standards_set.title} {each.standards_set.version}",
                STATUS_TITLES[each.status],
                uk_date(each.signed_at) if each.signed_at else None,
                TIMING_TITLES[own.timing],
                *(_progress_values(progress) if each.counts else (None, None, None)),
                each.organisation.id,
            ]
        )
    table.add_filter(rows=len(collated.returns))
    return table


def _progress_values(progress: Progress) -> tuple[Value, Value, Value]:
    return progress.asked, progress.settled, progress.settled / progress.asked if progress.asked else None
