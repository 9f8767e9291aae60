"""Signing in and out, and how long a session lasts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from section11.config import Settings
from section11.domain.people import Grant, Person, Role
from section11.errors import SignInRefusedError
from section11.services.accounts import sign_in, sign_out, token_hash, user_for_token
from section11.services.office import open_office
from section11.services.passwords import Passwords

PASSWORD = "purple tractor moon"
ANN = Person("ann", "ann@oakfield.example", "Ann Lee", "Head teacher")
BEN = Person("ben", "ben@oakfield.example", "Ben Roe")


class Clock:
    def __init__(self):
        self.now = datetime(2026, 9, 30, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now

    def forward(self, **amount):
        self.now += timedelta(**amount)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office(tmp_path, clock, _migrated_sqlite):
    (tmp_path / "section11.db").write_bytes(_migrated_sqlite.read_bytes())
    office = replace(open_office(Settings(data_dir=tmp_path, database_url="")), clock=clock)
    with office.store.writing() as work:
        work.accounts.add_people([(ANN, Passwords(memory_kib=8, passes=1).hashed(PASSWORD)), (BEN, None)])
        work.commit()
    yield office
    office.store.close()


def events_about(office, person):
    with office.store.reading() as work:
        return [event.name for event in work.audit_trail.events(f"person:{person.id}")]


def wrong_tries(office, number):
    for _ in range(number):
        with pytest.raises(SignInRefusedError):
            sign_in(office, ANN.email, "a wrong password")


def test_the_right_password_begins_a_session_and_is_an_event(office):
    signed_in = sign_in(office, ANN.email, PASSWORD)

    assert signed_in.person == ANN
    assert user_for_token(office, signed_in.token).person == ANN
    assert events_about(office, ANN) == ["signed_in"]


def test_the_address_may_be_typed_in_capitals_and_with_spaces(office):
    assert sign_in(office, " Ann@Oakfield.Example ", PASSWORD).person == ANN


def test_a_session_brings_the_roles_of_the_person(office):
    grant = Grant(Role.OPERATOR)
    with office.store.writing() as work:
        work.accounts.add_grants([(ANN.id, grant)])
        work.commit()

    token = sign_in(office, ANN.email, PASSWORD).token

    assert user_for_token(office, token).grants == {grant}


def test_the_database_keeps_only_a_hash_of_the_token(office, tmp_path):
    token = sign_in(office, ANN.email, PASSWORD).token

    with office.store.reading() as work:
        assert work.web_sessions.get(token) is None
        assert work.web_sessions.get(token_hash(token)).person_id == ANN.id
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token.encode() not in kept


def test_two_sessions_have_different_tokens_of_256_bits(office):
    first, second = (sign_in(office, ANN.email, PASSWORD).token for _ in range(2))

    assert first != second
    assert len(first) == 43  # 32 bytes at 6 bits a character


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ANN.email, "a wrong password"),
        (ANN.email, ""),
        ("nobody@oakfield.example", PASSWORD),
        (BEN.email, PASSWORD),
        ("ann\x00@oakfield.example", PASSWORD),
        ("", ""),
    ],
)
def test_every_refusal_says_the_same(office, email, password):
    with pytest.raises(SignInRefusedError) as refused:
        sign_in(office, email, password)

    assert refused.value.user_message == (
        "That e-mail address and password do not go together. Check both and try again. "
        "After 5 wrong tries each further one has to wait, up to 15 minutes, whatever is typed."
    )


def test_a_refused_try_is_an_event_without_the_address(office):
    wrong_tries(office, 1)

    with office.store.reading() as work:
        (event_,) = work.audit_trail.events(f"person:{ANN.id}")
    assert (event_.name, event_.actor, event_.details) == ("sign_in_refused", "unknown", {})


def test_an_unknown_address_leaves_no_event(office):
    with pytest.raises(SignInRefusedError):
        sign_in(office, "nobody@oakfield.example", PASSWORD)

    with office.store.reading() as work:
        assert work.audit_trail.heads() == {}


def test_tries_that_have_to_wait_do_not_fill_the_audit_trail(office):
    wrong_tries(office, 12)

    assert events_about(office, ANN) == ["sign_in_refused"] * 5


def test_signing_out_ends_the_session_for_good_and_is_an_event(office):
    token = sign_in(office, ANN.email, PASSWORD).token

    sign_out(office, token)

    assert user_for_token(office, token) is None
    assert events_about(office, ANN) == ["signed_in", "signed_out"]


def test_signing_out_twice_or_without_a_session_changes_nothing(office):
    token = sign_in(office, ANN.email, PASSWORD).token
    sign_out(office, token)

    sign_out(office, token)
    sign_out(office, None)
    sign_out(office, "made up")

    assert events_about(office, ANN) == ["signed_in", "signed_out"]


@pytest.mark.parametrize("token", [None, "", "made up", "x" * 10_000])
def test_a_token_we_did_not_give_belongs_to_nobody(office, token):
    assert user_for_token(office, token) is None


def test_a_session_ends_after_two_hours_without_a_visit(office, clock):
    token = sign_in(office, ANN.email, PASSWORD).token

    clock.forward(hours=1, minutes=59)
    assert user_for_token(office, token) is not None
    clock.forward(hours=2)
    assert user_for_token(office, token) is None


def test_a_session_ends_after_twelve_hours_however_busy(office, clock):
    token = sign_in(office, ANN.email, PASSWORD).token

    for _ in range(11):
        clock.forward(hours=1)
        assert user_for_token(office, token) is not None
    clock.forward(hours=1)
    assert user_for_token(office, token) is None


def statements_of(office, token):
    seen = []

    def note(connection, cursor, statement, parameters, context, executemany):
        seen.append(statement.split()[0])

    event.listen(office.store.engine, "before_cursor_execute", note)
    user_for_token(office, token)
    event.remove(office.store.engine, "before_cursor_execute", note)
    return seen


def test_a_visit_costs_one_read_and_a_write_only_every_five_minutes(office, clock):
    token = sign_in(office, ANN.email, PASSWORD).token

    clock.forward(minutes=4)
    assert statements_of(office, token) == ["SELECT"]
    clock.forward(minutes=1)
    assert statements_of(office, token) == ["SELECT", "UPDATE"]
    assert statements_of(office, token) == ["SELECT"]
