"""Taking turns: who came first goes first, however many wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """Lets one thread through at a time, in the order they came."""

    def __init__(self) -> None:
        self._door = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and let the next one in afterwards."""
        called = self._come()
        if called is not None:
            called.acquire()
        try:
            yield
        finally:
            self._go()

    def _come(self) -> Lock | None:
        """Return None when it is one's turn at once, else a lock that is opened when it is."""
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return None
            called = Lock()
            called.acquire()
            self._waiting.append(called)
            return called

    def _go(self) -> None:
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
