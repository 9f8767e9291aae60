"""Colours stand out: text on its fill, and lines from the page in light and in dark, by the formula of WCAG 2.2."""

import tomllib
from itertools import pairwise

import pytest

from section11.config import PROJECT_DIR
from section11.domain.scales import Tone
from section11.reports.palette import ACCENT_SHADE, LINE, RATING_SHADES, STATE_SHADES

THEMES = tomllib.loads((PROJECT_DIR / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]


def light(colour):
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_most_there_is():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("shade", [*RATING_SHADES.values(), *STATE_SHADES.values(), ACCENT_SHADE], ids=str)
def test_text_can_be_read_on_its_fill(shade):
    assert contrast(shade.fill, shade.text) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_stand_out_from_the_page(theme):
    for colour in (LINE, RATING_SHADES[Tone.NONE].fill):
        assert contrast(colour, THEMES[theme]["backgroundColor"]) >= 3


def test_the_ratings_differ_in_lightness_so_that_grey_print_tells_them_apart():
    fills = sorted(light(shade.fill) for shade in RATING_SHADES.values())

    assert all((after + 0.05) / (before + 0.05) > 1.4 for before, after in pairwise(fills)), fills
