"""Importing past results (organisation, question, rating), so that trends start on the first day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from section11.domain.answers import LONGEST_TEXT, Answer, Marker, length_of
from section11.domain.assessments import progress_of
from section11.domain.cycles import CycleStatus
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.scales import RatingScale
from section11.domain.standards import Question, StandardsSet
from section11.domain.workflow import EDITABLE, STATUS_TITLES, AssessmentStatus
from section11.errors import BadInputError, Problem, ProblemsFoundError
from section11.permissions import Right
from section11.services.office import Office, frozen_set
from section11.services.places import find_cycle, partnerships_with
from section11.services.taking_in.keeping import ImportKind, keep_import
from section11.services.taking_in.layouts import AS_WRITTEN, NOT_APPLICABLE, ResultsLayout
from section11.services.taking_in.organisation_finder import OrganisationFinder
from section11.services.taking_in.responses import likely_subject
from section11.services.trail import assessment_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.table_reader import OpenTable, Table, TableRow, open_table, read_all

REQUIRED = ("organisation", "question", "rating")
OPTIONAL = ("evidence",)
NOT_RATED = "Not rated in the imported results"


@dataclass(frozen=True, slots=True)
class ResultsImported:
    """How many organisations and answers were imported; ``not_applicable`` is part of ``answers``."""

    organisations: int
    answers: int
    not_applicable: int
    answers_by_name: Mapping[str, int] = field(default_factory=dict, compare=False)
    """How many answers each organisation gets."""


def preview_results(
    office: Office, user: User, cycle_id: str, content: bytes, filename: str, layout: ResultsLayout = AS_WRITTEN
) -> ResultsImported:
    """Return what an import would do, without doing it. Raises as ``import_results``."""
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
    table = _table(content, filename, layout)
    with office.store.writing() as work:  # left without a commit: reading locks the returns, as importing does
        return _counted(_read(work, user, cycle_id, table, layout))


def import_results(
    office: Office, user: User, cycle_id: str, content: bytes, filename: str, layout: ResultsLayout = AS_WRITTEN
) -> ResultsImported:
    """Fill the forms of a cycle with past results and mark them as submitted, all or none.

    The cycle must have been opened, so that its set is frozen and every organisation has its form. Nobody
    signed these answers here and nobody knows when they came, so no signature and no date are claimed.
    ``layout`` says how a file with other columns or another scale is read.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import results of this cycle.
        BadInputError: the cycle has not been opened.
        NotOurFileError: the file is no table, or no table of results.
        ProblemsFoundError: rows have faults; it names every one.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
    table = _table(content, filename, layout)
    with office.store.writing() as work:
        reading = _read(work, user, cycle_id, table, layout)
        sha256 = hashlib.sha256(content).hexdigest()
        before = _write(office, work, user, reading.answers, sha256)
        if before:
            keep_import(
                office,
                work,
                user,
                ImportKind.RESULTS,
                partnership_ids=reading.partnership_ids,
                cycle_id=cycle_id,
                filename=filename,
                file_sha256=sha256,
                changes={"assessments": before},
            )
        work.commit()
    return _counted(reading)


def scales_of(office: Office, user: User, cycle_id: str) -> list[RatingScale]:
    """Return the scales that a cycle's question sets use, so that the words of a file can be mapped to them.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import results of this cycle.
    """
    return list({one.scale.id: one.scale for one in _sets(office, user, cycle_id)}.values())


def question_columns(office: Office, user: User, cycle_id: str, headings: Sequence[str]) -> dict[str, str]:
    """Return the question of each heading that names one by its id, as in a file with a column for each question.

    Where several name the same question, the first counts: the others hold comments, say. Empty where the file has a
    column of ratings, and so a row for each.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import results of this cycle.
    """
    questions = [question for one in _sets(office, user, cycle_id) for question in one.all_questions()]
    if {"question", "rating"} & {heading.casefold() for heading in headings}:
        return {}
    ids = {question.id for question in questions if question.is_rated}
    found: dict[str, str] = {}
    for heading in headings:
        found.setdefault(likely_subject(heading, ids), heading)
    return {heading: question for question, heading in found.items() if question}


