"""Reminders of returns that are still to come: who is written to, about what, once however often the command runs."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest

from section11.domain.mail import MailKind
from section11.domain.people import OPERATOR, Grant, Role
from section11.services import reminders
from section11.services.cycles import close_cycle
from section11.services.reminder_schedules import change_reminders
from section11.services.reminders import remind
from section11.services.scrutiny import hand_back
from section11.storage.unit_of_work import Store
from tests.clock import Clock
from tests.services.builders import (
    FIRE,
    MINDER,
    PARTNERSHIP,
    POLICE_RETURN,
    awaiting_sign_off,
    events,
    submitted,
)
from tests.services.reminder_builders import reminder_mails, town_with_mail

EVERYBODY = {
    "contributor@riverdale-police.example", "approver@riverdale-police.example",
    "contributor@riverdale-fire.example", "approver@riverdale-fire.example", "approver@lily-lane.example",
}  # fmt: skip


@pytest.fixture
def town(town):
    """Riverdale with its cycle due on 31 March 2026, where mail is set up."""
    return town_with_mail(town)


def cycle(town):
    with town.office.store.reading() as work:
        return work.cycles.get("2026")


def run_on(town, day, month=3, hour=7):
    """Run the command at seven in the morning of a day, and return the mails it added."""
    town.office.clock.now = datetime(2026, month, day, hour, tzinfo=UTC)
    before = len(reminder_mails(town))
    remind(town.office, cycle(town))
    return reminder_mails(town)[before:]


def addresses(mails):
    return {email for _, email, _, _ in mails}


def sent_events(town):
    return [one for one in events(town, f"partnership:{PARTNERSHIP}") if one.name == "reminders_sent"]


def test_nobody_is_reminded_on_a_day_that_is_none_of_the_schedule(town):
    assert run_on(town, 18) == []
    assert sent_events(town) == []


def test_everybody_whose_return_is_to_come_is_reminded_and_the_trail_tells_counts_alone(town):
    mails = run_on(town, 17)

    assert addresses(mails) == EVERYBODY
    assert {kind for kind, *_ in mails} == {MailKind.REMINDER}
    [event] = sent_events(town)
    # The parent of the police is asked as well, and has nobody who could be written to.
    assert event.details == {"cycle": "2026", "day": "2026-03-17", "mails": 5, "returns": 3}
    assert event.actor == OPERATOR.id


def test_a_mail_says_when_the_return_is_due_and_where_to_stop_them(town):
    [text] = [text for _, email, _, text in run_on(town, 17) if email == "approver@lily-lane.example"]

    assert "The self-assessment of Lily Lane Childminding for 2026 is due on 31 March 2026, in 14 days." in text
    assert "\nhttps://audit.example/assessment?assessment=2026.lily-lane\n" in text
    assert "\nhttps://audit.example/account#mail" in text


@pytest.mark.parametrize("hours", [(7, 7), (7, 8), (7, 23)])
def test_running_twice_reminds_once(town, hours):
    first, second = (run_on(town, 17, hour=hour) for hour in hours)

    assert addresses(first) == EVERYBODY
    assert second == []
    assert len(sent_events(town)) == 1


def test_what_was_missed_is_sent_once_and_only_the_latest(town):
    run_on(town, 16)

    missed = run_on(town, 31)

    assert addresses(missed) == EVERYBODY
    assert len(missed) == len(EVERYBODY)
    assert {subject for _, _, subject, _ in missed} == {"Section 11 audit: due on 31 March 2026"}
    assert "is due on 31 March 2026. It is still" in missed[0][3]


def test_the_first_run_does_not_make_up_for_what_was_before_it(town):
    assert run_on(town, 20) == []


def test_after_the_due_date_the_notice_says_how_late_it_is(town):
    run_on(town, 31)

    mails = run_on(town, 7, month=4)

    assert {kind for kind, *_ in mails} == {MailKind.OVERDUE}
    assert "was due on 31 March 2026, 7 days ago" in mails[0][3]


def test_approvers_cannot_stop_overdue_notices_and_are_not_told_that_they_can(town):
    mails = run_on(town, 7, month=4)

    told = {email for _, email, _, text in mails if "account#mail" in text}
    assert told == {"contributor@riverdale-police.example", "contributor@riverdale-fire.example"}


def test_a_submitted_return_gets_none_and_one_handed_back_gets_them_again(town):
    submitted(town)
    assert not {one for one in addresses(run_on(town, 17)) if "police" in one}

    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more about S1.1.")

    assert {one for one in addresses(run_on(town, 28)) if "police" in one} == {
        "contributor@riverdale-police.example", "approver@riverdale-police.example",
    }  # fmt: skip


def test_a_return_that_waits_for_its_signature_is_its_approvers_alone(town):
    awaiting_sign_off(town)

    assert {one for one in addresses(run_on(town, 17)) if "police" in one} == {"approver@riverdale-police.example"}


def test_the_closing_of_a_cycle_ends_them(town):
    close_cycle(town.office, town.admin, "2026")

    assert run_on(town, 17) == []


def test_contributors_alone_are_reminded_and_no_organisation_hears_nothing(town):
    change_reminders(town.office, town.admin, "2026", is_on=True, before="14", after="", roles=[Role.CONTRIBUTOR])

    # The childminder has no contributor.
    assert addresses(run_on(town, 17)) == EVERYBODY - {
        "approver@riverdale-police.example", "approver@riverdale-fire.example",
    }  # fmt: skip


def test_somebody_who_works_for_several_organisations_gets_one_mail_about_all_of_them(town):
    with town.office.store.writing() as work:
        further = [Grant(Role.CONTRIBUTOR, organisation_id=organisation_id) for organisation_id in (FIRE, MINDER)]
        work.accounts.add_grants([(town.contributor.id, grant) for grant in further])
        work.commit()

    [text] = [text for _, email, _, text in run_on(town, 17) if email == town.contributor.person.email]

    assert "The self-assessment of Lily Lane Childminding and 2 more organisations for 2026 is due" in text
    assert "- Lily Lane Childminding\n- Riverdale Fire and Rescue\n- Riverdale Police\n" in text
    assert "\nhttps://audit.example/\n" in text


def test_nobody_whose_account_is_closed_is_reminded(town):
    with town.office.store.writing() as work:
        work.access.set_closed(town.contributor.id, is_closed=True)
        work.commit()

    assert town.contributor.person.email not in addresses(run_on(town, 17))


class BreakingClock(Clock):
    """Stands still at seven on 17 March, and breaks at the given look at it, as when the machine goes down."""

    def __init__(self, looks):
        super().__init__()
        self.now, self.looks = datetime(2026, 3, 17, 7, tzinfo=UTC), looks

    def __call__(self):
        self.looks -= 1
        if self.looks < 0:
            raise RuntimeError("the machine goes down")
        return super().__call__()


def test_a_run_that_broke_off_is_finished_by_the_next_one_without_doubles(town, monkeypatch):
    monkeypatch.setattr(reminders, "AT_A_TIME", 2)

    with pytest.raises(RuntimeError):
        remind(replace(town.office, clock=BreakingClock(looks=6)), cycle(town))
    assert len(reminder_mails(town)) == 2  # the batch that was whole
    assert len(run_on(town, 17)) == len(EVERYBODY) - 2

    assert addresses(reminder_mails(town)) == EVERYBODY
    assert sum(one.details["mails"] for one in sent_events(town)) == len(EVERYBODY)


def test_two_runs_at_the_same_moment_remind_once(town):
    town.office.clock.now = datetime(2026, 3, 17, 7, tzinfo=UTC)
    others = [replace(town.office, store=Store.open(address_of(town))) for _ in range(3)]
    start, done = Barrier(3), []

    def run(office):
        start.wait()
        done.append(remind(office, cycle(town)))

    threads = [Thread(target=run, args=(office,)) for office in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for office in others:
        office.store.close()

    assert len(done) == 3
    assert sum(one.mails for one in done) == len(EVERYBODY)
    assert len(reminder_mails(town)) == len(EVERYBODY)
    assert sum(one.details["mails"] for one in sent_events(town)) == len(EVERYBODY)


def address_of(town):
    return town.office.store.engine.url.render_as_string(hide_password=False)
