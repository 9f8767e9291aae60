"""A real server and a real browser for the browser tests, once for each module."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser.find_chromium import WHAT_TO_DO, chromium_path
from tests.browser.server import PROJECT_DIR, Product
from tests.browser.visitor import Visitor

FAILURES = PROJECT_DIR / "test-results" / "failures"

# A server that shares a busy machine with other tests may take longer than the usual five seconds to draw a page again.
expect.set_options(timeout=20_000)


class OpenBrowser:
    """Opens a browser without cookies for each call; its options are those of a browser context."""

    def __init__(self, chromium: Browser, product: Product) -> None:
        self._chromium = chromium
        self.product = product
        self.opened: list[Visitor] = []

    def __call__(self, **options: Any) -> Visitor:
        context = self._chromium.new_context(**{"locale": "en-GB", **options})
        visitor = Visitor(context, self.product.url)
        self.opened.append(visitor)
        return visitor

    def close(self) -> None:
        for visitor in self.opened:
            visitor.context.close()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An empty installation whose server is not started yet; it is stopped after the module."""
    made = Product(tmp_path_factory.mktemp("product"))
    yield made
    made.stop()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation with the demo in it, to be copied."""
    made = Product(tmp_path_factory.mktemp("demo"))
    made.command("demo")
    return made.data_dir


@pytest.fixture(scope="module")
def product_with_demo(product: Product, demo_data: Path) -> Product:
    """The empty installation with the demo put into it; its server is not started yet."""
    shutil.copytree(demo_data, product.data_dir)
    return product


@pytest.fixture(scope="module")
def demo(product_with_demo: Product) -> Product:
    """The same with its server running."""
    product_with_demo.start()
    return product_with_demo


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium. Playwright is ended after each module: while it runs, no other event loop can."""
    path = chromium_path()
    assert path is not None, WHAT_TO_DO
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, product: Product) -> Iterator[OpenBrowser]:
    """Each is closed after the test: a page left open goes on, and is drawn again whenever the server comes back."""
    made = OpenBrowser(chromium, product)
    yield made
    made.close()


@pytest.fixture(scope="module")
def open_shared_browser(chromium: Browser, product: Product) -> Iterator[OpenBrowser]:
    """For somebody whom several tests of a module share: signing in, and the first page of a browser, take longest."""
    made = OpenBrowser(chromium, product)
    yield made
    made.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Beside every failure, show what the server wrote and what each browser showed."""
    report = yield
    given = getattr(item, "funcargs", {}).values()
    for browsers in (one for one in given if report.failed and isinstance(one, OpenBrowser)):
        report.sections.append(("The server's log", browsers.product.log()[-10_000:]))
        for number, visitor in enumerate(browsers.opened, start=1):
            path = FAILURES / f"{item.name}-{number}.png"
            with suppress(PlaywrightError):  # a page that is gone has no picture
                visitor.page.screenshot(path=path)
            report.sections.append(
                (f"Browser {number}", f"{visitor.page.url}\n{path}\n" + "\n".join(visitor.complaints))
            )
    return report
