"""The menu: short ones stay a row of pages, long ones are folded into sections with the first page in sight."""

import pytest

from section11.domain.people import User
from section11.ui.navigation import MOST_IN_A_ROW, menu_of, offered_to

SECTIONS_OF = {
    "contributor": {"": ["Home", "Evidence", "Actions", "Results", "Question library"]},
    "board": {"": ["Home", "Board figures", "Board pack", "Released results", "Question library"]},
    "scrutiny": {
        "": ["Home", "Question library"],
        "Returns": ["Returns", "Checks", "Action register", "Questions and notes"],
        "Compare": ["Heat map", "Standards", "Trend", "Calibration"],
        "Moderation": ["Moderation", "Released results", "Feedback letters"],
        "Board": ["Board figures", "Board pack"],
    },
    "admin": {
        "": ["Home", "Question library"],
        "Returns": ["Returns", "Bring in returns"],
        "Set up": ["Organisations", "People", "Cycles", "Imports", "E-mails", "Data API", "Keeping and deleting"],
    },
}


@pytest.mark.parametrize("role", SECTIONS_OF)
def test_each_role_has_a_short_menu(town, role):
    menu = menu_of(offered_to(getattr(town, role)))

    found = {section: [one.title for one in entries if one.in_menu] for section, entries in menu.items()}

    assert found == SECTIONS_OF[role]


def test_somebody_with_every_role_finds_every_page_once_and_home_first(town):
    everything = User(town.scrutiny.person, frozenset().union(*(getattr(town, role).grants for role in SECTIONS_OF)))

    menu = menu_of(offered_to(everything))

    pages = [one.file for entries in menu.values() for one in entries]
    assert sorted(pages) == sorted({one.file for one in offered_to(everything)})
    assert next(iter(menu[""])).file == "home.py"
    assert all(len([one for one in entries if one.in_menu]) <= MOST_IN_A_ROW for entries in menu.values())
