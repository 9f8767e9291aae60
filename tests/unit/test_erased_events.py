"""Events whose content was erased: the chain still verifies, and anything else that was touched is still found."""

from dataclasses import replace
from datetime import date

import pytest

from section11.domain.audit import ERASURE, faults_in_stream, seal
from section11.domain.erased_events import emptied, erasure_details, erasure_words, is_emptied, may_be_emptied
from tests.unit.test_audit_chain import AT, chain

ON = date(2033, 11, 25)


def erased(*numbers, keeps_actor=True):
    """Return a chain of five events of which these were emptied, with a sixth that tells of it."""
    events = chain(5)
    for number in numbers:
        events[number - 1] = emptied(events[number - 1], on=ON, under="Returns", keeps_actor=keeps_actor)
    return [*events, told(events, [events[number - 1] for number in numbers])]


def told(events, empty):
    last = events[-1]
    return seal(
        stream="s",
        number=last.number + 1,
        at=AT,
        actor="mo",
        name=ERASURE,
        details=erasure_details(empty, "Returns"),
        previous_hash=last.hash,
    )


def faults(events):
    return faults_in_stream("s", events, last_number=events[-1].number, last_hash=events[-1].hash)


def test_an_event_emptied_without_an_event_that_tells_of_it_is_named():
    events = chain(5)
    events[1] = emptied(events[1], on=ON, under="Returns")

    assert faults(events) == ["s: event 2 was changed after it was written."]


@pytest.mark.parametrize(
    "change",
    [{"actor": "ben"}, {"name": "signed_off"}, {"at": AT}, {"details": {}}, {"hash": "0" * 64}, {"previous_hash": "x"}],
)
def test_whatever_is_changed_in_an_emptied_event_is_found(change):
    events = erased(2)
    events[1] = replace(events[1], **change)

    assert "s: event 2 was changed after it was written." in faults(events)


def test_content_that_is_put_back_is_found():
    events = erased(2)
    events[1] = chain(5)[1]

    assert faults(events) == ["s: event 2 was changed after it was written."]


def test_a_proof_that_is_changed_is_found():
    events = erased(2)
    events[5] = replace(events[5], details={"under": "Returns", "events": {"2": "0" * 64}})

    assert faults(events) == [
        "s: event 2 was changed after it was written.",
        "s: event 6 was changed after it was written.",
    ]


def test_an_erasure_cannot_speak_of_what_comes_after_it():
    events = erased(2)
    later = replace(events[5], details={"under": "Returns", "events": {"6": "0" * 64, "7": "0" * 64, "x": ""}})

    assert faults([*events[:5], later])[-1] == "s: event 6 was changed after it was written."


def test_a_chain_with_emptied_events_verifies_also_when_one_is_emptied_twice():
    events = erased(2, 4)
    again = [emptied(events[1], on=ON, under="Who read", keeps_actor=False)]
    events[1] = again[0]

    assert faults(erased(2, 4)) == []
    assert faults([*events, told(events, again)]) == []


def test_what_stays_is_what_it_was_about_and_not_what_was_written():
    [_, event, *_] = erased(2, keeps_actor=False)

    assert event.details == {"question": "S1.2", "erased_on": "2033-11-25", "erased_under": "Returns"}
    assert event.actor == "erased"
    assert is_emptied(event)
    assert not may_be_emptied(event)
    assert erasure_words(event) == "Content erased on 25 November 2033 under “Returns”."


def test_an_event_that_tells_of_an_erasure_is_never_emptied():
    assert not may_be_emptied(erased(2)[-1])
