"""What the system tells of a process: processor time and memory. On systems other than Linux it tells nothing."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def processor_seconds(pid: int) -> float:
    """Return the processor time a process and those it started have used until now; 0 where nothing is told."""
    return sum(_own_seconds(one) for one in (pid, *_started_by(pid)))


def resident_megabytes(pid: int) -> float:
    """Return the memory a process holds at this moment; 0 where nothing is told."""
    try:
        lines = (_PROC / str(pid) / "status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmRSS")), 0.0)


def _own_seconds(pid: int) -> float:
    fields = _stat(pid)
    # User and system time; its own, and that of children that have ended and were waited for.
    return sum(int(one) for one in fields[11:15]) / _TICKS if fields else 0.0


def _started_by(pid: int) -> list[int]:
    if not _PROC.is_dir():
        return []
    running = [int(folder.name) for folder in _PROC.iterdir() if folder.name.isdecimal()]
    return [one for one in running if (fields := _stat(one)) and int(fields[1]) == pid]


def _stat(pid: int) -> list[str]:
    """Return the fields after the name, which may itself hold blanks and brackets."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
