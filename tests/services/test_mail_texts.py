"""A partnership's own texts: bad ones are refused in a sentence, good ones are used, and the second editor is told."""

import pytest

from section11.domain.mail import MailFacts, MailKind
from section11.errors import BadInputError, SettingMissingError
from section11.services.mail_overview import send_test_mail, set_reply_address, try_again, view_mail
from section11.services.mail_texts import change_mail_text, list_mail_texts, preview_mail
from section11.services.outbox import put_in_outbox, usual_text
from section11.storage.mail_texts import MailText
from tests.conftest import office_on
from tests.mail_server import free_port, mail_server
from tests.services.builders import PARTNERSHIP, a_quiet_town, events
from tests.services.mail_builders import a_lost_mail, records, waiting_mails, with_mail

OURS = usual_text(MailKind.REMINDER)
THEIRS = MailText("{{ cycle }} is due", "Dear {{ name }}, {{ organisation }} is due on {{ due }}: {{ link }}")


@pytest.fixture(scope="module")
def town(tmp_path_factory, _migrated_sqlite):
    folder = tmp_path_factory.mktemp("texts")
    (folder / "one.db").write_bytes(_migrated_sqlite.read_bytes())
    town = a_quiet_town(office_on(f"sqlite:///{folder / 'one.db'}"), folder)
    yield town
    town.office.store.close()


@pytest.fixture
def fresh(sqlite_office, tmp_path):
    return a_quiet_town(sqlite_office, tmp_path)


@pytest.mark.parametrize(
    ("kind", "subject", "body", "sentence"),
    [
        (MailKind.REMINDER, "", "{{ link }}", "Write both a subject and a text, or go back to our wording."),
        (MailKind.REMINDER, "Due", " ", "Write both a subject and a text, or go back to our wording."),
        (MailKind.REMINDER, "Due\nBcc: x@y.example", "Hello", "The subject is one line of at most 150 characters."),
        (MailKind.REMINDER, "Due", "Hello {{ nam }}", "Text, line 1: {{ nam }} is not a placeholder."),
        (MailKind.REMINDER, "{{ link }}", "Hello", "Subject, line 1: {{ link }} is not a placeholder."),
        (MailKind.REMINDER, "Due", "a\n{{ name }", "Text, line 2: “{{ name }” lacks a bracket."),
        (MailKind.REMINDER, "Due", "{% for a in b %}x{% endfor %}", "Text, line 1: “{% for a in b %}” is not a"),
        (MailKind.REMINDER, "Due", "{{ name.__class__ }}", "Text, line 1: “{{ name.__class__ }}” is more than"),
        (MailKind.REMINDER, "Due", "x" * 5001, "The text has 5,001 characters and at most 5,000 can be kept."),
        (MailKind.INVITATION, "Come", "Hello {{ name }}", "The text lacks {{ link }}, so nobody could use the"),
    ],
)
def test_a_bad_text_is_refused_in_one_sentence_and_nothing_is_saved(town, kind, subject, body, sentence):
    with pytest.raises(BadInputError) as refused:
        change_mail_text(town.office, town.admin, PARTNERSHIP, kind, MailText(subject, body))

    assert sentence in refused.value.user_message
    assert list_mail_texts(town.office, town.admin, PARTNERSHIP)[kind].is_usual


@pytest.mark.parametrize("kind", list(MailKind))
def test_every_kind_can_be_previewed_in_our_wording(kind):
    words = preview_mail(kind, usual_text(kind), "Riverdale & Elmtree", "https://audit.example")

    assert "Sam Example" in words.text
    assert "Riverdale & Elmtree" in words.subject + words.text
    assert "https://audit.example/" in words.text
    assert "\ue010" not in words.text


