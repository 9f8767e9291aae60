"""SQLite is opened so that what was acknowledged stays: the settings in force on every connection."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from section11.errors import SettingMissingError
from section11.storage.engine import BUSY_TIMEOUT_MS, open_engine


@pytest.fixture
def engine(sqlite_url):
    made = open_engine(sqlite_url)
    yield made
    made.dispose()


def test_every_connection_is_durable_and_checks_foreign_keys(engine):
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
            full = 2
            assert found == {
                "journal_mode": "wal", "synchronous": full, "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS,
            }  # fmt: skip
    assert BUSY_TIMEOUT_MS >= 5_000


def test_a_row_that_points_nowhere_is_refused(engine):
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text("INSERT INTO memberships (organisation_id, partnership_id, duty) VALUES ('a', 'b', 's11')")
        )


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://localhost/section11", "sqlite3:///file.db"])
def test_an_address_of_no_database_we_can_use_is_refused_in_words(address):
    with pytest.raises(SettingMissingError, match="SECTION11_DATABASE_URL"):
        open_engine(address)
