"""Open data as a tabular data package of Frictionless: one CSV file for each table and ``datapackage.json``, zipped."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from section11.domain.xml_text import without_forbidden_characters
from section11.reports.data_tables import CellValue, DataTable, Row
from section11.reports.open_data import OpenData
from section11.reports.open_data_json import as_text, schema_json
from section11.workbooks.cells import FORMULA_STARTS

GUARD = "'"
GUARD_WORDS = (
    "A text that begins with = + - @, a tab or a line end has an apostrophe before it, so that no program takes it "
    "for a formula; numbers have none. The JSON and the ODS files have the texts unchanged."
)
_BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads the file in an old character set when it is opened by a double click."""
_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def write_data_package(data: OpenData) -> bytes:
    """Return the zip file. Nothing is cut short."""
    files = {f"{table.name}.csv": csv_bytes(table, table.rows) for table in data.tables}
    package = {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", data.cycle_id.casefold()) or "cycle",
        "title": data.title,
        "description": f"{data.source} {GUARD_WORDS}",
        "created": as_text(data.taken_at),
        "resources": [_resource(table, files[f"{table.name}.csv"]) for table in data.tables],
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(package, ensure_ascii=False, indent=2))
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def csv_bytes(table: DataTable, rows: Iterable[Row]) -> bytes:
    """Return the table as CSV in UTF-8, with the names of the columns in the first line."""
    text = StringIO(newline="")
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([one.name for one in table.fields])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8")


def _cell(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return as_text(value)
        case str():
            return _guarded(without_forbidden_characters(value))
        case _:
            return repr(value)


def _guarded(text: str) -> str:
    starts_a_formula = text.startswith((*FORMULA_STARTS, "\n")) and not _PLAIN_NUMBER.fullmatch(text)
    return GUARD + text if starts_a_formula else text


def _resource(table: DataTable, content: bytes) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": table.about,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": schema_json(table),
    }
