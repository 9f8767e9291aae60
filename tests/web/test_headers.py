"""Security headers on every answer."""

import hashlib
import re
from base64 import b64encode
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from section11.config import Settings
from section11.web.headers import STREAMLIT_INLINE_SCRIPT, STREAMLIT_PAGE_POLICY, SecurityHeaders
from tests.web.door_steps import fill_in


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/health", "/media/x", "/static/js/index.js", "/assets/section11.css"]
)
def test_every_answer_carries_the_headers(browser, path):
    headers = browser.get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_only_https_asks_browsers_to_stay_on_https(open_browser):
    assert open_browser("https://testserver").get("/sign-in").headers["strict-transport-security"] == "max-age=31536000"


def streamlits_cookie(base_url):
    """Return what a browser is sent of the cookie that Streamlit sets when no certificate is set for itself."""
    as_streamlit = {"Set-Cookie": "_streamlit_xsrf=2|a|b|1; Path=/; SameSite=Lax"}
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("", headers=as_streamlit))],
        middleware=[Middleware(SecurityHeaders, settings=Settings(base_url=base_url))],
    )
    return TestClient(app).get("/").headers["set-cookie"]


def test_behind_https_no_cookie_travels_in_the_clear_streamlits_own_included():
    assert streamlits_cookie("https://audit.example.org").endswith("SameSite=Lax; Secure")
    assert streamlits_cookie("http://localhost:8501").endswith("SameSite=Lax")


def test_our_own_pages_run_no_script_and_are_not_kept(browser):
    headers = browser.get("/sign-in").headers

    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert headers["cache-control"] == "no-store"


def test_streamlit_pages_run_no_script_from_elsewhere_and_no_text_as_code(browser):
    fill_in(browser)

    policy = browser.get("/").headers["content-security-policy"]

    assert policy == STREAMLIT_PAGE_POLICY
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts
    assert "http" not in scripts
    assert "*" not in scripts


def test_the_allowed_inline_script_is_the_one_of_the_installed_streamlit():
    index = Path(find_spec("streamlit").origin).parent / "static" / "index.html"

    (script,) = re.findall(r"<script>(.*?)</script>", index.read_text(), re.DOTALL)

    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"'sha256-{digest}'" == STREAMLIT_INLINE_SCRIPT
