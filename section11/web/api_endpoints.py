"""The table of the data API's endpoints, and the OpenAPI description that is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from section11.domain.cycles import Cycle, CycleStatus
from section11.reports.collated import CollatedCycle
from section11.reports.data_tables import DataTable, FieldType
from section11.reports.figures import figures_of
from section11.reports.open_data import TABLE_NAMES, open_data_of

ROOT = "/api/v1"
PAGE_ROWS, MOST_ROWS = 1_000, 5_000
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address below ``ROOT``. ``operation`` names what answers it; ``table`` is whose rows it gives."""

    path: str
    operation: str
    summary: str
    table: str | None = None
    media_type: str = "application/json"

    @property
    def address(self) -> str:
        return ROOT + self.path


def _tables() -> dict[str, DataTable]:
    """Return every table without rows: an empty cycle has them all."""
    nothing = Cycle("", "", date.min, CycleStatus.PREPARING, frozenset(), {})
    empty = CollatedCycle(nothing, (), datetime(2000, 1, 1, tzinfo=UTC))
    return {table.name: table for table in open_data_of(empty, figures_of(empty)).tables}


TABLES = _tables()

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/openapi.json", "describe", "This description; needs no token"),
    Endpoint("/cycles", "cycles", "The cycles whose data the token opens, the latest first"),
    Endpoint("/cycles/{cycle}/figures", "figures", "Every number the dashboards show, as “figures --json” prints them"),
    *(
        Endpoint(
            f"/cycles/{{cycle}}/{name}.csv", f"{name}_csv", f"{TABLES[name].title}, whole, as CSV", name, "text/csv"
        )
        for name in TABLE_NAMES
    ),
    *(Endpoint(f"/cycles/{{cycle}}/{name}", name, f"{TABLES[name].title}, page by page", name) for name in TABLE_NAMES),
)

_ERRORS = {
    "400": "The request cannot be understood; “error” says what to change",
    "401": "No token, or one that was revoked or has run out",
    "404": "There is no such thing, or the token does not open it",
    "429": "Too many requests; “Retry-After” says for how many seconds to wait",
}
_TYPES: dict[FieldType, Json] = {
    FieldType.STRING: {"type": "string"},
    FieldType.INTEGER: {"type": "integer"},
    FieldType.NUMBER: {"type": "number"},
    FieldType.BOOLEAN: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.DATETIME: {"type": "string", "format": "date-time"},
}


def openapi(base_url: str) -> Json:
    """Return the description of the API in OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Section 11 audit data API",
            "version": "1",
            "description": "Reads the data of one partnership. Nothing can be changed through it. Give the token as "
            "“Authorization: Bearer …”, or with Basic authentication as the password, under any user name.",
        },
        "servers": [{"url": base_url}],
        "security": [{"bearer": []}, {"basic": []}],
        "paths": {one.address: {"get": _operation(one)} for one in ENDPOINTS},
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
            "schemas": {
                "error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string", "description": "What happened, and what to do"}},
                },
                **{name: _row(table) for name, table in TABLES.items()},
            },
        },
    }


def _operation(endpoint: Endpoint) -> Json:
    parameters: list[Json] = []
    if "{cycle}" in endpoint.path:
        parameters.append({"name": "cycle", "in": "path", "required": True, "schema": {"type": "string"}})
    if endpoint.table is not None and endpoint.media_type == "application/json":
        limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE_ROWS}
        parameters += [
            {"name": "limit", "in": "query", "description": "Rows on a page", "schema": limit},
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page before ended, as its “next” has it",
                "schema": {"type": "string"},
            },
        ]
    operation: Json = {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "parameters": parameters,
        "responses": {
            "200": {"description": endpoint.summary, "content": {endpoint.media_type: {"schema": _answer(endpoint)}}},
        },
    }
    if endpoint.operation == "describe":
        return operation | {"security": []}
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    operation["responses"]["304"] = {"description": "Nothing changed since the answer with this “ETag”"}
    for code, words in _ERRORS.items():
        operation["responses"][code] = {"description": words, "content": problem}
    return operation


def _answer(endpoint: Endpoint) -> Json:
    if endpoint.media_type == "text/csv":
        return {"type": "string"}
    if endpoint.table is None:
        return {"type": "object"}
    whole, text = {"type": "integer"}, {"type": "string"}
    rows = {"type": "array", "items": {"$ref": f"#/components/schemas/{endpoint.table}"}}
    properties = {
        "cycle": text,
        "table": text,
        "taken_at": {"type": "string", "format": "date-time"},
        "total": whole | {"description": "Rows of the whole table"},
        "rows": rows,
        "next": {"type": ["string", "null"], "description": "Address of the next page; null on the last"},
    }
    return {"type": "object", "required": list(properties), "properties": properties}


def _row(table: DataTable) -> Json:
    properties: Json = {}
    for one in table.fields:
        kind = dict(_TYPES[one.type])
        if one.values:
            kind["enum"] = list(one.values) if one.name in table.key else [*one.values, None]
        if one.name not in table.key:
            kind["type"] = [kind["type"], "null"]
        properties[one.name] = kind | {"title": one.title, "description": one.meaning}
    return {
        "type": "object",
        "title": table.title,
        "description": table.about,
        "required": list(properties),
        "properties": properties,
    }
