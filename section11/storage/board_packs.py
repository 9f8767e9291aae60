"""Board packs: what people write for them part by part, the final ones for ever, and slide templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select

from section11.domain.board_packs import WrittenPart
from section11.storage.tables import board_pack_words, board_packs, cycles, slide_templates


@dataclass(frozen=True, slots=True)
class FinalPack:
    """A final pack without its content; ``sha256`` is of the content, ``taken_at`` when its figures were read."""

    cycle_id: str
    number: int
    made_by: str
    made_at: datetime
    taken_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class SlideTemplate:
    """A partnership's own PowerPoint file."""

    partnership_id: str
    file_name: str
    content: bytes
    sha256: str
    by: str
    at: datetime


class BoardPackRepository:
    """Final packs are added and read; nothing here changes or deletes one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, cycle_id: str) -> None:
        """Hold the packs of a cycle until the transaction ends, so that two people do not write at once."""
        self._connection.execute(select(cycles.c.id).where(cycles.c.id == cycle_id).with_for_update())

    def words(self, cycle_id: str) -> dict[str, WrittenPart]:
        """Return what was written, by part."""
        query = select(board_pack_words).where(board_pack_words.c.cycle_id == cycle_id)
        return {
            row.part: WrittenPart(row.part, row.words, row.version, row.by, row.at, row.made_from)
            for row in self._connection.execute(query)
        }

    def put_words(self, cycle_id: str, part: WrittenPart) -> None:
        """Write a part in the place of what was there; call ``lock`` before its version is looked at."""
        self._connection.execute(
            delete(board_pack_words).where(
                board_pack_words.c.cycle_id == cycle_id, board_pack_words.c.part == part.part
            )
        )
        self._connection.execute(
            insert(board_pack_words).values(
                cycle_id=cycle_id,
                part=part.part,
                words=part.words,
                made_from=part.made_from,
                version=part.version,
                by=part.by,
                at=part.at,
            )
        )

    def add(self, pack: FinalPack, content: str) -> None:
        self._connection.execute(
            insert(board_packs).values(
                cycle_id=pack.cycle_id,
                number=pack.number,
                made_by=pack.made_by,
                made_at=pack.made_at,
                taken_at=pack.taken_at,
                sha256=pack.sha256,
                content=content,
            )
        )

    def latest_number(self, cycle_id: str) -> int:
        """Return the number of the last final pack of a cycle; 0 when there is none."""
        query = select(func.max(board_packs.c.number)).where(board_packs.c.cycle_id == cycle_id)
        return int(self._connection.execute(query).scalar_one() or 0)

    def final(self, cycle_id: str) -> list[FinalPack]:
        """Return the final packs of a cycle, the latest first."""
        columns = [column for column in board_packs.c if column.name != "content"]
        query = select(*columns).where(board_packs.c.cycle_id == cycle_id).order_by(board_packs.c.number.desc())
        return [_final(row) for row in self._connection.execute(query)]

    def content(self, cycle_id: str, number: int) -> tuple[str, str] | None:
        """Return a final pack's content and its SHA-256; None when there is no such pack."""
        query = select(board_packs.c.content, board_packs.c.sha256).where(
            board_packs.c.cycle_id == cycle_id, board_packs.c.number == number
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else (row.content, row.sha256)

    def templates(self, partnership_ids: Iterable[str]) -> dict[str, SlideTemplate]:
        """Return the slide templates by partnership id, of those that have one."""
        query = select(slide_templates).where(slide_templates.c.partnership_id.in_(sorted(partnership_ids)))
        return {
            row.partnership_id: SlideTemplate(
                row.partnership_id, row.file_name, row.content, row.sha256, row.by, row.at
            )
            for row in self._connection.execute(query)
        }

    def put_template(self, template: SlideTemplate) -> None:
        """Keep a template in the place of the one before."""
        self.drop_template(template.partnership_id)
        self._connection.execute(
            insert(slide_templates).values(
                partnership_id=template.partnership_id,
                file_name=template.file_name,
                content=template.content,
                sha256=template.sha256,
                by=template.by,
                at=template.at,
            )
        )

    def drop_template(self, partnership_id: str) -> bool:
        """Take the template away; False when there was none."""
        gone = self._connection.execute(
            delete(slide_templates).where(slide_templates.c.partnership_id == partnership_id)
        )
        return gone.rowcount > 0


def _final(row: Row[tuple[object, ...]]) -> FinalPack:
    return FinalPack(row.cycle_id, row.number, row.made_by, row.made_at, row.taken_at, row.sha256)
