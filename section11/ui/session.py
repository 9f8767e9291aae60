"""Who is signed in, and what a page remembers while it is open."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.config import settings
from section11.domain.people import User
from section11.errors import NotSignedInError
from section11.services.accounts import sign_out, user_for_token
from section11.services.session_cookie import read_token
from section11.ui.cache import office


def session_token() -> str | None:
    """Return the session token of the browser that opened this page."""
    return read_token(st.context.cookies, settings())


def current_user() -> User | None:
    """Return the signed-in person, asked of the database on every run so that a sign-out counts at once."""
    user = st.session_state[_USER] = user_for_token(office(), session_token())
    return user


def require_user() -> User:
    """Return the person whom ``current_user`` found in this run; app.py asks it first and opens no page without one.

    Raises:
        NotSignedInError: there is none.
    """
    user: User | None = st.session_state.get(_USER)
    if user is None:
        raise NotSignedInError()
    return user


def end_session() -> None:
    """Sign this browser out."""
    sign_out(office(), session_token())


_USER = "user_of_this_run"

CARD_KEYS = "card."
"""Begins the key of every box that saves itself. These outlive their page by a moment: on a slow line what was typed
can come after the page that was asked for next, and it must still be found to be saved."""


def page_state(page: str) -> dict[str, Any]:
    """Return a place for what one page remembers; opening another page empties it, but for ``CARD_KEYS``."""
    if st.session_state.get("open_page") != page:
        for key in [key for key in st.session_state if str(key).startswith("page.")]:
            del st.session_state[key]
        st.session_state["open_page"] = page
    state: dict[str, Any] = st.session_state.setdefault("page.state", {})
    return state
