"""Every figure of the dashboards, counted again without the rules of the product, for four partnerships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import product
from typing import Any

import pandas as pd
import pytest

from section11.domain.people import OPERATOR
from section11.reports.selection import RatingsBy, Selection
from section11.services.demo import build_demo
from section11.services.exports import export_figures
from section11.services.office import Office
from tests.conftest import office_on
from tests.services.recount import Recount, grouped, nobody_at_all, one_organisation, said, tally, the_matrix

Build = Callable[[Office], str]
SELECTIONS = {
    "all": Selection(),
    "two-types": Selection(types=frozenset({"police-force", "school-academy"})),
    "moderated": Selection(ratings_by=RatingsBy.MODERATION),
}


def a_demo(office: Office) -> str:
    build_demo(office, agencies=11, schools=9, cycles=3)
    return "2026"


WORLDS = {
    "a-demo": (a_demo, "2026"),
    "the-demo-before": (a_demo, "2022"),  # its first cycle, which two moderators judged in part
    "the-matrix": (the_matrix, "published"),
    "nobody-at-all": (nobody_at_all, "2026"),
    "one-organisation": (one_organisation, "2026"),
}
"""How each is built, and the cycle that is looked at."""


@pytest.fixture(scope="module")
def built(tmp_path_factory, _migrated_sqlite) -> Iterator[Callable[[Build], Office]]:
    """Return a function that gives the office of a world; each is built once."""

    @cache
    def office_of(build: Build) -> Office:
        path = tmp_path_factory.mktemp("recount") / "section11.db"
        path.write_bytes(_migrated_sqlite.read_bytes())
        office = office_on(f"sqlite:///{path}")
        build(office)
        opened.append(office)
        return office

    opened: list[Office] = []
    yield office_of
    for office in opened:
        office.store.close()


@pytest.fixture(scope="module", params=list(product(WORLDS, SELECTIONS)), ids="-".join)
def pair(request: pytest.FixtureRequest, built) -> tuple[dict[str, Any], Recount]:
    """Return the figures as the command gives them, and the tables they must agree with."""
    world, chosen = request.param
    (build, cycle_id), selection = WORLDS[world], SELECTIONS[chosen]
    office = built(build)
    return export_figures(office, OPERATOR, cycle_id, selection), Recount(office, cycle_id, selection)


def scale_of(figures: dict[str, Any]) -> list[str]:
    return [one["key"] for one in figures["scale"]["ratings"]]


def test_return_rates_by_type_and_day_by_day(pair):
    figures, recount = pair
    rates, expected = figures["return_rates"], recount.expected
    signed = pd.to_datetime(expected["signed_at"]).dt.tz_localize("UTC").dt.tz_convert("Europe/London")

    def check(rate: dict[str, Any], rows: pd.DataFrame) -> None:
        late = rows["counts"] & (signed.loc[rows.index].dt.normalize().dt.tz_localize(None) > recount.due)
        returned = int(rows["counts"].sum())
        assert rate["expected"] == len(rows)
        assert rate["started"] == int((rows["status"] != "not_started").sum())
        assert rate["returned"] == returned
        assert rate["returned_percent"] == (round(100 * returned / len(rows), 2) if len(rows) else None)
        assert rate["late"] == int(late.sum())
        assert rate["overdue"] == (len(rows) - returned if recount.today > recount.due else 0)

    check(rates["overall"], expected)
    assert sorted(one["type"] for one in rates["by_type"]) == sorted(expected["organisation_type"].unique())
    for one in rates["by_type"]:
        check(one, expected[expected["organisation_type"] == one["type"]])
    by_day = signed[expected["counts"]].dropna().dt.date.value_counts().sort_index()
    assert [one["signed"] for one in rates["signed_by_day"]] == by_day.tolist()
    assert [one["signed_so_far"] for one in rates["signed_by_day"]] == by_day.cumsum().tolist()
    assert [one["day"] for one in rates["signed_by_day"]] == [day.isoformat() for day in by_day.index]


def test_standards_questions_and_types_of_every_set(pair):
    figures, recount = pair
    here = recount.here()
    assert {one["id"] for one in figures["sets"]} == set(recount.expected["set_id"])
    for of_set in figures["sets"]:
        scale, rows = scale_of(of_set), here[here["set_id"] == of_set["id"]]
        assert said(of_set["total"], scale) == tally(rows, scale)
        of_standard, of_question = grouped(rows, "standard"), grouped(rows, "question_id")
        for one in of_set["standards"]:
            assert said(one, scale) == tally(of_standard(one["id"]), scale)
        for one in of_set["questions"]:
            assert said(one, scale) == tally(of_question(one["id"]), scale)
        of_standard, of_question = grouped(rows, "type", "standard"), grouped(rows, "type", "question_id")
        for kind in of_set["types"]:
            assert kind["returns_counted"] == rows[rows["type"] == kind["type"]]["assessment_id"].nunique()
            for one in kind["standards"]:
                assert said(one, scale) == tally(of_standard(kind["type"], one["id"]), scale)
            for one in kind["questions"]:
                assert said(one, scale) == tally(of_question(kind["type"], one["id"]), scale)


def shares(rows: pd.DataFrame, best: str) -> pd.DataFrame:
    """Return the share at the best rating of each return in each standard, for those with anything that counts."""
    applies = rows[rows["is_asked"] & (rows["marker"] != "not_applicable")]
    at_best = applies.assign(at_best=applies["rating"] == best)
    grouped = at_best.groupby(["assessment_id", "standard", "type"])["at_best"]
    return (100 * grouped.sum() / grouped.count()).rename("share").reset_index()


def test_quartiles_and_ranks(pair):
    figures, recount = pair
    here = recount.here()
    for of_set in figures["sets"]:
        found = shares(here[here["set_id"] == of_set["id"]], scale_of(of_set)[0])
        for kind in of_set["types"]:
            for one in kind["standards"]:
                check_quartiles(one["quartiles"], found, one["id"], kind["type"])
        for standard_id, quartiles in of_set["quartiles"].items():
            check_quartiles(quartiles, found, standard_id)
        for standard_id, of_standard in found.groupby("standard"):
            in_set = of_standard["share"].rank(ascending=False, method="min")
            in_type = of_standard.groupby("type")["share"].rank(ascending=False, method="min")
            ranks = dict(zip(of_standard["assessment_id"], zip(in_type, in_set, strict=True), strict=True))
            for organisation in figures["organisations"]:
                if organisation["set"]["id"] == of_set["id"]:
                    own = next(one for one in organisation["standards"] if one["id"] == standard_id)
                    wanted = ranks.get(organisation["assessment"], (None, None))
                    assert (own["rank_in_type"], own["rank_in_set"]) == wanted


def check_quartiles(quartiles: Any, found: pd.DataFrame, standard_id: str, kind: str = "") -> None:
    rows = found[(found["standard"] == standard_id) & (found["type"].isin([kind]) if kind else True)]["share"]
    if rows.empty:
        assert quartiles is None
        return
    assert quartiles["n"] == len(rows)
    wanted = rows.quantile([0.25, 0.5, 0.75]).round(2).tolist()
    assert [quartiles[name] for name in ("lower", "median", "upper")] == pytest.approx(wanted, abs=0.011)


def test_calibration_by_standard_and_organisation_and_the_table_of_agreement(pair):
    figures, recount = pair
    own = recount.own[recount.own["cycle_id"] == recount.cycle_id]
    columns = ["assessment_id", "question_id", "rating"]
    both = own.merge(recount.outcomes()[columns], on=columns[:2], suffixes=("", "_moderated"))
    both = both.dropna(subset=["rating", "rating_moderated"])
    for of_set in figures["sets"]:
        places = {key: place for place, key in enumerate(scale_of(of_set))}
        rows = both[both["set_id"] == of_set["id"]]
        moves = rows["rating"].map(places).astype(float) - rows["rating_moderated"].map(places).astype(float)
        found = of_set["calibration"]
        check_drift(found["total"], moves)
        for one in found["standards"]:
            check_drift(one, moves[rows["standard"] == one["id"]])
        for one in found["organisations"]:
            check_drift(one, moves[rows["assessment_id"] == one["assessment"]])
        check_agreement(found["agreement"], recount, set(rows["assessment_id"]), places)


def check_drift(found: dict[str, Any], moves: pd.Series) -> None:
    counts = [len(moves), int((moves > 0).sum()), int((moves == 0).sum()), int((moves < 0).sum())]
    assert [found["n"], found["higher"], found["same"], found["lower"]] == counts
    means = [moves.mean(), moves.abs().mean()] if len(moves) else [None, None]
    assert [found["mean_steps"], found["mean_steps_moved"]] == (
        pytest.approx(means, abs=0.0051) if len(moves) else means
    )


def check_agreement(found: dict[str, Any], recount: Recount, ids: set[str], places: dict[str, int]) -> None:
    judged = recount.moderations[recount.moderations["assessment_id"].isin(ids)].dropna(subset=["rating"])
    both = judged[judged["seat"] == "first"].merge(
        judged[judged["seat"] == "second"], on=["assessment_id", "question_id"], suffixes=("", "_second")
    )
    assert found["n"] == len(both)
    assert found["same"] == int((both["rating"] == both["rating_second"]).sum())
    for key, place in places.items():
        for other, other_place in places.items():
            count = int(((both["rating"] == key) & (both["rating_second"] == other)).sum())
            assert found["counts"][place][other_place] == count


def test_actions_and_the_promises_of_the_cycle_before(pair):
    figures, recount = pair
    counted = recount.every[recount.every["counts"]]
    actions = recount.actions.merge(
        counted[["id", "cycle_id"]].rename(columns={"id": "assessment_id"}), on="assessment_id"
    )
    due, closed = pd.to_datetime(actions["due"]), pd.to_datetime(actions["closed_at"])
    actions = actions.assign(
        overdue=(actions["status"] == "open") & (due < recount.today),
        on_time=actions["status"].isin(["done", "verified"]) & (closed.dt.normalize() <= due),
    )
    here = actions[actions["cycle_id"] == recount.cycle_id]
    for status in ("open", "done", "verified", "dropped"):
        assert figures["actions"][status] == int((here["status"] == status).sum())
    assert (figures["actions"]["n"], figures["actions"]["overdue"]) == (len(here), int(here["overdue"].sum()))
    for one in figures["actions"]["by_organisation"]:
        own = here[here["organisation_id"] == one["id"]]
        assert (one["n"], one["overdue"]) == (len(own), int(own["overdue"].sum()))

    earlier = recount.cycles[pd.to_datetime(recount.cycles["due"]) < recount.due].sort_values("due")
    if earlier.empty:
        assert figures["promises"] is None
        return
    before = actions[actions["cycle_id"] == earlier.iloc[-1]["id"]]
    kept = int(before["status"].isin(["done", "verified"]).sum())
    total = figures["promises"]["total"]
    assert (total["n"], total["kept"], total["kept_on_time"]) == (len(before), kept, int(before["on_time"].sum()))
    assert total["kept_percent"] == (round(100 * kept / len(before), 2) if len(before) else None)
    assert sum(one["kept"] for one in figures["promises"]["by_organisation"]) == kept


def test_trends_of_every_line(pair):
    figures, recount = pair
    # The sets of these worlds did not change, so a line is about the same questions in every cycle.
    for trend in figures["trends"]:
        scale = [one["key"] for one in recount.sets[trend["set"]]["scale"]["ratings"]]
        rows = recount.asked[recount.asked["set_id"] == trend["set"]]
        arrangements = {
            question["id"]: question["arrangements"]
            for standard in recount.sets[trend["set"]]["standards"]
            for question in standard["questions"]
        }
        for line in trend["lines"]:
            about = rows
            if line["kind"] in ("standard", "question"):
                about = rows[rows[{"standard": "standard", "question": "question_id"}[line["kind"]]] == line["id"]]
            elif line["kind"] == "arrangement":
                about = rows[rows["question_id"].isin([key for key, of in arrangements.items() if line["id"] in of])]
            for point in line["points"]:
                wanted = tally(about[about["cycle_id"] == point["cycle"]], scale)
                assert said(point["tally"], scale) == wanted
                assert point["percent"] == wanted[scale[0]][1]
            assert [step["is_break"] for step in line["steps"]] == [False] * (len(line["points"]) - 1)
