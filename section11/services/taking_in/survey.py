"""Importing what staff said in a survey: how many agree, by organisation and question or arrangement."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import User
from section11.domain.standards import StandardsSet
from section11.domain.survey import FEWEST_RESPONSES, SurveyResult
from section11.errors import BadInputError, Problem, ProblemsFoundError
from section11.permissions import Right
from section11.services.office import Office, frozen_set
from section11.services.places import find_cycle, partnerships_with
from section11.services.taking_in.keeping import ImportKind, keep_import
from section11.services.taking_in.layouts import SurveyLayout
from section11.services.taking_in.organisation_finder import OrganisationFinder
from section11.services.taking_in.responses import counted
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork
from section11.workbooks.table_reader import Table, TableRow, open_table, read_all

REQUIRED = ("agree", "responses")
OPTIONAL = ("organisation", "question", "arrangement")
_WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.0+)?")


@dataclass(frozen=True, slots=True)
class SurveyChange:
    """One result as it will be, whose it is (empty for everybody), and what it takes the place of."""

    organisation: str
    after: SurveyResult
    before: SurveyResult | None


@dataclass(frozen=True, slots=True)
class SurveyImported:
    """What a file holds: ``replaced`` is part of ``results``; ``too_few`` were left out for too few responses."""

    results: int
    replaced: int
    too_few: int
    changes: tuple[SurveyChange, ...] = field(default=(), compare=False)


def preview_survey(
    office: Office, user: User, cycle_id: str, content: bytes, filename: str, layout: SurveyLayout | None = None
) -> SurveyImported:
    """Return what an import would do, without doing it. Raises as ``import_survey``."""
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
    table = _table(office, cycle_id, content, filename, layout)
    with office.store.reading() as work:
        return _read(work, user, cycle_id, table)[1]


def import_survey(
    office: Office, user: User, cycle_id: str, content: bytes, filename: str, layout: SurveyLayout | None = None
) -> SurveyImported:
    """Take in survey results of a cycle, all or none. The same people and subject again are replaced.

    Groups with fewer than five responses are left out, so that nobody can be recognised. With a ``layout`` the file
    has the answers of each person, as survey tools export them, and they are counted here; nothing else of it is kept.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import results of this cycle.
        BadInputError: the cycle has not been opened.
        NotOurFileError: the file is no table, or no table of survey results.
        ProblemsFoundError: rows have faults; it names every one.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
    table = _table(office, cycle_id, content, filename, layout)
    sha256 = hashlib.sha256(content).hexdigest()
    with office.store.writing() as work:
        results, done = _read(work, user, cycle_id, table)
        now = office.clock()
        work.survey_results.put_all(cycle_id, results, at=now)
        if results:
            keep_import(
                office,
                work,
                user,
                ImportKind.SURVEY,
                partnership_ids={one.partnership_id for one in results},
                cycle_id=cycle_id,
                filename=filename,
                file_sha256=sha256,
                changes={"results": [_changed(one.after, one.before) for one in done.changes]},
            )
        for partnership_id, count in sorted(Counter(one.partnership_id for one in results).items()):
            stream = partnership_stream(partnership_id)
            record(work, stream, user, "survey_imported", now, cycle=cycle_id, results=count, file_sha256=sha256)
        work.commit()
    return done


