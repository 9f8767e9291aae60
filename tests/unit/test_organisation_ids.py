"""Readable ids: what becomes of a name when it turns into an id that people see in addresses and files."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from section11.domain.organisations import readable_id


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Riverdale Police", "riverdale-police"),
        ("St Mary's C.E. Primary School", "st-marys-c-e-primary-school"),
        ("St Mary’s C.E. Primary School", "st-marys-c-e-primary-school"),
        ("Oak & Elm  (North)", "oak-elm-north"),
        ("Café Jeunesse", "cafe-jeunesse"),
        ("Ysgol Tŷ Gwyn", "ysgol-ty-gwyn"),
        ("  --2026/27--  ", "2026-27"),
        ("Section 11 audit 2026", "section-11-audit-2026"),
        ("Riverdale\u00a0Police", "riverdale-police"),
        ("RIVERDALE_POLICE", "riverdale-police"),
        ("", ""),
        ("!!!", ""),
        ("学校", ""),
    ],
)
def test_a_name_becomes_an_id_that_can_still_be_read(name, expected):
    assert readable_id(name) == expected


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2014", "/"])
def test_every_kind_of_dash_keeps_two_words_apart(dash):
    assert readable_id(f"Riverdale{dash}Elmtree") == "riverdale-elmtree"


def test_a_long_name_is_cut_at_60_characters_and_never_ends_in_a_hyphen():
    assert readable_id("a" * 61) == "a" * 60
    assert readable_id("a" * 59 + " school") == "a" * 59


@given(st.text(max_size=120))
def test_an_id_is_short_has_only_safe_characters_and_stays_as_it_is(name):
    made = readable_id(name)

    assert len(made) <= 60
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert readable_id(made) == made
