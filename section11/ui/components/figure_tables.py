"""A table of figures as it is drawn, with its download."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd
import streamlit as st

from section11.reports.selection import ALL_RETURNS, Selection
from section11.reports.tables.figure_table import FigureTable, Kind
from section11.ui.components.links import download_link
from section11.ui.components.lists import ROWS_ON_A_PAGE, height_of

_FORMATS = {Kind.PERCENT: "%.1f", Kind.DECIMAL: "%.2f", Kind.COUNT: "%d"}


def show_figure_table(table: FigureTable, *, wide: str = "") -> None:
    """Draw a table that sorts, searches, and scrolls with the keyboard; ``wide`` is the column with long words."""
    frame, options = _drawn(table, wide)
    st.dataframe(frame, **options)


def chosen_row(table: FigureTable, *, key: str) -> int | None:
    """Draw a table whose rows can be chosen, and return the place of the one that is."""
    frame, options = _drawn(table, "")
    picked = st.dataframe(frame, key=key, on_select="rerun", selection_mode="single-row", **options)
    rows = [row for row in picked["selection"]["rows"] if row < len(table.rows)]
    return rows[0] if rows else None


def _drawn(table: FigureTable, wide: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return a table as a data frame, and how it is drawn."""
    frame = pd.DataFrame([list(row) for row in table.rows], columns=table.headings)
    for column in table.columns:
        if column.kind is not Kind.TEXT:
            frame[column.heading] = pd.to_numeric(frame[column.heading])
    config = {
        column.heading: (
            st.column_config.TextColumn(width="large" if column.heading == wide else None)
            if column.kind is Kind.TEXT
            else st.column_config.NumberColumn(format=_FORMATS[column.kind])
        )
        for column in table.columns
    }
    return frame, {
        "hide_index": True,
        "height": "content" if len(table.rows) <= ROWS_ON_A_PAGE else height_of(len(table.rows)),
        "column_config": config,
        "placeholder": "–",
        "alt": f"Table: {table.title}",
    }


def table_link(
    cycle_id: str,
    table: str,
    *,
    about: str = "",
    selection: Selection = ALL_RETURNS,
    key: str = "",
    label: str = "Download this table (CSV)",
) -> None:
    """Draw the download of a table as CSV; ``table`` and ``about`` are what the route calls it and its subject."""
    asked = {**({"about": [about]} if about else {}), **selection.as_address()}
    query = f"?{urlencode(asked, doseq=True)}" if asked else ""
    path = f"/downloads/cycles/{quote(cycle_id)}/{table}.csv{query}"
    download_link(label, path, key=f"page.csv.{key or table}")
