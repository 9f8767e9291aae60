"""How much memory the server keeps for itself."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8
_HEAPS = 2


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
