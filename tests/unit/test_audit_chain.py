"""The chain of audit events: whatever is changed, removed, inserted or moved is found and named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from section11.domain.audit import FIRST_HASH, AuditEvent, faults_in_stream, seal

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def chain(length: int) -> list[AuditEvent]:
    events: list[AuditEvent] = []
    for number in range(1, length + 1):
        previous = events[-1].hash if events else FIRST_HASH
        details = {"question": f"S1.{number}", "changed": {"rating": "fully_met"}}
        at = AT + timedelta(minutes=number)
        events.append(
            seal(
                stream="s",
                number=number,
                at=at,
                actor="ann",
                name="answer_saved",
                details=details,
                previous_hash=previous,
            )
        )
    return events


def faults(events: list[AuditEvent], *, head: AuditEvent | None = None) -> list[str]:
    last = head or chain(5)[-1]
    return faults_in_stream("s", events, last_number=last.number, last_hash=last.hash)


def test_an_untouched_chain_has_no_faults_and_neither_has_an_empty_one():
    assert faults(chain(5)) == []
    assert faults_in_stream("s", [], last_number=0, last_hash=FIRST_HASH) == []


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "ben"},
        {"name": "signed_off"},
        {"at": AT},
        {"details": {"question": "S1.3", "changed": {"rating": "not_met"}}},
        {"details": {}},
        {"stream": "t"},
    ],
)
@pytest.mark.parametrize("index", [0, 2, 4])
def test_a_changed_event_is_named(index, change):
    events = chain(5)
    events[index] = replace(events[index], **change)

    assert faults(events) == [f"s: event {index + 1} was changed after it was written."]


def test_an_event_changed_and_sealed_again_no_longer_fits_the_next():
    events = chain(5)
    fields = {name: getattr(events[2], name) for name in ("stream", "number", "at", "name", "previous_hash")}
    events[2] = seal(**fields, actor="ben", details=events[2].details)

    assert faults(events) == ["s: event 4 does not follow from the one before it."]


def test_a_chain_rewritten_to_its_end_does_not_fit_the_head_kept_beside_it():
    events: list[AuditEvent] = []
    for event in chain(5):
        previous = events[-1].hash if events else FIRST_HASH
        fields = {name: getattr(event, name) for name in ("stream", "number", "at", "name", "details")}
        events.append(seal(**fields, actor="ben", previous_hash=previous))

    assert faults(events) == ["s: its end is not the one that was written last."]


@pytest.mark.parametrize("removed", [1, 2, 3, 4])
def test_an_event_removed_from_the_start_or_the_middle_is_named(removed):
    events = [event for event in chain(5) if event.number != removed]

    assert faults(events) == [f"s: event {removed} is missing; event {removed + 1} stands in its place."]


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_events_removed_from_the_end_are_counted(kept):
    assert faults(chain(5)[:kept]) == [f"s: it ends at event {kept}, but 5 were written."]


def test_an_event_inserted_in_the_middle_is_found_however_it_is_numbered():
    events = chain(5)
    forged = seal(stream="s", number=3, at=AT, actor="ben", name="forged", details={}, previous_hash=events[1].hash)
    renumbered = [*events[:2], forged, *(replace(event, number=event.number + 1) for event in events[2:])]
    doubled = [*events[:2], forged, *events[2:]]

    found = faults(renumbered)
    assert "s: event 4 does not follow from the one before it." in found
    assert {f"s: event {number} was changed after it was written." for number in (4, 5, 6)} <= set(found)
    assert found[-1] == "s: its end is not the one that was written last."
    assert any("event 3" in one for one in faults(doubled))


def test_an_event_added_at_the_end_is_found():
    events = chain(5)
    added = seal(stream="s", number=6, at=AT, actor="ben", name="forged", details={}, previous_hash=events[4].hash)

    assert faults([*events, added]) == ["s: its end is not the one that was written last."]


def test_events_that_changed_places_are_found():
    one, two, three, four, five = chain(5)

    listed_in_another_order = faults([one, three, two, four, five])
    renumbered = faults([one, replace(three, number=2), replace(two, number=3), four, five])

    assert listed_in_another_order[0] == "s: event 2 is missing; event 3 stands in its place."
    assert {"s: event 2 was changed after it was written.", "s: event 3 was changed after it was written."} <= set(
        renumbered
    )


def test_an_event_of_another_stream_does_not_fit():
    other = seal(stream="t", number=3, at=AT, actor="ann", name="x", details={}, previous_hash=FIRST_HASH)
    events = chain(5)
    events[2] = replace(other, stream="s")

    assert "s: event 3 does not follow from the one before it." in faults(events)


def test_the_seal_depends_on_every_field_and_not_on_the_order_of_details():
    plain = {"stream": "s", "number": 1, "at": AT, "actor": "ann", "name": "x", "previous_hash": FIRST_HASH}
    sealed = seal(**plain, details={"a": 1, "b": "ü"})

    assert sealed.hash == seal(**plain, details={"b": "ü", "a": 1}).hash
    others = {
        "stream": "t", "number": 2, "at": AT + timedelta(microseconds=1), "actor": "ben", "name": "y",
        "previous_hash": "1" * 64,
    }  # fmt: skip
    hashes = {seal(**(plain | {name: value}), details={"a": 1, "b": "ü"}).hash for name, value in others.items()}
    assert len(hashes | {sealed.hash, seal(**plain, details={"a": 1}).hash}) == 8
