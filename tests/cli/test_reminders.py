"""“reminders send”, as cron runs it: one line about what it did, a plan without sending, and safe to run again."""

from datetime import UTC, datetime, timedelta

import pytest

from section11.config import settings
from section11.domain.uk_time import uk_date
from tests.mail_server import free_port, mail_server

PEOPLE = """email,name,role,organisation
ann@police.example,Ann Lee,contributor,riverdale-police
bo@police.example,Bo Day,approver,riverdale-police
cy@minder.example,Cy Fox,approver,lily-lane
"""
ADDRESSES = ["ann@police.example", "bo@police.example", "cy@minder.example"]


@pytest.fixture
def due_in_14_days(riverdale):
    """Riverdale with three people and an open cycle of which a reminder is due today."""
    due = uk_date(datetime.now(UTC)) + timedelta(days=14)
    riverdale("people", "import", riverdale.file("people.csv", PEOPLE))
    riverdale("cycles", "create", "--name", "2030", "--due", due.isoformat(), "--set", "section11-2026")
    riverdale("cycles", "open", "2030")
    return riverdale


@pytest.fixture
def with_port(monkeypatch):
    """Return a function that points the settings to a mail server on a port of this machine."""

    def point(port):
        for name, value in {"HOST": "127.0.0.1", "PORT": port, "SECURITY": "none"}.items():
            monkeypatch.setenv(f"SECTION11_SMTP_{name}", str(value))
        monkeypatch.setenv("SECTION11_MAIL_FROM", "audit@riverdale.example")
        settings.cache_clear()

    return point


def test_without_a_mail_server_it_says_how_to_set_one(due_in_14_days):
    said = due_in_14_days("reminders", "send", code=1).output

    assert "No mail can be sent, because no mail server is set. Set SECTION11_SMTP_HOST" in said


def test_a_dry_run_lists_who_would_get_what_and_sends_nothing(due_in_14_days):
    lines = due_in_14_days("reminders", "send", "--dry-run").stdout.splitlines()

    assert lines == [
        "ann@police.example: Reminder before the due date, 2030: Riverdale Police",
        "bo@police.example: Reminder before the due date, 2030: Riverdale Police",
        "cy@minder.example: Reminder before the due date, 2030: Lily Lane Childminding",
    ]
    assert due_in_14_days("reminders", "send", "--dry-run").stdout.splitlines() == lines


def test_it_says_in_one_line_what_it_did_and_does_it_once(due_in_14_days, with_port):
    with mail_server() as letterbox:
        with_port(letterbox.port)
        first = due_in_14_days("reminders", "send").stdout
        second = due_in_14_days("reminders", "send").stdout
        planned = due_in_14_days("reminders", "send", "--dry-run").stdout

    reminders = "3 reminders about 2 returns in 1 cycle, 0 weekly summaries; "
    assert first.startswith(reminders)
    assert first.count("\n") == 1
    assert second == "0 reminders, 0 weekly summaries; 0 e-mails sent.\n"
    assert planned == "Nobody would be reminded now.\n"
    subjects = [one["Subject"] for one in letterbox.messages]
    assert sorted(letterbox.recipients) == ADDRESSES
    assert {one[:25] for one in subjects} == {"Section 11 audit: due on "}


def test_while_the_mail_server_is_away_reminders_wait_and_go_out_with_the_next_run(due_in_14_days, with_port):
    with_port(free_port())
    away = due_in_14_days("reminders", "send", code=1).output
    with mail_server() as letterbox:
        with_port(letterbox.port)
        run = due_in_14_days.data("reminders", "send")

    assert "3 reminders about 2 returns in 1 cycle" in away
    assert (run["reminders"], run["sent"], run["fault"]) == (0, 3, "")
    assert sorted(letterbox.recipients) == ADDRESSES
