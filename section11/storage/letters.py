"""Feedback letters: the wording and the Word document of each partnership that has its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from section11.storage.tables import letter_templates


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """What a partnership changed of its letters: ``words`` is empty for the usual wording, ``document`` for none."""

    words: str = ""
    document_name: str = ""
    document: bytes = b""

    @property
    def is_usual(self) -> bool:
        return not self.words and not self.document


class LetterRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def templates_of(self, partnership_ids: Iterable[str]) -> dict[str, LetterTemplate]:
        """Return by partnership id what differs from the usual letter, of those where something does."""
        query = select(letter_templates).where(letter_templates.c.partnership_id.in_(sorted(partnership_ids)))
        return {
            row.partnership_id: LetterTemplate(row.words, row.document_name, bytes(row.document))
            for row in self._connection.execute(query)
        }

    def put(self, partnership_id: str, template: LetterTemplate) -> None:
        """Write what a partnership changed; the usual letter is no row."""
        self._connection.execute(delete(letter_templates).where(letter_templates.c.partnership_id == partnership_id))
        if not template.is_usual:
            self._connection.execute(
                insert(letter_templates).values(
                    partnership_id=partnership_id,
                    words=template.words,
                    document_name=template.document_name,
                    document=template.document,
                )
            )
