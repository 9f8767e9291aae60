"""What cron asks for: every cycle's reminders and the weekly summaries into the outbox, and the outbox out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from section11.domain.cycles import Cycle, CycleStatus
from section11.services.digests import PlannedDigest, digests_due, send_digests
from section11.services.mail_sending import Sending, require_mail, send_waiting
from section11.services.office import Office
from section11.services.reminders import PlannedReminder, Reminded, remind, reminders_due
from section11.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReminderRun:
    """What one run did: reminders by cycle id, weekly summaries, and what became of the outbox."""

    reminded: dict[str, Reminded]
    digests: int
    sending: Sending

    def __str__(self) -> str:
        mails = sum(one.mails for one in self.reminded.values())
        returns = sum(one.returns for one in self.reminded.values())
        cycles = sum(one.mails > 0 for one in self.reminded.values())
        about = f" about {_count(returns, 'return')} in {_count(cycles, 'cycle')}" if mails else ""
        made = f"{_count(mails, 'reminder')}{about}, {_count(self.digests, 'weekly summary', 'weekly summaries')}"
        sent = f"{_count(self.sending.sent, 'e-mail')} sent"
        later = f", {self.sending.put_off} to be tried again" if self.sending.put_off else ""
        given_up = f", {self.sending.given_up} given up" if self.sending.given_up else ""
        left_out = f", {self.sending.left_out} not needed any more" if self.sending.left_out else ""
        return f"{made}; {sent}{later}{given_up}{left_out}."


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """What a run would put in the outbox now."""

    reminders: tuple[PlannedReminder, ...]
    digests: tuple[PlannedDigest, ...]


def send_reminders(office: Office, progress: Callable[[float], None] | None = None) -> ReminderRun:
    """Put in the outbox what is due in every partnership, then send what waits there. May run any number of times.

    ``progress`` is called with the share of the sending done, 0 to 1.

    Raises:
        SettingMissingError: mail is not set up; nothing is put anywhere.
    """
    require_mail(office)
    with office.store.reading() as work:
        cycles = _open_cycles(work)
    reminded = {cycle.id: remind(office, cycle) for cycle in cycles}
    digests = send_digests(office)
    return ReminderRun(reminded, digests, send_waiting(office, progress))


def plan_reminders(office: Office) -> PlannedRun:
    """Return what ``send_reminders`` would put in the outbox now; nothing is written, and mail need not be set up."""
    now = office.clock()
    with office.store.reading() as work:
        planned = [one for cycle in _open_cycles(work) for one in reminders_due(work, cycle, now)]
        digests = digests_due(work, now)
        return PlannedRun(
            tuple(one for one in planned if not work.outbox.has(one.key)),
            tuple(one for one in digests if not work.outbox.has(one.key)),
        )


def _open_cycles(work: UnitOfWork) -> list[Cycle]:
    return [cycle for cycle in work.cycles.all() if cycle.status is CycleStatus.OPEN]


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
