"""Towns ready made: the real services build each once, and its rows are put into the empty database of every test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, event, func, select

from section11.definitions.library import StandardsLibrary
from section11.services.office import Office
from section11.storage.tables import metadata
from tests.services.builders import Town, a_quiet_town, a_town, write_small_set
from tests.services.moderation_builders import Panel, a_panel, panel_of


@dataclass(frozen=True)
class Built:
    town: Town
    rows: dict[Table, list[dict[str, Any]]]


class ReadyTowns:
    """Each function is given an office whose database is empty, and a folder for the library of its own."""

    def __init__(self, empty_office: Callable[[str], Office], folder: Path) -> None:
        self._empty_office = empty_office
        self._folder = folder
        self._built: dict[str, Built] = {}
        self._said: dict[tuple[str, str], list[tuple[str, Any]]] = {}
        """What a kind of database was told to hold a town: to say it again is quicker than to word it again."""

    def town(self, office: Office, folder: Path) -> Town:
        """Riverdale with an open cycle of four questions, due on 31 March 2026; nothing is answered."""
        return self.put("town", a_town, office, folder)

    def quiet_town(self, office: Office, folder: Path) -> Town:
        """Riverdale without a cycle."""
        return self.put("quiet", a_quiet_town, office, folder)

    def panel(self, office: Office, folder: Path, *, moderators: int = 1) -> Panel:
        """Riverdale where the police submitted, with Ann in the first seat, and Ben where there are two."""

        def build(office: Office, folder: Path) -> Town:
            return a_panel(office, folder, moderators=moderators).town

        return panel_of(self.put(f"panel-{moderators}", build, office, folder))

    def put(self, name: str, build: Callable[[Office, Path], Town], office: Office, folder: Path) -> Town:
        """The town that ``build`` makes, under this name; files of evidence stay where it was built."""
        if name not in self._built:
            self._built[name] = _build(build, self._empty_office(name), self._folder / name)
        built = self._built[name]
        with office.store.engine.begin() as connection:
            key = (name, connection.dialect.name)
            if key in self._said:
                for statement, values in self._said[key]:
                    connection.exec_driver_sql(statement, values)
            else:
                self._said[key] = _said_while_putting(built, connection)
        standards = write_small_set(folder / "standards")
        library = StandardsLibrary(standards, office.types.keys)
        return replace(built.town, office=replace(office, library=library), standards=standards)


def _build(build: Callable[[Office, Path], Town], office: Office, folder: Path) -> Built:
    town = build(office, folder)
    with office.store.engine.connect() as connection:
        # In the order in which they were written, so that a parent comes before its children.
        found = {table: connection.execute(table.select()).mappings().all() for table in metadata.sorted_tables}
    office.store.close()
    return Built(town, {table: [dict(row) for row in rows] for table, rows in found.items() if rows})


def _said_while_putting(built: Built, connection: Connection) -> list[tuple[str, Any]]:
    said: list[tuple[str, Any]] = []
    event.listen(
        connection, "before_cursor_execute", lambda _connection, _cursor, *told: said.append((told[0], told[1]))
    )
    for table, rows in built.rows.items():
        connection.execute(table.insert(), rows)
        _count_on_from_the_last(connection, table)
    return said


def _count_on_from_the_last(connection: Connection, table: Table) -> None:
    """PostgreSQL does not notice numbers that were written and not drawn; SQLite does."""
    number = table.autoincrement_column
    if number is not None and connection.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        connection.execute(select(func.setval(sequence, select(func.max(number)).scalar_subquery())))
