"""Keeping what opens an account out of the server's log."""

from __future__ import annotations

import logging
import re

_INVITATION = re.compile(r"(/invitation/)[^?\s]+")


def keep_invitations_out_of_the_log() -> None:
    """Hide the token in every logged address: whoever reads the log could use an invitation first.

    The server starts without an access log, but Streamlit gives it a handler again once
    the first person opens a page, so this cannot be left to the setting.
    """
    logging.getLogger("uvicorn.access").addFilter(_hide_token)


def _hide_token(record: logging.LogRecord) -> bool:
    if isinstance(record.args, tuple):
        record.args = tuple(_INVITATION.sub(r"\1…", one) if isinstance(one, str) else one for one in record.args)
    return True
