"""Every figure board viewers see, counted again without the rules of the product, and the files they download."""

from __future__ import annotations

import csv
import io
from typing import Any

import pandas as pd
import pytest

from section11.domain.people import OPERATOR
from section11.reports.collated import CollatedReturn
from section11.reports.selection import RatingsBy, Selection
from section11.reports.withholding import EVERYONE
from section11.services.collating import Depth, collate
from section11.services.demo import build_demo
from section11.services.figure_tables import download_table
from section11.services.released import export_released_figures, released_counts, released_figures, released_of_cycles
from tests.conftest import office_on
from tests.services.recount import Recount, grouped, nobody_at_all, one_organisation, said, tally, the_matrix

FEWEST = 5
KIND_COLUMNS = {"type": "organisation_type", "duty": "duty"}


def a_demo(office):
    build_demo(office, agencies=16, schools=24, cycles=3)
    return "2024"


@pytest.fixture(scope="module", params=[a_demo, the_matrix, nobody_at_all, one_organisation])
def world(request, tmp_path_factory, _migrated_sqlite):
    path = tmp_path_factory.mktemp("released") / "section11.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    office = office_on(f"sqlite:///{path}")
    cycle_id = request.param(office)
    yield office, cycle_id, export_released_figures(office, OPERATOR, cycle_id)
    office.store.close()


def recounted(world, ratings: str) -> Recount:
    office, cycle_id, _ = world
    return Recount(office, cycle_id, Selection(ratings_by=RatingsBy(ratings)))


def with_duty(world, rows: pd.DataFrame) -> pd.DataFrame:
    office = world[0]
    with office.store.engine.connect() as connection:
        duties = pd.read_sql_query("SELECT organisation_id, duty FROM memberships", connection)
    return rows.merge(duties.drop_duplicates("organisation_id"), on="organisation_id", how="left")


def groups_of(keys: list[str], rows: pd.DataFrame) -> dict[str, set[str]]:
    """Return who is in each group by its key: ``all``, ``type/police-force``, or ``type/`` for the rest of a kind."""
    found = {}
    for key in keys:
        kind, _, name = key.partition("/")
        if key == "all":
            found[key] = set(rows["id"])
        elif name:
            found[key] = set(rows[rows[KIND_COLUMNS[kind]] == name]["id"])
    for key in keys:
        if key not in found:
            named = [ids for other, ids in found.items() if other.startswith(key)]
            found[key] = set(rows["id"]).difference(*named)
    return found


def kept_rows(rows: pd.DataFrame, blocks: list[set[str]]) -> pd.DataFrame:
    """Leave out the answers to a question in a block where fewer than five organisations have one that counts."""
    place = {one: number for number, block in enumerate(blocks) for one in block}
    rows = rows.assign(block=rows["assessment_id"].map(place))
    applies = rows["is_asked"].astype(bool) & (rows["marker"] != "not_applicable")
    n = applies.groupby([rows["block"], rows["question_id"]]).transform("sum")
    return rows[(n == 0) | (n >= FEWEST)]


def blocks_of(groups: dict[str, set[str]], everyone: set[str]) -> list[set[str]]:
    alike: dict[tuple[str, ...], set[str]] = {}
    for one in everyone:
        alike.setdefault(tuple(key for key, ids in groups.items() if one in ids), set()).add(one)
    return list(alike.values())


@pytest.mark.parametrize("ratings", ["self", "moderated"])
def test_every_tally_of_every_group_is_what_the_tables_say(world, ratings):
    recount, data = recounted(world, ratings), world[2]
    released = with_duty(world, recount.expected[recount.expected["status"] == "released"])

    assert data["from"]["returns_released"] == len(released)
    for of_set in data["sets"]:
        of_this = released[released["set_id"] == of_set["id"]]
        assert of_set["returns_released"] == len(of_this)
        assert bool(of_set["groups"]) == (len(of_this) >= FEWEST)
        groups = groups_of([one["key"] for one in of_set["groups"]], of_this)
        blocks = blocks_of(groups, set(of_this["id"]))
        assert not groups or min(map(len, blocks)) >= FEWEST
        here = recount.here()
        rows = kept_rows(here[here["assessment_id"].isin(of_this["id"])], blocks)
        scale = [one["key"] for one in recount.sets[of_set["id"]]["scale"]["ratings"]]
        for found in of_set["ratings"][ratings]:
            check_group(found, rows[rows["assessment_id"].isin(groups[found["group"]])], scale, recount, of_set["id"])