def _sets(office: Office, user: User, cycle_id: str) -> list[StandardsSet]:
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
        return [frozen_set(work, one) for one in sorted(set(work.cycles.frozen_set_hashes(cycle_id).values()))]


def seen_through(table: OpenTable, layout: ResultsLayout) -> OpenTable:
    """Return a file's table with our columns, as a layout says."""
    if layout.questions:
        return table.read_across(layout.columns.get("organisation", "organisation"), layout.questions)
    return table.read_as(layout.columns) if layout.columns else table


def _table(content: bytes, filename: str, layout: ResultsLayout) -> Table:
    table = seen_through(open_table(content, filename), layout)
    problems = table.heading_problems(required=REQUIRED, optional=OPTIONAL)
    if problems:
        raise ProblemsFoundError(problems)
    return read_all(table)


def _read(work: UnitOfWork, user: User, cycle_id: str, table: Table, layout: ResultsLayout) -> _Reading:
    reading = _Reading(work, user, cycle_id, layout)
    problems = [*table.problems, *(problem for row in table.rows for problem in reading.add(row))]
    for assessment_id in sorted(reading.answers):
        problems += reading.lock(assessment_id)
    if problems:
        raise ProblemsFoundError(problems)
    return reading


def _counted(reading: _Reading) -> ResultsImported:
    answers = [answer for by_question in reading.answers.values() for answer in by_question.values()]
    return ResultsImported(
        organisations=len(reading.answers),
        answers=len(answers),
        not_applicable=sum(answer.marker is Marker.NOT_APPLICABLE for answer in answers),
        answers_by_name={reading.names[key]: len(found) for key, found in reading.answers.items()},
    )


def _write(
    office: Office, work: UnitOfWork, user: User, answers: Mapping[str, Mapping[str, Answer]], file_sha256: str
) -> dict[str, dict[str, object]]:
    """Write the answers, and return by assessment what undoing them needs."""
    now = office.clock()
    written: dict[str, dict[str, object]] = {}
    rows = [(assessment_id, answer) for assessment_id, found in answers.items() for answer in found.values()]
    work.answers.add_all(rows, at=now, by=user.id)
    for assessment_id, found in sorted(answers.items()):
        assessment = work.assessments.get(assessment_id)
        # Not a move of the workflow: there is no author and no signer here who could have made it.
        work.assessments.set_status(assessment_id, AssessmentStatus.SUBMITTED)
        if assessment is not None:
            questions = tuple(frozen_set(work, assessment.set_sha256).all_questions())
            settled = progress_of(questions, assessment.organisation_type, found).settled
            work.assessments.add_to_settled(assessment_id, settled)
            status = assessment.status.value
            written[assessment_id] = {"revision": assessment.revision, "status": status, "settled": settled}
        not_applicable = sum(answer.marker is Marker.NOT_APPLICABLE for answer in found.values())
        stream = assessment_stream(assessment_id)
        counts = {"answers": len(found), "not_applicable": not_applicable}
        record(work, stream, user, "results_imported", now, file_sha256=file_sha256, **counts)
    return written


