"""Open data tables of what was said: answers, results, moderation and actions of the returns that count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from section11.domain.actions import ACTION_STATUS_TITLES
from section11.domain.answers import STATE_TITLES, Answer, AnswerState, state_of
from section11.domain.moderation import QUALITY_TITLES
from section11.domain.question_types import Entry, Summary, type_of, value_words
from section11.domain.standards import Question, Standard
from section11.domain.uk_time import uk_date
from section11.reports.collated import CollatedCycle, CollatedReturn
from section11.reports.data_of_returns import (
    ORGANISATION_ID,
    QUESTION_ID,
    QUESTION_KEY,
    RETURN_ID,
    SET_ID,
    SET_VERSION,
    STANDARD_ID,
)
from section11.reports.data_tables import DataTable, Field, FieldType, Row, in_order, words_or_none
from section11.reports.figures import CycleFigures
from section11.reports.moderation_figures import COMPARISON_TITLES, comparison_of
from section11.reports.results import LEVEL_TITLES

_WHOSE = (RETURN_ID, ORGANISATION_ID, SET_ID, SET_VERSION)
_ANSWER_KEY = ("return_id", "question_id")
_REFERS = {("return_id",): "returns", ("organisation_id",): "organisations", QUESTION_KEY: "questions"}

_ANSWERS = (
    *_WHOSE,
    STANDARD_ID,
    QUESTION_ID,
    Field(
        "state",
        "State",
        "Whether there is a rating or an answer, and if not, why not.",
        values={state.value: title for state, title in STATE_TITLES.items()},
    ),
    Field("rating", "Rating", "Key of the organisation's own rating; only where the state is “rated”."),
    Field("rating_label", "Rating in words", "The same in words."),
    Field("rating_position", "Place on the scale", "1 is the best rating of the scale.", FieldType.INTEGER),
    Field("value", "Answer", "What was answered where no rating is asked for, in words."),
    Field("number", "Number", "The same as a number, where it is one; percentages from 0 to 100.", FieldType.NUMBER),
    Field("day", "Day", "The same as a date, where it is one.", FieldType.DATE),
    Field("reason", "Reason", "Why the question does not apply; only where the state is “not_applicable”."),
    Field("evidence", "Evidence", "What the organisation says it rests on, in full."),
    Field("impact", "Impact", "What difference it makes for children, in full."),
    Field("carried_from", "Carried from", "Id of the cycle an answer was brought from and not yet confirmed."),
    Field("changed_at", "Changed", "Moment of the latest change, in UTC; empty without an answer.", FieldType.DATETIME),
)


def answers_table(collated: CollatedCycle) -> DataTable:
    rows = [_answer_row(each, standard, question) for each, standard, question in _asked(collated)]
    return DataTable(
        "answers",
        "Answers",
        "One row for each submitted return and question of its set, also questions that were not answered or not "
        "asked. Returns that were not submitted have no rows.",
        _ANSWERS,
        _ANSWER_KEY,
        in_order(_ANSWERS, _ANSWER_KEY, rows),
        refers=_REFERS,
    )


def _asked(collated: CollatedCycle) -> Iterator[tuple[CollatedReturn, Standard, Question]]:
    for each in collated.returns:
        if each.counts:
            for standard in each.standards_set.standards:
                for question in standard.questions:
                    yield each, standard, question


def _whose(each: CollatedReturn) -> Row:
    return each.assessment_id, each.organisation.id, each.standards_set.id, each.standards_set.version


def _answer_row(each: CollatedReturn, standard: Standard, question: Question) -> Row:
    answer = each.answers.get(question.id)
    state = state_of(question, each.organisation_type.key, answer)
    if answer is None or state is AnswerState.NOT_ASKED:
        return (*_whose(each), standard.id, question.id, state.value, *(None,) * 11)
    return (
        *_whose(each),
        standard.id,
        question.id,
        state.value,
        *(_rating(each, answer) if state is AnswerState.RATED else (None, None, None)),
        *(_value(question, answer) if state is AnswerState.ANSWERED else (None, None, None)),
        words_or_none(answer.reason) if state is AnswerState.NOT_APPLICABLE else None,
        words_or_none(answer.evidence),
        words_or_none(answer.impact),
        answer.carried_from,
        answer.updated_at,
    )


def _rating(each: CollatedReturn, answer: Answer) -> Row:
    scale = each.standards_set.scale
    if answer.rating is None:
        return None, None, None
    return answer.rating, scale.rating(answer.rating).label, scale.position(answer.rating) + 1


def _value(question: Question, answer: Answer) -> Row:
    kind, kept = type_of(question), answer.value
    if kept is None:
        return None, None, None
    number = float(kept) if kind.summary is Summary.SPREAD else None
    day = date.fromisoformat(kept) if kind.entry is Entry.DAY else None
    return value_words(question, kept), number, day


_LEVELS = {level.value: title for level, title in LEVEL_TITLES.items()}
_RESULT_KEY = ("return_id", "kind", "subject_id")
_RESULTS = (
    *_WHOSE,
    Field(
        "kind",
        "Kind",
        "What the result is in.",
        values={"standard": "A standard of its question set", "arrangement": "A statutory arrangement, over all sets"},
    ),
    Field("subject_id", "Subject", "Id of the standard, or key of the arrangement."),
    Field("level", "Result", "The result in words.", values=_LEVELS),
    Field("n", "n", "How many questions the share is of.", FieldType.INTEGER),
    Field("at_best", "At the best rating", "How many of them have the best rating.", FieldType.INTEGER),
    Field("percent", "Share", "Share at the best rating, 0 to 100 with two decimals.", FieldType.NUMBER),
    Field("lowest_essential", "Lowest essential", "Key of the lowest rating of an essential question."),
)


def results_table(collated: CollatedCycle, figures: CycleFigures) -> DataTable:
    rows: list[Row] = []
    for each, own in zip(collated.returns, figures.organisations, strict=True):
        found = {"standard": own.standards, "arrangement": figures.arrangement_map.rows[own.assessment_id]}
        rows += [
            (
                *_whose(each),
                kind,
                one.subject_id,
                one.level.value,
                one.n,
                one.at_best,
                None if one.percent is None else round(one.percent, 2),
                one.lowest_essential,
            )
            for kind, results in found.items()
            for one in results
        ]
    return DataTable(
        "results",
        "Results",
        "The result of every expected return in each standard of its set and in each arrangement.",
        _RESULTS,
        _RESULT_KEY,
        in_order(_RESULTS, _RESULT_KEY, rows),
        refers={("return_id",): "returns", ("organisation_id",): "organisations"},
    )


_MODERATION = (
    *_WHOSE,
    QUESTION_ID,
    Field("self_rating", "Own rating", "Key of the rating the organisation gave itself."),
    Field("moderated_rating", "Moderated rating", "Key of the rating scrutiny agreed; empty where none belongs there."),
    Field(
        "comparison",
        "Comparison",
        "Where the moderated rating lies beside the own one.",
        values={one.value: title for one, title in COMPARISON_TITLES.items()},
    ),
    Field(
        "evidence_quality",
        "Evidence quality",
        "How good the evidence is.",
        values={one.value: title for one, title in QUALITY_TITLES.items()},
    ),
    Field("reason", "Reason", "Why scrutiny rated it as it did, in full."),
)


def moderation_table(collated: CollatedCycle) -> DataTable:
    rows: list[Row] = []
    for each in collated.returns:
        for question_id, outcome in each.outcomes.items():
            answer = each.answers.get(question_id, Answer(question_id))
            quality = outcome.evidence_quality
            rows.append(
                (
                    *_whose(each),
                    question_id,
                    answer.rating,
                    outcome.rating,
                    comparison_of(answer, outcome, each.standards_set.scale).value,
                    None if quality is None else quality.value,
                    words_or_none(outcome.reason),
                )
            )
    return DataTable(
        "moderation",
        "Moderation",
        "What scrutiny agreed on each rated answer, of the returns whose moderation is finished. Judgements that are "
        "still being made are nobody else's business and are not here.",
        _MODERATION,
        _ANSWER_KEY,
        in_order(_MODERATION, _ANSWER_KEY, rows),
        refers=_REFERS,
    )


_ACTIONS = (
    *_WHOSE,
    STANDARD_ID,
    QUESTION_ID,
    Field("what", "Action", "The improvement promised, in full."),
    Field("owner", "Owner", "The post that owns the action."),
    Field("began", "Began", "The day it was first promised, where that is known.", FieldType.DATE),
    Field("due", "Due", "When it is due.", FieldType.DATE),
    Field(
        "status",
        "Status",
        "What became of it.",
        values={status.value: title for status, title in ACTION_STATUS_TITLES.items()},
    ),
    Field("overdue", "Overdue", "Whether it was open after its due date when the data were taken.", FieldType.BOOLEAN),
    Field("closed", "Closed", "The day it was marked as done, or dropped.", FieldType.DATE),
    Field("updates", "Updates", "How many times something was reported about it.", FieldType.INTEGER),
    Field("last_update", "Last update", "The day of the latest report.", FieldType.DATE),
    Field("completion", "What shows it", "What the organisation says shows that it is done."),
    Field("change", "What changed", "What the organisation says it changed for children."),
)


def actions_table(collated: CollatedCycle, figures: CycleFigures) -> DataTable:
    today = uk_date(figures.taken_at)
    rows: list[Row] = []
    for each, standard, question in _asked(collated):
        action = each.actions.get(question.id)
        if action is None or not question.is_asked_of(each.organisation_type.key):
            continue
        rows.append(
            (
                *_whose(each),
                standard.id,
                question.id,
                words_or_none(action.what),
                words_or_none(action.owner),
                action.began,
                action.due,
                action.status.value,
                action.is_overdue(today),
                uk_date(action.closed_at) if action.closed_at else None,
                action.updates,
                uk_date(action.updated_at) if action.updated_at else None,
                words_or_none(action.completion),
                words_or_none(action.change),
            )
        )
    return DataTable(
        "actions",
        "Actions",
        "Every action promised in a submitted return, whatever became of it.",
        _ACTIONS,
        _ANSWER_KEY,
        in_order(_ACTIONS, _ANSWER_KEY, rows),
        refers=_REFERS,
    )
