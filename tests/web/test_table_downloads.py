"""The route of the dashboards' tables: nobody without a session, a right for each table, a file and an event."""

from datetime import date

import pytest

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.people import Grant, Role
from section11.services.trail import partnership_stream
from tests.web.door_steps import ANN, fill_in

PATH = "/downloads/cycles/2026/returns-by-type.csv"


@pytest.fixture
def sign_in(office, browser):
    """Return a function that signs Ann in with a role in Riverdale, where the cycle 2026 is open."""

    def with_role(role):
        cycle = Cycle("2026", "2026", date(2026, 3, 31), CycleStatus.OPEN, frozenset({"riverdale"}), {"*": "x"})
        with office.store.writing() as work:
            work.cycles.add(cycle)
            work.accounts.add_grants([(ANN.id, Grant(role, partnership_id="riverdale"))])
            work.commit()
        fill_in(browser)
        return browser

    return with_role


def event_names(office):
    with office.store.reading() as work:
        return [event.name for event in work.audit_trail.events(partnership_stream("riverdale"))]


def test_a_stranger_gets_no_table(office, browser):
    assert browser.get(PATH).status_code == 303
    assert event_names(office) == []


@pytest.mark.parametrize("path", ["/downloads/cycles/2026/%00.csv", "/downloads/cycles/x/questions.csv?about=%00/%00"])
def test_a_table_or_cycle_that_is_not_there_is_not_found(office, sign_in, path):
    assert sign_in(Role.SCRUTINY_LEAD).get(path).status_code == 404
    assert event_names(office) == []


def test_a_role_without_the_right_is_refused_in_words(office, sign_in):
    answer = sign_in(Role.BOARD_VIEWER).get(PATH)

    assert (answer.status_code, event_names(office)) == (403, [])
    assert "Your role here may not see status and progress" in answer.text


def test_the_file_is_a_download_that_nobody_keeps_and_one_event(office, sign_in):
    answer = sign_in(Role.SCRUTINY_LEAD).get(f"{PATH}?type=police-force&duty=nonsense")

    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="2026-returns-by-type.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.decode("utf-8-sig").startswith("Group,Type,Expected,Started,Returned")
    assert event_names(office) == ["table_downloaded"]
