"""Every page, opened by people from every side at the address of the police's things, compared with a table.

A page shows itself, says that this is not for the person, or is not offered at all. Whoever is refused sees nothing of
it and leaves an event.
"""

import pytest

from section11.domain.people import User
from section11.ui.navigation import PAGES
from tests.app.browsing import go_to, words_on
from tests.services.builders import LATEST_TEXT, POLICE_RETURN, people_on_every_side, submitted
from tests.services.evidence_builders import a_file

WHO = ("c", "pc", "oc", "s", "b", "m", "ec", "es", "em")
"""Contributor of the police, of their parent, of another organisation; scrutiny lead, board viewer and administrator of
the partnership; contributor, scrutiny lead and administrator of another partnership."""

ASSESSMENT, CYCLE = {"assessment": POLICE_RETURN}, {"cycle": "2026"}
ONE_FOR_ALL = "Y  Y  Y  Y  Y  Y  Y  Y  Y"
# fmt: off
#                                 c  pc oc s  b  m  ec es em        Y: opens, P: refused, -: not offered
TABLE = {
    "home.py":            ({},    ONE_FOR_ALL),
    "library.py":         ({},    ONE_FOR_ALL),
    "assessment.py":      (ASSESSMENT,
                                  "Y  Y  P  -  -  -  P  -  -"),
    "whole_return.py":    (ASSESSMENT,
                                  "Y  Y  P  -  -  -  P  -  -"),
    "excel_return.py":    (ASSESSMENT,
                                  "Y  Y  P  -  -  -  P  -  -"),
    "history.py":         (ASSESSMENT,
                                  "Y  Y  P  Y  -  -  P  P  -"),
    "evidence.py":        ({"item": "riverdale-police.e1"},
                                  "Y  P  P  -  -  -  P  -  -"),  # a parent chooses the site first
    "actions.py":         ({},    "Y  Y  Y  -  -  -  Y  -  -"),
    "returns.py":         (CYCLE, "-  -  -  Y  -  Y  -  Y  Y"),
    "heat_map.py":        (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "standard.py":        (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "checks.py":          (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "action_register.py": ({},    "-  -  -  Y  -  -  -  Y  -"),
    "organisation.py":    (ASSESSMENT,
                                  "-  -  -  Y  -  -  -  P  -"),
    "queries.py":         (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "moderation.py":      (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "moderate.py":        (ASSESSMENT,
                                  "-  -  -  Y  -  -  -  P  -"),
    "letters.py":         (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "letter_wording.py":  ({},    "-  -  -  Y  -  Y  -  Y  Y"),
    "released.py":        ({},    "-  -  -  Y  Y  -  -  Y  -"),
    "organisations.py":   ({},    "-  -  -  -  -  Y  -  -  Y"),
    "own_results.py":     ({},    "Y  Y  Y  -  -  -  Y  -  -"),
    "trend.py":           (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "calibration.py":     (CYCLE, "-  -  -  Y  -  -  -  Y  -"),
    "profile.py":         (ASSESSMENT,
                                  "-  -  -  Y  -  -  -  P  -"),
    "board_figures.py":   (CYCLE, "-  -  -  Y  Y  -  -  Y  -"),
    "board_pack.py":      (CYCLE, "-  -  -  Y  Y  -  -  Y  -"),
    "sent_returns.py":    ({},    "-  -  -  -  -  Y  -  -  Y"),
    "imports.py":         ({},    "-  -  -  -  -  Y  -  -  Y"),
    "mail.py":            ({},    "-  -  -  -  -  Y  -  -  Y"),
    "data_api.py":        ({},    "-  -  -  -  -  Y  -  -  Y"),
    "retention.py":       ({},    "-  -  -  -  -  Y  -  -  Y"),
    "people.py":          ({},    "-  -  -  -  -  Y  -  -  Y"),
    "cycles.py":          ({},    "-  -  -  -  -  Y  -  -  Y"),
}
# fmt: on
MAY_SEE_IT = {"c", "pc", "s"}


@pytest.fixture
def people(town) -> dict[str, User]:
    a_file(town.office, town.contributor)
    submitted(town)
    return people_on_every_side(town)


def test_every_page_stands_in_the_table():
    assert {entry.file for entry in PAGES} == set(TABLE)


@pytest.mark.parametrize("who", WHO)
def test_each_person_gets_what_the_table_says_and_sees_nothing_else(town, people, open_app, who):
    user = people[who]
    at = open_app(town.office, user)
    found, expected = {}, {}
    for file, (address, row) in TABLE.items():
        expected[file] = row.split()[WHO.index(who)]
        before = refusals(town, user)
        try:
            go_to(at, file, **address)
        except ValueError:
            found[file] = "-"
            continue
        assert not at.exception, file
        found[file] = "P" if at.error else "Y"
        assert len(refusals(town, user)) - len(before) == (found[file] == "P"), file
        assert who in MAY_SEE_IT or LATEST_TEXT not in words_on(at), file

    assert found == expected


def refusals(town, user):
    with town.office.store.reading() as work:
        return [one for one in work.audit_trail.events(f"person:{user.id}") if one.name == "refused"]
