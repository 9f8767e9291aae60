"""What partnerships share, runs that are killed in the middle, and that no way of reading is forgotten."""

import re
from pathlib import Path

import pytest

import section11.services
from section11.domain.cycles import CycleStatus
from section11.domain.people import OPERATOR
from section11.domain.retention import Rule
from section11.services.cycles import create_cycle, open_cycle
from section11.services.keeping import returns
from section11.services.keeping.applying import KINDS, preview_retention
from section11.services.keeping.looking import Kind
from section11.services.keeping.readings import READINGS
from section11.services.keeping.rules import set_rules
from section11.services.moderating import finish_moderation
from section11.services.releasing import release_return
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.trail import verify_trail
from tests.services.builders import (
    DUE,
    FIRE_RETURN,
    PARTNERSHIP,
    POLICE_RETURN,
    SET_ID,
    a_quiet_town,
    answer_everything,
    people_on_every_side,
)
from tests.services.keeping_builders import (
    applied,
    closed_long_ago,
    due,
    released,
    switch_on,
    with_kept_files,
    years_go_by,
)
from tests.services.moderation_builders import judged_alone

NOT_OF_READING = {"cycle_opened", "personal_data_exported"}


def close(town, cycle_id):
    with town.office.store.writing() as work:
        work.cycles.move_status(cycle_id, CycleStatus.OPEN, CycleStatus.CLOSED)
        work.commit()


@pytest.fixture
def joint(sqlite_office, tmp_path):
    """Riverdale and Elmtree ran a cycle together; the return of the police is released, and eight years went by."""
    town = a_quiet_town(sqlite_office, tmp_path)
    elmtree = people_on_every_side(town)["em"]
    both, sets = frozenset({PARTNERSHIP, "elmtree"}), {"*": SET_ID}
    create_cycle(town.office, OPERATOR, name="2026", due=DUE, set_ids_by_type=sets, partnership_ids=both)
    open_cycle(town.office, OPERATOR, "2026")
    return town, elmtree


def test_a_joint_cycle_is_kept_as_long_as_either_partnership_keeps_it(joint):
    town, elmtree = joint
    released(town)
    close(town, "2026")
    town.office.clock.move(days=366 * 8)
    switch_on(town, returns=2)

    assert due(town, Rule.RETURNS) == ()
    set_rules(town.office, elmtree, "elmtree", {Rule.RETURNS: 10})
    assert due(town, Rule.RETURNS) == ()
    assert applied(town).removed == {Rule.RETURNS: 0}
    set_rules(town.office, elmtree, "elmtree", {Rule.RETURNS: 7})

    assert applied(town).removed == {Rule.RETURNS: 1}
    assert preview_retention(town.office, elmtree, "elmtree")[0].due.things == ()


def released_too(town, assessment_id):
    """Bring the return of the fire service to Released, by its own people."""
    answer_everything(town, town.fire_contributor, assessment_id)
    send_for_sign_off(town.office, town.fire_contributor, assessment_id)
    sign_off(town.office, town.fire_approver, assessment_id, agreed=True)
    judged_alone(town, assessment_id)
    finish_moderation(town.office, town.scrutiny, assessment_id)
    release_return(town.office, town.scrutiny, assessment_id)


def test_a_run_killed_between_two_returns_is_finished_by_the_next_to_the_same_end(town, tmp_path, monkeypatch):
    town = with_kept_files(town, tmp_path)
    released(town)
    released_too(town, FIRE_RETURN)
    closed_long_ago(town)
    years_go_by(town)
    switch_on(town, returns=7)
    left = [1]

    def killed_at_the_second(*asked):
        if not left:
            raise KeyboardInterrupt
        left.pop()
        return returns.KIND.remove(*asked)

    with monkeypatch.context() as patch:
        patch.setitem(KINDS, Rule.RETURNS, Kind(returns.KIND.due, killed_at_the_second))
        with pytest.raises(KeyboardInterrupt):
            applied(town)
    assert due(town, Rule.RETURNS) == ("2026: 1 return",)
    assert verify_trail(town.office, OPERATOR).faults == ()

    assert applied(town).removed == {Rule.RETURNS: 1}
    with town.office.store.reading() as work:
        assert [work.assessments.get(one) for one in (POLICE_RETURN, FIRE_RETURN)] == [None, None]
    assert verify_trail(town.office, OPERATOR).faults == ()


def test_every_event_that_sounds_like_reading_or_taking_away_is_one():
    folder = Path(section11.services.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    names = set(re.findall(r'"([a-z_]+_(?:read|opened|downloaded|previewed|exported|presented|shown|viewed))"', text))

    assert names - NOT_OF_READING == READINGS
