"""The filters of the dashboards stand in the address, narrow the page, and may leave nothing."""

from __future__ import annotations

import pytest

from section11.domain.people import OPERATOR
from section11.reports.selection import Selection
from section11.services.exports import export_figures
from tests.app.browsing import downloads_on, go_to, words_on
from tests.app.dashboard_tables import rows_of, the_set
from tests.app.worlds import add_cycle, fresh_partnership
from tests.services.builders import (
    user_by_email,
)


def test_an_address_with_filters_that_do_not_exist_shows_everything(scrutiny):
    at = go_to(scrutiny, "heat_map.py", cycle="2026", type="starship", duty="moonlight", partnership="x", ratings="x")

    assert not at.exception
    assert not at.error
    assert at.query_params.get("type") in (None, [])


@pytest.mark.parametrize("file", ["heat_map.py", "standard.py", "trend.py", "calibration.py", "returns.py"])
def test_every_page_has_words_for_filters_that_leave_nothing(demo, open_app, file):
    at = open_app(demo, user_by_email(demo, "scrutiny@riverdale.example"))

    go_to(at, file, cycle="2026", type="police-force", duty="voluntary")

    assert not at.exception
    assert not at.error
    assert len(at.title) == 1


def test_filters_are_kept_in_the_address_and_narrow_the_page(demo, scrutiny):
    at = go_to(scrutiny, "standard.py", cycle="2024", standard="education-2026/E1", type="school-academy")
    figures = export_figures(demo, OPERATOR, "2024", Selection(types=frozenset({"school-academy"})))
    of_set = the_set(figures, "education-2026")
    standard = next(one for one in of_set["standards"] if one["id"] == "E1")
    assert at.query_params["type"] == "school-academy"
    assert "Showing **Academy or free school**." in words_on(at)
    assert f"**n = {standard['n']}** answers asked for" in words_on(at)
    types = rows_of(at, "Ratings by organisation type")
    assert [row[0] for row in types] == ["Academy or free school"]
    assert downloads_on(at)["Download this table (CSV)"].endswith("&type=school-academy")


@pytest.mark.parametrize("file", ["trend.py", "calibration.py", "standard.py", "heat_map.py", "action_register.py"])
def test_a_partnership_without_organisations_has_something_to_say(sqlite_office, open_app, file):
    place = fresh_partnership(sqlite_office)
    add_cycle(place)

    at = go_to(open_app(place.office, place.scrutiny), file)

    assert not at.exception
    assert not at.error
