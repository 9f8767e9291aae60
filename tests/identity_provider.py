"""A sign-in service for tests: a real OpenID Connect provider in a process of its own, with three people in it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

STARTS_WITHIN_SECONDS = 30.0


@contextmanager
def identity_provider(port: int, *people: dict[str, Any]) -> Iterator[str]:
    """Give the address of a provider at which these people can sign in with one click, each named by ``sub``."""
    # By number and not by name: the browser must take it for another site than ours.
    address = f"http://127.0.0.1:{port}"
    claims = [word for one in people for word in ("--user-claims", json.dumps(one))]
    program = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims]
    server = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        give_up_at = time.monotonic() + STARTS_WITHIN_SECONDS
        while not _answers(address):
            assert server.poll() is None, "The sign-in service ended by itself."
            assert time.monotonic() < give_up_at, "The sign-in service did not start."
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=10)


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/.well-known/openid-configuration", timeout=2) as answer:  # noqa: S310  our own
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
