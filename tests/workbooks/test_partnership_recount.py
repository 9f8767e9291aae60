"""The sheets of the partnership workbook agree: everything is counted again from the rows of answers."""

from __future__ import annotations

import random
from collections import Counter
from io import BytesIO

import openpyxl
import pytest

from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.workbooks.partnership_workbook import write_partnership_workbook
from tests.unit.figure_builders import (
    CHARITY,
    HOUSING,
    LATE,
    ON_TIME,
    POLICE,
    SCHOOL,
    SMALL_SET,
    a_cycle,
    a_return,
    dont_know_yet,
    four_organisations,
    not_applicable,
    published_matrix,
    rated,
    seven_organisations,
)

STATE_COLUMNS = {
    "Not applicable": "Not applicable",
    "Don't know yet": "Don't know yet",
    "Not confirmed": "Carried forward, not yet confirmed",
    "Not answered": "Not answered",
    "Not asked": "Not asked",
}
OUTSIDE_N = {"Not applicable", "Not asked"}
WITHOUT_RESULT = {"Not applicable", "Not asked", "Not returned"}

Tables = dict[str, list[dict[str, object]]]


def thirty_mixed_organisations() -> CollatedCycle:
    """Return a cycle with every type, status and state of an answer, the same at every run."""
    chance = random.Random(11)  # noqa: S311 - a fixed choice, not a secret
    returns = []
    for number in range(30):
        answers = []
        for question in SMALL_SET.all_questions():
            answers += chance.choice(
                [
                    [rated(question.id, chance.choice(SMALL_SET.scale.keys))],
                    [rated(question.id, chance.choice(SMALL_SET.scale.keys))],
                    [rated(question.id, "fully", carried_from="2024")],
                    [not_applicable(question.id)],
                    [dont_know_yet(question.id)],
                    [],
                ]
            )
        kind = chance.choice([POLICE, SCHOOL, CHARITY, HOUSING])
        status = chance.choice(list(AssessmentStatus))
        signed_at = chance.choice([ON_TIME, LATE])
        returns.append(a_return(f"Organisation {number}", kind, answers, status=status, signed_at=signed_at))
    return a_cycle(*returns)


@pytest.fixture(scope="module", params=[four_organisations, published_matrix, thirty_mixed_organisations])
def tables(request: pytest.FixtureRequest) -> Tables:
    """Return every sheet of a written workbook as rows by heading."""
    return tables_of(request.param())


def tables_of(collated: CollatedCycle) -> Tables:
    book = openpyxl.load_workbook(BytesIO(write_partnership_workbook(collated, figures_of(collated))))
    by_title = {}
    for sheet in book.worksheets[1:]:
        headings, *rows = sheet.iter_rows(min_row=4, values_only=True)
        by_title[sheet.title] = [dict(zip(headings, row, strict=True)) for row in rows]
    return by_title


def check_tally(row: dict[str, object], answers: list[dict[str, object]]) -> None:
    """Compare one row of counts and shares with the answers it is about."""
    states = Counter(answer["State"] for answer in answers)
    ratings = Counter(answer["Rating"] for answer in answers if answer["State"] == "Rated")
    n = sum(count for state, count in states.items() if state not in OUTSIDE_N)
    assert row["n"] == n
    for column, state in STATE_COLUMNS.items():
        assert row[column] == states[state], column
    labels = [heading.removesuffix(" %") for heading in row if heading.endswith(" %")]
    assert set(ratings) <= set(labels)
    for label in labels:
        assert row[label] == ratings[label]
        assert row[f"{label} %"] == (pytest.approx(ratings[label] / n) if n else None)


def test_each_standard_and_the_total_are_what_the_answers_add_up_to(tables):
    *standards, total = tables["By standard"]

    for row in standards:
        of_standard = f"{row['Standard']} {row['Title']}"
        check_tally(row, [answer for answer in tables["Answers"] if answer["Standard"] == of_standard])
    check_tally(total, tables["Answers"])


def test_each_question_and_the_total_are_what_the_answers_add_up_to(tables):
    *questions, total = tables["By question"]

    for row in questions:
        check_tally(row, [answer for answer in tables["Answers"] if answer["Question id"] == row["Question id"]])
    check_tally(total, tables["Answers"])


def test_each_organisation_has_answered_what_its_answers_say(tables):
    for row in tables["Organisations"]:
        own = [answer["State"] for answer in tables["Answers"] if answer["Organisation id"] == row["Organisation id"]]
        asked = sum(state != "Not asked" for state in own)
        answered = sum(state in ("Rated", "Not applicable") for state in own)
        returned = row["Status"] in ("Submitted", "Moderated", "Released")
        assert bool(own) == returned
        assert (row["Asked"], row["Answered"]) == ((asked, answered) if returned else (None, None))


