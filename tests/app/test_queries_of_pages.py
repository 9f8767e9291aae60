"""Every page asks the database as often for 24 organisations as for 6: what it shows may grow, its questions may not.

Each organisation has in it whatever a page could ask one by one: answers, promises, moderation, a thread, a picked
answer. A page is opened when nothing is kept, which is when it asks the most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from section11.domain.people import Role, User
from section11.domain.workflow import RETURNED
from section11.services.asking import ask
from section11.services.demo import build_demo
from section11.services.demo.people import person_id_of
from section11.services.good_practice import pick_good_practice
from section11.services.office import Office
from section11.ui.navigation import PAGES
from tests.app.browsing import APP, begin_session, go_to
from tests.conftest import office_on
from tests.storage.statements import asked

FEW, MANY = (3, 3), (12, 12)
"""Agencies and schools."""
LATEST, BEFORE = {"cycle": "{latest}"}, {"cycle": "{before}"}
MINE, THEIRS = {"assessment": "{latest}.riverdale-police"}, {"assessment": "{before}.riverdale-police"}
S, A, B, C = Role.SCRUTINY_LEAD, Role.ADMINISTRATOR, Role.BOARD_VIEWER, Role.CONTRIBUTOR
TABLE = {
    "home.py": [(S, {}), (A, {}), (B, {}), (C, {})],
    "library.py": [(S, {})],
    "assessment.py": [(C, MINE)],
    "whole_return.py": [(C, MINE)],
    "excel_return.py": [(C, MINE)],
    "history.py": [(S, THEIRS)],
    "evidence.py": [(C, {})],
    "actions.py": [(C, {})],
    "own_results.py": [(C, {})],
    "returns.py": [(S, LATEST), (A, LATEST)],
    "heat_map.py": [(S, BEFORE | {"by": "arrangement"}), (S, BEFORE | {"by": "standard"})],
    "standard.py": [(S, BEFORE), (S, BEFORE | {"standard": "education-2026/E1", "question": "E1.1"})],
    "trend.py": [(S, LATEST)],
    "calibration.py": [(S, BEFORE)],
    "checks.py": [(S, BEFORE)],
    "action_register.py": [(S, {}), (S, LATEST)],
    "organisation.py": [(S, THEIRS)],
    "profile.py": [(S, THEIRS)],
    "board_pack.py": [(S, BEFORE), (B, BEFORE)],
    "queries.py": [(S, BEFORE)],
    "moderation.py": [(S, BEFORE)],
    "moderate.py": [(S, THEIRS)],
    "released.py": [(S, BEFORE), (B, BEFORE)],
    "board_figures.py": [(B, BEFORE), (S, BEFORE)],
    "letters.py": [(S, BEFORE)],
    "letter_wording.py": [(S, {})],
    "organisations.py": [(A, {})],
    "retention.py": [(A, {})],
    "people.py": [(A, {})],
    "sent_returns.py": [(A, {})],
    "cycles.py": [(A, {})],
    "imports.py": [(A, {})],
    "data_api.py": [(A, {})],
    "mail.py": [(A, {})],
}


@dataclass(frozen=True)
class Demo:
    office: Office
    people: dict[Role, User]
    latest: str
    before: str


@pytest.fixture(scope="module")
def demos(tmp_path_factory, _migrated_sqlite) -> Iterator[tuple[Demo, Demo]]:
    made = tuple(_demo(tmp_path_factory.mktemp("demo"), _migrated_sqlite, size) for size in (FEW, MANY))
    yield made
    for one in made:
        one.office.store.close()


def _demo(folder: Path, empty: Path, size: tuple[int, int]) -> Demo:
    path = folder / "demo.db"
    path.write_bytes(empty.read_bytes())
    office = office_on(f"sqlite:///{path}")
    agencies, schools = size
    build_demo(office, agencies=agencies, schools=schools, cycles=2)
    with office.store.reading() as work:
        people = {role: work.accounts.user(person_id_of(role)) for role in (S, A, B)}
        people[C] = work.accounts.user(person_id_of(C, 0))
        latest, before = (one.id for one in work.cycles.all())
    demo = Demo(office, people, latest, before)
    for cycle_id in (latest, before):
        _talk_about_every_return(demo, cycle_id)
    return demo


def _talk_about_every_return(demo: Demo, cycle_id: str) -> None:
    with demo.office.store.reading() as work:
        returned = [one.assessment for one in work.assessments.in_cycle(cycle_id)]
        answers = {one.id: work.answers.of_assessment(one.id) for one in returned if one.status in RETURNED}
    for assessment_id, given in answers.items():
        question_id = next(one.question_id for one in given.values() if one.evidence)
        ask(demo.office, demo.people[S], assessment_id, question_id, "Which policy is that?")
        pick_good_practice(demo.office, demo.people[S], assessment_id, question_id, "It names who follows up.")


def test_every_page_stands_in_the_table():
    assert {entry.file for entry in PAGES} == set(TABLE)


@pytest.mark.parametrize("file", TABLE)
def test_a_page_asks_no_more_often_for_more_organisations(demos, monkeypatch, file):
    for role, address in TABLE[file]:
        few, many = (asked_by_page(demo, monkeypatch, file, role, address) for demo in demos)

        assert many <= few, (role, address)


@pytest.mark.parametrize("address", [{"question": "E1.1"}, {}])
def test_a_page_asks_the_database_once_whether_its_figures_are_still_right(demos, monkeypatch, address):
    query = BEFORE | {"standard": "education-2026/E1"} | address
    statements = said_by_page(demos[0], monkeypatch, "standard.py", S, query)

    assert sum("memberships" in one and "group_concat" in one for one in statements) == 1


def asked_by_page(demo, monkeypatch, file, role, address) -> int:
    return len(said_by_page(demo, monkeypatch, file, role, address))


def said_by_page(demo, monkeypatch, file, role, address) -> list[str]:
    monkeypatch.setattr("section11.ui.cache.this_office", lambda: demo.office)
    token = begin_session(demo.office, demo.people[role])
    monkeypatch.setattr("section11.ui.session.session_token", lambda: token)
    at = AppTest.from_file(APP, default_timeout=20).run()
    said = {name: value.format(latest=demo.latest, before=demo.before) for name, value in address.items()}
    st.cache_data.clear()
    st.cache_resource.clear()
    with asked(demo.office) as statements:
        go_to(at, file, **said)
    assert not at.exception
    assert not at.error
    assert (at.title[0].value == "Home") == (file == "home.py")
    return statements
