"""Stored answers: the database decides which of two racing saves wins."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest

from section11.domain.answers import Action, Answer, Marker
from section11.storage.unit_of_work import Store
from tests.services.builders import FIRE_RETURN, POLICE, POLICE_RETURN, a_town

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(office, tmp_path):
    a_town(office, tmp_path)
    return office.store


def save(store, answer, *, expected_version, by="ann"):
    with store.writing() as work:
        done = work.answers.save(POLICE_RETURN, answer, expected_version=expected_version, at=AT, by=by)
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
            results[name] = work.answers.save(
                POLICE_RETURN, Answer("S1.1", evidence=name), expected_version=version, at=AT, by=name
            )
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
        assert work.answers.save(POLICE_RETURN, Answer("S1.1", evidence="Mine"), expected_version=1, at=AT, by="ann")
        thread = Thread(target=second)
        thread.start()
        thread.join(timeout=0.2)
        assert thread.is_alive()
        work.commit()
    thread.join()
    other.close()

    assert results == [False]
    assert stored(store).evidence == "Mine"


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
