"""Erasing what events say, so that the chain still shows when anything else was touched."""

from __future__ import annotations

from collections.abc import Callable

from section11.domain.audit import ERASURE, AuditEvent, faults_in_stream
from section11.domain.erased_events import emptied, erasure_details, may_be_emptied
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.errors import Section11Error
from section11.services.office import Office
from section11.services.trail import record
from section11.storage.unit_of_work import UnitOfWork

AT_A_TIME = 500
"""How many events one event of erasure tells of at most."""


class TrailDamagedError(Section11Error):
    """A stream does not verify, so erasing in it would hide what was done to it."""

    def __init__(self, stream: str) -> None:
        super().__init__(
            f"Nothing was erased in {stream}, because events there were changed or removed outside of this product. "
            "Run “python -m section11 trail verify” and find out what happened first."
        )


def erase_contents(
    work: UnitOfWork,
    office: Office,
    actor: User,
    stream: str,
    under: str,
    *,
    only: Callable[[AuditEvent], bool] = lambda event: True,
    keeps_actor: bool = True,
) -> int:
    """Empty the events of a stream, in the caller's transaction, and write there that it was done; return how many.

    Args:
        under: The rule or request, in words for people.
        only: Which events; those that are empty already and those that tell of erasures are passed over.
        keeps_actor: False to erase who it was as well.

    Raises:
        TrailDamagedError: the stream does not verify.
    """
    last_number, last_hash = work.audit_trail.lock(stream)
    found, now = work.audit_trail.events(stream), office.clock()
    if faults_in_stream(stream, found, last_number=last_number, last_hash=last_hash):
        raise TrailDamagedError(stream)
    on = uk_date(now)
    empty = [
        emptied(one, on=on, under=under, keeps_actor=keeps_actor) for one in found if may_be_emptied(one) and only(one)
    ]
    for start in range(0, len(empty), AT_A_TIME):
        some = empty[start : start + AT_A_TIME]
        work.audit_trail.write_emptied(some)
        record(work, stream, actor, ERASURE, now, **erasure_details(some, under))
    return len(empty)
