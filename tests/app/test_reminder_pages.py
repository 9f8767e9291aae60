"""Reminders on the pages: an administrator's schedule of a cycle, and the e-mail sent from the chase list."""

import pytest

from section11.services.chase_mails import send_chase_mail
from section11.services.reminder_schedules import change_reminders, view_reminders
from tests.app.browsing import go_to, words_on
from tests.services.builders import POLICE_RETURN, submitted
from tests.services.mail_builders import waiting_mails, with_mail

CYCLE = {"cycle": "2026"}


@pytest.fixture
def mailing(town, open_app):
    """Return a function that opens the app as somebody, where mail is set up."""
    return lambda user: open_app(with_mail(town.office), user)


def schedule(town):
    return view_reminders(town.office, town.admin, "2026").schedule


def box(at, label):
    return next(one for one in (*at.text_input, *at.checkbox, *at.multiselect) if one.label == label)


def save(at):
    next(one for one in at.button if one.label == "Save the reminders").click().run()
    assert not at.exception
    return at


def test_days_that_cannot_be_used_are_refused_in_words_and_stay_in_the_box(town, mailing):
    at = go_to(mailing(town.admin), "cycles.py")
    box(at, "Days before the due date").set_value("14, 0")

    save(at)

    assert "“0” is not a number of days." in words_on(at)
    assert box(at, "Days before the due date").value == "14, 0"
    assert schedule(town).before == (28, 14, 3, 1)


def test_the_page_says_what_comes_next(town, mailing):
    submitted(town)

    said = words_on(go_to(mailing(town.admin), "cycles.py"))

    assert "Next: 3 returns will be reminded on 3 March 2026, unless they come in before." in said


def test_on_the_day_itself_the_page_says_today(town, mailing):
    town.office.clock.move(days=1)

    said = words_on(go_to(mailing(town.admin), "cycles.py"))

    assert "Next: 4 returns will be reminded today, unless they come in before." in said


def test_where_mail_is_not_set_up_the_page_says_so(town, open_app):
    said = words_on(go_to(open_app(town.office, town.admin), "cycles.py"))

    assert "Reminders would go out on 3 March 2026, but e-mail is not set up." in said


def test_an_administrator_changes_the_days_and_whom_and_switches_them_off(town, mailing):
    at = go_to(mailing(town.admin), "cycles.py")
    box(at, "Days before the due date").set_value("21")
    box(at, "Whom to remind").set_value(["approver"])
    save(at)

    assert "The reminders of 2026 are saved." in words_on(at)
    assert "Next: 4 returns will be reminded on 10 March 2026" in words_on(at)
    box(at, "Remind organisations whose return is still to come").set_value(False)
    save(at)

    assert "Reminders are switched off." in words_on(at)
    assert not schedule(town).is_on


def test_of_two_administrators_the_second_is_told_and_keeps_what_they_typed(town, mailing):
    at = go_to(mailing(town.admin), "cycles.py")
    typed = {"is_on": True, "before": "2", "after": "", "roles": schedule(town).roles}
    change_reminders(town.office, town.admin, "2026", **typed)
    box(at, "Days before the due date").set_value("21")

    save(at)

    assert "A colleague changed these reminders after you opened this page." in words_on(at)
    assert box(at, "Days before the due date").value == "21"
    assert schedule(town).before == (2,)


def test_the_preview_names_whom_a_reminder_would_go_to(town, mailing):
    at = go_to(mailing(town.admin), "cycles.py")

    at.toggle(key="page.reminded.2026").set_value(True).run()

    assert "5 people about 3 returns, one e-mail each:" in words_on(at)
    assert "- **contributor of riverdale-police**: Riverdale Police" in words_on(at)


def open_list(at):
    at = go_to(at, "returns.py", **CYCLE)
    return at.toggle(key="page.chasing").set_value(True).run()


def test_a_reminder_is_sent_from_the_list_and_the_list_tells_who_sent_it(town, mailing):
    at = open_list(mailing(town.scrutiny))

    at.button(key=f"page.send.first.{POLICE_RETURN}").click().run()

    assert "The reminder is on its way to 2 people." in words_on(at)
    assert len(waiting_mails(town.office)) == 2
    assert "scrutiny_lead of riverdale sent a reminder at 09:00 today." in words_on(at)


def test_pressing_again_within_the_hour_sends_nothing(town, mailing):
    at = open_list(mailing(town.scrutiny))
    at.button(key=f"page.send.first.{POLICE_RETURN}").click().run()

    at.button(key=f"page.send.again.{POLICE_RETURN}").click().run()

    assert "Nobody was written to again: the next one can be sent from 10:00." in words_on(at)
    assert len(waiting_mails(town.office)) == 2


def test_a_press_on_a_page_from_before_a_colleague_sent_it_sends_nothing(town, mailing):
    at = open_list(mailing(town.scrutiny))
    send_chase_mail(with_mail(town.office), town.admin, POLICE_RETURN)
    town.office.clock.move(minutes=90)

    at.button(key=f"page.send.first.{POLICE_RETURN}").click().run()

    assert "Administrator sent a reminder at 09:00 today." in words_on(at)
    assert len(waiting_mails(town.office)) == 2


def test_where_mail_is_not_set_up_there_is_nothing_to_press(town, open_app):
    at = open_list(open_app(town.office, town.scrutiny))

    assert [one for one in at.button if "Send" in one.label] == []
