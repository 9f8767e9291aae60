"""Starting a Streamlit server of its own for a benchmark, and stopping it."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
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
def running_servers(
    script: Path,
    *,
    folder: Path,
    ports: Sequence[int],
    environment: Mapping[str, str],
    logs: Path,
    options: Sequence[str] = (),
) -> Iterator[tuple[Server, ...]]:
    """Run ``streamlit run script`` from a folder once for each port, and give the servers while they are up.

    They are started together, which takes less time than one after the other.

    Args:
        folder: where the servers start, and so which ``.streamlit/config.toml`` they read.
        environment: added to this process's own.
        logs: the folder for what each prints, in a file named after its port.

    Raises:
        RuntimeError: a server did not come up in time; its last words are in the message.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--server.port"]
    with ExitStack() as stack:
        started = []
        for port in ports:
            log = logs / f"{port}.log"
            output = stack.enter_context(log.open("wb"))
            process = subprocess.Popen(
                [*command, str(port)],
                cwd=folder,
                env={**os.environ, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            stack.callback(ended, process)
            started.append((process, port, log))
        yield tuple(_when_up(*one) for one in started)


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
