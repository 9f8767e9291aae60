"""The sheet of actions: one row each, tied to the figures, and text that stays text."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from section11.domain.actions import ActionStatus, TrackedAction
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.workbooks.partnership_workbook import write_partnership_workbook
from tests.unit.figure_builders import CHARITY, HOUSING, POLICE, SCHOOL, a_cycle, a_return, four_organisations, rated

CLOSED_AT = datetime(2026, 10, 1, 23, 30, tzinfo=UTC)
"""Half past midnight on 2 October in the UK."""
PAST, FUTURE = date(2026, 10, 13), date(2026, 10, 14)
"""The cycle is read on 14 October 2026."""


def an_action(question_id: str, status: ActionStatus, due: date | None = FUTURE, **changes: object) -> TrackedAction:
    closed_at = None if status is ActionStatus.OPEN else CLOSED_AT
    return TrackedAction(
        question_id, f"Work on {question_id}", "Head", due, status=status, closed_at=closed_at,
        began=date(2026, 9, 1), **changes,  # type: ignore[arg-type]
    )  # fmt: skip


def with_actions() -> CollatedCycle:
    """Return six actions that count: 3 open of which 1 is overdue, 1 done, 1 verified, 1 dropped.

    Housing has one in a draft. The charity has one for S2.1, which it is no longer asked.
    """
    opened, done, verified, dropped = ActionStatus
    return a_cycle(
        a_return(
            "Riverdale Police",
            POLICE,
            [rated("S1.1", "not")],
            actions=[
                an_action("S1.1", opened, PAST, updates=2, updated_at=CLOSED_AT),
                an_action("S1.2", opened, FUTURE),
                an_action("S2.1", done, PAST, completion="=1+1", change="@everyone"),
            ],
        ),
        a_return("Oak School", SCHOOL, actions=[an_action("S1.1", verified), an_action("S1.2", opened, None)]),
        a_return("Hope Charity", CHARITY, actions=[an_action("S1.1", dropped, PAST), an_action("S2.1", opened, PAST)]),
        a_return(
            "Elm Housing", HOUSING, actions=[an_action("S1.1", opened, PAST)], status=AssessmentStatus.IN_PROGRESS
        ),
    )


def sheet_of(collated: CollatedCycle):
    return openpyxl.load_workbook(BytesIO(write_partnership_workbook(collated, figures_of(collated))))["Actions"]


def rows_of(collated: CollatedCycle) -> list[dict[str, Any]]:
    headings, *rows = sheet_of(collated).iter_rows(min_row=4, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_each_action_of_a_return_that_counts_is_a_row_with_what_became_of_it():
    rows = rows_of(with_actions())

    told = [(row["Organisation"], row["Question id"], row["Status"], row["Overdue"]) for row in rows]
    assert told == [
        ("Riverdale Police", "S1.1", "Open", "Yes"),
        ("Riverdale Police", "S1.2", "Open", "No"),
        ("Riverdale Police", "S2.1", "Done, not yet verified", "No"),
        ("Oak School", "S1.1", "Verified", "No"),
        ("Oak School", "S1.2", "Open", "No"),
        ("Hope Charity", "S1.1", "Dropped", "No"),
    ]
    days = {heading: rows[0][heading].date() for heading in ("Began", "Due", "Last update")}
    assert days == {"Began": date(2026, 9, 1), "Due": PAST, "Last update": date(2026, 10, 2)}
    assert (rows[0]["Updates"], rows[0]["Closed"]) == (2, None)
    assert rows[3]["Closed"].date() == date(2026, 10, 2)


def test_the_rows_the_note_and_the_json_have_the_same_numbers():
    rows, data = rows_of(with_actions()), figures_json(figures_of(with_actions()))["actions"]
    statuses = Counter(row["Status"] for row in rows)

    assert data["n"] == len(rows) == 6
    assert (data["open"], data["overdue"], data["done"], data["verified"], data["dropped"]) == (3, 1, 1, 1, 1)
    assert statuses == {"Open": 3, "Done, not yet verified": 1, "Verified": 1, "Dropped": 1}
    assert sum(row["Overdue"] == "Yes" for row in rows) == data["overdue"]
    assert sheet_of(with_actions())["A2"].value == (
        "Every action promised in a submitted return of this cycle. n = 6: 3 open, of which 1 overdue; "
        "1 done, not yet verified; 1 verified; 1 dropped."
    )


def test_totals_by_organisation_and_standard_count_the_rows():
    rows, data = rows_of(with_actions()), figures_json(figures_of(with_actions()))["actions"]

    by_organisation = Counter(row["Organisation id"] for row in rows)
    by_standard = Counter(str(row["Standard"]).split()[0] for row in rows)
    assert {row["id"]: row["n"] for row in data["by_organisation"]} == by_organisation
    assert {row["standard"]: row["n"] for row in data["by_standard"]} == by_standard
    assert [row["name"] for row in data["by_organisation"]] == ["Hope Charity", "Oak School", "Riverdale Police"]
    for part in ("by_organisation", "by_standard"):
        for key in ("n", "open", "overdue", "done", "verified", "dropped"):
            assert sum(row[key] for row in data[part]) == data[key], (part, key)


@pytest.mark.parametrize(("heading", "text"), [("What shows it", "=1+1"), ("What changed for children", "@everyone")])
def test_text_that_looks_like_a_formula_stays_text(heading, text):
    sheet = sheet_of(with_actions())
    column = next(cell.column for cell in sheet[4] if cell.value == heading)

    cell = sheet.cell(row=7, column=column)

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_a_cycle_without_actions_says_so():
    cycle = a_cycle(a_return("Oak School", SCHOOL))

    assert sheet_of(cycle)["A2"].value == "No action has been promised in a submitted return yet."
    assert figures_json(figures_of(cycle))["actions"] == {
        "n": 0, "open": 0, "overdue": 0, "done": 0, "verified": 0, "dropped": 0,
        "by_organisation": [], "by_standard": [],
    }  # fmt: skip


def test_the_answers_sheet_says_the_same_promise():
    book = openpyxl.load_workbook(
        BytesIO(write_partnership_workbook(four_organisations(), figures_of(four_organisations())))
    )
    headings, *rows = book["Answers"].iter_rows(min_row=4, values_only=True)
    promised = [row[headings.index("Action")] for row in rows if row[headings.index("Action")]]

    assert promised == [row["Action"] for row in rows_of(four_organisations())] == ["Train every panel member"]
