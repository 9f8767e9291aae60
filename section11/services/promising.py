"""Writing the promise of an action, from the form or the Excel return, without losing what became of it."""

from __future__ import annotations

from section11.domain.actions import ActionUpdate, TrackedAction, check_promise, promise_words
from section11.domain.answers import Action
from section11.domain.people import User
from section11.domain.uk_time import uk_date
from section11.services.office import Office
from section11.services.places import AssessmentFile
from section11.storage.unit_of_work import UnitOfWork


def write_promise(
    office: Office,
    work: UnitOfWork,
    user: User,
    file: AssessmentFile,
    stored: TrackedAction | None,
    wanted: Action,
) -> None:
    """Write what is promised under a question, inside the caller's transaction; an empty action takes it away.

    Once the return has been signed, the words that stood before are kept as an update of the action.

    Raises:
        BadInputError: it would be due before it began, or what became of it would be lost.
    """
    now = office.clock()
    check_promise(stored, wanted, uk_date(now))
    if stored is not None and file.assessment.signed_at is not None and not wanted.is_empty:
        words = f"What was promised was changed. Before: {promise_words(stored)}"
        work.actions.add_updates([ActionUpdate(stored.id, now, user.id, stored.status, words)])
    work.answers.put_action(file.assessment.id, file.organisation.id, wanted, began=uk_date(now))
