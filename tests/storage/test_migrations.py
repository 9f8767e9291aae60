"""Migrations: they make exactly the tables that the code describes, on both databases, and can be applied again."""

import subprocess
import sys
from contextlib import ExitStack, closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from section11.storage.migrations import migrate
from section11.storage.tables import metadata
from section11.storage.unit_of_work import Store

STARTED_TOGETHER = 4
OPENS_THE_DATABASE = """
import sys
from section11.storage.migrations import migrate
from section11.storage.unit_of_work import Store

store = Store.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate(store.engine)
"""


@pytest.fixture
def engine(database_url):
    with closing(Store.open(database_url)) as store:
        yield store.engine


def a_process_that_migrates(database_url: str) -> subprocess.Popen[str]:
    """Start a process that opens the database, says so, and brings its tables up to date when it is told to."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", OPENS_THE_DATABASE, database_url]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def differences(engine: Engine) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def test_a_migrated_database_has_the_tables_columns_and_indexes_of_the_code(engine):
    assert differences(engine) == []
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing_and_keeps_what_is_there(engine):
    with Store(engine).writing() as work:
        work.facts.set_kind("real")
        work.commit()

    migrate(engine)

    assert differences(engine) == []
    with Store(engine).reading() as work:
        assert work.facts.kind() == "real"


def test_foreign_keys_and_unique_rows_are_enforced_as_the_code_says(engine):
    found = inspect(engine)
    for table in metadata.sorted_tables:
        wanted = {(tuple(key.column_keys), key.elements[0].column.table.name) for key in table.foreign_key_constraints}
        there = {
            (tuple(key["constrained_columns"]), key["referred_table"]) for key in found.get_foreign_keys(table.name)
        }
        assert there == wanted, table.name
        primary = found.get_pk_constraint(table.name)["constrained_columns"]
        assert primary == [column.name for column in table.primary_key.columns], table.name


def test_processes_that_are_started_together_on_a_new_database_all_find_every_table(another_database_url):
    with ExitStack() as stack:
        processes = [
            stack.enter_context(a_process_that_migrates(another_database_url)) for _ in range(STARTED_TOGETHER)
        ]
        for process in processes:
            process.stdout.readline()
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        faults = [process.communicate()[1] for process in processes]

    assert faults == [""] * STARTED_TOGETHER
    with closing(Store.open(another_database_url)) as store:
        assert differences(store.engine) == []


def test_a_migration_that_fails_leaves_the_database_as_it_was(another_database_url):
    with closing(Store.open(another_database_url)) as store:
        with store.engine.begin() as connection:
            connection.execute(text("CREATE TABLE reminder_schedules (made_by_hand INTEGER)"))

        with pytest.raises(DBAPIError):
            migrate(store.engine)

        assert inspect(store.engine).get_table_names() == ["reminder_schedules"]
