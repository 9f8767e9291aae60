"""Bringing the tables of a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from section11.storage.engine import WRITING


def migrate(engine: Engine) -> None:
    """Apply every migration the database does not have yet, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITING: True})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
