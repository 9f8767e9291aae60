"""Every figure on every dashboard equals the command's, for a published result, one organisation and nobody at all."""

from __future__ import annotations

import pytest

from section11.domain.people import OPERATOR
from section11.services.exports import export_figures
from section11.services.released import export_released_figures
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.results import import_results
from tests.app.browsing import go_to, words_on
from tests.app.dashboard_tables import rows_of, same, tally_of
from tests.app.worlds import Place, add_cycle, fresh_partnership, published_matrix


def the_matrix(office) -> tuple[Place, str]:
    return published_matrix(office), "published"


def one_organisation(office) -> tuple[Place, str]:
    place = fresh_partnership(office)
    import_organisations(office, OPERATOR, place.partnership_id, b"name,type\nHope Police,police-force\n", "o.csv")
    cycle_id = add_cycle(place)
    results = b"organisation,question,rating\nHope Police,S1.1,fully_met\nHope Police,S1.2,not_met\n"
    import_results(office, OPERATOR, cycle_id, results, "r.csv")
    return place, cycle_id


def nobody_at_all(office) -> tuple[Place, str]:
    place = fresh_partnership(office)
    return place, add_cycle(place)


@pytest.fixture(params=[the_matrix, one_organisation, nobody_at_all])
def world(request, sqlite_office):
    place, cycle_id = request.param(sqlite_office)
    return place, cycle_id, export_figures(sqlite_office, OPERATOR, cycle_id)


def test_every_page_has_the_figures_of_the_command(world, open_app):
    place, cycle_id, figures = world
    at = open_app(place.office, place.scrutiny)

    check_returns(go_to(at, "returns.py", cycle=cycle_id), figures)
    for of_set in [one for one in figures["sets"] if one["returns_counted"]]:
        check_heat_map(go_to(at, "heat_map.py", cycle=cycle_id, by="standard"), figures, of_set)
        for standard in of_set["standards"][:2]:
            go_to(at, "home.py")
            address = f"{of_set['id']}/{standard['id']}"
            check_standard(go_to(at, "standard.py", cycle=cycle_id, standard=address), of_set, standard)
        check_trend(go_to(at, "trend.py", cycle=cycle_id), figures)
        for organisation in figures["organisations"][:2]:
            check_profile(go_to(at, "profile.py", assessment=organisation["assessment"]), organisation, of_set)
    check_the_rest(at, cycle_id, figures)


def check_returns(at, figures):
    overall = figures["return_rates"]["overall"]
    assert at.metric[0].value == f"{overall['returned']} of {overall['expected']}"
    names = ("expected", "started", "returned", "returned_percent", "outstanding", "late", "overdue")
    by_type = figures["return_rates"]["by_type"]
    if by_type:
        wanted = [[one["group"], one["title"], *(one[name] for name in names)] for one in by_type]
        same(rows_of(at, "Returns by organisation type"), [*wanted, ["All", "All types", *map(overall.get, names)]])
    else:
        assert "No organisation has a form in this cycle." in words_on(at)


def check_heat_map(at, figures, of_set):
    assert f"**n = {of_set['total']['n']:,}** answers asked for" in words_on(at)
    organisations = {one["name"]: one["standards"] for one in figures["organisations"]}
    for row in rows_of(at, "Heat map of"):
        wanted = organisations[row[0]]
        assert len(row) == len(wanted) + 2
        for cell, one in zip(row[1:-1], wanted, strict=True):
            assert cell.lower().startswith(one["level"].replace("_", " "))
            if one["percent"] is not None:
                assert cell.endswith(f" {round(one['percent'] * one['n'] / 100)} of {one['n']}")


def check_standard(at, of_set, standard):
    scale = [one["key"] for one in of_set["scale"]["ratings"]]
    assert f"**n = {standard['n']:,}** answers asked for" in words_on(at)
    questions = [one for one in of_set["questions"] if one["standard"] == standard["id"]]
    wanted = [
        [one["id"], "Essential" if one["essential"] else "", one["text"], *tally_of(one, scale)] for one in questions
    ]
    same(rows_of(at, "Ratings of each question"), wanted)
    types = [
        [kind["title"], kind["returns_counted"], *tally_of(one, scale)]
        for kind in of_set["types"]
        for one in kind["standards"]
        if one["id"] == standard["id"] and kind["returns_counted"]
    ]
    same(rows_of(at, "Ratings by organisation type"), types)


def check_trend(at, figures):
    [trend] = figures["trends"]
    lines = [one for one in trend["lines"] if one["kind"] in ("set", "standard")]
    wanted = [
        [one["id"] or "All", one["title"], one["points"][0]["percent"], one["points"][0]["tally"]["n"]] for one in lines
    ]
    same(rows_of(at, "over the cycles"), wanted)


def check_profile(at, organisation, of_set):
    for row, one in zip(rows_of(at, "by standard, beside"), organisation["standards"], strict=True):
        spread = of_set["quartiles"].get(one["id"])
        assert (row[0], row[4]) == (one["id"], one["n"])
        assert row[3] == pytest.approx(one["percent"], abs=0.0051) if one["percent"] is not None else row[3] is None
        assert row[9] == (f"{one['rank_in_set']} of {spread['n']}" if spread and one["rank_in_set"] else "–")


def check_the_rest(at, cycle_id, figures):
    """None of these worlds has moderation or actions, and the pages say so."""
    assert figures["actions"]["n"] == 0
    assert "The moderation of no return is finished yet." in words_on(go_to(at, "calibration.py", cycle=cycle_id))
    assert "No action has been promised" in words_on(go_to(at, "action_register.py"))


def test_board_viewers_see_the_return_rate_and_that_nothing_is_released(world, open_app):
    place, cycle_id, _ = world
    data = export_released_figures(place.office, OPERATOR, cycle_id)
    at = go_to(open_app(place.office, place.board), "board_figures.py", cycle=cycle_id)

    if data["rates"]:
        names = ("title", "expected", "returned", "returned_percent", "outstanding", "late", "overdue", "released")
        same(rows_of(at, "Returns by group"), [[one[name] for name in names] for one in data["rates"]])
    else:
        assert "Fewer than five returns are expected" in words_on(at)
    go_to(at, "home.py")
    go_to(at, "board_figures.py", cycle=cycle_id, view="standards")
    assert "Nothing has been released yet." in words_on(at)
