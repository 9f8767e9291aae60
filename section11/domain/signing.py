"""Who may sign a return: somebody who is not its only author, unless the organisation's type allows that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from section11.errors import NotPermittedError


class Writing(NamedTuple):
    """One time that somebody wrote answers. ``sign_offs`` counts the sign-offs that came before it."""

    person_id: str
    sign_offs: int


def authors_of(writings: Sequence[Writing], sign_offs: int) -> frozenset[str]:
    """Return who wrote answers since the last of ``sign_offs``, or, when nobody did, who ever wrote one."""
    latest = {one.person_id for one in writings if one.sign_offs == sign_offs}
    return frozenset(latest or {one.person_id for one in writings})


def check_signer(
    signer_id: str,
    authors: Collection[str],
    *,
    sole_signer_allowed: bool,
    signed_before: bool = False,
    others: Sequence[str] = (),
) -> None:
    """Raise unless this person may sign what the authors wrote.

    Args:
        sole_signer_allowed: whether the organisation's type lets one person both answer and sign.
        signed_before: whether the authors are only those since the last sign-off.
        others: posts or names of the organisation's other approvers, for the sentence of the refusal.

    Raises:
        NotPermittedError: the signer is the only author; the message says who else could sign or what to do.
    """
    if sole_signer_allowed or set(authors) != {signer_id}:
        return
    what = "made every change since the last signature" if signed_before else "wrote every answer"
    other = f"let {_listed(others)} sign" if others else "invite a second approver, who can sign, on the page People"
    raise NotPermittedError(
        f"You {what} yourself. Ask a colleague to check and update at least one answer, or {other}."
    )


def _listed(names: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
