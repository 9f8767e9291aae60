"""The audit trail: clean after real work, and every way of touching it is found and named."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import text

from section11.domain.people import OPERATOR
from section11.errors import NotAvailableError, NotPermittedError
from section11.services.collating import cycle_figures
from section11.services.cycles import close_cycle, create_cycle
from section11.services.excel_returns import download_return
from section11.services.exports import download_workbook, export_figures
from section11.services.scrutiny import hand_back, read_return
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.trail import verify_trail
from tests.services.builders import (
    CYCLE,
    PARTNERSHIP,
    POLICE_RETURN,
    SET_ID,
    answer,
    event_names,
    events,
    in_progress,
    promise,
    submitted,
)

STREAM = f"assessment:{POLICE_RETURN}"


@pytest.fixture
def sqlite_town(sqlite_town):
    in_progress(sqlite_town)
    return sqlite_town


def tamper(town, statement, **values):
    """Do what somebody with the database file in their hands could do."""
    with town.office.store.engine.begin() as connection:
        connection.execute(text(statement), values)


def faults(town):
    return [one.removeprefix(f"{STREAM}: ") for one in verify_trail(town.office, OPERATOR).faults]


def test_after_a_whole_round_the_trail_is_clean_and_counts_every_stream_and_event(town):
    promise(town, town.contributor, POLICE_RETURN)
    submitted(town)
    read_return(town.office, town.scrutiny, POLICE_RETURN)
    download_return(town.office, town.scrutiny, POLICE_RETURN)
    download_workbook(town.office, town.scrutiny, CYCLE)
    export_figures(town.office, town.scrutiny, CYCLE)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "More – “please” 🙂")
    close_cycle(town.office, town.admin, CYCLE)
    assert cycle_figures(town.office, town.scrutiny, CYCLE)
    shares: list[float] = []

    report = verify_trail(town.office, town.admin, shares.append)

    assert report.faults == ()
    with town.office.store.reading() as work:
        streams = work.audit_trail.heads()
        assert report.events == sum(len(work.audit_trail.events(stream)) for stream in streams)
    assert report.streams == len(streams) == len(shares)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert event_names(town, POLICE_RETURN)[-4:] == ["signed_off", "return_read", "return_downloaded", "handed_back"]
    assert [one.name for one in events(town, f"partnership:{PARTNERSHIP}")][-3:] == [
        "workbook_downloaded", "figures_exported", "cycle_closed",
    ]  # fmt: skip


def test_work_that_goes_on_during_the_check_raises_no_false_alarm(town):
    """The check reads one moment of the database; a colleague's event after that moment is not part of it."""
    in_progress(town)
    written = []

    def meanwhile(share: float) -> None:
        if not written:
            written.append(share)
            create_cycle(
                town.office,
                town.admin,
                name="2028",
                due=date(2028, 3, 31),
                set_ids_by_type={"*": SET_ID},
                partnership_ids=frozenset({PARTNERSHIP}),
            )

    assert verify_trail(town.office, OPERATOR, meanwhile).faults == ()
    assert written
    assert verify_trail(town.office, OPERATOR).faults == ()


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'somebody-else'", "name = 'signed_off'", "details = '{}'", "at = '2020-01-01 00:00:00.000000'",
        "details = replace(details, 'fully_met', 'not_met')",
    ],
)  # fmt: skip
def test_an_event_that_was_changed_is_named(sqlite_town, change):
    statement = f"UPDATE audit_events SET {change} WHERE stream = :stream AND number = 3"  # noqa: S608
    tamper(sqlite_town, statement, stream=STREAM)

    assert faults(sqlite_town) == ["event 3 was changed after it was written."]


def test_an_event_changed_together_with_its_hash_no_longer_fits_the_next(sqlite_town):
    tamper(
        sqlite_town, "UPDATE audit_events SET hash = :hash WHERE stream = :s AND number = 3", hash="a" * 64, s=STREAM
    )

    assert faults(sqlite_town) == [
        "event 3 was changed after it was written.", "event 4 does not follow from the one before it.",
    ]  # fmt: skip


def test_an_event_removed_from_the_middle_is_named(sqlite_town):
    tamper(sqlite_town, "DELETE FROM audit_events WHERE stream = :stream AND number = 3", stream=STREAM)

    assert faults(sqlite_town) == ["event 3 is missing; event 4 stands in its place."]


@pytest.mark.parametrize("table", ["audit_events", "both"])
def test_events_removed_from_the_end_are_counted(sqlite_town, table):
    tamper(sqlite_town, "DELETE FROM audit_events WHERE stream = :stream AND number >= 4", stream=STREAM)
    if table == "both":
        tamper(sqlite_town, "UPDATE audit_heads SET number = 3 WHERE stream = :stream", stream=STREAM)

    assert (
        faults(sqlite_town)
        == {
            "audit_events": ["it ends at event 3, but 5 were written."],
            "both": ["its end is not the one that was written last."],
        }[table]
    )


