"""Open data tables about who was asked and what came back: organisations, returns and the questions they were asked."""

from __future__ import annotations

from section11.domain.organisations import DUTY_TITLES
from section11.domain.question_types import type_of
from section11.domain.workflow import STATUS_TITLES
from section11.reports.collated import CollatedCycle
from section11.reports.data_tables import DataTable, Field, FieldType, Row, in_order, words_or_none
from section11.reports.figures import CycleFigures
from section11.reports.return_rates import TIMING_TITLES

RETURN_ID = Field("return_id", "Return", "Id of one organisation's return in one cycle.")
ORGANISATION_ID = Field("organisation_id", "Organisation", "Id of the organisation; it does not change.")
SET_ID = Field("set_id", "Question set", "Id of the question set that is answered.")
SET_VERSION = Field("set_version", "Version", "Version of the question set.")
STANDARD_ID = Field("standard_id", "Standard", "Id of the standard.")
QUESTION_ID = Field("question_id", "Question", "Id of the question; it does not change between editions.")

_ORGANISATIONS = (
    ORGANISATION_ID,
    Field("name", "Name", "Name of the organisation."),
    Field("type", "Type", "Key of the type of organisation."),
    Field("type_title", "Type in words", "Type of organisation in words."),
    Field("group", "Group", "Group of organisation types."),
    Field(
        "duty",
        "Duty",
        "Why the organisation takes part.",
        values={duty.value: words for duty, words in DUTY_TITLES.items()},
    ),
    Field("urn", "URN", "Unique reference number of a school, where it has one."),
    Field("ods_code", "ODS code", "Code of a health organisation, where it has one."),
    Field("parent_id", "Parent", "Id of the organisation it belongs to, such as a trust."),
)


def organisations_table(collated: CollatedCycle) -> DataTable:
    rows: dict[str, Row] = {}
    for each in collated.returns:
        one, kind = each.organisation, each.organisation_type
        codes = (words_or_none(one.urn), words_or_none(one.ods_code), one.parent_id)
        rows[one.id] = (one.id, one.name, kind.key, kind.title, kind.group, each.duty.value, *codes)
    return DataTable(
        "organisations",
        "Organisations",
        "Every organisation that was asked for a return in this cycle.",
        _ORGANISATIONS,
        ("organisation_id",),
        in_order(_ORGANISATIONS, ("organisation_id",), list(rows.values())),
    )


_WHOLE = FieldType.INTEGER
_RETURNS = (
    RETURN_ID,
    Field("cycle_id", "Cycle", "Id of the cycle."),
    ORGANISATION_ID,
    SET_ID,
    SET_VERSION,
    Field(
        "status",
        "Status",
        "Where the return is in the process.",
        values={status.value: title for status, title in STATUS_TITLES.items()},
    ),
    Field(
        "timing",
        "Timing",
        "How the return stands against the due date.",
        values={timing.value: title for timing, title in TIMING_TITLES.items()},
    ),
    Field(
        "counts",
        "Counts",
        "Whether it was submitted, so that its answers are here and counted.",
        FieldType.BOOLEAN,
    ),
    Field("signed_at", "Signed", "Moment of sign-off, in UTC.", FieldType.DATETIME),
    Field("asked", "Asked", "Rated questions that are asked; empty until it counts.", _WHOLE),
    Field("n", "n", "Asked, without those that do not apply: what every share is a share of.", _WHOLE),
    Field("not_applicable", "Not applicable", "Rated questions that do not apply, with a reason.", _WHOLE),
    Field("dont_know_yet", "Don't know yet", "Rated questions marked “don't know yet”.", _WHOLE),
    Field("not_confirmed", "Not confirmed", "Ratings carried forward and not yet confirmed.", _WHOLE),
    Field("not_answered", "Not answered", "Rated questions that are asked and not answered.", _WHOLE),
    Field("not_asked", "Not asked", "Rated questions of the set that this type is not asked.", _WHOLE),
)


def returns_table(collated: CollatedCycle, figures: CycleFigures) -> DataTable:
    rows: list[Row] = []
    for each, own in zip(collated.returns, figures.organisations, strict=True):
        tally = own.tally
        counts: Row = (None,) * 7
        if tally is not None:
            counts = (
                tally.asked,
                tally.denominator,
                tally.not_applicable,
                tally.dont_know_yet,
                tally.not_confirmed,
                tally.not_answered,
                tally.not_asked,
            )
        rows.append(
            (
                each.assessment_id,
                collated.cycle.id,
                each.organisation.id,
                own.set_id,
                own.set_version,
                each.status.value,
                own.timing.value,
                own.counts,
                each.signed_at,
                *counts,
            )
        )
    return DataTable(
        "returns",
        "Returns",
        "Every return that is expected in this cycle, returned or not.",
        _RETURNS,
        ("return_id",),
        in_order(_RETURNS, ("return_id",), rows),
        refers={("organisation_id",): "organisations"},
    )


_QUESTIONS = (
    SET_ID,
    SET_VERSION,
    QUESTION_ID,
    STANDARD_ID,
    Field("standard_title", "Standard in words", "Title of the standard."),
    Field("text", "Words of the question", "The question as it was asked."),
    Field("question_type", "Kind of answer", "What the question is answered with."),
    Field("unit", "Unit", "What a number counts, where a number is asked for."),
    Field("essential", "Essential", "Whether the question decides the result of its standard.", FieldType.BOOLEAN),
    Field("arrangements", "Arrangements", "Keys of the statutory arrangements it tests, with spaces between."),
)
QUESTION_KEY = ("set_id", "set_version", "question_id")


def questions_table(figures: CycleFigures) -> DataTable:
    rows: list[Row] = [
        (
            of_set.standards_set.id,
            of_set.standards_set.version,
            question.id,
            standard.id,
            standard.title,
            question.text,
            type_of(question).title,
            words_or_none(question.unit),
            question.essential,
            words_or_none(" ".join(question.arrangements)),
        )
        for of_set in figures.sets
        for standard in of_set.standards_set.standards
        for question in standard.questions
    ]
    return DataTable(
        "questions",
        "Questions",
        "Every question of the question sets of this cycle, as it was asked.",
        _QUESTIONS,
        QUESTION_KEY,
        in_order(_QUESTIONS, QUESTION_KEY, rows),
    )
