"""The weekly summary: on Mondays, to those who chose it, with counts alone, once."""

from datetime import UTC, datetime

import pytest

from section11.domain.mail import MailKind
from section11.services.cycles import close_cycle
from section11.services.digests import send_digests
from section11.services.mail_choices import choose_own_mails
from section11.services.signing import send_for_sign_off, sign_off
from tests.app.browsing import begin_session
from tests.services.builders import (
    FIRE_RETURN,
    PARTNERSHIP,
    answer_everything,
    events,
    handed_back,
    open_a_cycle,
)
from tests.services.reminder_builders import reminder_mails, town_with_mail


@pytest.fixture
def town(town):
    """Riverdale on Monday 2 March 2026, where its scrutiny lead chooses the summary."""
    town = town_with_mail(town)
    choose(town, town.scrutiny)
    return town


def choose(town, user, *, wanted=("digest",)):
    choose_own_mails(town.office, begin_session(town.office, user), wanted)


def on(town, day, month=3):
    town.office.clock.now = datetime(2026, month, day, 7, tzinfo=UTC)
    before = len(reminder_mails(town))
    send_digests(town.office)
    return reminder_mails(town)[before:]


def test_it_comes_from_the_monday_after_it_was_chosen(town):
    assert on(town, 3) == []

    [(kind, email, subject, text)] = on(town, 9)
    assert (kind, email) == (MailKind.DIGEST, town.scrutiny.person.email)
    assert subject == "Section 11 audit: what waits for you"
    assert "for 2026 stands on 9 March 2026:" in text
    assert "- 2026: 4 returns asked for, 0 started, 0 signed, 0 late, 0 handed back\n" in text
    assert "https://audit.example/account#mail" in text


@pytest.mark.parametrize("days", [(9, 9), (9, 10), (11, 15)])
def test_it_comes_once_a_week_on_the_first_run_of_it(town, days):
    first, second = (on(town, day) for day in days)

    assert len(first) == 1
    assert second == []
    assert len(on(town, 16)) == 1


def test_the_trail_tells_how_many_and_not_to_whom(town):
    on(town, 9)
    on(town, 10)

    sent = [one.details for one in events(town, f"partnership:{PARTNERSHIP}") if one.name == "digests_sent"]
    assert sent == [{"mails": 1}]


def test_it_counts_and_names_no_organisation(town):
    handed_back(town)
    submitted_by_fire(town)

    [(*_, text)] = on(town, 6, month=4)

    assert "- 2026: 4 returns asked for, 2 started, 1 signed, 3 late, 1 handed back\n" in text
    assert "Police" not in text


def test_each_open_cycle_has_its_line_and_a_closed_one_none(town):
    open_a_cycle(town, name="2027")

    [(*_, text)] = on(town, 9)
    assert "for each of your 2 open cycles stands" in text
    close_cycle(town.office, town.admin, "2026")
    [(*_, text)] = on(town, 16)

    assert "for 2027 stands" in text
    assert "- 2026:" not in text


def test_nobody_gets_it_who_follows_no_open_cycle_or_switched_it_off(town):
    choose(town, town.scrutiny, wanted=())
    choose(town, town.admin)
    close_cycle(town.office, town.admin, "2026")

    assert on(town, 9) == []


def submitted_by_fire(town):
    answer_everything(town, town.fire_contributor, FIRE_RETURN)
    send_for_sign_off(town.office, town.fire_contributor, FIRE_RETURN)
    sign_off(town.office, town.fire_approver, FIRE_RETURN, agreed=True)
