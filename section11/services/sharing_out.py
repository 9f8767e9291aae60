"""Sharing out: all returns without a moderator at once, and taking that back where nothing was judged yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from section11.domain.people import User
from section11.domain.sharing_out import FreeSeats, Share, shared_out
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.moderation_panels import check_seat, moderation_file
from section11.services.moderation_views import WorkLine, moderation_work
from section11.services.office import Office
from section11.services.places import find_cycle, lock_assessment
from section11.services.trail import assessment_stream, record

Progress = Callable[[float], None]


def share_out(
    office: Office, user: User, cycle_id: str, person_ids: Sequence[str], progress: Progress | None = None
) -> list[Share]:
    """Give every free seat of returns that wait for moderation to these people, and return what was given.

    It is shared evenly, counting what they have to do already; the same people in the same order get the same
    returns. One return is given after the other. A seat that somebody takes meanwhile is theirs.
    ``progress`` is called with the share done, 0 to 1.

    Raises:
        BadInputError: nobody is named, or somebody who may not moderate here.
    """
    work_list = moderation_work(office, user, cycle_id)
    if not person_ids:
        raise BadInputError("Choose at least one person to share the returns out to.")
    if not set(person_ids) <= {one.id for one in work_list.moderators}:
        raise BadInputError("Choose scrutiny leads of the partnership as moderators.")
    waiting = [line for line in work_list.lines if line.status is AssessmentStatus.SUBMITTED]
    to_do = Counter(
        seat.person.id for line in waiting for seat in line.seats if seat.person is not None and not seat.is_done
    )
    in_order = sorted(waiting, key=lambda line: (line.organisation.name.casefold(), line.assessment_id))
    shares = shared_out([_free(line) for line in in_order if line.free_seat], list(dict.fromkeys(person_ids)), to_do)
    return _one_by_one(shares, lambda share: _give(office, user, share), progress)


def take_back_shares(
    office: Office, user: User, cycle_id: str, shares: Sequence[Share], progress: Progress | None = None
) -> list[Share]:
    """Free the seats that were shared out, and return those that were freed.

    A seat stays as it is when somebody else holds it now, when its holder judged something, or when the return is no
    longer waiting.
    """
    with office.store.reading() as work:
        find_cycle(work, user, cycle_id, Right.MODERATE)
    return _one_by_one(shares, lambda share: _take_back(office, user, share), progress)


def _one_by_one(shares: Sequence[Share], do: Callable[[Share], bool], progress: Progress | None) -> list[Share]:
    done = []
    for number, share in enumerate(shares, start=1):
        if do(share):
            done.append(share)
        if progress:
            progress(number / len(shares))
    return done


def _free(line: WorkLine) -> FreeSeats:
    held: Iterable[str] = (seat.person.id for seat in line.seats if seat.person is not None)
    return FreeSeats(
        line.assessment_id, tuple(seat.seat for seat in line.seats if seat.person is None), frozenset(held)
    )


def _give(office: Office, user: User, share: Share) -> bool:
    with office.store.writing() as work:
        panel = moderation_file(work, lock_assessment(work, user, share.assessment_id, Right.MODERATE))
        if panel.file.assessment.status is not AssessmentStatus.SUBMITTED or share.seat in panel.holders:
            return False
        try:
            check_seat(work, panel, share.seat, share.person_id)
        except BadInputError:  # judged the return in its other seat once
            return False
        work.moderations.put_in_seat(share.assessment_id, share.seat, share.person_id)
        details = {"seat": share.seat.value, "moderator": share.person_id}
        record(work, assessment_stream(share.assessment_id), user, "moderator_assigned", office.clock(), **details)
        work.commit()
    return True


def _take_back(office: Office, user: User, share: Share) -> bool:
    with office.store.writing() as work:
        panel = moderation_file(work, lock_assessment(work, user, share.assessment_id, Right.MODERATE))
        holder = panel.holders.get(share.seat)
        is_untouched = holder is not None and holder.person_id == share.person_id and not panel.judgements[share.seat]
        if panel.file.assessment.status is not AssessmentStatus.SUBMITTED or not is_untouched:
            return False
        work.moderations.empty_seat(share.assessment_id, share.seat)
        details = {"seat": share.seat.value, "moderator": share.person_id}
        record(work, assessment_stream(share.assessment_id), user, "moderator_taken_off", office.clock(), **details)
        work.commit()
    return True
