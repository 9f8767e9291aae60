"""The weekly summary: counts of the cycles somebody follows, for those who chose to get it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.mail import MailFacts, MailKind
from section11.domain.people import OPERATOR, Person, User
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.permissions import Right, may
from section11.services.office import Office
from section11.services.outbox import put_in_outbox
from section11.services.places import cycle_place
from section11.services.reminders import STOP_PATH
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

GOOD_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class PlannedDigest:
    """One person's summary. ``monday`` names the week; ``lines`` are counts alone, a line for each cycle."""

    monday: date
    to: Person
    cycles: tuple[Cycle, ...]
    lines: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{MailKind.DIGEST}:{self.monday.isoformat()}:{self.to.id}"


def digests_due(work: UnitOfWork, now: datetime) -> tuple[PlannedDigest, ...]:
    """Return this week's summaries: from Monday on, for those who chose them before it."""
    today = uk_date(now)
    monday = today - timedelta(days=today.weekday())
    open_cycles = [cycle for cycle in work.cycles.all() if cycle.status is CycleStatus.OPEN]
    lines = {cycle.id: _line(work, cycle, today) for cycle in open_cycles}
    planned = []
    for person_id, chosen_at in work.mail_choices.who_want(MailKind.DIGEST).items():
        user = work.accounts.user(person_id)
        followed = _followed(user, open_cycles) if user and uk_date(chosen_at) < monday else ()
        if user and followed:
            planned.append(PlannedDigest(monday, user.person, followed, tuple(lines[one.id] for one in followed)))
    return tuple(planned)


def send_digests(office: Office) -> int:
    """Put this week's summaries in the outbox, each once, and return how many are new."""
    now = office.clock()
    with office.store.reading() as work:
        planned = digests_due(work, now)
    if not planned:
        return 0
    with office.store.writing() as work:
        new = [one for one in planned if _put(work, office, one)]
        by_partnership = Counter(min(one.cycles[0].partnership_ids) for one in new)
        for partnership_id, mails in sorted(by_partnership.items()):
            record(work, partnership_stream(partnership_id), OPERATOR, "digests_sent", now, mails=mails)
        work.commit()
    return len(new)


def _followed(user: User, cycles: list[Cycle]) -> tuple[Cycle, ...]:
    return tuple(cycle for cycle in cycles if may(user, Right.FOLLOW_PROGRESS, cycle_place(cycle)))


def _line(work: UnitOfWork, cycle: Cycle, today: date) -> str:
    """Return "2026: 40 returns asked for, 31 started, 12 signed, 3 late, 1 handed back"."""
    counts = {AssessmentStatus(status): count for status, count in work.assessments.count_by_status([cycle.id]).items()}
    asked = sum(counts.values())
    signed = sum(count for status, count in counts.items() if status in RETURNED)
    started = asked - counts.get(AssessmentStatus.NOT_STARTED, 0)
    late = asked - signed if today > cycle.due else 0
    back = counts.get(AssessmentStatus.HANDED_BACK, 0)
    return (
        f"{cycle.name}: {asked} return{'' if asked == 1 else 's'} asked for, {started} started, {signed} signed, "
        f"{late} late, {back} handed back"
    )


def _put(work: UnitOfWork, office: Office, planned: PlannedDigest) -> bool:
    first = planned.cycles[0]
    is_one = len(planned.cycles) == 1
    return put_in_outbox(
        work,
        office,
        kind=MailKind.DIGEST,
        to=planned.to,
        partnership_id=min(first.partnership_ids),
        key=planned.key,
        facts=MailFacts(
            audit=first.audit_name,
            cycle=first.name if is_one else f"each of your {len(planned.cycles)} open cycles",
            due=first.due if is_one else None,
            path=f"/returns?cycle={first.id}" if is_one else "/",
            stop_path=STOP_PATH,
            lines=planned.lines,
        ),
        good_until=office.clock() + GOOD_FOR,
    )