def survey_subjects(office: Office, user: User, cycle_id: str) -> dict[str, str]:
    """Return the questions and arrangements a survey of this cycle may be about, with their words, by id or key.

    Raises:
        NotAvailableError, NotPermittedError: the person may not import results of this cycle.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS)
        sets = _sets_of(work, cycle_id)
    words = {key: title for one in sets for key, title in one.arrangements.items()}
    return words | {question.id: question.text for one in sets for question in one.rated_questions}


def _sets_of(work: UnitOfWork, cycle_id: str) -> list[StandardsSet]:
    return [frozen_set(work, sha256) for sha256 in sorted(set(work.cycles.frozen_set_hashes(cycle_id).values()))]


def _table(office: Office, cycle_id: str, content: bytes, filename: str, layout: SurveyLayout | None) -> Table:
    if layout is not None:
        with office.store.reading() as work:
            questions = {question.id for one in _sets_of(work, cycle_id) for question in one.rated_questions}
        return counted(content, filename, layout, questions)
    table = open_table(content, filename)
    problems = table.heading_problems(required=REQUIRED, optional=OPTIONAL)
    if not table.has("question") and not table.has("arrangement"):
        message = 'There is neither a column "question" nor a column "arrangement". Add one of them.'
        problems.append(Problem(table.heading_place, message))
    if problems:
        raise ProblemsFoundError(problems)
    return read_all(table)


def _read(work: UnitOfWork, user: User, cycle_id: str, table: Table) -> tuple[list[SurveyResult], SurveyImported]:
    reading = _Reading(work, user, find_cycle(work, user, cycle_id, Right.IMPORT_RESULTS))
    problems = list(table.problems)
    for row in table.rows:
        problems += reading.add(row)
    if problems:
        raise ProblemsFoundError(problems)
    stored = {_key(one): one for one in work.survey_results.in_cycle(cycle_id)}
    usable = [one for one in reading.results.values() if one.responses >= FEWEST_RESPONSES]
    return usable, SurveyImported(
        results=len(usable),
        replaced=sum(_key(one) in stored for one in usable),
        too_few=len(reading.results) - len(usable),
        changes=tuple(
            SurveyChange(reading.names.get(one.organisation_id or "", ""), one, stored.get(_key(one))) for one in usable
        ),
    )


def _key(result: SurveyResult) -> tuple[str, str | None, str]:
    return result.partnership_id, result.organisation_id, result.subject


def _changed(after: SurveyResult, before: SurveyResult | None) -> list[object]:
    """Return one result as undoing needs it, with what it took the place of."""
    return [*_key(after), after.agree, after.responses, before and [before.agree, before.responses]]


class _Reading:
    """The results of a file, as they are found row by row."""

    def __init__(self, work: UnitOfWork, user: User, cycle: Cycle) -> None:
        if cycle.status is CycleStatus.PREPARING:
            raise BadInputError(f"The cycle {cycle.name} has not been opened yet. Open it, then import its survey.")
        self._partnership_ids = partnerships_with(user, Right.IMPORT_RESULTS, sorted(cycle.partnership_ids))
        members = work.organisations.members(self._partnership_ids)
        self._finder = OrganisationFinder(one.organisation for one in members)
        self._partnership_of = {one.organisation.id: one.partnership_id for one in reversed(members)}
        forms = [row.assessment for row in work.assessments.in_cycle(cycle.id)]
        self._sets = {one.organisation_id: frozen_set(work, one.set_sha256) for one in forms}
        self.names = {one.organisation.id: one.organisation.name for one in members}
        self.results: dict[tuple[str, str | None, str], SurveyResult] = {}

    def add(self, row: TableRow) -> list[Problem]:
        """Take the result of a row, or return what is wrong with it."""
        problems: list[Problem] = []
        partnership_id, organisation_id = "", None
        subject, agree, responses = "", 0, 0
        sets: Mapping[str, StandardsSet] = self._sets
        try:
            partnership_id, organisation_id = self._people(row["organisation"])
            if organisation_id is not None:
                sets = {organisation_id: self._sets[organisation_id]}
        except BadInputError as error:
            problems.append(Problem(row.place_of("organisation"), error.user_message))
        column = "question" if row["question"] or not row["arrangement"] else "arrangement"
        try:
            subject = _subject(row, sets.values())
        except BadInputError as error:
            problems.append(Problem(row.place_of(column), error.user_message))
        try:
            responses = _count(row["responses"], "responses")
        except BadInputError as error:
            problems.append(Problem(row.place_of("responses"), error.user_message))
        try:
            agree = _count(row["agree"], "people who agree")
            if agree > responses and not problems:
                raise BadInputError(f"{agree} agree, but only {responses} answered. Put one of the two numbers right.")
        except BadInputError as error:
            problems.append(Problem(row.place_of("agree"), error.user_message))
        if problems:
            return problems
        result = SurveyResult(partnership_id, organisation_id, subject, agree, responses)
        if _key(result) in self.results:
            message = f"{subject} has a result for the same people in an earlier row. Keep one of the two."
            return [Problem(row.place_of(column), message)]
        self.results[_key(result)] = result
        return []

    def _people(self, words: str) -> tuple[str, str | None]:
        """Return the partnership and organisation a row is about; without words it is about everybody."""
        if words:
            organisation = self._finder.find(words)
            if organisation.id not in self._sets:
                raise BadInputError(f"{organisation.name} has no form in this cycle. Remove the row.")
            return self._partnership_of[organisation.id], organisation.id
        if len(self._partnership_ids) > 1:
            raise BadInputError("Several partnerships run this cycle. Write which organisation the row is about.")
        return self._partnership_ids[0], None


def _subject(row: TableRow, sets: Iterable[StandardsSet]) -> str:
    """Return the question or arrangement a row is about, as the sets write it."""
    if row["question"] and row["arrangement"]:
        raise BadInputError("The row names a question and an arrangement. Keep one of the two.")
    words = row["question"] or row["arrangement"]
    if not words:
        raise BadInputError("The row names no question and no arrangement. Write the id of one.")
    known: dict[str, str] = {}
    for one in sets:
        ids = (q.id for q in one.rated_questions) if row["question"] else one.questions_by_arrangement
        known |= {each.casefold(): each for each in ids}
    if words.casefold() not in known:
        what = "a rated question" if row["question"] else "an arrangement"
        raise BadInputError(f'"{words}" is not {what} of the set that is answered here. Write an id as the set has it.')
    return known[words.casefold()]


def _count(words: str, what: str) -> int:
    if _WHOLE_NUMBER.fullmatch(words):
        return int(float(words.replace(",", "")))
    if not words:
        raise BadInputError(f"The number of {what} is missing. Write a whole number.")
    raise BadInputError(f'"{words}" is not a number of {what}. Write how many, as a whole number and not as a share.')
