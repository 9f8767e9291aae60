"""Open data as plain data for JSON: numbers stay numbers, nothing is null but what is not there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from section11.reports.data_tables import CellValue, DataTable, Row
from section11.reports.open_data import OpenData

Json = dict[str, Any]


def open_data_json(data: OpenData) -> Json:
    """Return every table with its schema (Table Schema of Frictionless) and its rows as objects."""
    return {
        "cycle": data.cycle_id,
        "title": data.title,
        "source": data.source,
        "taken_at": as_text(data.taken_at),
        "is_demo": data.is_demo,
        "tables": {
            table.name: {
                "title": table.title,
                "description": table.about,
                "schema": schema_json(table),
                "rows": rows_json(table, table.rows),
            }
            for table in data.tables
        },
    }


def schema_json(table: DataTable) -> Json:
    """Return the Table Schema of a table: types, allowed words, key, and which tables it refers to."""
    schema: Json = {
        "fields": [
            {
                "name": one.name,
                "title": one.title,
                "description": one.meaning,
                "type": one.type.value,
                **({"constraints": {"enum": list(one.values)}} if one.values else {}),
            }
            for one in table.fields
        ],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": list(columns), "reference": {"resource": name, "fields": list(columns)}}
            for columns, name in table.refers.items()
        ]
    return schema


def rows_json(table: DataTable, rows: Iterable[Row]) -> list[Json]:
    names = [one.name for one in table.fields]
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows]


def as_text(value: date | datetime) -> str:
    """Return ``2026-09-30``, or for a moment ``2026-09-30T08:15:00Z``."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def _plain(value: CellValue) -> str | int | float | bool | None:
    return as_text(value) if isinstance(value, date) else value
