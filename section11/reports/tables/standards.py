"""Tables about one standard or one question: its questions, its types, its organisations, and what is missed most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from section11.domain.answers import STATE_TITLES, AnswerState, state_of
from section11.domain.moderation import QUALITY_TITLES, EvidenceQuality, Moderation
from section11.domain.scales import RatingScale
from section11.reports.collated import CollatedCycle
from section11.reports.figures import CycleFigures, OrganisationFigures
from section11.reports.results import LEVEL_TITLES
from section11.reports.set_figures import QuestionFigures, SetFigures
from section11.reports.tables.figure_table import FigureTable, counts, percents, text
from section11.reports.tables.tallies import answer_counts, tally_table
from section11.reports.tally import percent_of
from section11.reports.value_words import summary_words

ESSENTIAL = "Essential"


def questions_of(figures: SetFigures, standard_id: str) -> FigureTable:
    """Return the ratings of each question of a standard."""
    questions = [one for one in figures.questions if one.standard_id == standard_id]
    return _question_table("Ratings of each question", figures, questions)


def most_missed(figures: SetFigures, limit: int | None = None) -> FigureTable:
    """Return the questions of the set with the smallest share at the best rating first."""
    counted = [one for one in figures.questions if one.tally.denominator]
    counted.sort(key=lambda one: (one.tally.percent(figures.standards_set.scale.best.key) or 0, one.question_id))
    return _question_table("Questions missed most", figures, counted[:limit])


def by_type(figures: SetFigures, subject_id: str) -> FigureTable:
    """Return the ratings of a standard or a question by organisation type, over the returns that count."""
    rows = [
        ((one.title, one.returns_counted), one.standards.get(subject_id) or one.questions[subject_id])
        for one in figures.types
        if one.returns_counted
    ]
    first = (*text("Type"), *counts("Returns"))
    return tally_table("Ratings by organisation type", first, figures.standards_set.scale, rows)


def organisations_in(figures: CycleFigures, of_set: SetFigures, standard_id: str) -> FigureTable:
    """Return each organisation's result in a standard, the lowest essential answers first."""
    scale = of_set.standards_set.scale
    found = []
    for one in _counted(figures, of_set):
        result = next(each for each in one.standards if each.subject_id == standard_id)
        lowest = result.lowest_essential
        place = scale.position(lowest) if lowest else -1
        label = scale.rating(lowest).label if lowest else None
        percent = 101.0 if result.percent is None else result.percent
        row = (one.name, one.type_title, label, LEVEL_TITLES[result.level], result.percent, result.n)
        found.append((-place, percent, one.name.casefold(), row))
    return FigureTable(
        "Results of each organisation in this standard",
        (
            *text("Organisation", "Type", "Lowest essential answer", "Result"),
            *percents(f"{scale.best.label}, %"),
            *counts("n"),
        ),
        tuple(row for *_, row in sorted(found, key=lambda each: each[:3])),
    )


def answers_to(collated: CollatedCycle, set_id: str, question_id: str) -> tuple[FigureTable, tuple[str, ...]]:
    """Return each organisation's answer to a question, the lowest ratings first, and the assessment id of each row.

    The cycle is as it was selected: with moderated ratings, only what is moderated is in it.
    """
    found = []
    for one in collated.returns:
        question = one.standards_set.questions_by_id.get(question_id)
        if not one.counts or one.standards_set.id != set_id or question is None:
            continue
        scale = one.standards_set.scale
        answer, outcome = one.own_answers.get(question_id), one.outcomes.get(question_id)
        state = state_of(question, one.organisation_type.key, answer)
        own = answer.rating if answer is not None and state is AnswerState.RATED else None
        quality = outcome.evidence_quality if outcome else None
        row = (
            one.organisation.name,
            one.organisation_type.title,
            scale.rating(own).label if own else STATE_TITLES[state],
            _outcome_words(outcome, scale),
            QUALITY_TITLES[quality] if quality else None,
        )
        found.append((-scale.position(own) if own else 1, one.organisation.name.casefold(), one.assessment_id, row))
    found.sort(key=lambda each: each[:3])
    columns = text("Organisation", "Type", "Own rating", "Moderated rating", "Evidence")
    table = FigureTable("Answers of each organisation", columns, tuple(row for *_, row in found))
    return table, tuple(assessment_id for _, _, assessment_id, _ in found)


def _outcome_words(outcome: Moderation | None, scale: RatingScale) -> str | None:
    if outcome is None:
        return None
    return scale.rating(outcome.rating).label if outcome.rating else "No rating"


def evidence_quality(figures: SetFigures, question_ids: Sequence[str]) -> FigureTable:
    """Return how good moderators found the evidence for these questions, and how many answers they judged."""
    rows = []
    for one in figures.moderation.questions:
        if one.subject_id in question_ids:
            judged = sum(one.qualities.values())
            shares = [
                cell
                for each in EvidenceQuality
                for cell in (one.qualities[each], percent_of(one.qualities[each], judged))
            ]
            rows.append((one.subject_id, judged, *shares))
    columns = [
        column
        for each in EvidenceQuality
        for column in (*counts(QUALITY_TITLES[each]), *percents(f"{QUALITY_TITLES[each]}, %"))
    ]
    return FigureTable(
        "Quality of the evidence, as moderated", (*text("Question"), *counts("n"), *columns), tuple(rows)
    )


def values_in(figures: SetFigures, standard_id: str) -> FigureTable:
    """Return what the answers to each question of a standard that asks for no rating come to, in words."""
    return FigureTable(
        "Numbers and facts: what the answers to each question come to",
        (*text("Question", "Answers"), *counts("n", "No answer yet", "Not applicable", "Not asked")),
        tuple(
            (
                f"{one.question.id} {one.question.text}",
                summary_words(one),
                one.n,
                one.without_value,
                one.states[AnswerState.NOT_APPLICABLE],
                one.states[AnswerState.NOT_ASKED],
            )
            for one in figures.values
            if one.standard.id == standard_id
        ),
    )


def ratings_of(figures: SetFigures, subject_id: str) -> FigureTable:
    """Return counts and shares of a standard's answers, of a question's, or of all of the set for no subject."""
    tallies = {one.standard_id: one.tally for one in figures.standards}
    tallies |= {one.question_id: one.tally for one in figures.questions}
    return answer_counts(figures.standards_set.scale, tallies[subject_id] if subject_id else figures.total)


def _question_table(title: str, figures: SetFigures, questions: Iterable[QuestionFigures]) -> FigureTable:
    rows = [((one.question_id, ESSENTIAL if one.essential else "", one.text), one.tally) for one in questions]
    return tally_table(title, text("Question", "", "Words"), figures.standards_set.scale, rows)


def _counted(figures: CycleFigures, of_set: SetFigures) -> list[OrganisationFigures]:
    key = of_set.standards_set.id, of_set.standards_set.version
    return [one for one in figures.organisations if one.counts and (one.set_id, one.set_version) == key]
