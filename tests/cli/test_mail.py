"""Mail by command: settings that do not fit are told in a sentence, and what waits is sent."""

import pytest

from section11.config import settings
from tests.mail_server import free_port, mail_server

ADMIN = "lead@riverdale.example"


@pytest.fixture
def set_up(section11, monkeypatch):
    """Return a function that sets mail up, with further settings."""

    def set_up(**more):
        usual = {"HOST": "127.0.0.1", "PORT": str(free_port()), "SECURITY": "none"}
        for name, value in {**usual, **more}.items():
            monkeypatch.setenv(f"SECTION11_SMTP_{name}", value)
        monkeypatch.setenv("SECTION11_MAIL_FROM", "Audit <audit@riverdale.example>")
        settings.cache_clear()
        return section11

    return set_up


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SMTP_SECURITY", "ssl", "SECTION11_SMTP_SECURITY is none of: starttls, tls, none."),
        ("MAIL_FROM", "Audit", "SECTION11_MAIL_FROM is missing or is no address."),
        ("MAIL_FROM", "", "SECTION11_MAIL_FROM is missing or is no address."),
        ("SMTP_PASSWORD", "secret", "The mail server's password would travel unencrypted."),
        ("SMTP_PASSWORD_FILE", "/nowhere", "SECTION11_SMTP_PASSWORD_FILE cannot be read (No such file or directory)."),
    ],
)
def test_a_setting_that_does_not_fit_is_told_in_a_sentence(set_up, monkeypatch, name, value, sentence):
    section11 = set_up()
    monkeypatch.setenv(f"SECTION11_{name}", value)
    settings.cache_clear()

    said = section11("mail", "send", code=1).output

    assert sentence in said
    assert "secret" not in said


def test_without_a_mail_server_the_command_says_how_to_set_it(section11):
    assert "Set SECTION11_SMTP_HOST and SECTION11_MAIL_FROM" in section11("mail", "send", code=1).output


def test_the_first_administrator_is_invited_by_mail_and_only_once(set_up):
    with mail_server() as letterbox:
        section11 = set_up(PORT=str(letterbox.port))
        section11("init", "--partnership", "Riverdale", "--admin", ADMIN)

        assert section11.data("mail", "send") == {"sent": 1, "put_off": 0, "given_up": 0, "left_out": 0, "fault": ""}
        assert section11.data("mail", "send")["sent"] == 0

    assert letterbox.recipients == [ADMIN]
    assert "https://audit.example.org/invitation/" in letterbox.texts()[0]


def test_a_server_that_is_down_is_a_failure_that_says_so(set_up):
    section11 = set_up()
    section11("init", "--partnership", "Riverdale", "--admin", ADMIN)

    assert "does not answer" in section11("mail", "send", code=1).output
    [mail] = [one for one in section11.data("doctor", code=2) if one["part"] == "mail"]
    assert mail["state"] == "fault"
    assert "does not answer. Check SECTION11_SMTP_HOST" in mail["message"]


def test_doctor_tells_whether_mail_is_set_up_and_the_server_listens(set_up, section11):
    section11("init", "--partnership", "Riverdale", "--admin", ADMIN)
    states = [one["state"] for one in section11.data("doctor") if one["part"] == "mail"]
    with mail_server() as letterbox:
        section11 = set_up(PORT=str(letterbox.port))
        states += [one["state"] for one in section11.data("doctor") if one["part"] == "mail"]

    assert states == ["look at this", "good"]
