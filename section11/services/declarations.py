"""The words an approver signs: each partnership may have its own."""

from __future__ import annotations

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.errors import BadInputError, NotAvailableError
from section11.permissions import Right, require
from section11.services.office import Office
from section11.services.places import partnership_place, partnerships_with
from section11.services.trail import partnership_stream, record
from section11.storage.unit_of_work import UnitOfWork

DECLARATION = (
    "I have read this return. To the best of my knowledge it is a true account of our safeguarding arrangements, "
    "it names no child or member of staff, and I submit it on behalf of my organisation."
)
"""What is signed where a partnership has no words of its own."""
LONGEST_DECLARATION = 2_000


def declaration_of(work: UnitOfWork, cycle: Cycle) -> str:
    """Return the words signed in a cycle: those of every partnership that runs it, the same ones once."""
    own = work.signing.declarations_of(cycle.partnership_ids)
    return "\n\n".join(dict.fromkeys(own.get(one, DECLARATION) for one in sorted(cycle.partnership_ids)))


def list_declarations(office: Office, user: User) -> dict[str, str]:
    """Return the words by partnership id, of the partnerships whose words this person may change."""
    with office.store.reading() as work:
        ids = partnerships_with(user, Right.CHANGE_DECLARATION, list(work.facts.partnerships()))
        own = work.signing.declarations_of(ids)
    return {one: own.get(one, DECLARATION) for one in ids}


def change_declaration(
    office: Office, user: User, partnership_id: str, words: str, *, instead_of: str | None = None
) -> str:
    """Write a partnership's own declaration and return the words that now hold; empty ones bring the usual back.

    What was signed before keeps the words it was signed with.

    Args:
        instead_of: The words the person had before them; None for whoever does not care.

    Raises:
        BadInputError: the words are too long, or a colleague changed them since; nothing is saved.
        NotAvailableError, NotPermittedError: the person may not change this partnership's words.
    """
    words = words.replace("\x00", "").strip()
    with office.store.writing() as work:
        require(user, Right.CHANGE_DECLARATION, partnership_place(partnership_id))
        _check_length(words)
        if not work.facts.lock_partnership(partnership_id):
            raise NotAvailableError()
        now_holds = words or DECLARATION
        stored = work.signing.declarations_of([partnership_id]).get(partnership_id, DECLARATION)
        if now_holds == stored:
            return now_holds
        if instead_of not in (None, stored):
            raise BadInputError(
                "A colleague changed the declaration after you opened this page. Copy your text, reload the page, and "
                "put both together."
            )
        work.signing.put_declaration(partnership_id, "" if words == DECLARATION else words)
        stream = partnership_stream(partnership_id)
        record(work, stream, user, "declaration_changed", office.clock(), words=now_holds)
        work.commit()
    return now_holds


def _check_length(words: str) -> None:
    if len(words) > LONGEST_DECLARATION:
        raise BadInputError(
            f"The declaration has {len(words):,} characters and at most {LONGEST_DECLARATION:,} can be kept. "
            "Shorten it."
        )
