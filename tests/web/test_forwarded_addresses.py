"""Whose address a live server believes: of what a proxy tells only when the proxy is trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from section11.config import Settings
from section11.services.office import open_office
from section11.services.sign_in_limits import Caller, may_try
from section11.storage.tables import sign_in_tries
from tests.browser.server import Product
from tests.hostile.wire import Wire

TOLD = "203.0.113.9"


def address_counted(folder: Path, **settings: str) -> str:
    """Try to sign in through a proxy on this machine that tells of ``TOLD``; return whose try it was counted as."""
    product = Product(folder, STREAMLIT_SERVER_ADDRESS="127.0.0.1", **settings)
    office = open_office(Settings(data_dir=product.data_dir, database_url=""))
    wire = Wire(product.port)
    try:
        product.start()
        page = wire.ask("GET", "/sign-in")
        fields = {"email": "somebody@example.org", "password": "wrong", "form_token": page.form_token}
        wire.ask("POST", "/sign-in", cookies=page.cookies, headers={"X-Forwarded-For": TOLD}, body=fields)
        may_try(office, "told", None, Caller(TOLD))
        may_try(office, "proxy", None, Caller("127.0.0.1"))
        with office.store.engine.connect() as connection:
            first, told, proxy = [row.address for row in connection.execute(sign_in_tries.select())]
        return {told: TOLD, proxy: "the proxy"}[first]
    finally:
        wire.close()
        product.stop()
        office.store.close()


@pytest.mark.parametrize(
    ("trusted", "counted"),
    [
        ("*", TOLD),  # as in deploy/compose.yaml
        ("10.0.0.7", "the proxy"),
    ],
)
def test_what_a_proxy_tells_is_believed_when_it_is_trusted_and_else_not(
    tmp_path: Path, trusted: str, counted: str
) -> None:
    assert address_counted(tmp_path, FORWARDED_ALLOW_IPS=trusted) == counted
