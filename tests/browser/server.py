"""The real product for a browser test: its command line and its server, on a database of their own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROJECT_DIR = Path(__file__).resolve().parents[2]
STARTS_WITHIN_SECONDS = 60.0


class Product:
    """One installation in a folder: commands can be run on it, and its server can be started, killed and stopped.

    ``program`` is where its code stands.
    """

    def __init__(self, folder: Path, *, program: Path = PROJECT_DIR, **settings: str) -> None:
        self._program = program
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.data_dir = folder / "data"
        self._log_file = folder / "server.log"
        self._environment = {
            **os.environ,
            "SECTION11_DATA_DIR": str(self.data_dir),
            "SECTION11_DATABASE_URL": "",
            "SECTION11_BASE_URL": self.url,
            "PYTHONUNBUFFERED": "1",
            **settings,
        }
        self._server: subprocess.Popen[bytes] | None = None

    def command(self, *words: str) -> str:
        """Run ``python -m section11 …`` and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "section11", *words],
            cwd=self._program,
            env=self._environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> None:
        """Start the server as the README says, and wait until it answers that it works."""
        with self._log_file.open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "audit_app.py", f"--server.port={self.port}"],
                cwd=self._program,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        give_up_at = time.monotonic() + STARTS_WITHIN_SECONDS
        while not self._works():
            assert self._server.poll() is None, f"The server ended by itself.\n{self.log()}"
            assert time.monotonic() < give_up_at, f"The server did not start.\n{self.log()}"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the server at once, as a power cut would."""
        assert self._server is not None
        self._server.kill()
        self._server.wait()

    def stop(self) -> None:
        if self._server is not None and self._server.poll() is None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        return self._log_file.read_text(encoding="utf-8", errors="replace") if self._log_file.exists() else ""

    def _works(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=2) as answer:  # noqa: S310  our own server
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
