"""The dashboards: every table on every page is the figures of the command, and trends break where a meaning changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from section11.definitions.library import StandardsLibrary
from section11.domain.people import OPERATOR
from section11.services.exports import export_figures
from section11.services.good_practice import good_practice_in
from tests.app.browsing import go_to, links_on, words_on
from tests.app.dashboard_tables import rows_of, same, scale_of, tally_of, the_set
from tests.app.worlds import published_matrix
from tests.services.builders import (
    POLICE_RETURN,
    SET_ID,
    a_quiet_town,
    open_a_cycle,
    submitted,
    user_by_email,
)


def test_a_standard_is_the_figures_of_the_command(demo, scrutiny):
    at = go_to(scrutiny, "standard.py", cycle="2024", standard="section11-2026/S2")

    of_set = the_set(export_figures(demo, OPERATOR, "2024"))
    scale = scale_of(of_set)
    questions = [one for one in of_set["questions"] if one["standard"] == "S2"]
    wanted = [
        [one["id"], "Essential" if one["essential"] else "", one["text"], *tally_of(one, scale)] for one in questions
    ]
    same(rows_of(at, "Ratings of each question"), wanted)
    types = [
        [kind["title"], kind["returns_counted"], *tally_of(one, scale)]
        for kind in of_set["types"]
        for one in kind["standards"]
        if one["id"] == "S2"
    ]
    same(rows_of(at, "Ratings by organisation type"), types)
    missed = sorted(
        (one for one in of_set["questions"] if one["n"]),
        key=lambda one: (one["ratings"][scale[0]]["count"] / one["n"], one["id"]),
    )
    assert [row[0] for row in rows_of(at, "Questions missed most")] == [one["id"] for one in missed[:10]]
    qualities = {one["id"]: one["evidence_quality"] for one in of_set["moderation"]["questions"]}
    for row in rows_of(at, "Quality of the evidence"):
        counts = list(qualities[row[0]].values())
        assert [row[1], *row[2::2]] == [sum(counts), *counts]


def test_one_question_shows_who_answered_what_the_lowest_first(scrutiny):
    at = go_to(scrutiny, "standard.py", cycle="2024", standard="section11-2026/S4", question="S4.1")

    places = {"Fully met": 0, "Mostly met": 1, "Partly met": 2, "Not met": 3, "Not applicable": -1}
    found = [places[row[2]] for row in rows_of(at, "Answers of each organisation")]
    assert len(found) == 11
    assert found == sorted(found, reverse=True)


def test_a_trend_is_the_figures_of_the_command(demo, scrutiny):
    at = go_to(scrutiny, "trend.py", cycle="2026", set="section11-2026")

    trends = [one for one in export_figures(demo, OPERATOR, "2026")["trends"] if one["set"] == "section11-2026"]
    wanted = []
    for line in trends[0]["lines"]:
        if line["kind"] in ("set", "standard"):
            points = [cell for one in line["points"] for cell in (one["percent"], one["tally"]["n"])]
            step = line["steps"][-1]
            change = line["points"][-1]["percent"] - line["points"][-2]["percent"]
            compared = [step["questions_compared"], step["percent_before"], step["percent_after"]]
            wanted.append([line["id"] or "All", line["title"], *points, round(change, 2), "", *compared])
    shown = rows_of(at, "over the cycles")
    for row in shown:
        row[8] = round(row[8], 1)
    for row in wanted:
        row[8] = round(row[8], 1)
    assert [row[:2] for row in shown] == [row[:2] for row in wanted]
    for row, other in zip(shown, wanted, strict=True):
        assert row[2:8] == pytest.approx(other[2:8], abs=0.0051)
        assert row[8] == pytest.approx(other[8], abs=0.11)
        assert row[10:] == pytest.approx(other[10:], abs=0.0051)


def test_calibration_is_the_figures_of_the_command(demo, scrutiny):
    at = go_to(scrutiny, "calibration.py", cycle="2022")

    found = the_set(export_figures(demo, OPERATOR, "2022"))["calibration"]
    names = ("n", "higher", "same", "lower", "mean_steps", "mean_steps_moved")
    wanted = [[one["id"], *(one[name] for name in names)] for one in found["standards"]]
    shown = rows_of(at, "Self and moderated ratings by standard")
    same([[row[0], *row[2:]] for row in shown], [*wanted, ["All", *(found["total"][name] for name in names)]])
    organisations = rows_of(at, "Self and moderated ratings by organisation")
    assert sorted(row[1:5] for row in organisations) == sorted(
        [one[name] for name in names[:4]] for one in found["organisations"]
    )
    kappa = found["agreement"]["weighted_kappa"]
    assert (
        f"Weighted kappa is {kappa['value']:.2f} (95% interval {kappa['low']:.2f} to {kappa['high']:.2f})."
        in words_on(at)
    )
    assert [row[1:] for row in rows_of(at, "Ratings of the first moderator")] == found["agreement"]["counts"]


def test_a_profile_is_the_figures_of_the_command(demo, scrutiny):
    at = go_to(scrutiny, "profile.py", assessment="2024.riverdale-police")

    figures = export_figures(demo, OPERATOR, "2024")
    own = next(one for one in figures["organisations"] if one["id"] == "riverdale-police")
    quartiles = the_set(figures)["quartiles"]
    for row, one in zip(rows_of(at, "by standard, beside"), own["standards"], strict=True):
        spread = quartiles[one["id"]]
        assert row[0] == one["id"]
        assert row[3:5] == pytest.approx([one["percent"], one["n"]], abs=0.0051)
        assert row[9] == f"{one['rank_in_set']} of {spread['n']}"
        assert row[10:] == pytest.approx([spread["lower"], spread["median"], spread["upper"]], abs=0.0051)


def test_actions_are_the_figures_of_the_command_and_promises_those_of_the_cycle_before(demo, scrutiny):
    at = go_to(scrutiny, "action_register.py", cycle="2026")

    figures = export_figures(demo, OPERATOR, "2026")
    actions, promises = figures["actions"], figures["promises"]
    names = ("n", "open", "overdue", "done", "verified", "dropped")
    wanted = [[one["name"], *(one[name] for name in names)] for one in actions["by_organisation"]]
    same(rows_of(at, "Actions by organisation"), wanted)
    standards = rows_of(at, "Actions by standard")
    same([row[2:] for row in standards], [[one[name] for name in names] for one in actions["by_standard"]])
    *rows, total = rows_of(at, "Promises kept")
    names = ("n", "kept", "kept_percent", "kept_on_time", "verified", "open", "overdue", "dropped")
    same([total[1:]], [[promises["total"][name] for name in names]])
    same([row[1:] for row in rows], [[one[name] for name in names] for one in promises["by_organisation"]])
    kept, n = promises["total"]["kept"], promises["total"]["n"]
    assert f"**{kept} of {n} kept ({promises['total']['kept_percent']:.1f}%)**" in words_on(at)


def test_the_heat_map_leads_from_a_cell_to_its_answers(demo, scrutiny):
    at = go_to(scrutiny, "organisation.py", assessment="2024.riverdale-police", about="S3")

    said = words_on(at)
    assert "Answers about S3" in said
    assert "**S3.1**" in said
    assert "**S4.1**" not in said
    assert links_on(at)["Show the whole return"] == "assessment=2024.riverdale-police"


def test_an_answer_is_picked_as_good_practice_with_a_reason_and_taken_back(demo, scrutiny):
    at = go_to(scrutiny, "standard.py", cycle="2024", standard="section11-2026/S1", question="S1.1")
    at.button(key="page.do_pick.S1.1").click().run()
    assert "Say what others can learn from this answer." in words_on(at)

    chosen = at.selectbox(key="page.pick.S1.1").value
    at.text_area(key=f"page.why.S1.1.{chosen}").input("Everybody knows *whom* to call.").run()
    at.button(key="page.do_pick.S1.1").click().run()

    assert "What others can learn: Everybody knows *whom* to call." in words_on(at)
    assert "Everybody knows *whom* to call." in words_on(
        go_to(at, "standard.py", cycle="2024", standard="section11-2026/S1", question="all")
    )
    go_to(at, "standard.py", cycle="2024", standard="section11-2026/S1", question="S1.1")
    at.button(key="page.do_unpick.S1.1").click().run()
    assert good_practice_in(demo, OPERATOR, "2024") == {}


def test_an_organisation_sees_its_rank_and_nobody_elses_name(demo, open_app):
    at = open_app(demo, user_by_email(demo, "approver@riverdale.example"))

    go_to(at, "own_results.py", assessment="2024.riverdale-police")

    said = words_on(at)
    assert "Riverdale Police, Section 11 audit 2024" in said
    ranks = [row[9] for row in rows_of(at, "by standard, beside")]
    assert all(" of 1" in one for one in ranks), ranks
    with demo.store.reading() as work:
        others = [one.name for one in work.organisations.all_by_id().values() if one.id != "riverdale-police"]
    assert [name for name in others if name in said] == []


def test_the_published_matrix_stands_on_the_pages_as_it_was_printed(sqlite_office, open_app):
    matrix = published_matrix(sqlite_office)
    at = go_to(open_app(matrix.office, matrix.scrutiny), "trend.py")

    assert "This is the first cycle with this question set" in words_on(at)
    shown = rows_of(at, "over the cycles")
    assert shown[0][:2] == ["All", "All standards"]
    assert shown[0][2:] == pytest.approx([100 * 66 / 69, 69])


@pytest.fixture
def two_years(sqlite_office, tmp_path):
    """Riverdale Police say "Fully met" everywhere in two cycles; in between the words of "Fully met" changed."""
    town = a_quiet_town(sqlite_office, tmp_path)
    open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    submitted(town, "2024.riverdale-police")
    scales = town.standards / "scales.yaml"
    words = "Everything asked for is in place, in use and evidenced."
    changed = scales.read_text(encoding="utf-8").replace(words, "All of it works, and somebody outside has checked it.")
    scales.write_text(changed, encoding="utf-8")
    definition = town.standards / SET_ID / "set.yaml"
    definition.write_text(definition.read_text().replace("version: '1'", "version: '2'"))
    town = replace(town, office=replace(town.office, library=StandardsLibrary(town.standards, town.office.types.keys)))
    open_a_cycle(town, name="2026")
    submitted(town, POLICE_RETURN)
    return town


def test_a_trend_breaks_where_the_meaning_of_a_rating_changed(two_years, open_app):
    why = (
        "“Fully met” meant “Everything asked for is in place, in use and evidenced” and now means "
        "“All of it works, and somebody outside has checked it”."
    )

    at = go_to(open_app(two_years.office, two_years.scrutiny), "trend.py", cycle="2026", set=SET_ID)

    [chart] = at.get("plotly_chart")
    traces = json.loads(chart.proto.spec)["data"]
    lines = [one for one in traces if "customdata" in one]
    assert len(lines) == 2  # two separate points, and no line between them
    [mark] = [one for one in traces if one.get("hoverinfo") == "text"]
    assert mark["hovertext"] == why
    assert f"break: {why}" in chart.proto.alt
    said = words_on(at)
    assert f"**Break before 2026.** {why}" in said
    row = rows_of(at, "over the cycles")[0]
    assert row[:6] == ["All", "All standards", 100.0, 4, 100.0, 4]
    assert row[6:8] == [None, f"2026: {why}"]


def test_a_trend_of_two_cycles_with_the_same_words_is_one_line(sqlite_office, tmp_path, open_app):
    town = a_quiet_town(sqlite_office, tmp_path)
    for name in ("2024", "2026"):
        open_a_cycle(town, name=name, due=date(int(name), 3, 31))
        submitted(town, f"{name}.riverdale-police")

    at = go_to(open_app(town.office, town.scrutiny), "trend.py", cycle="2026")

    [chart] = at.get("plotly_chart")
    [line] = json.loads(chart.proto.spec)["data"]
    assert len(line["customdata"]) == 2
    assert "Break" not in words_on(at)
