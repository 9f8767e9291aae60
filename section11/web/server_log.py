"""The server's log: where a fault is, and nothing of what people wrote, who they are, or what opens an account."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import TextIO

import structlog
from structlog.typing import ExcInfo

from section11.domain.mail import without_addresses

# What opens an account once: the token of a link, and the code another service sends the browser back with.
_OPENS = re.compile(r"(/invitation/|/sign-in/back\?)[^?\s]+")
LIBRARY_WORDS_AT_MOST = 200
"""Messages of libraries may quote the value they stumbled over; their beginning says what was wrong."""


def keep_secrets_out_of_the_log(log: TextIO | None = None) -> None:
    """Set up what is logged of a fault, on standard error unless ``log`` is given, and hide what opens an account.

    Whoever reads the log could use an invitation first. The server starts without an access log, but Streamlit gives
    it a handler again once the first person opens a page, so this cannot be left to the setting.
    """
    logging.getLogger("uvicorn.access").addFilter(_hide_token)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # The formatter that structlog takes by itself prints the values of every variable on the way.
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=_where_it_happened),
        ],
        logger_factory=structlog.PrintLoggerFactory(log or sys.stderr),
    )


def _where_it_happened(log: TextIO, fault: ExcInfo) -> None:
    """Write the places the fault and what caused it passed through, each with the beginning of what it says."""
    error: BaseException | None = fault[1]
    chain = []
    while error is not None:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for one in reversed(chain):
        words = (str(one).splitlines() or [""])[0]
        log.writelines(traceback.format_tb(one.__traceback__))
        log.write(f"{type(one).__name__}: {without_addresses(words)[:LIBRARY_WORDS_AT_MOST]}\n")


def _hide_token(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_masked(one) if isinstance(one, str) else one for one in record.args)
    return True


def _masked(words: str) -> str:
    return _OPENS.sub(r"\1…", without_addresses(words))
