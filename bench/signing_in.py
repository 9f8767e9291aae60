"""Signing in as a browser does: the page with the form, its hidden token, the form sent back, the cookie that comes."""

from __future__ import annotations

import re
import ssl

import httpx2

FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
SESSION_COOKIE = "section11"
PATIENCE_SECONDS = 60.0
_CERTIFICATES = ssl.create_default_context()
"""Read once: reading them takes longer than signing in, and the crowd shares the cores with the server."""


class NotLetInError(Exception):
    """The server did not begin a session."""


async def session_cookie(host: str, email: str, password: str) -> str:
    """Return the cookie of a new session, ``name=value``.

    Raises:
        NotLetInError: the answer was not the way in.
        httpx2.HTTPError: the connection failed.
    """
    async with httpx2.AsyncClient(
        base_url=f"http://{host}",
        timeout=PATIENCE_SECONDS,
        # A server closes a connection that is quiet for long; a browser would then quietly try again.
        headers={"Connection": "close"},
        verify=_CERTIFICATES,
        trust_env=False,
    ) as browser:
        page = await browser.get("/sign-in")
        token = FORM_TOKEN.search(page.text)
        if token is None:
            raise NotLetInError(f"There is no form to sign in with; the answer was {page.status_code}.")
        fields = {"email": email, "password": password, "next": "/", "form_token": token[1]}
        answer = await browser.post("/sign-in", data=fields)
        cookie = browser.cookies.get(SESSION_COOKIE)
    if answer.status_code != 303 or cookie is None:
        raise NotLetInError(f"{email} was not let in; the answer was {answer.status_code}.")
    return f"{SESSION_COOKIE}={cookie}"
