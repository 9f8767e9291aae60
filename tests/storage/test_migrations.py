"""Migrations: they make exactly the tables that the code describes, on both databases, and can be applied again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from section11.storage.migrations import migrate
from section11.storage.tables import metadata
from section11.storage.unit_of_work import Store


@pytest.fixture
def engine(database_url):
    store = Store.open(database_url)
    yield store.engine
    store.close()


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
