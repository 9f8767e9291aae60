"""The board pack: its numbers are the figures' own, people's words take their place, and it comes back from text."""

from dataclasses import replace
from datetime import date

import pytest

from section11.domain.board_packs import (
    PackWords,
    PlannedAction,
    plan_in,
    plan_text,
    points_in,
)
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError
from section11.reports.board_pack import chart_words
from section11.reports.board_pack_text import fingerprint_of, pack_from_text, text_of_pack
from section11.reports.board_pages import NOBODY_EXPECTED, NOBODY_RETURNED
from section11.reports.figures import figures_of
from section11.reports.figures_json import figures_json
from tests.unit.board_pack_builders import HOSTILE, a_pack, page_of, words_of
from tests.unit.figure_builders import (
    POLICE,
    a_cycle,
    a_return,
    four_organisations,
    large_cycle,
    published_matrix,
    rated,
    seven_organisations,
)

CYCLES = {"four": four_organisations, "seven": seven_organisations, "published": published_matrix}


def keys_of(pack):
    return [page.key for page in pack.pages]


def cells(pack, key):
    """Return the rows of a page's table by their first cell, as values by column title."""
    table = page_of(pack, key).table
    titles = [column.title for column in table.columns]
    return {row.cells[0]: dict(zip(titles[1:], row.cells[1:], strict=True)) for row in table.rows}


@pytest.mark.parametrize("name", CYCLES)
def test_the_ratings_of_every_set_are_those_of_the_figures(name):
    cycle = CYCLES[name]()
    data = figures_json(figures_of(cycle))
    pack = a_pack(cycle)

    for of_set, figures in zip(data["sets"], figures_of(cycle).sets, strict=True):
        shown = cells(pack, f"ratings.{of_set['id']}")
        labels = {one.key: one.label for one in figures.standards_set.scale.ratings}
        for standard in of_set["standards"]:
            row = shown[standard["title"]]
            assert {key: row[labels[key]] for key in labels} == {
                key: one["count"] for key, one in standard["ratings"].items()
            }
            assert (row["n"], row["Not applicable"]) == (standard["n"], standard["not_applicable"])
            best = next(iter(standard["ratings"].values()))
            assert round(row[f"{next(iter(labels.values()))}, share"], 2) == best["percent"]


@pytest.mark.parametrize("name", CYCLES)
def test_returns_arrangements_actions_and_results_are_those_of_the_figures(name):
    cycle = CYCLES[name]()
    data = figures_json(figures_of(cycle))
    pack = a_pack(cycle)

    returns = cells(pack, "returns")
    assert sum(row["n"] for row in returns.values()) == data["return_rates"]["overall"]["expected"]
    assert sum(row.get("Returned late", 0) for row in returns.values()) == data["return_rates"]["overall"]["late"]
    assert {row["title"]: row["expected"] for row in data["return_rates"]["by_type"]} == {
        title: row["n"] for title, row in returns.items()
    }
    arrangements = cells(pack, "arrangements")
    for one in data["arrangement_map"]:
        row = arrangements[one["title"]]
        assert [row[title] for title in ("Strong", "Mixed", "Weak", "Not returned", "Not asked")] == [
            one["levels"][key] for key in ("strong", "mixed", "weak", "not_returned", "not_asked")
        ]
        assert row["n with a result"] == one["n"]
    if data["actions"]["n"]:
        actions = cells(pack, "actions").values()
        assert sum(row["n"] for row in actions) == data["actions"]["n"]
        assert sum(row["Overdue"] + row["Open, not overdue"] for row in actions) == data["actions"]["open"]
    levels = {one["name"]: [result["level"] for result in one["standards"]] for one in data["organisations"]}
    for of_set in data["sets"]:
        for name_of, row in cells(pack, f"organisations.{of_set['id']}").items():
            assert list(row.values())[1:] == levels[name_of]


def test_a_chart_is_described_with_every_number_it_draws():
    table = page_of(a_pack(published_matrix()), "ratings.published").table

    assert chart_words(table) == (
        "Stacked bar chart. Answers by standard and rating. Standard 1: 66 green, 3 amber, 0 red."
    )


