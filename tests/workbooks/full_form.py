"""A return with an answer of every type and with texts of every awkward kind, for files that others save again."""

from __future__ import annotations

from datetime import date

from section11.domain.answers import LONGEST_TEXT, Action, Answer, Marker
from tests.workbooks.builders import a_form
from tests.workbooks.test_return_values import SET_WITH_VALUES

__all__ = ["FORM", "SET_WITH_VALUES"]

TEXTS = {
    "S1.1": ('=HYPERLINK("http://example.org")', "Line one\nline two\n\nشارع עברית 👩‍👩‍👧"),
    "S1.2": ("+44 20 7946 0000", '  spaces, "quotes", <tags> & _x0041_  '),
    "S2.1": ("x" * (LONGEST_TEXT - 1) + "é", "-5"),
}
ANSWERS = (
    Answer("S1.1", rating="partly_met", evidence=TEXTS["S1.1"][0], impact=TEXTS["S1.1"][1], version=3),
    Answer("S1.2", marker=Marker.NOT_APPLICABLE, reason="12.0", evidence=TEXTS["S1.2"][0], impact=TEXTS["S1.2"][1]),
    Answer("S2.1", rating="fully_met", evidence=TEXTS["S2.1"][0], impact=TEXTS["S2.1"][1], carried_from="2024"),
    Answer("P.1", value="yes"),
    Answer("P.2", value="1250"),
    Answer("P.3", value="87.5"),
    Answer("P.4", value="2026-03-01"),
    Answer("P.5", value="club"),
    Answer("P.6", value="007"),
    Answer("P.7", marker=Marker.DONT_KNOW_YET),
)
ACTIONS = (Action("S1.2", "@home", "Head", date(2026, 12, 1)),)
FORM = a_form(ANSWERS, ACTIONS, standards_set=SET_WITH_VALUES)
