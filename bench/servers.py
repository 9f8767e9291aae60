"""Starting a Streamlit server of its own for a benchmark, and stopping it."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTING_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is up: ``host`` with its port, and the id of its process."""

    host: str
    process_id: int

    def seconds(self) -> float:
        """Return how long the processor has worked for the server; where that is not told, the time of a clock."""
        try:
            # How Linux numbers the clock of another process; see clock_getcpuclockid.
            return time.clock_gettime(~self.process_id << 3 | 2)
        except (OSError, AttributeError):
            return time.perf_counter()


@contextmanager
def running_server(
    script: Path,
    *,
    folder: Path,
    port: int,
    environment: Mapping[str, str],
    log: Path,
    options: Sequence[str] = (),
) -> Iterator[Server]:
    """Run ``streamlit run script`` from a folder and give the server while it is up.

    Args:
        folder: where the server starts, and so which ``.streamlit/config.toml`` it reads.
        environment: added to this process's own.
        log: the file for what the server prints.

    Raises:
        RuntimeError: the server did not come up in time; its last words are in the message.
    """
    started = started_server(script, folder=folder, port=port, environment=environment, log=log, options=options)
    with started as wait_until_up:
        yield wait_until_up()


@contextmanager
def started_server(
    script: Path,
    *,
    folder: Path,
    port: int,
    environment: Mapping[str, str],
    log: Path,
    options: Sequence[str] = (),
) -> Iterator[Callable[[], Server]]:
    """Start the same, and give what waits until it is up: several come up in less time together.

    Raises:
        RuntimeError: from what is given, as ``running_server``.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield lambda: _when_up(process, port, log)
        finally:
            ended(process)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and end it when it does not within some seconds."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    # Below those that systems give to outgoing connections: one of those could take it before the server does.
    for port in random.sample(range(20_000, 30_000), 200):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("No port is free between 20,000 and 30,000.")


def _when_up(process: subprocess.Popen[bytes], port: int, log: Path) -> Server:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return Server(f"127.0.0.1:{port}", process.pid)
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not start. Its last words:\n" + log.read_text(errors="replace")[-2000:])
