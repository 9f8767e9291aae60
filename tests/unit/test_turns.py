"""Taking turns: one at a time, in the order they came, and the next one is let in whatever happened to the last."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest

from section11.storage.turns import Turns


def test_who_came_first_goes_first():
    turns, order, inside = Turns(), [], Event()
    arrived = []

    def wait_for_a_turn(number):
        arrived.append(number)
        with turns.turn():
            order.append(number)

    with turns.turn():
        waiting = []
        for number in range(5):
            waiting.append(Thread(target=wait_for_a_turn, args=(number,)))
            waiting[-1].start()
            while len(turns._waiting) <= number:
                inside.wait(0.001)
        assert order == []
    for one in waiting:
        one.join()

    assert order == arrived == [0, 1, 2, 3, 4]


def test_there_is_never_more_than_one_inside():
    turns, inside, most = Turns(), [], []

    def go_in_and_out(number):
        for _ in range(200):
            with turns.turn():
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(go_in_and_out, range(8)))

    assert len(most) == 1600
    assert set(most) == {1}


def test_a_fault_inside_lets_the_next_one_in():
    turns = Turns()

    with pytest.raises(ValueError, match="inside"), turns.turn():
        raise ValueError("inside")

    with turns.turn():
        assert turns._is_taken