def test_a_stream_removed_whole_is_missed_by_its_head(sqlite_town):
    tamper(sqlite_town, "DELETE FROM audit_events WHERE stream = :stream", stream=STREAM)

    assert faults(sqlite_town) == ["it ends at event 0, but 5 were written."]


def test_a_stream_whose_head_was_removed_is_found_by_its_events(sqlite_town):
    tamper(sqlite_town, "DELETE FROM audit_heads WHERE stream = :stream", stream=STREAM)

    assert faults(sqlite_town) == ["its end is not the one that was written last."]


def test_an_inserted_event_is_found(sqlite_town):
    tamper(
        sqlite_town,
        "INSERT INTO audit_events SELECT stream, 6, at, actor, name, details, hash, :hash FROM audit_events"
        " WHERE stream = :stream AND number = 5",
        hash="b" * 64,
        stream=STREAM,
    )

    assert faults(sqlite_town) == [
        "event 6 was changed after it was written.", "its end is not the one that was written last.",
    ]  # fmt: skip


def test_events_that_changed_places_are_found(sqlite_town):
    for before, after in ((2, 99), (3, 2), (99, 3)):
        tamper(
            sqlite_town,
            "UPDATE audit_events SET number = :after WHERE stream = :stream AND number = :before",
            before=before,
            after=after,
            stream=STREAM,
        )

    found = faults(sqlite_town)

    assert "event 2 was changed after it was written." in found
    assert "event 3 was changed after it was written." in found


def test_only_those_who_hold_the_right_may_check(sqlite_town):
    assert verify_trail(sqlite_town.office, sqlite_town.admin).faults == ()
    with pytest.raises(NotPermittedError):
        verify_trail(sqlite_town.office, sqlite_town.scrutiny)
    with pytest.raises(NotAvailableError):
        verify_trail(sqlite_town.office, sqlite_town.contributor)


def signed_twice(town):
    submitted(town)
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "More.")
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More.")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)


TOUCHED = "UPDATE signed_snapshots SET {} WHERE assessment_id = :id AND number = 1"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (TOUCHED.format("content = replace(content, 'fully_met', 'not_met')"), "1 is not what was signed in event {}"),
        (TOUCHED.format("sha256 = '0'"), "1 is not what was signed in event {}"),
        (TOUCHED.format("declaration = 'Something else.'"), "1 is not what was signed in event {}"),
        (TOUCHED.format('"by" = \'somebody-else\''), "1 is not what was signed in event {}"),
        (TOUCHED.format("at = '2020-01-01 00:00:00.000000'"), "1 is not what was signed in event {}"),
        ("DELETE FROM signed_snapshots WHERE assessment_id = :id AND number = 1", "1 is missing; event {} tells of it"),
    ],
    ids=["content", "hash", "declaration", "signer", "moment", "removed"],
)  # fmt: skip
def test_a_signed_version_that_is_not_what_its_event_says_is_named(town, statement, says):
    signed_twice(town)
    first = min(one.number for one in events(town, STREAM) if one.name == "signed_off")
    tamper(town, statement, id=POLICE_RETURN)

    assert faults(town) == [f"signed version {says.format(first)}."]


def test_a_signed_version_that_was_added_is_named(town):
    signed_twice(town)
    tamper(
        town,
        'INSERT INTO signed_snapshots SELECT assessment_id, 3, at, "by", post, declaration, content, sha256'
        " FROM signed_snapshots WHERE assessment_id = :id AND number = 2",
        id=POLICE_RETURN,
    )

    assert faults(town) == ["no event tells of signed version 3."]


def test_a_signed_version_and_its_hash_changed_together_are_still_found(sqlite_town):
    signed_twice(sqlite_town)
    with sqlite_town.office.store.reading() as work:
        forged = work.signing.latest(POLICE_RETURN, 1)[0].content.replace("fully_met", "not_met")
    tamper(
        sqlite_town,
        "UPDATE signed_snapshots SET content = :content, sha256 = :sha256 WHERE assessment_id = :id AND number = 2",
        content=forged, sha256=hashlib.sha256(forged.encode()).hexdigest(), id=POLICE_RETURN,
    )  # fmt: skip

    [fault] = faults(sqlite_town)
    assert fault.startswith("signed version 2 is not what was signed in event ")


def test_what_was_signed_is_found_even_when_the_whole_stream_is_gone(sqlite_town):
    signed_twice(sqlite_town)
    tamper(sqlite_town, "DELETE FROM audit_events WHERE stream = :stream", stream=STREAM)
    tamper(sqlite_town, "DELETE FROM audit_heads WHERE stream = :stream", stream=STREAM)

    assert faults(sqlite_town) == [f"no event tells of signed version {number}." for number in (1, 2)]


def test_the_report_counts_the_signed_versions(town):
    signed_twice(town)

    assert verify_trail(town.office, town.admin).signed_versions == 2
