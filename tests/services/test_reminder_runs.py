"""One run for every partnership of the database: each in its own words, and what it comes to in one line."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from section11.domain.people import Role
from section11.errors import SettingMissingError
from section11.services.cycles import create_cycle, open_cycle
from section11.services.reminder_runs import plan_reminders, send_reminders
from section11.services.taking_in.organisations import import_organisations
from tests.mail_server import mail_server
from tests.services.builders import SET_ID, events, invite, start
from tests.services.reminder_builders import reminder_mails, town_with_mail


@pytest.fixture
def letterbox():
    with mail_server() as letterbox:
        yield letterbox


@pytest.fixture
def two_partnerships(sqlite_town, letterbox):
    """Riverdale and Elmtree, whose cycles are both due on 31 March 2026; it is 14 days before, at seven."""
    town = town_with_mail(sqlite_town, letterbox.port)
    silent = replace(town.office, mail=None)
    admin = start(silent, "Elmtree")
    content = b"id,name,type\nelmtree-police,Elmtree Police,police-force\n"
    import_organisations(silent, admin, "elmtree", content, "organisations.csv")
    invite(silent, Role.APPROVER, organisation_id="elmtree-police")
    values = {"name": "Elm", "due": date(2026, 3, 31), "set_ids_by_type": {"*": SET_ID}}
    create_cycle(silent, admin, **values, partnership_ids=frozenset({"elmtree"}))
    open_cycle(silent, admin, "elm")
    town.office.clock.now = datetime(2026, 3, 17, 7, tzinfo=UTC)
    return town


def sent_events(town, partnership_id):
    return [one.details for one in events(town, f"partnership:{partnership_id}") if one.name == "reminders_sent"]


def test_each_partnership_reminds_its_own_people_and_has_its_own_event(two_partnerships, letterbox):
    run = send_reminders(two_partnerships.office)

    assert str(run) == "6 reminders about 4 returns in 2 cycles, 0 weekly summaries; 6 e-mails sent."
    assert sent_events(two_partnerships, "elmtree") == [{"cycle": "elm", "day": "2026-03-17", "mails": 1, "returns": 1}]
    assert [one["mails"] for one in sent_events(two_partnerships, "riverdale")] == [5]
    [text] = [text for text in letterbox.texts() if "Elmtree Police" in text]
    assert "Elmtree" in text.splitlines()


def test_the_plan_is_what_is_then_sent(two_partnerships, letterbox):
    planned = [one.to.email for one in plan_reminders(two_partnerships.office).reminders]

    send_reminders(two_partnerships.office)

    assert sorted(planned) == sorted(letterbox.recipients)
    assert plan_reminders(two_partnerships.office).reminders == ()


def test_without_a_mail_server_nothing_is_put_anywhere_and_nothing_counts_as_done(two_partnerships):
    town = two_partnerships

    with pytest.raises(SettingMissingError):
        send_reminders(replace(town.office, mail=None))

    assert reminder_mails(town) == []
    assert len(plan_reminders(town.office).reminders) == 6
