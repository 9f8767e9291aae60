"""The application: the Streamlit pages with sign-in, downloads, health and security headers around them.

Start it with ``streamlit run audit_app.py``.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from section11.config import settings
from section11.services.office import this_office
from section11.ui.components.messages import show_bug
from section11.web.mail_round import sending_mail
from section11.web.middleware import middleware
from section11.web.routes import routes
from section11.web.server_log import keep_secrets_out_of_the_log
from section11.web.server_memory import look_for_rings_seldom, share_few_heaps

share_few_heaps()
look_for_rings_seldom()
_settings = settings()
_office = this_office()
keep_secrets_out_of_the_log()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    gc.collect()
    # What is loaded by now stays for good; leaving it out of every collection keeps interactions short.
    gc.freeze()
    async with sending_mail(_office):
        yield
    _office.store.close()


app = st.App(
    "section11/ui/app.py",
    routes=routes(_office, _settings),
    middleware=middleware(_office, _settings),
    lifespan=_lifespan,
    on_script_error=show_bug,
)
