"""The second step on both databases: a code counts once, whoever is quicker, and its key can be read by nobody."""

from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest

from section11.domain.people import OPERATOR
from section11.errors import BadInputError
from section11.services.accounts import SecondStepWanted, sign_in, user_for_token
from section11.services.own_account import sign_out_everywhere, view_account
from section11.services.passwords import Passwords
from section11.services.second_steps import (
    SignInTooOldError,
    codes_left,
    finish_sign_in,
    remove_second_step,
    second_step_to_set_up,
    turn_on_second_step,
)
from section11.services.secret_box import SecretBox
from tests.services.account_builders import ANN, CAFE, HOME, PASSWORD, event_names, with_ann_and_ben

BOX = SecretBox("the key of this installation")


@pytest.fixture(autouse=True)
def people(office):
    with_ann_and_ben(office)


@pytest.fixture
def app(office, monkeypatch):
    """Turn Ann's second step on; return her phone's app and her recovery codes, which are hashed quickly."""
    monkeypatch.setattr("section11.services.second_steps._codes", Passwords(memory_kib=8, passes=1))
    app = pyotp.TOTP(second_step_to_set_up(office, BOX, ANN).secret)
    codes = turn_on_second_step(office, BOX, ANN.id, app.at(office.clock.now))
    office.clock.move(minutes=1)
    return app, codes


def begun(office):
    wanted = sign_in(office, ANN.email, PASSWORD, HOME)
    assert isinstance(wanted, SecondStepWanted)
    return wanted.token


def test_recovery_codes_are_hashed_like_passwords(office):
    code = pyotp.TOTP(second_step_to_set_up(office, BOX, ANN).secret).at(office.clock.now)

    turn_on_second_step(office, BOX, ANN.id, code)

    with office.store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT code_hash FROM recovery_codes").scalars().all()
    assert len(set(kept)) == 10
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in kept)


def test_a_right_code_begins_the_session_and_is_an_event(office, app):
    signed_in = finish_sign_in(office, BOX, begun(office), app[0].at(office.clock.now), HOME)

    assert user_for_token(office, signed_in.token).person == ANN
    assert event_names(office)[-2:] == ["sign_in_begun", "signed_in"]


def test_one_code_begins_one_session_however_many_ask_at_once(office, app):
    tokens, code = [begun(office) for _ in range(4)], app[0].at(office.clock.now)

    def attempt(token):
        try:
            return finish_sign_in(office, BOX, token, code, HOME)
        except BadInputError:
            return None

    with ThreadPoolExecutor(4) as pool:
        done = [one for one in pool.map(attempt, tokens) if one is not None]

    assert len(done) == 1


def test_a_recovery_code_works_once_and_is_an_event(office, app):
    finish_sign_in(office, BOX, begun(office), app[1][3], HOME)

    assert codes_left(office, ANN.id) == 9
    assert "recovery_code_used" in event_names(office)
    with pytest.raises(BadInputError):
        finish_sign_in(office, BOX, begun(office), app[1][3], HOME)


def test_without_the_key_of_the_installation_no_code_is_right(office, app):
    with pytest.raises(BadInputError):
        finish_sign_in(office, SecretBox("another key"), begun(office), app[0].at(office.clock.now), HOME)


def test_whoever_guesses_elsewhere_does_not_make_the_person_wait(office, app):
    token = begun(office)
    for _ in range(6):
        with pytest.raises(BadInputError):
            finish_sign_in(office, BOX, token, "000000", CAFE)

    assert finish_sign_in(office, BOX, token, app[0].at(office.clock.now), HOME)


@pytest.mark.parametrize("token", [None, "", "made up"])
def test_a_token_we_did_not_give_finishes_nothing(office, app, token):
    with pytest.raises(SignInTooOldError):
        finish_sign_in(office, BOX, token, app[0].at(office.clock.now), HOME)


def test_signing_out_everywhere_ends_sign_ins_that_wait(office, app):
    session = finish_sign_in(office, BOX, begun(office), app[1][0], HOME).token
    waiting = begun(office)
    sign_out_everywhere(office, session)

    with pytest.raises(SignInTooOldError):
        finish_sign_in(office, BOX, waiting, app[0].at(office.clock.now), HOME)


def test_somebody_who_lost_everything_signs_in_with_the_password_once_it_is_removed(office, app):
    session = finish_sign_in(office, BOX, begun(office), app[1][0], HOME).token
    remove_second_step(office, OPERATOR, ANN.id)

    assert user_for_token(office, session) is None
    again = sign_in(office, ANN.email, PASSWORD, HOME)
    assert view_account(office, again.token).codes_left is None
