"""Tokens of the data API: bad names refused, the secret kept nowhere, closed when revoked or old; on both databases."""

import pytest
from sqlalchemy import text

from section11.errors import BadInputError
from section11.services.api_tokens import create_api_token, list_api_tokens, reader_with, revoke_api_token
from section11.services.open_data import DataShelf, cycles_with_data, download_data
from section11.services.trail import verify_trail
from section11.storage.tables import metadata
from tests.services.builders import CYCLE, PARTNERSHIP, events, submitted


def a_token(town, name="Power BI"):
    return create_api_token(town.office, town.admin, PARTNERSHIP, name)


@pytest.mark.parametrize(
    ("name", "says"), [("", "Say what the token is for"), (" \n ", "Say what"), ("x" * 201, "Shorten it.")]
)
def test_a_name_that_says_nothing_or_too_much_is_refused(town, name, says):
    with pytest.raises(BadInputError, match=says):
        a_token(town, name)

    assert list_api_tokens(town.office, town.admin) == []


@pytest.mark.parametrize("secret", [None, "", "made-up", "s11_", "\x00", "’" * 50])
def test_what_is_no_token_opens_nothing(town, secret):
    a_token(town)

    assert reader_with(town.office, secret) is None


def test_a_hostile_name_is_kept_as_it_is(town):
    name = "=1+1 <script> ‘Ünï’ 👩🏽‍🏫"

    a_token(town, name)

    assert [one.token.name for one in list_api_tokens(town.office, town.admin)] == [name]


def test_the_secret_is_nowhere_in_the_database(town):
    made = a_token(town)

    with town.office.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            assert made.secret not in str(connection.execute(table.select()).all())
        kept = connection.execute(text("SELECT token_hash FROM api_tokens")).scalar_one()
    assert len(kept) == 64


def test_a_token_reads_what_a_scrutiny_lead_may_export_and_its_use_is_noted(town):
    submitted(town)
    made = a_token(town)

    reader = reader_with(town.office, made.secret)
    taken = DataShelf(town.office).take(reader, CYCLE, "answers")

    assert len(taken.data.table("answers").rows) == 4
    assert [one.id for one in cycles_with_data(town.office, reader)] == [CYCLE]
    [line] = list_api_tokens(town.office, town.admin)
    assert (line.token.last_used_at, line.is_open) == (town.office.clock(), True)


def test_revoking_and_a_year_end_a_token(town):
    first, second = a_token(town), a_token(town, "Excel")

    revoke_api_token(town.office, town.admin, first.token.id)
    revoke_api_token(town.office, town.admin, first.token.id)

    assert reader_with(town.office, first.secret) is None
    assert reader_with(town.office, second.secret) is not None
    town.office.clock.move(days=365)
    assert reader_with(town.office, second.secret) is None
    assert [one.is_open for one in list_api_tokens(town.office, town.admin)] == [False, False]
    names = [event.name for event in events(town, f"partnership:{PARTNERSHIP}")]
    assert names.count("api_token_created") == 2
    assert names.count("api_token_revoked") == 1


@pytest.mark.parametrize(
    ("file_format", "begins", "name"),
    [("csv", b"PK", "2026-data-package.zip"), ("ods", b"PK", "2026-data.ods"), ("json", b"{", "2026-data.json")],
)
def test_each_format_is_a_file_to_keep_and_an_event(town, file_format, begins, name):
    submitted(town)

    made = download_data(town.office, town.scrutiny, CYCLE, file_format)

    assert made.content.startswith(begins)
    assert made.filename == name
    last = events(town, f"partnership:{PARTNERSHIP}")[-1]
    assert (last.name, last.actor, last.details["file_format"]) == ("data_downloaded", town.scrutiny.id, file_format)
    assert verify_trail(town.office, town.admin).faults == ()