def test_the_heat_map_counts_are_what_the_answers_add_up_to(tables):
    best = next(heading for heading in tables["By standard"][0] if heading.endswith(" %")).removesuffix(" %")
    ids_by_name = {row["Organisation"]: row["Organisation id"] for row in tables["Organisations"]}
    for row in tables["Heat map"]:
        for standard in list(row)[2:]:
            own = [
                answer
                for answer in tables["Answers"]
                if answer["Organisation id"] == ids_by_name[row["Organisation"]] and answer["Standard"] == standard
            ]
            n = sum(answer["State"] not in OUTSIDE_N for answer in own)
            if n == 0:
                assert row[standard] in WITHOUT_RESULT
            else:
                at_best = sum(answer["Rating"] == best for answer in own)
                assert row[standard].split("\n")[1] == f"{at_best} of {n}"


def test_results_by_standard_count_the_words_of_the_heat_map(tables):
    for row in tables["Results by standard"]:
        heading = f"{row['Standard']} {row['Title']}"
        words = Counter(cells[heading].split("\n")[0] for cells in tables["Heat map"])
        assert {word: row[word] for word in list(row)[3:] if row[word]} == dict(words)
        assert row["Organisations"] == words.total() == len(tables["Organisations"])


@pytest.mark.parametrize("build", [seven_organisations, thirty_mixed_organisations, published_matrix])
def test_the_heat_map_by_arrangement_says_how_many_answers_are_at_the_best_rating(build):
    collated = build()
    tables = tables_of(collated)
    sets_by_title = {f"{one.title} {one.version}": one for one in (each.standards_set for each in collated.returns)}
    ids_by_name = {row["Organisation"]: row["Organisation id"] for row in tables["Organisations"]}
    for row in tables["Heat map by arrangement"]:
        own_set = sets_by_title[row["Question set"]]
        for heading in list(row)[3:]:
            key = heading.split()[0]
            own = [
                answer
                for answer in tables["Answers"]
                if answer["Organisation id"] == ids_by_name[row["Organisation"]]
                and key in own_set.questions_by_id[answer["Question id"]].arrangements
            ]
            n = sum(answer["State"] not in OUTSIDE_N for answer in own)
            at_best = sum(answer["Rating"] == own_set.scale.ratings[0].label for answer in own)
            word, *count = row[heading].split("\n")
            assert count == ([f"{at_best} of {n}"] if n else []), (row["Organisation"], heading)
            assert (word in WITHOUT_RESULT) == (n == 0)


@pytest.mark.parametrize("build", [seven_organisations, thirty_mixed_organisations, published_matrix])
def test_results_by_arrangement_count_the_words_of_that_heat_map_and_are_those_of_the_json(build):
    collated = build()
    tables = tables_of(collated)
    in_json = figures_json(figures_of(collated))["arrangement_map"]

    for row, totals in zip(tables["Results by arrangement"], in_json, strict=True):
        heading = f"{row['Arrangement']} {row['Title']}"
        words = Counter(cells[heading].split("\n")[0] for cells in tables["Heat map by arrangement"])
        assert {word: row[word] for word in list(row)[4:] if row[word]} == dict(words)
        assert row["Organisations"] == words.total() == len(tables["Organisations"])
        assert row["n"] == words.total() - sum(words[word] for word in WITHOUT_RESULT)
        assert (row["Arrangement"], row["Title"]) == (totals["key"], totals["title"])
        assert [row[heading] for heading in list(row)[2:]] == [
            totals["organisations"],
            totals["n"],
            *totals["levels"].values(),
        ]


def test_return_rates_count_the_rows_of_organisations(tables):
    *types, total = tables["Return rates"]
    for row in types:
        of_type = [each for each in tables["Organisations"] if each["Organisation type"] == row["Organisation type"]]
        check_rate(row, of_type)
    check_rate(total, tables["Organisations"])
    assert sum(row["Expected"] for row in types) == total["Expected"]


def check_rate(row: dict[str, object], organisations: list[dict[str, object]]) -> None:
    """Compare one row of return rates with the organisations it is about."""
    statuses = Counter(each["Status"] for each in organisations)
    timings = Counter(each["Timing"] for each in organisations)
    returned = statuses["Submitted"] + statuses["Moderated"] + statuses["Released"]
    assert (row["Expected"], row["Returned"]) == (len(organisations), returned)
    assert row["Outstanding"] == len(organisations) - returned
    assert row["Returned %"] == pytest.approx(returned / len(organisations))
    assert (row["Late"], row["Overdue"]) == (timings["Returned late"], timings["Overdue"])
    assert {status: row[status] for status in statuses} == dict(statuses)
