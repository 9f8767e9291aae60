"""Every sheet of the partnership workbook has the numbers of ``figures --json``, to the last total."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.workflow import STATUS_TITLES, AssessmentStatus
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from section11.reports.moderation_figures import COMPARISON_TITLES
from section11.reports.results import LEVEL_TITLES
from tests.unit.figure_builders import (
    FOUR_RATINGS,
    POLICE,
    a_cycle,
    a_return,
    four_organisations,
    published_matrix,
    rated,
    seven_organisations,
)
from tests.workbooks.test_partnership_recount import tables_of, thirty_mixed_organisations

LABELS = {"not_applicable": "Not applicable", "not_asked": "Not asked"}


def moderated():
    """Return a cycle in which moderation is finished for one return and lowered one of its ratings."""
    outcomes = [
        Moderation(one, rating=rating, evidence_quality=EvidenceQuality.TESTED, reason="Seen")
        for one, rating in (("S1.1", "partly"), ("S1.2", "fully"))
    ]
    answers = [rated("S1.1", "fully"), rated("S1.2", "fully")]
    done = a_return("Judged", POLICE, answers, status=AssessmentStatus.MODERATED, outcomes=outcomes)
    return replace(four_organisations(), returns=(*four_organisations().returns, done))


@pytest.fixture(
    scope="module",
    params=[four_organisations, seven_organisations, thirty_mixed_organisations, published_matrix, moderated],
)
def both(request):
    collated = request.param()
    return tables_of(collated), figures_json(figures_of(collated))


def of_sets(tables, figures, subject):
    """Give each set's rows of a sheet with its figures; the sheets are numbered where there are several sets."""
    for number, of_set in enumerate(figures["sets"], start=1):
        title = subject if len(figures["sets"]) == 1 else f"{subject} {number}"
        if title in tables:
            yield tables[title], of_set


def check_tally(row, tally, of_set):
    assert row["n"] == tally["n"]
    for rating in of_set["scale"]["ratings"]:
        found = tally["ratings"][rating["key"]]
        assert row[rating["label"]] == found["count"]
        share = row[f"{rating['label']} %"]
        assert (None if share is None else round(100 * share, 2)) == found["percent"]
    for key, label in (("dont_know_yet", "Don't know yet"), ("not_confirmed", "Not confirmed"),
                       ("not_answered", "Not answered"), *LABELS.items()):  # fmt: skip
        assert row[label] == tally[key], label


def test_return_rates(both):
    tables, figures = both
    *types, total = tables["Return rates"]
    for row, rate in [
        *zip(types, figures["return_rates"]["by_type"], strict=True),
        (total, figures["return_rates"]["overall"]),
    ]:
        for heading in ("Expected", "Returned", "Outstanding", "Late", "Overdue"):
            assert row[heading] == rate[heading.lower()], heading
        share = row["Returned %"]
        assert (None if share is None else round(100 * share, 2)) == rate["returned_percent"]
        assert {status.value: row[title] for status, title in STATUS_TITLES.items()} == rate["by_status"]


def test_organisations_are_those_of_the_figures(both):
    tables, figures = both

    assert Counter(row["Organisation id"] for row in tables["Organisations"]) == Counter(
        one["id"] for one in figures["organisations"]
    )
    assert len(tables["Organisations"]) == figures["from"]["returns_expected"]


def test_the_words_of_the_heat_maps_are_the_results_of_each_organisation(both):
    tables, figures = both
    for rows, of_set in of_sets(tables, figures, "Heat map"):
        own = [
            one for one in figures["organisations"] if one["set"] == {"id": of_set["id"], "version": of_set["version"]}
        ]
        for row, organisation in zip(rows, own, strict=True):
            words = [str(value).split("\n")[0] for value in list(row.values())[2:]]
            assert words == [LEVEL_TITLES[one["level"]] for one in organisation["standards"]]


