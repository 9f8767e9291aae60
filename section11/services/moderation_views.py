"""What moderators see: the work list of a panel, and one return with the judgements a person may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from section11.domain.answers import Answer
from section11.domain.cycles import Cycle
from section11.domain.moderation import (
    Moderation,
    Said,
    SaidByQuestion,
    Seat,
    Standing,
    standing_of,
)
from section11.domain.moderation_panel import (
    ModerationProgress,
    SeatHolder,
    may_judge_now,
    needs_agreement,
    progress_in_seat,
    visible_seats,
)
from section11.domain.organisations import Organisation
from section11.domain.people import Person, User
from section11.domain.standards import Question, Standard
from section11.domain.workflow import AssessmentStatus
from section11.permissions import Right, may
from section11.reports.return_changes import ChangedAnswer
from section11.services.answering import AssessmentView, view_of
from section11.services.changes import changes_since_judged
from section11.services.moderation_panels import ModerationFile, moderation_file
from section11.services.office import Office
from section11.services.panels_of_cycle import PanelOfReturn, PanelsOf, panels_of_cycle
from section11.services.places import check_returned, cycle_place, find_assessment, find_cycle
from section11.services.trail import assessment_stream, record


@dataclass(frozen=True)
class SeatView:
    """One moderator of a return, and how far they are."""

    seat: Seat
    person: Person | None
    progress: ModerationProgress
    is_done: bool


@dataclass(frozen=True)
class ModerationView:
    """One return as one moderator may see it: their own judgements, and all of them once every seat is done."""

    base: AssessmentView
    questions: tuple[Question, ...]
    changed: Mapping[str, ChangedAnswer]
    """What reads otherwise than when it was judged, where the judgement the person works on is out of date."""
    said: SaidByQuestion
    """What is judged, by question id: the answers, and their evidence as it was when the return was signed."""
    seats: tuple[SeatView, ...]
    my_seat: Seat | None
    judgements: Mapping[Seat, Mapping[str, Moderation]]
    outcomes: Mapping[str, Moderation]
    """What is settled, by question id; empty while the person may not see everybody's judgements."""
    is_open: bool
    """Whether the return waits for moderation."""
    is_revealed: bool
    """Whether both of two moderators are done, so that what is left is to agree."""
    my_holder: SeatHolder | None
    can_release: bool

    @property
    def has_two(self) -> bool:
        return len(self.seats) > 1

    @property
    def working_seat(self) -> Seat | None:
        """The seat the person writes in now: their own, then the agreed one."""
        return Seat.AGREED if self.is_revealed and self.has_two else self.my_seat

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The standards with a question that is moderated."""
        kinds = self.base.standards_set.standards_for(self.base.assessment.organisation_type)
        return tuple(one for one in kinds if one.rated_questions)

    def judgement(self, question_id: str, seat: Seat) -> Moderation:
        return self.judgements.get(seat, {}).get(question_id, Moderation(question_id, seat))

    def said_to(self, question_id: str) -> Said:
        return self.said.get(question_id, Said(Answer(question_id)))

    def can_judge(self, question_id: str) -> bool:
        """Return whether the person may write a judgement of this question now."""
        if not self.is_open or self.working_seat is None:
            return False
        if self.working_seat is Seat.AGREED:
            return needs_agreement(question_id, self.judgements, self.said_to(question_id), seats=self._plain_seats)
        return may_judge_now(self.my_holder, self.standing(question_id))

    def standing(self, question_id: str) -> Standing:
        """Return how far the person's part of a question is; settled ones are judged."""
        if question_id in self.outcomes:
            return Standing.JUDGED
        if self.working_seat is None:
            return Standing.NOT_JUDGED
        return standing_of(self.judgement(question_id, self.working_seat), self.said_to(question_id))

    @property
    def progress(self) -> ModerationProgress:
        """How many questions are done, in the seat the person works in; without a seat, how many are settled."""
        judged = sum(self.standing(one.id) is Standing.JUDGED for one in self.questions)
        return ModerationProgress(judged, len(self.questions))

    @property
    def can_finish(self) -> bool:
        ready = len(self.outcomes) == len(self.questions)
        return self.is_open and ready and (self.is_revealed or not self.has_two)

    @property
    def _plain_seats(self) -> tuple[Seat, ...]:
        return tuple(one.seat for one in self.seats)


@dataclass(frozen=True)
class WorkLine:
    """One return of a panel's work list."""

    assessment_id: str
    organisation: Organisation
    status: AssessmentStatus
    seats: tuple[SeatView, ...]
    is_mine: bool
    to_do: bool
    """Whether the person has something to do: to judge, or to agree."""

    @property
    def free_seat(self) -> Seat | None:
        return next((one.seat for one in self.seats if one.person is None), None)


