"""What is read of many returns at once, in another form than one by one, is the same."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from section11.domain.answers import Answer, Marker
from section11.domain.workflow import EDITABLE
from tests.services.builders import (
    CYCLE,
    FIRE_RETURN,
    POLICE_RETURN,
    a_town,
    submitted_with_an_action,
    tracked_action,
)

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRITTEN = "“Evidence” of 3/4/2025 🙂\r\nand\ta second line"
POLICE = [
    Answer("S1.1", "fully_met", evidence=WRITTEN, impact="Fewer wait."),
    Answer("S1.2", "not_met"),
    Answer("S1.3", None, Marker.NOT_APPLICABLE, reason="We employ nobody."),
    Answer("S2.1", "mostly_met", reason="Once it did not apply.", evidence="Now it does."),
    Answer("S2.2", "mostly_met", evidence="As last time", carried_from="2024"),
    Answer("S2.3", evidence="No rating yet"),
]
FIRE = [Answer("S1.1", "fully_met", evidence="Another"), Answer("S1.2", None, Marker.DONT_KNOW_YET)]


@pytest.fixture
def store(office, tmp_path):
    a_town(office, tmp_path)
    with office.store.writing() as work:
        work.answers.add_all(
            [*((POLICE_RETURN, one) for one in POLICE), *((FIRE_RETURN, one) for one in FIRE)], at=AT, by="ann"
        )
        work.commit()
    return office.store


def test_answers_to_read_say_the_same_as_one_by_one(store):
    with store.reading() as work:
        found = work.answers.to_read([POLICE_RETURN, FIRE_RETURN, "2026.nobody"])
        low = work.answers.to_read([POLICE_RETURN, FIRE_RETURN], ["not_met", "mostly_met"])
        stored = {one: work.answers.of_assessment(one) for one in (POLICE_RETURN, FIRE_RETURN)}

    said = {
        of: {key: replace(one, version=0, updated_at=None, updated_by=None) for key, one in given.items()}
        for of, given in stored.items()
    }
    assert found == {**said, "2026.nobody": {}}
    assert {of: set(given) for of, given in low.items()} == {
        POLICE_RETURN: {"S1.2", "S2.1", "S2.2"},
        FIRE_RETURN: set(),
    }


def test_a_text_that_holds_what_stands_between_answers_stays_with_its_question(store):
    with store.writing() as work:
        held = Answer("S2.1", "not_met", evidence="a\x1fb", impact="\x1f")
        event = {"stream": "assessment:fire", "at": AT, "actor": "ann", "name": "answer_saved", "details": {}}
        work.answers.save(FIRE_RETURN, held, expected_version=0, event=event)
        found = work.answers.to_read([FIRE_RETURN])[FIRE_RETURN]

    assert (found["S2.1"].evidence, found["S2.1"].impact) == ("a b", " ")
    assert found["S1.1"].evidence == "Another"


def test_what_was_said_is_counted_by_group_whatever_was_written(store):
    with store.reading() as work:
        together = work.answers.count_what_was_said({POLICE_RETURN: "all", FIRE_RETURN: "all"})
        apart = work.answers.count_what_was_said({POLICE_RETURN: "police", FIRE_RETURN: "fire"})

    assert (Answer("S1.1", "fully_met"), 2) in together["all"]
    assert (Answer("S2.2", "mostly_met", carried_from="2024"), 1) in together["all"]
    assert sum(number for _, number in together["all"]) == len(POLICE) + len(FIRE)
    assert sorted(apart["fire"], key=str) == [
        (Answer("S1.1", "fully_met"), 1),
        (Answer("S1.2", None, Marker.DONT_KNOW_YET), 1),
    ]
    assert len(apart["police"]) == len(POLICE)


def test_promises_of_a_cycle_are_its_actions_without_what_was_reported(office, tmp_path):
    town = a_town(office, tmp_path)
    submitted_with_an_action(town)
    statuses = ["submitted"]
    with office.store.reading() as work:
        full, promised = work.actions.in_cycle(CYCLE, statuses), work.actions.promised_in_cycle(CYCLE, statuses)
        of_return = work.actions.promised_in([POLICE_RETURN])
        open_ones = work.actions.promised_in_cycle(CYCLE, [one.value for one in EDITABLE])

    [(question_id, one)] = full[POLICE_RETURN].items()
    assert one == tracked_action(town, POLICE_RETURN, question_id)
    assert promised == of_return
    short = promised[POLICE_RETURN][question_id]
    assert (short.promise, short.status, short.closed_at) == (one.promise, one.status, one.closed_at)
    assert POLICE_RETURN not in open_ones
