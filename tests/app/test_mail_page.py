"""The page of e-mails: what is wrong with a text, what became of mail, and invitations that go by e-mail."""

import pytest

from section11.domain.mail import MailKind
from section11.services.mail_texts import list_mail_texts
from tests.app.browsing import go_to, words_on
from tests.services.builders import PARTNERSHIP
from tests.services.mail_builders import a_lost_mail, records, waiting_mails, with_mail


@pytest.fixture
def at_page(town, open_app):
    return lambda office: go_to(open_app(office, town.admin), "mail.py")


def write(at, words):
    at.text_area[0].input(words).run()
    return at.button(key="page.save").click().run()


def subject_and_text(town):
    return list_mail_texts(town.office, town.admin, PARTNERSHIP)[MailKind.INVITATION]


def test_a_text_with_a_mistake_is_refused_and_stays_in_the_box(town, at_page):
    at = write(at_page(town.office), "Hello {{ nam }}, {{ link }}")

    assert "{{ nam }} is not a placeholder. Did you mean {{ name }}?" in words_on(at)
    assert at.text_area[0].value == "Hello {{ nam }}, {{ link }}"
    assert subject_and_text(town).is_usual


def test_a_text_is_saved_and_goes_back_to_ours(town, at_page):
    at = write(at_page(town.office), "Dear {{ name }}: {{ link }}")
    assert subject_and_text(town).text.body == "Dear {{ name }}: {{ link }}"
    assert "The text is saved." in words_on(at)

    at.button(key="page.usual").click().run()
    assert subject_and_text(town).is_usual
    assert at.text_area[0].value == subject_and_text(town).text.body


def test_what_could_not_be_delivered_says_why_and_is_tried_again(town, at_page):
    lost = a_lost_mail(town)
    at = at_page(with_mail(town.office))
    assert "The mail server says: No such person" in words_on(at)
    assert town.approver.person.email not in words_on(at)

    at.button(key=f"page.again.{lost}").click().run()
    assert "1 e-mail waiting to be sent, 0 could not be delivered." in words_on(at)
    assert records(town.office)[0].due_at is not None


def test_a_test_mail_that_cannot_be_sent_says_why(town, at_page):
    at = at_page(with_mail(town.office))

    at.button(key="page.test").click().run()

    assert "The test e-mail could not be sent. The mail server at 127.0.0.1" in words_on(at)
    assert not at.exception


def test_with_a_mail_server_no_link_is_shown_to_whoever_invites(town, open_app):
    office = with_mail(town.office)
    at = go_to(open_app(office, town.admin), "people.py")

    at.button(key=f"page.link.{town.contributor.id}").click().run()

    assert "An e-mail with the link is on its way" in words_on(at)
    assert "/invitation/" not in words_on(at) + str([one.value for one in at.code])
    assert [email for _kind, email, *_rest in waiting_mails(office)] == [town.contributor.person.email]
