"""One look at what is kept: which cycles are over under a rule, and who shares what with whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.organisations import Organisation
from section11.domain.people import Grant, User
from section11.domain.retention import Rule, is_due, years_before, years_together
from section11.domain.uk_time import uk_date
from section11.domain.workflow import AssessmentStatus
from section11.services.office import Office
from section11.services.trail import partnership_stream
from section11.storage.unit_of_work import UnitOfWork

NOT_RELEASED = "not released to the organisation yet"
ASKED = "with a question of scrutiny that waits for a reply"
STILL_OPEN = "with an action that is still open"


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule would take away now. ``things`` are ids; the lines are sentences for people."""

    things: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """How one rule finds what is due, and takes one thing away if it still is; False when it stays."""

    due: Callable[[Look], Due]
    remove: Callable[[Office, User, str, str], bool]


class Look:
    """What is in the database at one moment, asked for one partnership."""

    def __init__(self, work: UnitOfWork, partnership_id: str, now: datetime) -> None:
        self.work = work
        self.partnership_id = partnership_id
        self.today = uk_date(now)
        self._rules = work.retention.rules()
        self._closed_on: dict[str, date] = {}
        self._reasons: dict[str, dict[str, str]] = {}

    def all_years(self, rule: Rule) -> set[int]:
        """Return the different numbers of years that partnerships have chosen under a rule."""
        return set(self._rules.get(rule.value, {}).values())

    def years(self, rule: Rule, partnership_ids: Iterable[str]) -> int | None:
        """Return how long these partnerships together keep what they share; None for ever."""
        return years_together(partnership_ids, self._rules.get(rule.value, {}))

    def is_over(self, cycle: Cycle | None, rule: Rule) -> bool:
        """Return whether a cycle closed so long ago that the rule of every partnership that runs it has run out."""
        if cycle is None or cycle.status is not CycleStatus.CLOSED:
            return False
        return is_due(self._closed(cycle), self.years(rule, cycle.partnership_ids), self.today)

    def reasons_to_keep(self, cycle: Cycle) -> dict[str, str]:
        """Return what keeps returns of a cycle although its time is over, by assessment id; empty words for nothing.

        A return that nobody began is not among them: it holds nothing.
        """
        if cycle.id not in self._reasons:
            asked = self.work.retention.under_query(cycle.id)
            still_open = self.work.retention.with_open_actions(cycle.id)
            found = {}
            for one in (row.assessment for row in self.work.assessments.in_cycle(cycle.id)):
                reasons = (
                    (NOT_RELEASED, one.status is not AssessmentStatus.RELEASED),
                    (ASKED, one.id in asked),
                    (STILL_OPEN, one.id in still_open),
                )
                if one.status is not AssessmentStatus.NOT_STARTED:
                    found[one.id] = next((words for words, holds in reasons if holds), "")
            self._reasons[cycle.id] = found
        return self._reasons[cycle.id]

    def before(self, years: int) -> datetime:
        """Return the moment until which things have been kept for so many years."""
        return datetime.combine(years_before(self.today, years), time(), UTC)

    @cached_property
    def cycles(self) -> dict[str, Cycle]:
        return {one.id: one for one in self.work.cycles.all()}

    @cached_property
    def own_cycles(self) -> list[Cycle]:
        """The cycles that this partnership runs, alone or with others."""
        return [one for one in self.cycles.values() if self.partnership_id in one.partnership_ids]

    @cached_property
    def partnerships_of(self) -> dict[str, set[str]]:
        """The partnerships of each organisation, by its id."""
        found: dict[str, set[str]] = {}
        for member in self.work.organisations.members(list(self.work.facts.partnerships())):
            found.setdefault(member.organisation.id, set()).add(member.partnership_id)
        return found

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """The organisations of this partnership, by id."""
        return {one.organisation.id: one.organisation for one in self.work.organisations.members([self.partnership_id])}

    def around(self, grants: Iterable[Grant]) -> set[str]:
        """Return the partnerships in which somebody has, or had, to do with these roles."""
        found: set[str] = set()
        for grant in grants:
            found |= self.partnerships_of.get(grant.organisation_id or "", set())
            found |= {grant.partnership_id} if grant.partnership_id else set()
        return found

    def around_people(self, person_ids: Iterable[str] | None = None) -> dict[str, set[str]]:
        """Return the partnerships of people who hold or held a role in this one, by person id; None for all of them."""
        if person_ids is None:
            person_ids = self.work.personal_data.people_around(self.partnership_id, self.organisations)
        roles = self.work.personal_data.roles_of(person_ids)
        around = {one: self.around(role.grant for role in held) for one, held in roles.items()}
        return {one: places for one, places in around.items() if self.partnership_id in places}

    def _closed(self, cycle: Cycle) -> date:
        """Return when a cycle closed; not before its due date, and that where no event tells of the closing."""
        if cycle.id not in self._closed_on:
            streams = [partnership_stream(one) for one in sorted(cycle.partnership_ids)]
            told = [event for stream in streams for event in self.work.audit_trail.of_name(stream, "cycle_closed")]
            days = [uk_date(event.at) for event in told if event.details.get("cycle") == cycle.id]
            self._closed_on[cycle.id] = max([cycle.due, *days])
        return self._closed_on[cycle.id]