@dataclass(frozen=True)
class WorkList:
    """The returns of a cycle that came in, the person's own first; ``moderators`` may be assigned."""

    cycle: Cycle
    lines: tuple[WorkLine, ...]
    moderators: tuple[Person, ...]


def moderation_work(office: Office, user: User, cycle_id: str, panels: PanelsOf | None = None) -> WorkList:
    """Return the work list of a cycle: the person's own returns first, those with something to do on top.

    ``panels`` gives panels that are kept already; without it they are read.

    Raises:
        NotAvailableError, NotPermittedError: the person may not moderate in this cycle.
    """
    with office.store.reading() as work:
        cycle = find_cycle(work, user, cycle_id, Right.MODERATE)
        in_charge = work.accounts.users_in(partnership_ids=cycle.partnership_ids, organisation_ids=())
    found = panels(cycle_id) if panels else panels_of_cycle(office, user, cycle_id)
    with office.store.reading() as work:
        people = work.accounts.people_by_id(one.person_id for panel in found for one in panel.holders.values())
    lines = [_line(user, panel, people) for panel in found]
    moderators = tuple(one.person for one in in_charge if may(one, Right.MODERATE, cycle_place(cycle)))
    return WorkList(cycle, tuple(sorted(lines, key=_work_order)), moderators)


def _line(user: User, panel: PanelOfReturn, people: Mapping[str, Person]) -> WorkLine:
    mine, status = panel.seat_of(user), panel.assessment.status
    waits_for_other = mine in panel.done and panel.done != panel.progress.keys()
    return WorkLine(
        assessment_id=panel.assessment.id,
        organisation=panel.organisation,
        status=status,
        seats=tuple(
            SeatView(seat, _holder(panel.holders, seat, people), progress, seat in panel.done)
            for seat, progress in panel.progress.items()
        ),
        is_mine=mine is not None,
        to_do=mine is not None and status is AssessmentStatus.SUBMITTED and not waits_for_other,
    )


def _work_order(line: WorkLine) -> tuple[bool, bool, int, str]:
    order = (AssessmentStatus.SUBMITTED, AssessmentStatus.MODERATED, AssessmentStatus.RELEASED)
    return not line.to_do, not line.is_mine, order.index(line.status), line.organisation.name.casefold()


def view_moderation(office: Office, user: User, assessment_id: str, *, first_look: bool = True) -> ModerationView:
    """Return a submitted return with the judgements the person may see. Reading it is an event.

    Raises:
        NotPermittedError: it has not been submitted, or was handed back.
    """
    with office.store.writing() as work:
        file = find_assessment(work, user, assessment_id, Right.MODERATE)
        check_returned(file)
        panel = moderation_file(work, file)
        base = view_of(office, work, user, file)
        people = work.accounts.people_by_id(one.person_id for one in panel.holders.values())
        if first_look:
            record(work, assessment_stream(assessment_id), user, "return_read", office.clock())
            work.commit()
        view = _view(user, base, panel, people)
        if view.working_seat is None:
            return view
        old = [one.id for one in panel.questions if view.standing(one.id) is Standing.OUT_OF_DATE]
        return replace(view, changed=changes_since_judged(work, file, view.working_seat, old))


def _view(user: User, base: AssessmentView, panel: ModerationFile, people: Mapping[str, Person]) -> ModerationView:
    done, mine = panel.done, panel.seat_of(user)
    seen = visible_seats(mine, done, seats=panel.seats)
    sees_all = set(panel.seats) <= seen
    seats = tuple(_seat_view(one, panel, people) for one in panel.seats)
    return ModerationView(
        base=base,
        questions=panel.questions,
        said=panel.said,
        changed={},
        seats=seats,
        my_seat=mine,
        judgements={seat: panel.judgements[seat] for seat in seen},
        outcomes=panel.outcomes() if sees_all else {},
        is_open=panel.file.assessment.status is AssessmentStatus.SUBMITTED,
        is_revealed=sees_all and len(panel.seats) > 1,
        my_holder=panel.holders[mine] if mine else None,
        can_release=may(user, Right.RELEASE, panel.file.place),
    )


def _seat_view(seat: Seat, panel: ModerationFile, people: Mapping[str, Person]) -> SeatView:
    progress = progress_in_seat(panel.questions, panel.judgements[seat], panel.said)
    return SeatView(seat, _holder(panel.holders, seat, people), progress, seat in panel.done)


def _holder(holders: Mapping[Seat, SeatHolder], seat: Seat, people: Mapping[str, Person]) -> Person | None:
    return people.get(holders[seat].person_id) if seat in holders else None
