"""Which passwords may be chosen, and that only the right one opens."""

import pytest

from section11.errors import BadInputError
from section11.services.passwords import Passwords, check_new_password

EMAIL = "ann.lee@oakfield.example"
FAST = Passwords(memory_kib=8, passes=1)


def test_the_password_that_was_hashed_matches_and_another_does_not():
    kept = FAST.hashed("purple tractor moon")

    assert FAST.matches(kept, "purple tractor moon")
    assert not FAST.matches(kept, "purple tractor noon")


def test_a_hash_made_with_less_work_is_checked_by_the_usual_instance():
    assert Passwords().matches(FAST.hashed("purple tractor moon"), "purple tractor moon")


def test_the_usual_hash_says_argon2id_with_the_recommended_parameters():
    assert Passwords().hashed("purple tractor moon").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_gets_a_different_hash_each_time():
    assert FAST.hashed("purple tractor moon") != FAST.hashed("purple tractor moon")


def test_without_a_hash_nothing_matches():
    assert not FAST.matches(None, "purple tractor moon")


def test_a_damaged_hash_matches_nothing():
    assert not FAST.matches("not a hash", "purple tractor moon")


def test_an_accent_typed_as_one_character_or_two_is_the_same_password():
    assert FAST.matches(FAST.hashed("caf\u00e9 tractor moon"), "cafe\u0301 tractor moon")


@pytest.mark.parametrize(
    "password",
    [
        "purple tractor moon",
        "twelve chars",
        "ALL CAPITALS AND NO DIGITS",
        "x" * 11 + "yz",
        "2026 otter lamp",
        "Summer otter 2026",
    ],
)
def test_a_long_password_may_be_chosen_whatever_it_is_made_of(password):
    check_new_password(password, email=EMAIL)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "too short"),
        ("eleven char", "Use at least 12 characters"),
        ("m" * 100 + "oon" * 34, "Use at most 200 characters"),
        ("PasswordPassword", "many people use"),
        ("safeguarding2026", "many people use"),
        ("7777777777777", "many people use"),
        ("Summer2026!!!", "many people use"),
        ("123qweasdzxc", "many people use"),
        ("2026 Safeguarding 2026", "many people use"),
        ("LiverpoolLiverpool", "many people use"),
        ("123123123123", "many people use"),
        ("Password12345", "many people use"),
        ("p@ssw0rd2026", "many people use"),
        ("Ann.Lee@Oakfield.example", "your e-mail address"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(password, sentence):
    with pytest.raises(BadInputError) as refused:
        check_new_password(password, email=EMAIL)

    assert sentence in refused.value.user_message


def test_the_name_part_of_a_long_address_is_refused_too():
    with pytest.raises(BadInputError, match="your e-mail address"):
        check_new_password("annabel.robertson", email="Annabel.Robertson@oakfield.example")