def test_results_and_answers_by_standard(both):
    tables, figures = both
    for rows, of_set in of_sets(tables, figures, "Results by standard"):
        for row, standard in zip(rows, of_set["standards"], strict=True):
            assert {level: row[LEVEL_TITLES[level]] for level in standard["levels"]} == standard["levels"]
            assert row["Organisations"] == of_set["returns_expected"]
    for rows, of_set in of_sets(tables, figures, "By standard"):
        *standards, total = rows
        for row, standard in zip(standards, of_set["standards"], strict=True):
            check_tally(row, standard, of_set)
        check_tally(total, of_set["total"], of_set)


def test_answers_by_question(both):
    tables, figures = both
    for rows, of_set in of_sets(tables, figures, "By question"):
        *questions, total = rows
        for row, question in zip(questions, of_set["questions"], strict=True):
            assert row["Question id"] == question["id"]
            check_tally(row, question, of_set)
        check_tally(total, of_set["total"], of_set)


def test_answers_by_type_are_those_of_the_organisations_of_each_type(both):
    tables, figures = both
    titles = {row["type"]: row["title"] for row in figures["return_rates"]["by_type"]}
    for rows, of_set in of_sets(tables, figures, "By type"):
        *types, total = rows
        own = [one for one in figures["organisations"] if one["set"]["id"] == of_set["id"]]
        for row in types:
            of_type = [one for one in own if titles[one["type"]] == row["Organisation type"]]
            tallies = [one["total"] for one in of_type if one["total"]]
            assert (row["Expected"], row["Returned"]) == (len(of_type), len(tallies))
            assert row["n"] == sum(one["n"] for one in tallies)
            for rating in of_set["scale"]["ratings"]:
                assert row[rating["label"]] == sum(one["ratings"][rating["key"]]["count"] for one in tallies)
        assert (total["Expected"], total["Returned"]) == (of_set["returns_expected"], of_set["returns_counted"])
        check_tally(total, of_set["total"], of_set)
        assert sum(row["n"] for row in types) == total["n"]


def test_self_and_moderated(both):
    tables, figures = both
    for rows, of_set in of_sets(tables, figures, "Self and moderated"):
        *questions, total = rows
        moderation = of_set["moderation"]
        for row, question in [*zip(questions, moderation["questions"], strict=True), (total, moderation["total"])]:
            assert row["n"] == question["n"]
            assert {one.value: row[title] for one, title in COMPARISON_TITLES.items()} == {
                one.value: question[one.value] for one in COMPARISON_TITLES
            }


def test_a_moderated_return_has_that_sheet_and_it_counts_what_was_lowered():
    tables = tables_of(moderated())

    assert (tables["Self and moderated"][-1]["Moderated lower"], tables["Self and moderated"][-1]["n"]) == (1, 2)
    assert FOUR_RATINGS.best.key == "fully"


def test_answers_and_actions_have_as_many_rows_as_the_figures_count(both):
    tables, figures = both
    states = Counter(row["State"] for row in tables["Answers"])
    totals = [of_set["total"] for of_set in figures["sets"]]

    assert states["Rated"] == sum(one["count"] for total in totals for one in total["ratings"].values())
    for key, words in (("not_applicable", "Not applicable"), ("dont_know_yet", "Don't know yet"),
                       ("not_answered", "Not answered"), ("not_asked", "Not asked"),
                       ("not_confirmed", "Carried forward, not yet confirmed")):  # fmt: skip
        facts = sum(one[key] for of_set in figures["sets"] for one in of_set["values"])
        assert states[words] == sum(total[key] for total in totals) + facts, words
    actions = Counter(row["Status"] for row in tables["Actions"])
    assert len(tables["Actions"]) == figures["actions"]["n"]
    assert actions["Open"] == figures["actions"]["open"]
    assert sum(row["Overdue"] == "Yes" for row in tables["Actions"]) == figures["actions"]["overdue"]


def test_the_empty_cycle_has_nothing_to_tie():
    tables = tables_of(a_cycle())

    assert [row["Expected"] for row in tables["Return rates"]] == [0]
