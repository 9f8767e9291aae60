"""Wrong tries make whoever tries wait, and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from section11.domain.sign_in_limits import FLOOD_AT_ACCOUNT, FLOOD_FROM_ADDRESS
from section11.errors import SignInRefusedError
from section11.services.accounts import sign_in
from section11.services.sign_in_limits import Caller, may_try
from tests.services.account_builders import ANN, BEN, CAFE, HOME, WRONG, may_sign_in, with_ann_and_ben, wrong_tries


@pytest.fixture(autouse=True)
def people(office):
    with_ann_and_ben(office)


def known_browser(office, caller=HOME, person=ANN):
    """Sign in once, and return the caller with the cookie their browser has from then on."""
    return replace(caller, device=sign_in(office, person.email, "purple tractor moon", caller).device)


def flood(office, number, *, account=ANN.email, addresses=("203.0.113.{}",)):
    """Let wrong tries stand for this account, from as many addresses."""
    for one in range(number):
        assert may_try(office, account.format(one), None, Caller(addresses[0].format(one)))


def test_after_five_wrong_tries_even_the_right_password_has_to_wait(office):
    wrong_tries(office, 5, CAFE)

    assert not may_sign_in(office, CAFE)


def test_four_wrong_tries_do_no_harm_and_a_right_one_starts_the_count_again(office):
    for _ in range(2):
        wrong_tries(office, 4, CAFE)
        assert may_sign_in(office, CAFE)


def test_each_further_wrong_try_waits_longer_and_at_most_a_quarter_of_an_hour(office):
    wrong_tries(office, 5, CAFE)
    for minutes in (1, 2, 4, 8, 15, 15):
        office.clock.move(minutes=minutes, seconds=-1)
        assert not may_sign_in(office, CAFE)
        office.clock.move(seconds=1)
        wrong_tries(office, 1, CAFE)

    office.clock.move(minutes=15)
    assert may_sign_in(office, CAFE)


def test_whoever_tries_elsewhere_does_not_make_the_person_wait(office):
    wrong_tries(office, 12, CAFE)

    assert may_sign_in(office, HOME)


def test_a_known_browser_is_not_held_up_by_tries_from_the_same_address(office):
    known = known_browser(office)
    wrong_tries(office, 12, HOME)

    assert may_sign_in(office, known)
    assert not may_sign_in(office, HOME)


def test_a_known_browser_waits_for_its_own_wrong_tries(office):
    known = known_browser(office)
    wrong_tries(office, 5, known)

    assert not may_sign_in(office, known)


def test_a_browser_is_known_for_whoever_signed_in_there_and_nobody_else(office):
    of_ann = known_browser(office)
    wrong_tries(office, 5, HOME, BEN)

    assert not may_sign_in(office, of_ann, BEN)


def test_two_people_at_one_browser_are_both_known_there(office):
    shared = known_browser(office, known_browser(office), BEN)
    flood(office, FLOOD_AT_ACCOUNT)
    flood(office, FLOOD_AT_ACCOUNT, account=BEN.email)

    assert may_sign_in(office, shared)
    assert may_sign_in(office, shared, BEN)


@pytest.mark.parametrize("device", ["made up", "", "x" * 5000, "\x00"])
def test_a_made_up_cookie_makes_no_browser_known(office, device):
    wrong_tries(office, 5, CAFE)

    assert not may_sign_in(office, replace(CAFE, device=device))


def test_a_browser_is_forgotten_after_half_a_year(office):
    known = known_browser(office)
    office.clock.move(days=180)
    wrong_tries(office, 5, HOME)

    assert not may_sign_in(office, known)


def test_a_flood_from_many_addresses_holds_up_strange_browsers_and_not_the_persons_own(office):
    known = known_browser(office)
    flood(office, FLOOD_AT_ACCOUNT)

    assert not may_sign_in(office, CAFE)
    assert may_sign_in(office, known)
    assert may_sign_in(office, CAFE, BEN)
    office.clock.move(hours=1)
    assert may_sign_in(office, CAFE)


def test_one_address_alone_cannot_bring_that_about(office):
    let_through = 0
    for _ in range(60):
        office.clock.move(minutes=1)
        let_through += may_try(office, ANN.email, ANN.id, CAFE)

    assert let_through < FLOOD_AT_ACCOUNT / 3


def test_one_address_cannot_try_every_account(office):
    flood(office, FLOOD_FROM_ADDRESS, account="p{}@a.example", addresses=(CAFE.address,))

    assert not may_sign_in(office, CAFE)
    assert may_sign_in(office, HOME)
    office.clock.move(hours=1)
    assert may_sign_in(office, CAFE)


def test_of_ipv6_the_network_is_counted_and_not_the_address(office):
    for number in range(5):
        wrong_tries(office, 1, Caller(f"2001:db8::{number + 1}"))

    assert not may_sign_in(office, Caller("2001:db8::99"))
    assert may_sign_in(office, Caller("2001:db8:0:1::99"))


def test_an_address_nobody_has_waits_like_one_that_somebody_has(office):
    stranger = replace(ANN, id="x", email="nobody@oakfield.example")
    wrong_tries(office, 5, CAFE, stranger)

    assert not may_try(office, stranger.email, None, CAFE)


def test_a_day_later_all_is_forgotten(office):
    wrong_tries(office, 5, CAFE)
    office.clock.move(hours=24)
    wrong_tries(office, 4, CAFE)

    assert may_sign_in(office, CAFE)


def test_tries_at_the_same_moment_are_not_all_let_through(office):
    def attempt(_number):
        try:
            sign_in(office, ANN.email, WRONG, CAFE)
        except SignInRefusedError:
            return None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(attempt, range(24)))

    with office.store.reading() as work:
        refused = [one for one in work.audit_trail.events("person:ann") if one.name == "sign_in_refused"]
    assert len(refused) == 5


def test_what_was_typed_and_from_where_is_kept_nowhere(office):
    wrong_tries(office, 1, CAFE)

    with office.store.engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM sign_in_tries").all())
    assert CAFE.address not in kept
    assert ANN.email not in kept
