"""Who may do what, where: one table, asked by every service.

A right is held through a role in a place. Roles of an organisation (contributor, approver)
count for that organisation; roles of a partnership count for every organisation in it.
Pages only hide what would be refused here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from section11.domain.people import Role, User
from section11.errors import NotAvailableError, NotPermittedError


class Right(StrEnum):
    """Something a person may be allowed to do; the value is how it reads in the permissions table."""

    READ_RETURN = "read the whole return, drafts included"
    ANSWER = "answer questions and promise actions"
    SEND_FOR_SIGN_OFF = "send the return for sign-off"
    SIGN_OFF = "sign and submit the return, or take it back before"
    INVITE_COLLEAGUES = "invite colleagues of the organisation"
    FOLLOW_PROGRESS = "see status and progress of every return"
    READ_RETURNED = "read returns once they are submitted"
    HAND_BACK = "hand a return back with a reason"
    SEE_DASHBOARDS = "see the partnership's figures"
    EXPORT = "download the partnership's returns and workbook"
    MANAGE_ORGANISATIONS = "add and change organisations"
    MANAGE_PEOPLE = "invite people and give roles"
    MANAGE_CYCLES = "create, open and close cycles"
    IMPORT_RESULTS = "import past results and staff surveys"
    VERIFY_TRAIL = "verify the audit trail"
    KEEP_EVIDENCE = "add, replace and attach evidence"
    REOPEN = "reopen a return with a reason, also after its cycle closed"
    ASK_QUERIES = "ask an organisation about an answer"
    INTERNAL_NOTES = "read and write notes that only scrutiny sees"
    CHANGE_DECLARATION = "change the words that are signed"
    MODERATE = "moderate returns and assign moderators"
    RELEASE = "release moderated returns to their organisations"
    READ_RELEASED = "read returns and their moderation once they are released"
    UPDATE_ACTIONS = "say what became of the organisation's actions"
    READ_ACTIONS = "see the actions of every submitted return"
    VERIFY_ACTIONS = "verify that actions are done"
    WRITE_LETTERS = "make feedback letters, and preview them before release"
    CHANGE_LETTER = "change the wording of feedback letters"
    EDIT_BOARD_PACK = "write the board pack and make it final"
    READ_BOARD_PACK = "read, present and download final board packs"
    BRING_IN_RETURNS = "bring in Excel returns that organisations sent"
    MANAGE_API_TOKENS = "give and revoke tokens with which programs read the partnership's data"
    PICK_GOOD_PRACTICE = "pick answers as good practice to share"
    REMIND = "remind an organisation of its return by e-mail"
    MANAGE_MAIL = "see what mail was sent and change its texts"
    SET_RETENTION = "say how long data are kept, and delete what is due"
    HANDLE_PERSONAL_DATA = "give out and erase what is kept about one person"


_ORGANISATION = frozenset({Role.CONTRIBUTOR, Role.APPROVER, Role.OPERATOR})

HOLDERS: dict[Right, frozenset[Role]] = {
    Right.READ_RETURN: _ORGANISATION,
    Right.ANSWER: _ORGANISATION,
    Right.SEND_FOR_SIGN_OFF: _ORGANISATION,
    # A declaration is a person's own: not even the operator signs for an organisation.
    Right.SIGN_OFF: frozenset({Role.APPROVER}),
    Right.INVITE_COLLEAGUES: frozenset({Role.APPROVER, Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.FOLLOW_PROGRESS: frozenset({Role.SCRUTINY_LEAD, Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.READ_RETURNED: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.HAND_BACK: frozenset({Role.SCRUTINY_LEAD}),
    Right.SEE_DASHBOARDS: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.EXPORT: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.MANAGE_ORGANISATIONS: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.MANAGE_CYCLES: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.IMPORT_RESULTS: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.VERIFY_TRAIL: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.KEEP_EVIDENCE: _ORGANISATION,
    Right.REOPEN: frozenset({Role.SCRUTINY_LEAD}),
    Right.ASK_QUERIES: frozenset({Role.SCRUTINY_LEAD}),
    Right.INTERNAL_NOTES: frozenset({Role.SCRUTINY_LEAD}),
    Right.CHANGE_DECLARATION: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    # A judgement is a person's own, like a declaration.
    Right.MODERATE: frozenset({Role.SCRUTINY_LEAD}),
    Right.RELEASE: frozenset({Role.SCRUTINY_LEAD}),
    Right.READ_RELEASED: frozenset({Role.SCRUTINY_LEAD, Role.BOARD_VIEWER, Role.OPERATOR}),
    Right.UPDATE_ACTIONS: _ORGANISATION,
    Right.READ_ACTIONS: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.VERIFY_ACTIONS: frozenset({Role.SCRUTINY_LEAD}),
    Right.WRITE_LETTERS: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.CHANGE_LETTER: frozenset({Role.SCRUTINY_LEAD, Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.EDIT_BOARD_PACK: frozenset({Role.SCRUTINY_LEAD, Role.OPERATOR}),
    Right.READ_BOARD_PACK: frozenset({Role.SCRUTINY_LEAD, Role.BOARD_VIEWER, Role.OPERATOR}),
    # Carrying the post: what is brought in is the organisation's, and what it wrote on screen always stays.
    Right.BRING_IN_RETURNS: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    # Like giving somebody the role of a scrutiny lead, which an administrator may do as well.
    Right.MANAGE_API_TOKENS: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.PICK_GOOD_PRACTICE: frozenset({Role.SCRUTINY_LEAD}),
    # Colleagues are told who sent it, so it takes a person.
    Right.REMIND: frozenset({Role.SCRUTINY_LEAD, Role.ADMINISTRATOR}),
    Right.MANAGE_MAIL: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.SET_RETENTION: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    Right.HANDLE_PERSONAL_DATA: frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a right is asked for: an organisation with its parent and partnerships, or partnerships alone."""

    organisation_id: str | None = None
    parent_id: str | None = None
    partnership_ids: frozenset[str] = frozenset()


