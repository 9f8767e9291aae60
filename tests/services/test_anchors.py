"""Anchors: a trail that was rewritten from end to end is right in itself and still found out."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from section11.domain.audit import FIRST_HASH, seal
from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.services.anchors import faults_beside, make_anchor, read, written
from section11.services.trail import assessment_stream, verify_trail
from section11.storage.tables import audit_events, audit_heads, signed_snapshots
from tests.services.builders import MINDER, POLICE_RETURN, answer, submitted

STREAM = assessment_stream(POLICE_RETURN)


def rewrite(town, keep):
    """Write the police's stream anew, as who has the database's password could, with the events that ``keep`` likes."""
    with town.office.store.writing() as work:
        events = [one for one in work.audit_trail.events(STREAM) if keep(one)]
    previous, number = FIRST_HASH, 0
    with town.office.store.engine.begin() as connection:
        stored = connection.execute(select(audit_events).where(audit_events.c.stream == STREAM))
        rows = {row.number: row for row in stored}
        connection.execute(audit_events.delete().where(audit_events.c.stream == STREAM))
        for number, event in enumerate(events, start=1):
            sealed = seal(
                stream=STREAM, number=number, at=event.at, actor=event.actor, name=event.name,
                details=event.details, previous_hash=previous,
            )  # fmt: skip
            row = dict(rows[event.number]._mapping)
            row |= {"number": number, "previous_hash": previous, "hash": sealed.hash}
            connection.execute(audit_events.insert().values(row))
            previous = sealed.hash
        if not any(event.name == "signed_off" for event in events):
            connection.execute(signed_snapshots.delete().where(signed_snapshots.c.assessment_id == POLICE_RETURN))
        connection.execute(
            update(audit_heads).where(audit_heads.c.stream == STREAM).values(number=number, hash=previous)
        )


def test_a_trail_that_went_on_leads_through_its_anchor(town):
    submitted(town)
    anchor = make_anchor(town.office, OPERATOR)
    town.office.clock.move(days=1)
    answer(town, town.minder, f"{POLICE_RETURN.partition('.')[0]}.{MINDER}", "S1.1", rating="fully_met")

    assert faults_beside(town.office, OPERATOR, read(written(anchor))) == []
    assert anchor.heads[STREAM][0] > 3


def test_a_trail_cut_short_and_sealed_again_is_found_out_only_by_the_anchor(town):
    submitted(town)
    anchor = make_anchor(town.office, OPERATOR)
    last = anchor.heads[STREAM][0]

    rewrite(town, keep=lambda event: event.name != "signed_off")

    assert verify_trail(town.office, OPERATOR).faults == ()
    [fault] = faults_beside(town.office, OPERATOR, anchor)
    assert fault.startswith(f"{STREAM}: event {last}, which was there on ")


def test_an_event_left_out_and_as_many_written_after_it_are_found_out(town):
    submitted(town)
    anchor = make_anchor(town.office, OPERATOR)
    last = anchor.heads[STREAM][0]

    rewrite(town, keep=lambda event: event.number != 2)
    with town.office.store.writing() as work:
        work.audit_trail.append(STREAM, at=town.office.clock(), actor="somebody", name="return_read", details={})
        work.commit()

    [fault] = faults_beside(town.office, OPERATOR, anchor)
    assert fault.startswith(f"{STREAM}: event {last} is not the one that was there on ")


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"nothing", b'{"format": "section11-anchor-1"}', b"\xff\xfe"])
def test_a_file_that_is_no_anchor_is_refused(content):
    with pytest.raises(BadInputError, match="not an anchor"):
        read(content)


def test_a_stream_that_is_gone_is_found_out(town):
    answer(town, town.contributor, POLICE_RETURN, "S1.1", rating="fully_met")
    anchor = make_anchor(town.office, OPERATOR)
    invented = replace(anchor, heads=anchor.heads | {"assessment:2020.nobody": (4, "a" * 64)})

    assert len(faults_beside(town.office, OPERATOR, invented)) == 1
