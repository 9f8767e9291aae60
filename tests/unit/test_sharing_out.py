"""Sharing returns out: even, the same every time, and never both seats of a return to one person."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from section11.domain.moderation import Seat
from section11.domain.sharing_out import FreeSeats, Share, shared_out

ONE, BOTH = (Seat.FIRST,), (Seat.FIRST, Seat.SECOND)


def free(count, seats=ONE, holders=frozenset()):
    return [FreeSeats(f"return-{number}", seats, frozenset(holders)) for number in range(count)]


def test_seven_returns_between_three_people_are_three_two_and_two_in_turn():
    shares = shared_out(free(7), ["ann", "ben", "chris"], {})

    assert [share.person_id for share in shares] == ["ann", "ben", "chris", "ann", "ben", "chris", "ann"]
    assert {share.seat for share in shares} == {Seat.FIRST}


def test_whoever_has_more_to_do_already_gets_less():
    assert [share.person_id for share in shared_out(free(3), ["ann", "ben"], {"ann": 2, "eve": 9})] == [
        "ben", "ben", "ann",
    ]  # fmt: skip


def test_one_person_gets_one_seat_of_a_return_and_the_other_stays_free():
    assert shared_out(free(1, BOTH), ["ann"], {}) == [Share("return-0", Seat.FIRST, "ann")]
    assert shared_out(free(1, (Seat.SECOND,), {"ann"}), ["ann"], {}) == []


def test_nobody_gets_nothing():
    assert shared_out(free(3), [], {}) == []


@given(
    count=st.integers(0, 40),
    people=st.lists(st.sampled_from("abcdef"), min_size=2, unique=True),
    to_do=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 5)),
)
def test_it_is_always_as_even_as_can_be_and_two_different_people_moderate_each_return(count, people, to_do):
    shares = shared_out(free(count, BOTH), people, {})

    got = Counter(share.person_id for share in shares)
    assert len(shares) == 2 * count == len({(share.assessment_id, share.seat) for share in shares})
    assert len({(share.assessment_id, share.person_id) for share in shares}) == len(shares)
    assert max(got.values(), default=0) - min((got[one] for one in people), default=0) <= 1
    assert shared_out(free(count, BOTH), people, to_do) == shared_out(free(count, BOTH), people, to_do)
