"""A mail that waits while what it tells of goes away is not sent, and says why."""

import pytest

from section11.domain.mail import MailKind, what_became_of
from section11.domain.people import Grant, Role
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.services.chase_mails import send_chase_mail
from section11.services.cycles import close_cycle
from section11.services.invitations import accept_invitation, create_invitation
from section11.services.inviting import invite_person
from section11.services.mail_sending import send_waiting
from section11.services.outdated_mails import STATUSES_TOLD_OF
from section11.services.reminder_schedules import change_reminders
from section11.services.reminders import remind
from section11.services.signing import take_back
from section11.services.waiting_roles import list_waiting_roles, withdraw_waiting_role
from tests.mail_server import mail_server
from tests.services.builders import FIRE, PARTNERSHIP, POLICE, POLICE_RETURN, awaiting_sign_off, handed_back
from tests.services.mail_builders import erase_outbox, records
from tests.services.reminder_builders import town_with_mail

PASSWORD = "correct horse battery staple"


@pytest.fixture
def server():
    with mail_server() as letterbox:
        yield letterbox


@pytest.fixture
def town(town, server):
    return town_with_mail(town, server.port)


def state_of(record):
    return what_became_of(sent_at=record.sent_at, given_up_at=record.given_up_at, due_at=record.due_at)


def left_out(town, kind):
    """Return why mails of this kind were not sent."""
    return {
        one.last_fault for one in records(town.office) if one.kind is kind and state_of(one) == "Not needed any more"
    }


def change(town, write):
    with town.office.store.writing() as work:
        write(work)
        work.commit()


def set_status(town, status, *, of=POLICE_RETURN):
    change(town, lambda work: work.assessments.set_status(of, status))


def reminded_by_schedule(town):
    """Put the reminders of 26 March in the outbox, five days before the due date."""
    change_reminders(town.office, town.admin, "2026", is_on=True, before="5", after="", roles=[Role.APPROVER])
    town.office.clock.now = town.office.clock.now.replace(year=2026, month=3, day=26)
    with town.office.store.reading() as work:
        cycle = work.cycles.get("2026")
    remind(town.office, cycle)


def kinds_sent(town):
    return [one.kind for one in records(town.office) if one.sent_at]


def also_at_the_fire_service(work, town):
    work.accounts.add_grants([(town.approver.id, Grant(Role.APPROVER, organisation_id=FIRE))])


def move_to_the_fire_service(work, town):
    also_at_the_fire_service(work, town)
    work.access.end_grant(town.approver.id, Grant(Role.APPROVER, organisation_id=POLICE), town.office.clock())


def test_a_role_that_was_withdrawn_is_offered_in_no_mail(town, server):
    path = create_invitation(town.office, town.admin, town.approver.id)
    accept_invitation(town.office, path.rpartition("/")[2], PASSWORD)
    erase_outbox(town.office)
    board = {"email": town.approver.person.email, "name": "?", "post": "", "role": Role.BOARD_VIEWER}
    invite_person(town.office, town.admin, **board, partnership_id=PARTNERSHIP)

    withdraw_waiting_role(town.office, town.admin, list_waiting_roles(town.office, town.admin)[0].link_id)

    assert left_out(town, MailKind.ROLE_OFFER) == {"The roles it offers were withdrawn."}
    assert send_waiting(town.office).sent == 0
    assert server.messages == []


def test_nobody_is_asked_to_sign_what_was_taken_back(town, server):
    awaiting_sign_off(town)
    take_back(town.office, town.approver, POLICE_RETURN)

    send_waiting(town.office)

    assert MailKind.AWAITING_SIGN_OFF not in kinds_sent(town)
    assert left_out(town, MailKind.AWAITING_SIGN_OFF) == {"The return has moved on in the meantime."}


def test_news_that_still_stand_are_sent(town, server):
    handed_back(town)

    send_waiting(town.office)

    assert MailKind.HANDED_BACK in kinds_sent(town)
    assert left_out(town, MailKind.HANDED_BACK) == set()
    assert len(server.messages) == len(kinds_sent(town))


def test_nobody_is_told_of_an_organisation_they_have_left(town, server):
    handed_back(town)
    change(town, lambda work: move_to_the_fire_service(work, town))

    send_waiting(town.office)

    assert town.approver.person.email not in server.recipients
    assert town.contributor.person.email in server.recipients
    assert left_out(town, MailKind.HANDED_BACK) == {"This person has no role there any more."}


def test_a_reminder_of_a_return_that_came_in_is_not_sent(town, server):
    send_chase_mail(town.office, town.scrutiny, POLICE_RETURN)
    set_status(town, AssessmentStatus.SUBMITTED)

    send_waiting(town.office)

    assert server.messages == []
    assert left_out(town, MailKind.REMINDER) == {"The return has moved on in the meantime."}


def test_who_works_for_several_is_reminded_while_one_return_is_to_come(town, server):
    change(town, lambda work: also_at_the_fire_service(work, town))
    reminded_by_schedule(town)
    set_status(town, AssessmentStatus.SUBMITTED)

    assert send_waiting(town.office).sent > 0
    assert town.approver.person.email in server.recipients


def test_who_works_for_several_is_not_reminded_once_all_are_in(town, server):
    change(town, lambda work: also_at_the_fire_service(work, town))
    reminded_by_schedule(town)
    set_status(town, AssessmentStatus.SUBMITTED)
    set_status(town, AssessmentStatus.SUBMITTED, of=f"2026.{FIRE}")

    send_waiting(town.office)

    assert town.approver.person.email not in server.recipients
    assert left_out(town, MailKind.REMINDER) == {"The return has moved on in the meantime."}


def test_nobody_is_reminded_in_a_cycle_that_is_closed(town, server):
    reminded_by_schedule(town)
    close_cycle(town.office, town.admin, "2026")

    send_waiting(town.office)

    assert server.messages == []
    assert left_out(town, MailKind.REMINDER) == {"The cycle has closed in the meantime."}


def test_a_mail_about_a_return_that_was_deleted_is_not_sent(town, server):
    send_chase_mail(town.office, town.scrutiny, POLICE_RETURN)
    change(town, lambda work: work.retention.remove_return(POLICE_RETURN))

    send_waiting(town.office)

    assert server.messages == []
    assert left_out(town, MailKind.REMINDER) == {"What it is about is not kept any more."}


@pytest.mark.parametrize("status", list(AssessmentStatus))
def test_news_are_out_of_date_once_the_return_is_elsewhere(status):
    told_of = {kind for kind, statuses in STATUSES_TOLD_OF.items() if status in statuses}

    assert (MailKind.REMINDER in told_of) == (status not in RETURNED)
    assert (MailKind.RELEASED in told_of) == (status is AssessmentStatus.RELEASED)
    assert (MailKind.SUBMITTED in told_of) == (status in RETURNED)
