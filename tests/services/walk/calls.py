"""Calls of services that need more than a line, as the tables of permissions make them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

from section11.domain.people import Role, User
from section11.domain.snapshots import SignedEvidence
from section11.errors import (
    BadInputError,
    NotAvailableError,
    SettingMissingError,
    TransitionNotAllowedError,
)
from section11.services import (
    answering,
    attaching,
    chase_mails,
    cycles,
    earlier_evidence,
    inviting,
    letter_bundles,
    letters,
    mail_overview,
    many_returns,
    moderating,
    releasing,
    reminder_schedules,
)
from section11.services.office import Office
from tests.services.builders import (
    POLICE,
    SET_ID,
)
from tests.services.walk.things import Call, Things


def save(o: Office, u: User, t: Things) -> Any:
    return answering.save_answer(o, u, t.being_written, "S1.1", expected_version=2, evidence="Other words")


def confirm(o: Office, u: User, t: Things) -> Any:
    return earlier_evidence.confirm_answer(o, u, t.being_written, "S1.1", expected_version=2)


def moderate(o: Office, u: User, t: Things) -> Any:
    versions = {"expected_version": 1, "expected_answer_version": 2}  # the answer was brought from 2020 first
    read = (SignedEvidence(f"{POLICE}.e2", 1),)
    return moderating.save_moderation(
        o, u, t.returned, "S1.1", **versions, expected_attached=read, reason="Other words"
    )  # fmt: skip


def agree(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may agree is told that this cycle has one moderator
        moderating.save_agreement(o, u, t.returned, "S1.1", expected_version=0, expected_answer_version=1)


def test_mail(o: Office, u: User, t: Things) -> Any:
    with suppress(SettingMissingError):  # whoever may send one is told how to set mail up
        mail_overview.send_test_mail(o, u, t.partnership)


def release(o: Office, u: User, t: Things) -> Any:
    with suppress(TransitionNotAllowedError):  # whoever may release is told that this return is not moderated
        releasing.release_return(o, u, t.returned)


def write_letters(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may is told that nothing in this cycle is released
        letters.write_letters(o, u, t.open_cycle, letters.LetterFormat.PDF, BytesIO())


def make_bundle(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):
        letter_bundles.make_bundle(o, u, t.open_cycle, letters.LetterFormat.PDF)


def bring_in(o: Office, u: User, t: Things) -> Any:
    sent = many_returns.SentFile("police.xlsx", lambda: t.file)
    [result] = many_returns.bring_in_returns(o, u, [sent], dry_run=False).files
    if result.refusal == many_returns.NOT_HERE:  # in a summary, so that one file does not stop the others
        raise NotAvailableError()


def remind(o: Office, u: User, t: Things) -> Any:
    with suppress(BadInputError):  # whoever may remind is told that no mail server is set
        chase_mails.send_chase_mail(o, u, t.being_written)


def change_reminders(o: Office, u: User, t: Things) -> Any:
    days = {"is_on": True, "before": "5", "after": "", "roles": [Role.APPROVER]}
    return reminder_schedules.change_reminders(o, u, t.open_cycle, **days)


def create_cycle(o: Office, u: User, t: Things) -> Any:
    values = {"name": "2030", "due": date(2030, 3, 31), "set_ids_by_type": {"*": SET_ID}}
    return cycles.create_cycle(o, u, **values, partnership_ids=frozenset({t.partnership}))


def invite(o: Office, u: User, role: Role, **place: str) -> Any:
    return inviting.invite_person(o, u, email="new@example.org", name="New Person", post="", role=role, **place)


def question_of(t: Things, question_id: str = "S1.1") -> attaching.QuestionPlace:
    return attaching.QuestionPlace(t.being_written, question_id)


def imported(function: Any, content: bytes) -> Call:
    return lambda o, u, t: function(o, u, t.partnership, content, "file.csv")
