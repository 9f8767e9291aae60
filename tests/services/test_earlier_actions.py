"""Open actions of earlier cycles, under the question that stands for theirs in a new form."""

from datetime import date

import pytest

from section11.domain.actions import Report
from section11.domain.answers import Action
from section11.services.actions import drop_action
from section11.services.answering import save_action
from section11.services.cycles import create_cycle, open_cycle
from section11.services.form_reading import read_form
from tests.services.builders import (
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    open_a_cycle,
    promise,
    tracked_action,
)

EARLIER_RETURN = f"2024.{POLICE}"
CROSSWALK = """from: small-set
to: next-set
links:
  - {from: S1.1, to: [L1.1, L1.2], kind: split}
  - {from: S1.2, to: L2.1, kind: reworded}
new: [L2.2]
dropped: [S2.1, S2.2]
"""


@pytest.fixture
def town(sqlite_town):
    """Riverdale in 2026, with an earlier cycle in which the police promised something for S1.1, S1.2 and S2.1."""
    made = sqlite_town
    open_a_cycle(made, name="2024", due=date(2024, 3, 31))
    for question_id, due in (("S1.1", date(2026, 3, 5)), ("S1.2", None), ("S2.1", date(2026, 9, 30))):
        action = Action(question_id, f"Work on {question_id}", "Head", due)
        save_action(made.office, made.contributor, EARLIER_RETURN, action)
    return made


def shown(town, assessment_id=POLICE_RETURN, user=None):
    found = read_form(town.office, user or town.contributor, assessment_id).open_actions
    return {key: [(one.cycle.id, one.action.what, one.is_overdue) for one in lines] for key, lines in found.items()}


def test_open_actions_stand_under_the_same_question_and_say_whether_they_are_overdue(town):
    town.office.clock.move(days=4)  # 6 March

    assert shown(town) == {
        "S1.1": [("2024", "Work on S1.1", True)],
        "S1.2": [("2024", "Work on S1.2", False)],
        "S2.1": [("2024", "Work on S2.1", False)],
    }


def test_closed_actions_and_those_of_this_and_later_cycles_are_not_brought(town):
    drop_action(town.office, town.contributor, tracked_action(town, EARLIER_RETURN).id, Report("Not needed"))
    promise(town, town.contributor, POLICE_RETURN)

    assert set(shown(town)) == {"S1.2", "S2.1"}
    assert shown(town, EARLIER_RETURN) == {}


def test_another_organisation_sees_nothing_of_them(town):
    assert shown(town, FIRE_RETURN, town.fire_contributor) == {}


def test_a_crosswalk_says_where_an_action_belongs_and_a_dropped_question_has_no_place(town):
    write_next_set(town)
    cycle = create_cycle(
        town.office, town.admin, name="2028", due=date(2028, 3, 31), set_ids_by_type={"*": "next-set"},
        partnership_ids=frozenset({PARTNERSHIP}),
    )  # fmt: skip
    open_cycle(town.office, town.admin, cycle.id)

    assert {key: [what for _, what, _ in lines] for key, lines in shown(town, f"2028.{POLICE}").items()} == {
        "L1.1": ["Work on S1.1"],
        "L1.2": ["Work on S1.1"],
        "L2.1": ["Work on S1.2"],
    }


def test_a_crosswalk_that_cannot_be_read_leaves_the_ids_to_decide(town):
    write_next_set(town, "links: [this is no link]\n", first="S1")
    cycle = create_cycle(
        town.office, town.admin, name="2028", due=date(2028, 3, 31), set_ids_by_type={"*": "next-set"},
        partnership_ids=frozenset({PARTNERSHIP}),
    )  # fmt: skip
    open_cycle(town.office, town.admin, cycle.id)

    assert set(shown(town, f"2028.{POLICE}")) == {"S1.1", "S1.2"}


def write_next_set(town, crosswalk=CROSSWALK, *, first="L1"):
    """Write a second set, with other ids, and the file that says how the first leads to it."""
    folder = town.standards / "next-set"
    folder.mkdir()
    small = town.standards / "small-set"
    for name in ("set.yaml", "s1.yaml", "s2.yaml"):
        text = (small / name).read_text().replace("small-set", "next-set").replace("A small set", "The next set")
        folder.joinpath(name).write_text(
            text.replace("S1", first).replace("S2", "L2").replace(f"{first}1-01", "S11-01")
        )
    (town.standards / "crosswalks").mkdir()
    (town.standards / "crosswalks" / "small-set--next-set.yaml").write_text(crosswalk)
