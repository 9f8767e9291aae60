"""How much memory the server keeps for itself, and how often it looks for what nobody needs any more."""

from __future__ import annotations

import ctypes
import gc
import sys

_M_ARENA_MAX = -8
_HEAPS = 2
_NEW_OBJECTS, _LOOKS_AT_YOUNG, _LOOKS_AT_MIDDLE = 10_000, 20, 20
"""How many new objects, and then how many looks, come before the next look; Python's own are 700, 10 and 10."""


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


def look_for_rings_seldom() -> None:
    """Look less often than Python would by itself for objects that nobody needs but themselves.

    Everybody waits for such a look at all objects: with 150 open forms it took 120 ms, came every 5 seconds, and found
    2,500 objects among a million. A page that reads many returns makes many objects and hardly any garbage.
    """
    gc.set_threshold(_NEW_OBJECTS, _LOOKS_AT_YOUNG, _LOOKS_AT_MIDDLE)
