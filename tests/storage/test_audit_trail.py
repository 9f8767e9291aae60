"""The stored audit trail: numbered without gaps, chained, and read back exactly as it was written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from section11.domain.audit import FIRST_HASH, faults_in_stream
from section11.storage.unit_of_work import Store

AT = datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC)


@pytest.fixture
def store(database_url):
    made = Store.open(database_url)
    yield made
    made.close()


def append(store, stream="s", **details):
    with store.writing() as work:
        event = work.audit_trail.append(stream, at=AT, actor="ann", name="answer_saved", details=details)
        work.commit()
    return event


def faults(store, stream):
    with store.reading() as work:
        number, last_hash = work.audit_trail.heads()[stream]
        return faults_in_stream(stream, work.audit_trail.events(stream), last_number=number, last_hash=last_hash)


def test_events_are_numbered_from_one_and_each_holds_the_hash_of_the_one_before(store):
    first, second, third = append(store, a=1), append(store, a=2), append(store, a=3)

    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert [first.previous_hash, second.previous_hash, third.previous_hash] == [FIRST_HASH, first.hash, second.hash]
    with store.reading() as work:
        assert work.audit_trail.events("s") == [first, second, third]
        assert work.audit_trail.heads() == {"s": (3, third.hash)}


def test_streams_are_separate_chains(store):
    append(store, "one")
    other = append(store, "two")

    assert (other.number, other.previous_hash) == (1, FIRST_HASH)
    with store.reading() as work:
        assert sorted(work.audit_trail.streams_with_events()) == ["one", "two"]
        assert work.audit_trail.events("three") == []


def test_every_kind_of_detail_comes_back_as_it_was_sealed(store):
    append(
        store,
        text="“curly” ünï 🙂\r\n\t\\",
        number=7,
        share=0.1,
        nothing=None,
        truth=True,
        pairs={"S1.1": {"rating": "fully_met", "marker": None}},
        several=["a", 1],
    )

    assert faults(store, "s") == []


def test_an_event_that_was_not_committed_leaves_no_gap(store):
    append(store)
    with store.writing() as work:
        work.audit_trail.append("s", at=AT, actor="ann", name="lost", details={})

    assert append(store).number == 2
    assert faults(store, "s") == []


def test_an_event_follows_the_last_one_although_an_older_end_of_the_stream_was_seen(store):
    first, second = append(store, a=1), append(store, a=2)

    with store.writing() as work:
        work.audit_trail.was_seen("s", first.number, first.hash)
        third = work.audit_trail.append("s", at=AT, actor="ann", name="answer_saved", details={"a": 3})
        fourth = work.audit_trail.append("s", at=AT, actor="ann", name="answer_saved", details={"a": 4})
        work.commit()

    assert [(one.number, one.previous_hash) for one in (third, fourth)] == [(3, second.hash), (4, third.hash)]
    assert faults(store, "s") == []


def test_writers_of_one_stream_queue_and_the_chain_stays_whole(store):
    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(event.number for event in pool.map(lambda one: append(store, one=one), range(20)))

    assert numbers == list(range(1, 21))
    assert faults(store, "s") == []
