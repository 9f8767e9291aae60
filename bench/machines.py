"""nginx in front of several processes of the product, with the rules of ``deploy/nginx.conf``."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.servers import ended
from section11.config import PROJECT_DIR

PROCESSES_OF_A_CORE = 2
RULES = PROJECT_DIR / "deploy" / "nginx.conf"
STARTING_SECONDS = 10.0


def nginx_path() -> str | None:
    """Return where nginx is on this machine, if it is."""
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/homebrew/bin")


def processes_here() -> int:
    """Return how many processes of the product ``docs/running.md`` asks for here: two for each core, with nginx."""
    return PROCESSES_OF_A_CORE * (os.cpu_count() or 1) if nginx_path() else 1


def adapted_rules(port: int, servers: Sequence[str]) -> str:
    """Return the rules we ship, for these servers, without https and on this machine alone."""
    rules = RULES.read_text(encoding="utf-8")
    # The last server block only sends people from http to https.
    rules = rules[: rules.rindex("server {")]
    rules = re.sub(r"    server 127\.0\.0\.1:8501;\n(?:    # server [^\n]*\n)*", _lines("server", servers), rules)
    rules = re.sub(r"    ssl_[^\n]*\n", "", rules)
    rules = rules.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace("audit.example.org", "127.0.0.1")
    rules = rules.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http")
    return rules.replace("Host $host;", "Host $http_host;")


@contextmanager
def sticky_proxy(folder: Path, port: int, servers: Sequence[str]) -> Iterator[None]:
    """Run nginx while somebody uses it.

    Raises:
        RuntimeError: there is no nginx, or it did not start; its words are in the message.
    """
    program = nginx_path()
    if program is None:
        raise RuntimeError("There is no nginx on this machine. Install it to measure several processes.")
    places = "".join(
        f"{kind}_temp_path {folder}/nginx-{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    settings = folder / "nginx.conf"
    settings.write_text(
        f"daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\n"
        f"events {{ worker_connections 4096; }}\nhttp {{\naccess_log off;\n{places}"
        f"{adapted_rules(port, servers)}}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen([program, "-c", str(settings), "-p", str(folder)], stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(process, port, folder / "nginx.log")
        yield
    finally:
        ended(process)


def _lines(word: str, servers: Sequence[str]) -> str:
    return "".join(f"    {word} {one};\n" for one in servers)


def _wait_until_up(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    words = log.read_text(errors="replace")[-1000:] if log.exists() else ""
    raise RuntimeError(f"nginx did not start. {words}")
