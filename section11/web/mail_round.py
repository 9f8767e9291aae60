"""Sending mail while the server runs: what waits goes out within a minute, beside whatever cron does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from anyio import to_thread

from section11.services.mail_sending import send_waiting
from section11.services.office import Office

SECONDS_BETWEEN = 60.0
_log = structlog.get_logger()


@asynccontextmanager
async def sending_mail(office: Office, seconds_between: float = SECONDS_BETWEEN) -> AsyncIterator[None]:
    """Send what waits again and again until the server stops; nothing where mail is not set up."""
    if office.mail is None:
        yield
        return
    rounds = asyncio.create_task(_rounds(office, seconds_between))
    try:
        yield
    finally:
        rounds.cancel()
        with suppress(asyncio.CancelledError):
            await rounds


async def _rounds(office: Office, seconds_between: float) -> None:
    told = ""
    while True:
        try:
            # One that is begun is let finish: it would go on in its thread anyway.
            done = await to_thread.run_sync(send_waiting, office)
        except Exception as error:
            _log.error("mail_round_failed", exc_info=error)
        else:
            if done.fault and done.fault != told:
                _log.warning("mail_not_sent", why=done.fault)
            told = done.fault
        await asyncio.sleep(seconds_between)
