"""Stamps: what they change with, and that a page asks for each once, unless it writes something itself."""

from __future__ import annotations

from datetime import date
from threading import Thread

from section11.services.scrutiny import hand_back
from section11.services.stamps import figures_stamp
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.survey import import_survey
from section11.ui.freshness import one_run, stamp_of, stamps_of
from tests.services.builders import (
    CYCLE,
    FIRE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    answer,
    open_a_cycle,
    submitted,
)
from tests.storage.statements import asked

FIRE_RENAMED = f"id,name,type\n{FIRE},Riverdale Fire Service,fire-and-rescue\n".encode()
SURVEY = b"organisation,question,agree,responses\nriverdale-police,S1.1,6,12\n"


def test_the_stamp_of_a_cycle_changes_with_every_change_to_what_dashboards_show(town):
    seen = [figures_stamp(town.office, CYCLE)]
    for step in (
        lambda: answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met"),
        lambda: submitted(town),
        lambda: hand_back(town.office, town.scrutiny, POLICE_RETURN, "More work"),
        lambda: answer(town, town.fire_contributor, FIRE_RETURN, "S1.1", rating="not_met"),
        lambda: import_organisations(town.office, town.admin, PARTNERSHIP, FIRE_RENAMED, "organisations.csv"),
        lambda: import_survey(town.office, town.admin, CYCLE, SURVEY, "survey.csv"),
        lambda: town.office.clock.move(hours=24),
    ):
        before = seen[-1]
        assert figures_stamp(town.office, CYCLE) == before
        step()
        seen.append(figures_stamp(town.office, CYCLE))

    assert len(seen) == len(set(seen))


def test_a_page_asks_for_the_stamp_of_a_cycle_once(town):
    with one_run(), asked(town.office) as statements:
        first = stamp_of(town.office, CYCLE)
        statements.clear()

        assert stamp_of(town.office, CYCLE) == first
        assert statements == []
    assert first == figures_stamp(town.office, CYCLE)


def test_cycles_with_the_same_members_have_them_named_once(town):
    other = open_a_cycle(town, name="2028", due=date(2028, 3, 31))
    with one_run(), asked(town.office) as statements:
        first = stamp_of(town.office, CYCLE)
        both = stamps_of(town.office, [CYCLE, other])

    assert sum("memberships" in one and "assessments" not in one for one in statements) == 1
    assert both == {CYCLE: first, other: figures_stamp(town.office, other)}


def test_what_a_page_writes_while_it_is_drawn_is_counted_at_once(town):
    submitted(town)
    with one_run():
        before = stamp_of(town.office, CYCLE)
        hand_back(town.office, town.scrutiny, POLICE_RETURN, "More work")

        assert stamp_of(town.office, CYCLE) != before


def test_what_somebody_else_writes_meanwhile_is_counted_when_the_page_is_drawn_again(town):
    submitted(town)
    with one_run():
        before = stamp_of(town.office, CYCLE)
        colleague = Thread(target=hand_back, args=(town.office, town.scrutiny, POLICE_RETURN, "More work"))
        colleague.start()
        colleague.join()

        assert stamp_of(town.office, CYCLE) == before
    with one_run():
        assert stamp_of(town.office, CYCLE) != before
    assert stamp_of(town.office, CYCLE) == figures_stamp(town.office, CYCLE)