class _Reading:
    """The answers of a file by assessment and question, as they are found row by row."""

    def __init__(self, work: UnitOfWork, user: User, cycle_id: str, layout: ResultsLayout) -> None:
        self._work = work
        self._layout = layout
        cycle = find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
        if cycle.status is CycleStatus.PREPARING:
            raise BadInputError(f"The cycle {cycle.name} has not been opened yet. Open it, then import its results.")
        # In a joint cycle a person imports for the organisations of their own partnership alone.
        self.partnership_ids = partnerships_with(user, Right.IMPORT_RESULTS, sorted(cycle.partnership_ids))
        members = work.organisations.members(self.partnership_ids)
        self._finder = OrganisationFinder(one.organisation for one in members)
        self._assessments = {
            row.assessment.organisation_id: row.assessment for row in work.assessments.in_cycle(cycle_id)
        }
        self._first_places: dict[str, str] = {}
        self.answers: dict[str, dict[str, Answer]] = {}
        self.names: dict[str, str] = {}

    def add(self, row: TableRow) -> list[Problem]:
        """Take the answer of a row, or return what is wrong with it."""
        rating_words = self._layout.rating_words(row["rating"])
        if rating_words is None:
            return []
        try:
            organisation = self._finder.find(row["organisation"])
        except BadInputError as error:
            return [Problem(row.place_of("organisation"), error.user_message)]
        assessment = self._assessments.get(organisation.id)
        if assessment is None:
            message = f"{organisation.name} has no form in this cycle. Add the missing forms, or remove the row."
            return [Problem(row.place_of("organisation"), message)]
        self._first_places.setdefault(assessment.id, row.place_of("organisation"))
        answers = self.answers.setdefault(assessment.id, {})
        self.names[assessment.id] = organisation.name
        standards_set = frozen_set(self._work, assessment.set_sha256)
        problems = []
        question = _question(standards_set, row["question"])
        if question is None or not question.is_asked_of(organisation.type):
            problems.append(Problem(row.place_of("question"), _not_asked(row["question"], organisation, standards_set)))
        elif not question.is_rated:
            message = f"Question {question.id} is not answered with a rating, so it has no past rating. Remove the row."
            problems.append(Problem(row.place_of("question"), message))
        elif question.id in answers:
            message = f"{organisation.name} has a rating for {question.id} in an earlier row. Keep one of the two."
            problems.append(Problem(row.place_of("question"), message))
        if length_of(row["evidence"]) > LONGEST_TEXT:
            message = f"The evidence has more than {LONGEST_TEXT:,} characters. Shorten it."
            problems.append(Problem(row.place_of("evidence"), message))
        try:
            answer = _answer(standards_set, question.id if question else "", rating_words, row["evidence"])
        except BadInputError as error:
            return [*problems, Problem(row.place_of("rating"), error.user_message)]
        if question is not None and not problems:
            answers[question.id] = answer
        return problems

    def lock(self, assessment_id: str) -> list[Problem]:
        """Hold the assessment until the transaction ends; return what stands against filling it."""
        assessment = self._work.assessments.lock_for_change(assessment_id)
        place = self._first_places[assessment_id]
        if assessment is None or self._work.answers.of_assessment(assessment_id):
            message = "This organisation has answers in this cycle already. Remove its rows; nothing is overwritten."
            return [Problem(place, message)]
        if assessment.status not in EDITABLE:
            title = STATUS_TITLES[assessment.status].lower()
            return [Problem(place, f"The return of this organisation is {title} already. Remove its rows.")]
        return []


def _question(standards_set: StandardsSet, words: str) -> Question | None:
    exact = standards_set.questions_by_id.get(words)
    if exact is not None:
        return exact
    return next((one for one in standards_set.all_questions() if one.id.casefold() == words.casefold()), None)


def _not_asked(words: str, organisation: Organisation, standards_set: StandardsSet) -> str:
    if not words:
        return "The question is missing. Write its id."
    if _question(standards_set, words) is None:
        return f'"{words}" is not a question of {standards_set.title}. Write an id as the set has it.'
    return f"Question {words} is not asked of {organisation.name}. Remove the row."


def _answer(standards_set: StandardsSet, question_id: str, words: str, evidence: str) -> Answer:
    scale = standards_set.scale
    if words == NOT_APPLICABLE or words.casefold() in scale.not_applicable_words:
        return Answer(question_id, marker=Marker.NOT_APPLICABLE, reason=NOT_RATED, evidence=evidence)
    rating = scale.find(words)
    if rating is None:
        choices = ", ".join([*(one.label for one in scale.ratings), *scale.not_applicable_words])
        what = f'"{words}" is not a rating.' if words else "The rating is missing."
        raise BadInputError(f"{what} Write one of: {choices}; or remove the row where nothing was answered.")
    return Answer(question_id, rating=rating.key, evidence=evidence)
