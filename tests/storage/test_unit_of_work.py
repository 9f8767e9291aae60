"""The unit of work: all of it or none of it, and readers see one moment."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from section11.domain.organisations import DutyBasis, Organisation, Partnership
from section11.errors import NotAvailableError
from section11.storage.organisations import Membership
from section11.storage.unit_of_work import Store

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(database_url):
    made = Store.open(database_url)
    yield made
    made.close()


def write_something(work):
    work.facts.add_partnership(Partnership("riverdale", "Riverdale"))
    oakfield = Organisation("oakfield", "Oakfield", "other")
    work.organisations.add_all([Membership(oakfield, "riverdale", DutyBasis.VOLUNTARY)])
    work.audit_trail.append("partnership:riverdale", at=AT, actor="ann", name="started", details={})


def counts(store):
    with store.reading() as work:
        return len(work.facts.partnerships()), len(work.organisations.all_by_id()), len(work.audit_trail.heads())


def test_what_is_committed_stays(store):
    with store.writing() as work:
        write_something(work)
        work.commit()

    assert counts(store) == (1, 1, 1)


def test_leaving_without_commit_leaves_nothing(store):
    with store.writing() as work:
        write_something(work)

    assert counts(store) == (0, 0, 0)


def test_an_error_on_the_way_leaves_nothing_and_the_store_can_be_used_again(store):
    def fail_half_way():
        with store.writing() as work:
            write_something(work)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()

    assert counts(store) == (0, 0, 0)
    with store.writing() as work:
        write_something(work)
        work.commit()
    assert counts(store) == (1, 1, 1)


def test_nobody_sees_what_is_not_committed_yet(store):
    with store.writing() as work:
        write_something(work)
        assert counts(store) == (0, 0, 0)
        work.commit()


def test_a_reader_sees_one_moment_however_long_it_reads(store):
    """Otherwise figures mix two moments, and checking the trail raises false alarms."""
    with store.reading() as reader:
        assert reader.facts.partnerships() == {}
        with store.writing() as writer:
            write_something(writer)
            writer.commit()

        assert reader.facts.partnerships() == {}
        assert reader.audit_trail.heads() == {}

    assert counts(store) == (1, 1, 1)


def test_moments_come_back_in_utc_whatever_offset_they_were_given_in(store):
    british_summer = datetime(2026, 7, 1, 0, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    with store.writing() as work:
        work.standards_sets.keep(sha256="a" * 64, set_id="small", content="{}", stored_at=british_summer)
        event = work.audit_trail.append("s", at=british_summer.astimezone(UTC), actor="ann", name="x", details={})
        work.commit()

    with store.reading() as work:
        [stored] = work.audit_trail.events("s")
    assert stored == event
    assert stored.at.isoformat() == "2026-06-30T23:30:15.123456+00:00"


def test_a_refusal_is_told_once_and_when_something_can_be_written_again(store):
    told = []

    def tell(error):
        with store.writing() as work:
            write_something(work)
            work.commit()
        told.append(error)

    watched = store.telling(tell)
    with pytest.raises(NotAvailableError), watched.writing(), watched.reading():
        raise NotAvailableError()

    assert len(told) == 1
    assert counts(store) == counts(watched)