def test_an_empty_partnership_has_a_pack_that_says_so():
    pack = a_pack(a_cycle())

    assert keys_of(pack) == ["summary", "about"]
    assert pack.pages[0].note == NOBODY_EXPECTED


def test_a_cycle_with_nothing_returned_says_so_and_shows_who_is_expected():
    pack = a_pack(a_cycle(a_return("Police", POLICE, status=AssessmentStatus.IN_PROGRESS, signed_at=None)))

    assert keys_of(pack) == ["summary", "returns", "about"]
    assert pack.pages[0].note == NOBODY_RETURNED


def test_a_partnership_of_one_organisation_has_a_whole_pack():
    pack = a_pack(a_cycle(a_return("Police", POLICE, [rated("S1.1", "fully")])))

    assert keys_of(pack) == [
        "summary", "returns", "arrangements", "ratings.small", "lowest", "about", "organisations.small",
    ]  # fmt: skip


def test_a_long_list_of_organisations_points_to_the_workbook():
    page = page_of(a_pack(large_cycle(61, 8)), "organisations.large")

    assert page.table is None
    assert page.note.startswith("61 organisations answer this question set, too many to list here.")


def test_what_people_wrote_takes_the_place_of_the_rules_words_also_in_the_summary():
    words = PackWords(sentences={"returned": "  Most came\nback. ", "actions": ""}, themes=("Listening",))

    pack = a_pack(four_organisations(), words=words)

    assert words_of(pack, "returned") == "Most came back."
    assert pack.pages[0].sentences[0].words == "Most came back."
    assert words_of(pack, "actions") == ""
    assert page_of(pack, "actions").table is not None
    assert page_of(pack, "themes").points == ("Listening",)


def test_the_plan_is_a_table_and_says_what_is_not_agreed_yet():
    plan = (PlannedAction("Train chairs", "Jo", date(2027, 1, 31)), PlannedAction("Ask children"))

    pack = a_pack(four_organisations(), words=PackWords(plan=plan))

    assert [row.cells for row in page_of(pack, "plan").table.rows] == [
        ("Train chairs", "Jo", "31 January 2027"),
        ("Ask children", "To be agreed", "To be agreed"),
    ]


@pytest.mark.parametrize("name", CYCLES)
def test_a_pack_comes_back_from_its_text_and_equal_packs_have_one_fingerprint(name):
    words = PackWords(themes=(HOSTILE,), plan=(PlannedAction(HOSTILE),))
    pack = a_pack(CYCLES[name](), earlier=CYCLES[name](), words=words)

    text = text_of_pack(pack)

    assert pack_from_text(text) == pack
    assert fingerprint_of(text) == fingerprint_of(
        text_of_pack(a_pack(CYCLES[name](), earlier=CYCLES[name](), words=words))
    )
    assert fingerprint_of(text) != fingerprint_of(text_of_pack(replace(pack, number=2)))


def test_points_are_lines_without_their_bullets():
    assert points_in("- One\n\n • Two \n*Three\nFour - five") == ("One", "Two", "Three", "Four - five")


def test_a_plan_comes_back_from_its_text_without_empty_lines():
    plan = [PlannedAction("Train", "Jo", date(2027, 1, 31)), PlannedAction(""), PlannedAction("Ask")]

    assert plan_in(plan_text(plan)) == (plan[0], plan[2])
    assert plan_text([PlannedAction("")]) == ""
    assert plan_in("") == ()


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ([PlannedAction("", "Jo")], "Action 1 of the plan does not say what is to be done. Write it, or clear it."),
        ([PlannedAction("x")] * 41, "The plan has 41 actions and at most 40 fit. Join or remove some."),
    ],
)
def test_a_plan_that_cannot_be_kept_is_refused_with_one_sentence(plan, sentence):
    with pytest.raises(BadInputError, match=sentence.replace(".", r"\.")):
        plan_text(plan)
