"""The panels of every return of a cycle that came in: who holds their seats, and how far each is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from section11.domain.assessments import Assessment
from section11.domain.moderation import Seat
from section11.domain.moderation_panel import ModerationProgress, SeatHolder, is_seat_done, seats_for
from section11.domain.organisations import Organisation
from section11.domain.people import User
from section11.domain.workflow import RETURNED
from section11.permissions import Right
from section11.services.office import Office
from section11.services.panel_results import SettledReturn, forms_of, settled_answers
from section11.services.places import find_cycle


@dataclass(frozen=True, slots=True)
class PanelOfReturn:
    """One return with the progress in each of its seats."""

    assessment: Assessment
    organisation: Organisation
    holders: Mapping[Seat, SeatHolder]
    progress: Mapping[Seat, ModerationProgress]
    done: frozenset[Seat]
    """The seats whose holders are done."""

    def seat_of(self, user: User) -> Seat | None:
        return next((one for one, holder in self.holders.items() if holder.person_id == user.id), None)


PanelsOf = Callable[[str], tuple[PanelOfReturn, ...]]
"""Gives the panels of a cycle by its id."""


def panels_of_cycle(office: Office, user: User, cycle_id: str) -> tuple[PanelOfReturn, ...]:
    """Return the panel of each return that came in, in the order of the organisations' ids.

    Raises:
        NotAvailableError, NotPermittedError: the person may not moderate in this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MODERATE)
        organisations = work.organisations.all_by_id()
        rows = [row.assessment for row in work.assessments.in_cycle(cycle_id) if row.assessment.status in RETURNED]
        seats = seats_for(cycle.moderators_per_return)
        # Each seat by itself: how far one is does not depend on another.
        forms, statuses = list(forms_of(work, rows)), sorted(status.value for status in RETURNED)
        judged = {seat: settled_answers(work, cycle_id, forms, [seat], statuses) for seat in seats}
        holders = work.moderations.seats_in_cycle(cycle_id)
    found = []
    for one in rows:
        held = holders.get(one.id, {})
        progress = {seat: _progress(judged[seat][one.id]) for seat in seats}
        done = frozenset(seat for seat in seats if is_seat_done(held.get(seat), progress[seat]))
        here = {seat: held[seat] for seat in seats if seat in held}
        found.append(PanelOfReturn(one, organisations[one.organisation_id], here, progress, done))
    return tuple(found)


def _progress(of_seat: SettledReturn) -> ModerationProgress:
    return ModerationProgress(len(of_seat.with_outcome()), of_seat.asked)
