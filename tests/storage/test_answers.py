"""Stored answers: the database decides which of two racing saves wins."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.domain.audit import faults_in_stream
from section11.services.trail import assessment_stream
from section11.storage.unit_of_work import Store
from tests.services.builders import FIRE_RETURN, POLICE, POLICE_RETURN, a_town

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(office, tmp_path):
    a_town(office, tmp_path)
    return office.store


def event_by(actor):
    return {"stream": assessment_stream(POLICE_RETURN), "at": AT, "actor": actor, "name": "answer_saved", "details": {}}


def save(store, answer, *, expected_version, by="ann"):
    with store.writing() as work:
        done = work.answers.save(POLICE_RETURN, answer, expected_version=expected_version, event=event_by(by))
        work.commit()
    return done


def stored(store):
    with store.reading() as work:
        return work.answers.one(POLICE_RETURN, "S1.1")


def test_an_answer_comes_back_as_it_was_saved(store):
    answer = Answer("S1.1", None, Marker.NOT_APPLICABLE, "None here", "“Evidence” 🙂\r\n", "Impact", "2024")

    assert save(store, answer, expected_version=0)

    found = stored(store)
    assert found == Answer(
        "S1.1", None, Marker.NOT_APPLICABLE, "None here", "“Evidence” 🙂\r\n", "Impact", "2024", 1, AT, "ann"
    )
    with store.reading() as work:
        assert work.answers.of_assessment(POLICE_RETURN) == {"S1.1": found}
        assert work.answers.of_assessment(FIRE_RETURN) == {}


def test_each_save_needs_the_version_that_is_stored(store):
    assert save(store, Answer("S1.1", "fully_met"), expected_version=0)
    assert save(store, Answer("S1.1", "not_met"), expected_version=1)

    for stale in (0, 1, 3):
        assert not save(store, Answer("S1.1", "mostly_met"), expected_version=stale)

    assert (stored(store).rating, stored(store).version) == ("not_met", 2)


@pytest.mark.parametrize("version", [0, 1])
def test_of_two_connections_that_save_at_once_exactly_one_wins(store, database_url, version):
    if version:
        assert save(store, Answer("S1.1", evidence="The first"), expected_version=0)
    barrier, results = Barrier(2), {}

    def race(name):
        own = Store.open(database_url)
        barrier.wait()  # Before the transaction: SQLite lets only one connection begin to write.
        with own.writing() as work:
            saved = work.answers.save(
                POLICE_RETURN, Answer("S1.1", evidence=name), expected_version=version, event=event_by(name)
            )
            results[name] = saved
            work.commit()
        own.close()

    threads = [Thread(target=race, args=(name,)) for name in ("ann", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [winner] = [name for name, done in results.items() if done]
    found = stored(store)
    assert (found.evidence, found.updated_by, found.version) == (winner, winner, version + 1)


def test_a_save_waits_for_one_that_is_under_way_and_then_loses(store, database_url):
    """PostgreSQL holds the second writer at the row; SQLite already at the beginning of its transaction."""
    assert save(store, Answer("S1.1", evidence="The first"), expected_version=0)
    results = []

    def second():
        results.append(save(store, Answer("S1.1", evidence="Second"), expected_version=1, by="ben"))

    other = Store.open(database_url)
    with other.writing() as work:
        mine = Answer("S1.1", evidence="Mine")
        assert work.answers.save(POLICE_RETURN, mine, expected_version=1, event=event_by("ann"))
        thread = Thread(target=second)
        thread.start()
        thread.join(timeout=0.2)
        assert thread.is_alive()
        work.commit()
    thread.join()
    other.close()

    assert results == [False]
    assert stored(store).evidence == "Mine"


@pytest.mark.parametrize("version", [0, 1])
def test_an_answer_whose_stream_moved_on_since_it_was_seen_is_saved_with_its_event_behind_the_others(store, version):
    stream = assessment_stream(POLICE_RETURN)
    if version:
        assert save(store, Answer("S1.1", evidence="The first"), expected_version=0)
    with store.writing() as work:
        seen, seen_hash = work.audit_trail.lock(stream)
        work.audit_trail.append(stream, at=AT, actor="ben", name="somebody_was_quicker", details={})
        work.audit_trail.was_seen(stream, seen, seen_hash)

        mine = Answer("S1.1", evidence="Mine")
        assert work.answers.save(POLICE_RETURN, mine, expected_version=version, event=event_by("ann"))
        work.commit()

    with store.reading() as work:
        events = work.audit_trail.events(stream)
        number, last_hash = work.audit_trail.heads()[stream]
    assert [one.name for one in events[-2:]] == ["somebody_was_quicker", "answer_saved"]
    assert faults_in_stream(stream, events, last_number=number, last_hash=last_hash) == []
    assert (stored(store).evidence, stored(store).version) == ("Mine", version + 1)


def test_an_answer_that_is_not_saved_leaves_no_event(store):
    assert save(store, Answer("S1.1", evidence="The first"), expected_version=0)

    for stale in (0, 2):
        assert not save(store, Answer("S1.1", evidence="Late"), expected_version=stale, by="ben")

    with store.reading() as work:
        events = work.audit_trail.events(assessment_stream(POLICE_RETURN))
    assert [one.actor for one in events if one.name == "answer_saved"] == ["ann"]


def test_an_action_is_replaced_and_an_empty_one_taken_away(store):
    def put(action):
        with store.writing() as work:
            work.answers.put_action(POLICE_RETURN, POLICE, action, began=date(2026, 3, 2))
            work.commit()
        with store.reading() as work:
            return work.answers.actions_of(POLICE_RETURN)

    first = Action("S1.1", "Train", "Head of training", date(2026, 9, 30))
    assert put(first) == {"S1.1": first}
    assert put(Action("S1.1", "Train all")) == {"S1.1": Action("S1.1", "Train all")}
    assert put(Action("S1.1")) == {}