def test_a_partnerships_own_text_is_used_from_then_on_until_it_goes_back_to_ours(fresh):
    office, admin = with_mail(fresh.office), fresh.admin
    change_mail_text(office, admin, PARTNERSHIP, MailKind.REMINDER, THEIRS)
    facts = MailFacts(organisation="Riverdale <b>Police</b> {{ name }}", cycle="2026")
    with office.store.writing() as work:
        for key in ("1", "2"):
            if key == "2":
                work.mail_texts.put(PARTNERSHIP, MailKind.REMINDER, None)
            put_in_outbox(
                work,
                office,
                kind=MailKind.REMINDER,
                to=admin.person,
                partnership_id=PARTNERSHIP,
                key=key,
                facts=facts,
            )
        work.commit()

    [theirs, ours] = [(subject, text) for _kind, _email, subject, text in waiting_mails(office)]
    assert theirs[0] == "2026 is due"
    assert theirs[1].startswith("Dear Riverdale Administrator, Riverdale <b>Police</b> {{ name }} is due on")
    assert ours[1].startswith("Hello ")
    assert events(fresh, f"partnership:{PARTNERSHIP}")[-1].name == "mail_text_changed"


def test_the_second_of_two_editors_is_told(fresh):
    change_mail_text(fresh.office, fresh.admin, PARTNERSHIP, MailKind.REMINDER, THEIRS, instead_of=OURS)

    with pytest.raises(BadInputError, match="A colleague changed this text"):
        change_mail_text(fresh.office, fresh.admin, PARTNERSHIP, MailKind.REMINDER, None, instead_of=OURS)

    assert list_mail_texts(fresh.office, fresh.admin, PARTNERSHIP)[MailKind.REMINDER].text == THEIRS


def test_back_to_our_wording_keeps_no_text(fresh):
    change_mail_text(fresh.office, fresh.admin, PARTNERSHIP, MailKind.REMINDER, THEIRS)
    change_mail_text(fresh.office, fresh.admin, PARTNERSHIP, MailKind.REMINDER, None, instead_of=THEIRS)

    own = list_mail_texts(fresh.office, fresh.admin, PARTNERSHIP)[MailKind.REMINDER]
    assert (own.text, own.is_usual) == (OURS, True)


def test_a_reply_address_that_is_none_is_refused(town):
    with pytest.raises(BadInputError, match="is not an e-mail address"):
        set_reply_address(town.office, town.admin, PARTNERSHIP, "replies\r\nBcc: all@riverdale.example")

    assert view_mail(town.office, town.admin, PARTNERSHIP).reply_address == ""


def test_without_a_mail_server_a_test_mail_says_how_to_set_it(town):
    with pytest.raises(SettingMissingError, match="SECTION11_SMTP_HOST"):
        send_test_mail(town.office, town.admin, PARTNERSHIP)


def test_a_test_mail_that_cannot_be_sent_says_why(fresh):
    office = with_mail(fresh.office, free_port())

    with pytest.raises(BadInputError, match=r"could not be sent\. The mail server at 127"):
        send_test_mail(office, fresh.admin, PARTNERSHIP)


def test_a_test_mail_goes_out_at_once_and_leaves_the_others_waiting(fresh):
    with mail_server() as letterbox:
        office = with_mail(fresh.office, letterbox.port)
        lost = a_lost_mail(fresh)
        try_again(office, fresh.admin, lost)

        send_test_mail(office, fresh.admin, PARTNERSHIP)

    assert letterbox.recipients == [fresh.admin.person.email]
    assert [one.sent_at is None for one in records(office)] == [True, False]


def test_what_was_given_up_is_listed_with_masked_addresses_and_can_be_tried_again(fresh):
    lost = a_lost_mail(fresh)

    overview = view_mail(fresh.office, fresh.admin, PARTNERSHIP)
    assert (overview.waiting, overview.given_up) == (0, 1)
    assert overview.lines[0].masked_email == "a…@riverdale-police.example"

    try_again(fresh.office, fresh.admin, lost)
    assert view_mail(fresh.office, fresh.admin, PARTNERSHIP).waiting == 1
    with pytest.raises(BadInputError, match="waits to be sent, or was sent already"):
        try_again(fresh.office, fresh.admin, lost)
