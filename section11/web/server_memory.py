"""How much memory the server keeps for itself, and how often it looks for what nobody needs any more."""

from __future__ import annotations

import ctypes
import gc
import sys

_M_ARENA_MAX = -8
_HEAPS = 2
_YOUNG_LOOKS_BETWEEN = 100
"""How many looks at what is young come between two at everything; Python's own is 10."""


def share_few_heaps() -> None:
    """Let all threads share two heaps of the C library, where it can be told so.

    Each run of a page is a thread, and on Linux each thread may get a heap that it gives nothing back from: an open
    form then took 2.3 MB of the server, and takes 0.9 MB with this. It must be said before there are threads.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:  # Another C library than glibc may not have it.
        mallopt(_M_ARENA_MAX, _HEAPS)


def look_at_everything_seldom() -> None:
    """Look through all objects for rings that nobody needs a tenth as often as Python would by itself.

    Everybody waits for such a look. With 150 open forms one took 120 ms, came every 5 seconds, and found 2,500 objects
    among a million.
    """
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, _YOUNG_LOOKS_BETWEEN)
