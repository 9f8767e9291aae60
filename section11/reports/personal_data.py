"""What is kept about one person as a page to read: one table for each kind of thing, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from section11.domain.uk_time import long_date
from section11.reports.pdf import TEMPLATES_DIR
from section11.reports.return_history import SAID

TEMPLATE = "personal-data.html"


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing that is kept. Each of the ``rows`` has a text for each of the ``headings``."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def data(self) -> list[dict[str, str]]:
        """Return the rows by the names of their columns."""
        return [dict(zip(self.headings, row, strict=True)) for row in self.rows]


def said_words(event_name: str) -> str:
    """Return what an event says, beginning with a capital letter."""
    words = SAID.get(event_name, event_name.replace("_", " "))
    return words[:1].upper() + words[1:]


def personal_data_html(name: str, made_on: date, sections: Sequence[Section]) -> bytes:
    """Return the bytes of a page that opens without a network."""
    template = _environment().get_template(TEMPLATE)
    page = template.render(name=name, made_on=long_date(made_on), sections=sections)
    return page.encode("utf-8", errors="replace")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES_DIR), autoescape=True, undefined=StrictUndefined)
