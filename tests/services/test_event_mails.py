"""Who is written to when something happens, in the same transaction, and that no mail says more than it may."""

import pytest

from section11.domain.mail import MailKind
from section11.domain.people import OPERATOR, Role
from section11.errors import BadInputError
from section11.services.accounts import token_hash
from section11.services.asking import ask, reply
from section11.services.cycles import add_missing_forms
from section11.services.invitations import accept_invitation, create_invitation
from section11.services.inviting import invite_person
from section11.services.mail_sending import send_waiting
from section11.services.moderating import finish_moderation
from section11.services.releasing import release_return
from section11.services.scrutiny import hand_back, reopen
from section11.services.signing import send_for_sign_off, sign_off
from section11.storage.tables import outbox
from tests.mail_server import mail_server
from tests.services.builders import (
    PARTNERSHIP,
    POLICE,
    POLICE_RETURN,
    a_quiet_town,
    a_town,
    answer,
    awaiting_sign_off,
    handed_back,
    open_a_cycle,
    submitted,
)
from tests.services.mail_builders import erase_outbox, records, waiting_mails, with_mail
from tests.services.moderation_builders import judged_alone

SECRET_WORDS = "Child A was seen at Hill Road"


@pytest.fixture
def town(sqlite_office, tmp_path):
    town = a_town(with_mail(sqlite_office), tmp_path)
    erase_outbox(town.office)
    return town


def mailed(town):
    """Return kind and address of every mail since the town was built."""
    return [(kind, email) for kind, email, _subject, _text in waiting_mails(town.office)]


def test_opening_a_cycle_tells_the_people_of_every_organisation_once(sqlite_office, tmp_path):
    town = a_quiet_town(with_mail(sqlite_office), tmp_path)
    erase_outbox(town.office)

    open_a_cycle(town)
    add_missing_forms(town.office, town.admin, "2026")

    everyone = [town.contributor, town.approver, town.fire_contributor, town.fire_approver, town.minder]
    assert sorted(mailed(town)) == sorted(("cycle_opened", one.person.email) for one in everyone)
    texts = [text for *_rest, text in waiting_mails(town.office)]
    assert any(f"https://audit.example/assessment?assessment={POLICE_RETURN}" in text for text in texts)


def test_an_approver_learns_that_a_return_waits_for_them(town):
    awaiting_sign_off(town)

    assert mailed(town) == [("awaiting_sign_off", town.approver.person.email)]


def test_a_signed_return_is_thanked_for(town):
    submitted(town)

    assert mailed(town)[1:] == [
        ("submitted", town.approver.person.email),
        ("submitted", town.contributor.person.email),
    ]


def test_a_hand_back_and_a_reopening_are_told_to_the_organisation_without_the_reason(town):
    submitted(town)
    erase_outbox(town.office)

    hand_back(town.office, town.scrutiny, POLICE_RETURN, SECRET_WORDS)

    assert [kind for kind, _email in mailed(town)] == ["handed_back", "handed_back"]
    assert SECRET_WORDS not in str(waiting_mails(town.office))


def test_whoever_gave_a_return_back_learns_that_it_has_come_again(town):
    handed_back(town)
    answer(town, town.contributor, POLICE_RETURN, "S1.1", evidence="More of it.")
    send_for_sign_off(town.office, town.contributor, POLICE_RETURN)
    erase_outbox(town.office)

    sign_off(town.office, town.approver, POLICE_RETURN, agreed=True)

    assert mailed(town)[-1] == ("return_arrived", town.scrutiny.person.email)


def test_questions_of_one_day_are_one_mail_and_replies_go_to_whoever_asked(town):
    submitted(town)
    erase_outbox(town.office)

    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.1", SECRET_WORDS)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.2", SECRET_WORDS)
    town.office.clock.move(days=1)
    ask(town.office, town.scrutiny, POLICE_RETURN, "S1.2", SECRET_WORDS)
    reply(town.office, town.contributor, POLICE_RETURN, "S1.2", SECRET_WORDS)

    assert [kind for kind, _email in mailed(town)] == ["query_asked"] * 4 + ["query_replied"]
    assert mailed(town)[-1][1] == town.scrutiny.person.email
    assert SECRET_WORDS not in str(waiting_mails(town.office))


def test_released_and_reopened_returns_are_told_each_time(town):
    submitted(town)
    judged_alone(town, POLICE_RETURN)
    finish_moderation(town.office, town.scrutiny, POLICE_RETURN)
    erase_outbox(town.office)

    release_return(town.office, town.scrutiny, POLICE_RETURN)
    reopen(town.office, town.scrutiny, POLICE_RETURN, SECRET_WORDS)

    assert [kind for kind, _email in mailed(town)] == ["released"] * 2 + ["reopened"] * 2


def test_what_is_refused_leaves_no_mail(town):
    submitted(town)
    erase_outbox(town.office)

    with pytest.raises(BadInputError):
        hand_back(town.office, town.scrutiny, POLICE_RETURN, "Look again.", ["S9.9"])

    assert mailed(town) == []


def test_an_invitation_reaches_its_person_and_opens_the_account(town):
    email, here = "new@police.example", {"organisation_id": POLICE}
    with mail_server() as letterbox:
        office = with_mail(town.office, letterbox.port)
        path = invite_person(office, town.approver, email=email, name="Nia New", post="", role=Role.CONTRIBUTOR, **here)
        send_waiting(office)
        [text] = letterbox.texts()

    assert letterbox.recipients == [email]
    assert f"https://audit.example{path}" in text
    assert "until 9 March 2026" in text
    assert "for Riverdale Police" in text
    assert path.rpartition("/")[2] not in everything_kept(office)
    assert "Choose your password" not in everything_kept(office)
    assert accept_invitation(office, path.rpartition("/")[2], "a long enough passphrase").email == email
    assert records(office)[-1].kind is MailKind.INVITATION


def test_a_new_link_ends_the_mail_of_the_one_before(town):
    email = "new@police.example"
    with mail_server() as letterbox:
        office = with_mail(town.office, letterbox.port)
        for _ in range(2):
            invite_person(
                office, OPERATOR, email=email, name="Nia", post="", role=Role.CONTRIBUTOR, organisation_id=POLICE
            )
        done = send_waiting(office)

    assert (done.sent, done.given_up, done.left_out) == (1, 0, 1)


def test_a_further_role_in_the_partnership_is_offered_by_mail(town):
    accept_invitation(town.office, token_of(town, town.contributor), "a long enough passphrase")
    erase_outbox(town.office)

    invite_person(
        town.office,
        town.admin,
        email=town.contributor.person.email,
        name="Any",
        post="",
        role=Role.SCRUTINY_LEAD,
        partnership_id=PARTNERSHIP,
    )

    assert mailed(town) == [("role_offer", town.contributor.person.email)]


def test_a_forgotten_password_is_mailed_a_link_and_its_use_is_told(town):
    accept_invitation(town.office, token_of(town, town.contributor), "a long enough passphrase")
    assert "account_changed" not in str(mailed(town))
    token = token_of(town, town.contributor)
    accept_invitation(town.office, token, "another long passphrase")

    assert [kind for kind, _email in mailed(town)] == ["invitation", "password_reset", "account_changed"]
    assert "until 3 March 2026" in waiting_mails(town.office)[1][3]
    assert token_hash(token) in str(everything_kept(town.office))


def token_of(town, user):
    return create_invitation(town.office, OPERATOR, user.id).rpartition("/")[2]


def everything_kept(office):
    with office.store.engine.connect() as connection:
        return str(connection.execute(outbox.select()).all())