def check_group(found: dict[str, Any], rows: pd.DataFrame, scale: list[str], recount: Recount, set_id: str) -> None:
    check(found["total"], rows, scale)
    of_standard, of_question = grouped(rows, "standard"), grouped(rows, "question_id")
    for one in found["standards"]:
        check(one["tally"], of_standard(one["id"]), scale)
    for one in found["questions"]:
        check(one["tally"], of_question(one["id"]), scale)
    by_arrangement: dict[str, set[str]] = {}
    for standard in recount.sets[set_id]["standards"]:
        for question in standard["questions"]:
            for key in question["arrangements"]:
                by_arrangement.setdefault(key, set()).add(question["id"])
    for one in found["arrangements"]:
        check(one["tally"], rows[rows["question_id"].isin(by_arrangement[one["key"]])], scale)


def check(shown: dict[str, Any] | None, rows: pd.DataFrame, scale: list[str]) -> None:
    assert (shown is None) == rows.empty
    assert shown is None or said(shown, scale) == tally(rows, scale)


@pytest.mark.parametrize("ratings_by", RatingsBy)
def test_trends_are_made_of_what_the_figures_say_of_everybody(world, ratings_by):
    office, cycle_id, _ = world
    figures = released_figures(office, OPERATOR, cycle_id)

    counts = released_counts(office, OPERATOR, cycle_id, ratings_by)

    assert (counts.released, counts.expected) == (figures.released, figures.expected)
    assert [(one.standards_set.id, one.returns_counted, dict(one.tallies)) for one in counts.sets] == [
        (one.standards_set.id, one.returns, dict(one.tallies[ratings_by].get(EVERYONE, {}))) for one in figures.sets
    ]


def test_what_is_read_without_texts_comes_to_the_same_as_with_them(world):
    office, cycle_id, _ = world

    quick, whole = (collate(office, OPERATOR, cycle_id, depth) for depth in (Depth.RATINGS, Depth.EVERYTHING))

    assert [settled_in(one) for one in quick.returns] == [settled_in(one) for one in whole.returns]


def settled_in(one: CollatedReturn) -> Any:
    """Return the outcomes and the judgements of two moderators, without reasons and who judged."""
    found = {"outcome": one.outcomes, **one.judgements}
    return one.assessment_id, {
        name: {key: (each.seat, each.rating, each.no_rating, each.evidence_quality) for key, each in judged.items()}
        for name, judged in found.items()
    }


def test_return_rates_of_groups_and_actions_by_standard(world):
    recount, data = recounted(world, "self"), world[2]
    expected = with_duty(world, recount.expected)

    assert bool(data["rates"]) == (len(expected) >= FEWEST)
    groups = groups_of([one["group"] for one in data["rates"]], expected)
    for one in data["rates"]:
        rows = expected[expected["id"].isin(groups[one["group"]])]
        assert (one["expected"], one["returned"]) == (len(rows), int(rows["counts"].sum()))
        assert one["released"] == int((rows["status"] == "released").sum())
    check_actions(data["actions"], recount, expected)


def check_actions(found: dict[str, Any], recount: Recount, expected: pd.DataFrame) -> None:
    released = expected[expected["status"] == "released"].rename(columns={"id": "assessment_id"})
    standards = {
        (set_id, question["id"]): standard["id"]
        for set_id, one in recount.sets.items()
        for standard in one["standards"]
        for question in standard["questions"]
    }
    actions = recount.actions.merge(released[["assessment_id", "set_id"]], on="assessment_id")
    actions["standard"] = [standards[one.set_id, one.question_id] for one in actions.itertuples()]
    promised = actions.groupby(["set_id", "standard"])["assessment_id"]
    wanted = {key: len(rows) for key, rows in promised if rows.nunique() >= FEWEST}
    assert {(one["set"], one["standard"]): one["n"] for one in found["by_standard"]} == wanted
    assert found["n"] == sum(wanted.values())


def test_the_files_say_what_the_json_says(world):
    office, cycle_id, data = world
    for of_set in [one for one in data["sets"] if one["groups"]]:
        made = download_table(office, OPERATOR, cycle_id, "released-ratings", f"{of_set['id']}/standard")
        rows = list(csv.DictReader(io.StringIO(made.content.decode("utf-8-sig"))))
        titles = {one["key"]: one["title"] for one in of_set["groups"]}
        for found in of_set["ratings"]["self"]:
            for one in found["standards"]:
                row = next(each for each in rows if (each[""], each["Group"]) == (one["id"], titles[found["group"]]))
                assert (row["Note"] == "Withheld") == (one["tally"] is None)
                assert one["tally"] is None or int(row["n"]) == one["tally"]["n"]


def test_home_counts_what_is_released_as_the_figures_do(world):
    office, cycle_id, _ = world
    of_cycle = {one.cycle.id: one for one in released_of_cycles(office, OPERATOR)}
    figures = released_figures(office, OPERATOR, cycle_id)

    assert (of_cycle[cycle_id].released, of_cycle[cycle_id].expected) == (figures.released, figures.expected)
