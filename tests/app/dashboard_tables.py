"""Reading the tables of a dashboard, to compare them with the figures of the command."""

from __future__ import annotations

import pytest

from tests.app.browsing import table_on


def rows_of(at, title):
    """Return the rows of the only table with this title, as lists; what is missing is None."""
    frame = table_on(at, title)
    return [[None if cell != cell else cell for cell in row] for row in frame.astype(object).to_numpy().tolist()]


def tally_of(found, scale):
    ratings = [cell for key in scale for cell in (found["ratings"][key]["count"], found["ratings"][key]["percent"])]
    without = found["dont_know_yet"] + found["not_confirmed"] + found["not_answered"]
    return [found["n"], *ratings, without, found["not_applicable"], found["not_asked"]]


def same(shown, wanted):
    """Say whether rows agree: words to the letter, numbers to the two decimals of the JSON."""
    assert len(shown) == len(wanted)
    for row, other in zip(shown, wanted, strict=True):
        assert len(row) == len(other)
        for cell, figure in zip(row, other, strict=True):
            if isinstance(figure, int | float):
                assert cell == pytest.approx(figure, abs=0.0051), (row, other)
            else:
                assert (cell or None) == (figure or None), (row, other)


def the_set(figures, set_id="section11-2026"):
    return next(one for one in figures["sets"] if one["id"] == set_id)


def scale_of(of_set):
    return [one["key"] for one in of_set["scale"]["ratings"]]