def roles_at(user: User, place: Place) -> frozenset[Role]:
    """Return the roles a person holds that count at this place.

    A role at a parent (a trust, say) counts for reading at its sites and is left to
    ``READ_RETURN`` alone, see ``may``.
    """
    roles: set[Role] = set()
    for grant in user.grants:
        at_organisation = grant.organisation_id is not None and grant.organisation_id == place.organisation_id
        at_partnership = grant.partnership_id is not None and grant.partnership_id in place.partnership_ids
        if at_organisation or at_partnership or grant.role is Role.OPERATOR:
            roles.add(grant.role)
    return frozenset(roles)


def may(user: User, right: Right, place: Place) -> bool:
    """Return whether the person holds the right at this place."""
    if roles_at(user, place) & HOLDERS[right]:
        return True
    parent_reads = right is Right.READ_RETURN and place.parent_id is not None
    return parent_reads and bool(roles_at(user, Place(organisation_id=place.parent_id)) & HOLDERS[right])


def require(user: User, right: Right, place: Place) -> None:
    """Raise unless the person holds the right here.

    Raises:
        NotAvailableError: the person has no role here at all, so the place may not even exist for them.
        NotPermittedError: they have a role here, but not one that may do this.
    """
    if may(user, right, place):
        return
    if not roles_at(user, place):
        raise NotAvailableError()
    titles = " or ".join(sorted(_title(role) for role in HOLDERS[right] if role is not Role.OPERATOR))
    raise NotPermittedError(f"Your role here may not {right.value}. Ask somebody who is {titles}.")


def _title(role: Role) -> str:
    words = role.value.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def may_somewhere(user: User, right: Right) -> bool:
    """Return whether the person holds the right anywhere: what navigation asks before it offers a page."""
    return any(grant.role in HOLDERS[right] for grant in user.grants)
