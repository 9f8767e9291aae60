"""The open data of one cycle: every table with what its columns and words mean, when it was taken and from what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from section11.reports.collated import CollatedCycle
from section11.reports.data_of_answers import actions_table, answers_table, moderation_table, results_table
from section11.reports.data_of_returns import organisations_table, questions_table, returns_table
from section11.reports.data_tables import DataTable, Field, FieldType, Row
from section11.reports.figures import CycleFigures
from section11.reports.removed_returns import removed_words

DICTIONARY = "data_dictionary"
TABLE_NAMES = (
    "organisations",
    "returns",
    "questions",
    "answers",
    "results",
    "actions",
    "moderation",
    DICTIONARY,
)


@dataclass(frozen=True)
class OpenData:
    """``taken_at`` is in UTC; ``source`` says in a sentence from what. ``tables`` are those of ``TABLE_NAMES``."""

    cycle_id: str
    title: str
    source: str
    taken_at: datetime
    is_demo: bool
    tables: tuple[DataTable, ...]

    def table(self, name: str) -> DataTable:
        return next(table for table in self.tables if table.name == name)


def open_data_of(collated: CollatedCycle, figures: CycleFigures) -> OpenData:
    """Return the open data of a cycle; ``figures`` must be the figures of ``collated``.

    Only returns that count have answers, actions and moderation in it.
    """
    tables = (
        organisations_table(collated),
        returns_table(collated, figures),
        questions_table(figures),
        answers_table(collated),
        results_table(collated, figures),
        actions_table(collated, figures),
        moderation_table(collated),
    )
    cycle = collated.cycle
    source = (
        f"{figures.partnership_name}: {figures.returns_counted} returned of {figures.returns_expected} expected "
        f"returns. {removed_words(cycle.removed_returns)}"
    ).strip()
    return OpenData(
        cycle.id,
        f"{cycle.audit_name} {cycle.name}",
        f"{source} Demonstration: everything is made up." if figures.is_demo else source,
        figures.taken_at,
        figures.is_demo,
        (*tables, _dictionary(tables, figures)),
    )


_DICTIONARY = (
    Field("number", "Number", "Order of the entries.", FieldType.INTEGER),
    Field("table", "Table", "The table the column stands in, or the question set a rating belongs to."),
    Field("column", "Column", "Name of the column."),
    Field("value", "Value", "A word that may stand in the column; empty where the entry is about the column itself."),
    Field("title", "Title", "The same in words for people."),
    Field("type", "Type", "What the column holds."),
    Field("meaning", "Meaning", "What it means."),
)


def _dictionary(tables: Sequence[DataTable], figures: CycleFigures) -> DataTable:
    entries: list[Row] = []
    for table in tables:
        for one in table.fields:
            entries.append((table.name, one.name, None, one.title, one.type.value, one.meaning))
            entries += [(table.name, one.name, value, words, None, None) for value, words in one.values.items()]
    for of_set in figures.sets:
        name = f"{of_set.standards_set.id} {of_set.standards_set.version}"
        for rating in of_set.standards_set.scale.ratings:
            entries.append((name, "rating", rating.key, rating.label, None, rating.meaning))
    entries += [(DICTIONARY, one.name, None, one.title, one.type.value, one.meaning) for one in _DICTIONARY]
    return DataTable(
        DICTIONARY,
        "Data dictionary",
        "What every column, and every word that may stand in one, means.",
        _DICTIONARY,
        ("number",),
        tuple((number, *entry) for number, entry in enumerate(entries, start=1)),
    )
