"""Downloading tables: what is there, who may, and the trace it leaves."""

import pytest

from section11.domain.people import OPERATOR
from section11.errors import NotAvailableError, NotPermittedError
from section11.permissions import Right
from section11.reports.selection import Selection
from section11.services.demo import build_demo
from section11.services.every_cycle_tables import download_of_every_cycle
from section11.services.figure_tables import TABLES, download_table
from section11.services.trail import partnership_stream
from tests.services.builders import CYCLE, PARTNERSHIP, events, submitted_with_an_action

ABOUT = {
    **dict.fromkeys(
        ["most-missed", "trend", "calibration-by-standard", "calibration-by-organisation"], "section11-2026"
    ),
    **dict.fromkeys(["questions", "by-type", "organisations", "evidence-quality"], "section11-2026/S1"),
    "agreement": "section11-2026",
    "ratings": "section11-2026",
    "values": "section11-2026/P",
    "released-heat-map": "section11-2026/standard",
    "released-ratings": "section11-2026/arrangement",
    "released-questions": "section11-2026/S1",
    "own-and-moderated": "section11-2026",
    "released-trend": "section11-2026",
    "answers": "section11-2026/S1.1",
    "profile": "2024.riverdale-police",
    "organisation-trend": "2024.riverdale-police",
}
OF_RELEASED = (
    "released returns, the organisations' own ratings; what is about fewer than five organisations is withheld"
)
NEEDS_A_SUBJECT = sorted(ABOUT)


def lines_of(download):
    return download.content.decode("utf-8-sig").splitlines()


def test_every_table_is_a_file_with_rows_and_says_from_what_it_was_taken(sqlite_office):
    build_demo(sqlite_office, agencies=8, schools=6)
    for name in TABLES:
        # Whom to remind is a question of the open cycle; nothing of it is moderated yet.
        cycle = "2026" if name in ("chase-list", "promises-kept") else "2024"

        made = download_table(sqlite_office, OPERATOR, cycle, name, ABOUT.get(name, ""))

        headings, *rows, empty, source = lines_of(made)
        assert (made.filename, empty) == (f"{cycle}-{name}.csv", "")
        assert rows, name
        assert headings.count(",") > 1, name
        kept = OF_RELEASED if TABLES[name][0] is Right.READ_RELEASED else "all organisations"
        assert f"From Section 11 audit {cycle}, taken at 09:00 on 2 March 2026: {kept}." in source


@pytest.mark.parametrize("about", ["", "no-such-set", "section11-2026/S99", "section11-2026/S1.1/x", "2024.nobody"])
@pytest.mark.parametrize("name", NEEDS_A_SUBJECT)
def test_a_table_about_something_that_is_not_there_is_not_available(small_demo, name, about):
    with pytest.raises(NotAvailableError):
        download_table(small_demo, OPERATOR, "2024", name, about)


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory, _migrated_sqlite):
    from tests.conftest import office_on

    path = tmp_path_factory.mktemp("tables") / "section11.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    office = office_on(f"sqlite:///{path}")
    build_demo(office, agencies=3, schools=2)
    yield office
    office.store.close()


def test_a_table_that_does_not_exist_and_a_person_without_the_right_leave_no_trace(town):
    before = events(town, partnership_stream(PARTNERSHIP))

    with pytest.raises(NotAvailableError):
        download_table(town.office, town.scrutiny, CYCLE, "no-such-table")
    with pytest.raises(NotPermittedError):
        download_table(town.office, town.board, CYCLE, "returns-by-type")
    with pytest.raises(NotPermittedError):
        download_table(town.office, town.admin, CYCLE, "actions-by-standard")

    assert events(town, partnership_stream(PARTNERSHIP)) == before


def test_what_the_register_shows_of_every_cycle_is_a_file_and_an_event(town):
    submitted_with_an_action(town)

    made = download_of_every_cycle(town.office, town.scrutiny, "actions-by-organisation")

    headings, row, *_rest, source = lines_of(made)
    assert made.filename == "every-cycle-actions-by-organisation.csv"
    assert (headings.split(",")[0], row.split(",")[:2]) == ("Organisation", ["Riverdale Police", "1"])
    assert source.endswith('From every cycle, taken at 09:00 on 2 March 2026: all organisations."')
    event = events(town, partnership_stream(PARTNERSHIP))[-1]
    assert (event.name, event.details["cycle"]) == ("table_downloaded", "every-cycle")


@pytest.mark.parametrize("table", ["chase-list", "no-such-table"])
def test_of_every_cycle_there_are_only_the_tables_of_actions(town, table):
    with pytest.raises(NotAvailableError):
        download_of_every_cycle(town.office, town.scrutiny, table)


def test_a_download_is_an_event_with_the_table_and_what_it_was_narrowed_to(town):
    selection = Selection(types=frozenset({"police-force"}))

    made = download_table(town.office, town.scrutiny, CYCLE, "chase-list", selection=selection)

    assert [line.split(",")[0] for line in lines_of(made)[1:2]] == ["Riverdale Police"]
    assert lines_of(made)[-1].endswith('2 March 2026: Police force."')
    event = events(town, partnership_stream(PARTNERSHIP))[-1]
    assert (event.name, event.actor) == ("table_downloaded", town.scrutiny.id)
    assert event.details["table"] == "chase-list"
    assert event.details["selection"] == {"type": ["police-force"]}
