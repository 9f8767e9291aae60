"""Where the browser for the browser tests is; run as a script, it installs one when there is none.

Only the standard library is used, so that the script says something useful on any machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SETTING = "SECTION11_CHROMIUM"
NAMES_ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MAC_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WHAT_TO_DO = (
    "The browser tests need Chromium or Google Chrome: install one, "
    f"or set {SETTING} to the full path of its program, and try again."
)
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def chromium_path() -> str | None:
    """Return the program of the first Chromium that starts, or ``None`` when this machine has none.

    ``SECTION11_CHROMIUM`` alone counts when it is set, so that nobody is given another browser than they asked for.
    """
    return next((place for place in _places() if _starts(place)), None)


def _places() -> Iterator[str]:
    if wanted := os.environ.get(SETTING):
        yield wanted
        return
    yield from filter(None, map(shutil.which, NAMES_ON_PATH))
    if sys.platform == "darwin":
        yield from MAC_PLACES
    for root in WINDOWS_ROOTS:
        if folder := os.environ.get(root):
            yield from (str(Path(folder, place)) for place in WINDOWS_PLACES)
    # Playwright's own copy comes last: asking for its place takes a second.
    yield from _output_of([sys.executable, "-c", ASK_PLAYWRIGHT]).split("\n")


def _starts(place: str) -> bool:
    """Say whether the program runs: Ubuntu's ``chromium-browser`` may be a note to install a snap."""
    if not place or not Path(place).is_file():
        return False
    # On Windows ``--version`` would open a window instead of answering.
    return sys.platform == "win32" or bool(_output_of([place, "--version"]))


def _output_of(command: list[str]) -> str:
    """Return what a command prints; nothing when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def install_chromium() -> None:
    """Install a Chromium from Debian's or Ubuntu's own packages, or else Playwright's copy for this account."""
    before = _as_administrator()
    if before is not None and shutil.which("apt-get"):
        _try([*before, "apt-get", "update"])
        _try([*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "chromium"])
    if chromium_path() is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"])


def _as_administrator() -> list[str] | None:
    """Return what to put before a command so that it may install packages; ``None`` when this account may not."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _try(["sudo", "-n", "true"]) else None


def _try(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError:
        return False


def main() -> int:
    """Find or install a Chromium and print where it is; return the exit code."""
    if chromium_path() is None and SETTING not in os.environ and sys.platform != "win32":
        print("No Chromium found. Installing one for the browser tests.", flush=True)
        install_chromium()
    path = chromium_path()
    print(WHAT_TO_DO if path is None else f"Chromium: {path}", file=sys.stderr if path is None else sys.stdout)
    return 1 if path is None else 0


if __name__ == "__main__":
    sys.exit(main())
