"""Which mails a person gets: what may be switched off is, and what may not comes all the same."""

from datetime import UTC, date, datetime

import pytest

from section11.domain.mail import MailFacts, MailKind
from section11.domain.mail_choices import OPTIONAL_MAILS
from section11.domain.people import Grant, Role
from section11.errors import NotSignedInError
from section11.services.mail_choices import choose_own_mails, own_mail_choices
from section11.services.outbox import put_in_outbox
from section11.services.reminders import remind
from tests.app.browsing import begin_session
from tests.services.builders import FIRE, PARTNERSHIP, events
from tests.services.reminder_builders import reminder_mails, town_with_mail

IN_ANY_CASE = {
    MailKind.INVITATION, MailKind.ROLE_OFFER, MailKind.PASSWORD_RESET, MailKind.ACCOUNT_CHANGED, MailKind.HANDED_BACK,
    MailKind.REOPENED, MailKind.QUERY_ASKED, MailKind.AWAITING_SIGN_OFF, MailKind.TEST,
}  # fmt: skip


@pytest.fixture
def town(town):
    return town_with_mail(town)


def choices(town, user):
    return {one.mail.kind: one for one in own_mail_choices(town.office, begin_session(town.office, user))}


def choose(town, user, *wanted):
    choose_own_mails(town.office, begin_session(town.office, user), wanted)


def reminded(town, day, month=3):
    town.office.clock.now = datetime(2026, month, day, 7, tzinfo=UTC)
    with town.office.store.reading() as work:
        cycle = work.cycles.get("2026")
    remind(town.office, cycle)
    return {email for _, email, _, _ in reminder_mails(town)}


def put(town, to, kind):
    with town.office.store.writing() as work:
        facts = MailFacts("Riverdale Police", due=date(2026, 3, 31))
        is_new = put_in_outbox(
            work, town.office, kind=kind, to=to.person, partnership_id=PARTNERSHIP, key=f"{kind}:{to.id}", facts=facts
        )
        work.commit()
    return is_new


@pytest.mark.parametrize("token", [None, "", "made-up"])
def test_nobody_without_a_session_sees_or_changes_anything(town, token):
    with pytest.raises(NotSignedInError):
        own_mail_choices(town.office, token)
    with pytest.raises(NotSignedInError):
        choose_own_mails(town.office, token, ["digest"])


def test_every_kind_is_either_a_choice_or_comes_in_any_case():
    assert {one.kind for one in OPTIONAL_MAILS} == set(MailKind) - IN_ANY_CASE


def test_each_role_is_offered_what_it_is_sent(town):
    assert choices(town, town.contributor).keys() == {
        MailKind.CYCLE_OPENED, MailKind.REMINDER, MailKind.OVERDUE, MailKind.SUBMITTED, MailKind.RELEASED,
    }  # fmt: skip
    assert choices(town, town.scrutiny).keys() == {MailKind.RETURN_ARRIVED, MailKind.QUERY_REPLIED, MailKind.DIGEST}
    assert choices(town, town.admin).keys() == {MailKind.DIGEST}
    assert choices(town, town.board).keys() == set()


def test_everything_comes_at_first_but_the_weekly_summary(town):
    assert all(one.is_wanted for one in choices(town, town.contributor).values())
    assert not choices(town, town.admin)[MailKind.DIGEST].is_wanted


def test_reminders_that_were_switched_off_do_not_come_and_come_again_when_they_are_on(town):
    choose(town, town.contributor, "overdue")
    assert town.contributor.person.email not in reminded(town, 17)

    choose(town, town.contributor, "reminder")

    assert town.contributor.person.email in reminded(town, 28)


def test_an_approver_gets_overdue_notices_whatever_they_chose(town):
    assert choices(town, town.approver)[MailKind.OVERDUE].is_always
    choose(town, town.approver)

    assert town.approver.person.email not in reminded(town, 28)
    assert town.approver.person.email in reminded(town, 7, month=4)


def test_an_approver_who_contributes_elsewhere_may_stop_the_notices_of_there_alone(town):
    with town.office.store.writing() as work:
        work.accounts.add_grants([(town.approver.id, Grant(Role.CONTRIBUTOR, organisation_id=FIRE))])
        work.commit()
    assert not choices(town, town.approver)[MailKind.OVERDUE].is_always
    choose(town, town.approver)
    reminded(town, 7, month=4)

    [text] = [text for _, email, _, text in reminder_mails(town) if email == town.approver.person.email]
    assert "The self-assessment of Riverdale Police for 2026" in text


def test_a_choice_is_kept_once_as_an_event_of_the_person(town):
    choose(town, town.contributor, "reminder", "overdue", "submitted", "released", "nonsense", "digest")
    choose(town, town.contributor, "reminder", "overdue", "submitted", "released")

    chosen = [one for one in events(town, f"person:{town.contributor.id}") if one.name == "mails_chosen"]
    assert [one.details for one in chosen] == [{"chosen": {"cycle_opened": False}}]


@pytest.mark.parametrize("kind", sorted(IN_ANY_CASE))
def test_what_must_come_comes_whatever_was_switched_off(town, kind):
    with town.office.store.writing() as work:
        work.mail_choices.put(town.contributor.id, dict.fromkeys(MailKind, False), town.office.clock())
        work.commit()

    assert put(town, town.contributor, kind)


@pytest.mark.parametrize(
    "kind", [MailKind.CYCLE_OPENED, MailKind.SUBMITTED, MailKind.RELEASED, MailKind.RETURN_ARRIVED]
)
def test_what_was_switched_off_stays_out_of_the_outbox(town, kind):
    assert put(town, town.approver, kind)
    with town.office.store.writing() as work:
        work.mail_choices.put(town.contributor.id, {kind: False}, town.office.clock())
        work.commit()

    assert not put(town, town.contributor, kind)
