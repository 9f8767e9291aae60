"""A reminder sent by hand: to the right people, told of, and not twice by accident."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from section11.errors import BadInputError
from section11.services.chase_mails import AlreadyRemindedError, send_chase_mail, sent_today
from section11.services.chasing import chase_list
from section11.services.mail_choices import choose_own_mails
from section11.storage.unit_of_work import Store
from tests.app.browsing import begin_session
from tests.services.builders import GROUP, POLICE_RETURN, awaiting_sign_off, event_names, events, submitted
from tests.services.reminder_builders import reminder_mails, town_with_mail


@pytest.fixture
def town(town):
    return town_with_mail(town)


def send(town, user=None, assessment_id=POLICE_RETURN, **more):
    return send_chase_mail(town.office, user or town.scrutiny, assessment_id, **more)


def addresses(town):
    return [email for _, email, _, _ in reminder_mails(town)]


def nothing_was_sent(town):
    return reminder_mails(town) == [] and "reminder_sent" not in event_names(town, POLICE_RETURN)


def test_without_a_mail_server_it_says_what_to_do_instead(town):
    silent = replace(town, office=replace(town.office, mail=None))

    with pytest.raises(BadInputError, match="E-mail is not set up here"):
        send(silent)
    assert nothing_was_sent(town)


def test_a_return_that_came_in_meanwhile_is_not_asked_for(town):
    submitted(town)

    with pytest.raises(BadInputError, match="Riverdale Police has submitted this return"):
        send(town)
    assert nothing_was_sent(town)


def test_an_organisation_without_people_cannot_be_written_to(town):
    with pytest.raises(BadInputError, match="Blue Light Group has nobody with an account"):
        send(town, assessment_id=f"2026.{GROUP}")


def test_what_is_sent_is_what_the_list_showed(town):
    shown = chase_list(town.office, town.scrutiny, "2026")
    reminder = shown.reminder(next(line for line in shown.lines if line.assessment_id == POLICE_RETURN))

    assert send(town) == 2

    assert {(subject, text) for _, _, subject, text in reminder_mails(town)} == {(reminder.subject, reminder.body)}
    assert sorted(addresses(town)) == ["approver@riverdale-police.example", "contributor@riverdale-police.example"]


def test_the_return_tells_who_sent_it_and_to_how_many(town):
    send(town)

    event = events(town, f"assessment:{POLICE_RETURN}")[-1]
    assert (event.name, event.actor, event.details) == ("reminder_sent", town.scrutiny.id, {"people": 2})


def test_a_return_that_waits_for_its_signature_goes_to_its_approver(town):
    awaiting_sign_off(town)

    assert send(town) == 1
    assert addresses(town) == ["approver@riverdale-police.example"]


def test_a_contributor_who_switched_reminders_off_is_left_out_and_an_approver_is_not(town):
    for user in (town.contributor, town.approver):
        choose_own_mails(town.office, begin_session(town.office, user), [])

    assert send(town) == 1
    assert addresses(town) == ["approver@riverdale-police.example"]


def test_within_the_hour_it_is_never_sent_again_whoever_asks(town):
    send(town)
    town.office.clock.move(minutes=59)

    with pytest.raises(BadInputError, match="scrutiny_lead of riverdale sent a reminder at 09:00 today") as told:
        send(town, town.admin, once_more=True)

    assert "can be sent from 10:00" in told.value.user_message
    assert len(addresses(town)) == 2


def test_later_that_day_one_is_told_who_sent_it_and_may_send_it_once_more(town):
    send(town)
    town.office.clock.move(hours=2)

    with pytest.raises(AlreadyRemindedError, match="scrutiny_lead of riverdale sent a reminder at 09:00 today"):
        send(town, town.admin)
    send(town, town.admin, once_more=True)

    assert len(addresses(town)) == 4


def test_the_next_day_nothing_stands_in_the_way(town):
    send(town)
    town.office.clock.move(days=1)

    assert send(town) == 2


def test_who_sent_it_today_is_told_before_anybody_presses(town):
    send(town)
    town.office.clock.move(hours=2)

    found = sent_today(town.office, town.admin, "2026", [POLICE_RETURN, "2026.lily-lane", "made-up"])

    assert {key: str(one) for key, one in found.items()} == {
        POLICE_RETURN: "scrutiny_lead of riverdale sent a reminder at 09:00 today"
    }


def test_two_who_press_at_the_same_moment_send_it_once(town):
    address = town.office.store.engine.url.render_as_string(hide_password=False)
    offices = [replace(town.office, store=Store.open(address)) for _ in range(2)]
    start, told = Barrier(2), []

    def press(office):
        start.wait()
        try:
            told.append(send_chase_mail(office, town.scrutiny, POLICE_RETURN))
        except BadInputError as error:
            told.append(error.user_message)

    threads = [Thread(target=press, args=(office,)) for office in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for office in offices:
        office.store.close()

    assert len(addresses(town)) == 2
    assert sorted(type(one).__name__ for one in told) == ["int", "str"]
