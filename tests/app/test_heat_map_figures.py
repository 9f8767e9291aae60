"""Every cell of the heat maps of the demo is the figure of the command, whichever returns and ratings are chosen."""

from __future__ import annotations

import pytest

from section11.domain.people import OPERATOR
from section11.reports.results import LEVEL_TITLES, Level
from section11.reports.selection import RatingsBy, Selection
from section11.services.exports import export_figures
from tests.app.browsing import go_to, table_on
from tests.services.builders import user_by_email

CYCLE = "2024"
SELECTIONS = {
    "everything": Selection(),
    "one type": Selection(types=frozenset({"school-academy"})),
    "moderated": Selection(ratings_by=RatingsBy.MODERATION),
}


def words_of(result):
    title = LEVEL_TITLES[Level(result["level"])]
    if result["percent"] is None:
        return title
    return f"{title} {round(result['percent'] * result['n'] / 100)} of {result['n']}"


def rows_on(at):
    return {row[0]: row[1:-1] for row in table_on(at, "Heat map of").to_numpy().tolist()}


@pytest.mark.parametrize("chosen", SELECTIONS)
def test_every_cell_by_arrangement_and_by_standard_is_that_of_the_command(demo, open_app, chosen):
    selection = SELECTIONS[chosen]
    figures = export_figures(demo, OPERATOR, CYCLE, selection)
    counted = [one for one in figures["organisations"] if one["counts"]]
    of_set = next(one for one in figures["sets"] if one["returns_counted"])
    at = open_app(demo, user_by_email(demo, "scrutiny@riverdale.example"))
    address = {name: values[0] for name, values in selection.as_address().items()}

    by_arrangement = rows_on(go_to(at, "heat_map.py", cycle=CYCLE, by="arrangement", **address))
    go_to(at, "home.py")
    chosen_set = f"{of_set['id']} {of_set['version']}"
    by_standard = rows_on(go_to(at, "heat_map.py", cycle=CYCLE, by="standard", set=chosen_set, **address))

    assert counted
    assert by_arrangement == {one["name"]: [words_of(each) for each in one["arrangements"]] for one in counted}
    of_its_own = [one for one in counted if one["set"] == {"id": of_set["id"], "version": of_set["version"]}]
    assert by_standard == {one["name"]: [words_of(each) for each in one["standards"]] for one in of_its_own}
