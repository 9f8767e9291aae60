"""Reminders: the schedule of each cycle that has its own, and until when each cycle was looked through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from section11.domain.people import Role
from section11.domain.reminders import ReminderSchedule
from section11.storage.tables import reminder_marks, reminder_schedules


class ReminderRepository:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def schedule(self, cycle_id: str) -> ReminderSchedule:
        """Return the schedule of a cycle, the usual one where nobody chose another."""
        query = select(reminder_schedules).where(reminder_schedules.c.cycle_id == cycle_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return ReminderSchedule()
        return ReminderSchedule(
            before=_days(row.days_before),
            after=_days(row.days_after),
            roles=frozenset(Role(one) for one in row.roles.split(",") if one),
            is_on=row.is_on,
        )

    def put_schedule(self, cycle_id: str, schedule: ReminderSchedule) -> None:
        self._connection.execute(delete(reminder_schedules).where(reminder_schedules.c.cycle_id == cycle_id))
        self._connection.execute(
            insert(reminder_schedules).values(
                cycle_id=cycle_id,
                is_on=schedule.is_on,
                days_before=_written(schedule.before),
                days_after=_written(schedule.after),
                roles=",".join(sorted(schedule.roles)),
            )
        )

    def looked_through_until(self, cycle_id: str) -> datetime | None:
        """Return until when the reminders of a cycle have been seen to; None before the first time."""
        query = select(reminder_marks.c.until).where(reminder_marks.c.cycle_id == cycle_id)
        until: datetime | None = self._connection.execute(query).scalar_one_or_none()
        return until

    def mark(self, cycle_id: str, until: datetime) -> None:
        """Write until when the reminders of a cycle have been seen to. It never goes back."""
        here = reminder_marks.c.cycle_id == cycle_id
        later = self._connection.execute(
            update(reminder_marks).where(here, reminder_marks.c.until < until).values(until=until)
        )
        if later.rowcount == 0:
            dialect_insert = postgresql_insert if self._connection.dialect.name == "postgresql" else sqlite_insert
            first = dialect_insert(reminder_marks).values(cycle_id=cycle_id, until=until)
            # There may be a later mark, or another process writes the first one at this moment.
            self._connection.execute(first.on_conflict_do_nothing())


def _written(days: tuple[int, ...]) -> str:
    return ",".join(str(day) for day in days)


def _days(written: str) -> tuple[int, ...]:
    return tuple(int(day) for day in written.split(",") if day)
