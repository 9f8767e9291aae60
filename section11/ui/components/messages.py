"""Expected errors as messages in one place; a bug becomes a plain sentence with a reference."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
import structlog

from section11.errors import NotAvailableError, NotPermittedError, ProblemsFoundError, Section11Error
from section11.ui.cache import note_page_refusal
from section11.ui.words import plain

_log = structlog.get_logger()


@contextmanager
def shown_as_message() -> Iterator[None]:
    """Show what goes wrong inside as a message on the page."""
    try:
        yield
    except ProblemsFoundError as error:
        st.error(plain(error.user_message))
        for problem in error.problems[:50]:
            st.markdown(f"- {plain(str(problem))}")
        if len(error.problems) > 50:
            st.markdown(f"… and {len(error.problems) - 50} more.")
    except (NotAvailableError, NotPermittedError) as error:
        note_page_refusal(error)
        st.error(plain(error.user_message))
    except Section11Error as error:
        st.error(plain(error.user_message))


def show_bug(error: Exception) -> bool:
    """Log an error nobody expected and tell the person what to quote; True means it has been shown."""
    reference = secrets.token_hex(4)
    _log.error("page_failed", reference=reference, exc_info=error)
    st.error(
        "Something went wrong on our side. What you saved before is safe. Reload the page, and if it happens "
        f"again give your administrator this reference: {reference}."
    )
    return True


def remember_success(text: str) -> None:
    """Show this once, on the next page that is drawn."""
    st.session_state["success"] = text


def show_success() -> None:
    text = st.session_state.pop("success", None)
    if text:
        st.success(plain(text))
