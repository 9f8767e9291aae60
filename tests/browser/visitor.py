"""One person at a browser of their own: how they sign in, move about, and wait for a page to be ready."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, FilePayload, Locator, Page, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

MAIN = '[data-testid="stMain"]'
APP = '[data-testid="stApp"]'
READY = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# What moves something that is taken away meanwhile may never say that it finished; what turns for ever never does.
FONTS_AND_MOVEMENTS = """async () => {
    const patience = new Promise(resolve => setTimeout(resolve, 2000));
    const moving = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 2000);
    await Promise.race([patience, Promise.allSettled([document.fonts.ready, ...moving.map(one => one.finished)])]);
}"""
TRIES = 5
SAID_WHILE_THE_SERVER_IS_AWAY = (
    "net::ERR_CONNECTION_REFUSED",
    "Client Error in reaching server endpoint",
    "Is Streamlit still running?",
    "WebSocket",
    "when disconnected from server",
)


class Visitor:
    """A page in its own browser context, with everything its console complained of."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("websocket", self._connected)
        self._socket: WebSocket | None = None

    def go(self, path: str, heading: str) -> None:
        """Open an address of the product and wait until the page with this heading is drawn."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        self.arrived(heading)

    def arrived(self, heading: str) -> None:
        """Wait until the page with this first heading is drawn and its script is at rest."""
        expect(self.page.get_by_role("heading", level=1, name=heading)).to_be_visible(timeout=20_000)
        self.settled()

    def settled(self) -> None:
        """Wait until Streamlit's script is at rest and nothing is still being loaded."""
        expect(self.page.locator(READY)).to_be_visible(timeout=20_000)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)

    def nothing_unsaved(self) -> None:
        """Wait until this tab remembers no text that the server has not said it has."""
        self.page.wait_for_function("() => sessionStorage.getItem('section11.typed') === null", timeout=20_000)

    def at_rest(self) -> None:
        """As ``settled``, on whichever of our pages is open: those of the sign-in have no script to wait for."""
        self.page.evaluate(FONTS_AND_MOVEMENTS)
        if self.page.locator(APP).count():
            self.settled()

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.arrived("Home")

    def come_in(self, email: str, password: str) -> None:
        """Sign in without drawing the form and the home page, for tests of what comes after; no page is open then."""
        form = self.context.request.get(f"{self.url}/sign-in").text()
        found = re.search(r'name="form_token" value="([^"]+)"', form)
        assert found is not None, form
        fields = {"email": email, "password": password, "next": "/", "form_token": found.group(1)}
        answer = self.context.request.post(f"{self.url}/sign-in", form=fields, max_redirects=0)
        assert answer.status == 303, answer.text()

    def accept(self, invitation: str, email: str, password: str) -> None:
        """Open an invitation, choose a password, and sign in with it."""
        self.page.goto(invitation)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.page.get_by_label("Password again").fill(password)
        self.page.get_by_role("button", name="Set the password").click()
        expect(self.page.get_by_text("Your password is set.")).to_be_visible()
        self.sign_in(email, password)

    def button(self, name: str) -> Locator:
        return self.page.locator(MAIN).get_by_role("button", name=name, exact=True).filter(has_text=name)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    def follow_menu(self, section: str, title: str) -> None:
        """Open a section of a folded menu and go to a page in it."""
        self.page.get_by_role("button", name=section, exact=True).click()
        self.page.get_by_role("menuitem", name=title).click()

    def unfold(self, fold: Locator) -> None:
        """Open a fold and wait until it is open: while it opens, what stands below moves away from a click."""
        fold.click()
        self.at_rest()

    def text(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.locator(MAIN).get_by_text(words)

    def card(self, question_id: str) -> Locator:
        """Return the card of one question on the form."""
        return self.page.locator(f".st-key-card-{question_id.replace('.', '-')}")

    def radio(self, question_id: str, rating: str) -> Locator:
        """Return one choice of the rating; Streamlit draws it over the real radio button, so click ``rating``."""
        return self._ratings(question_id).get_by_role("radio", name=rating)

    def rating(self, question_id: str, rating: str) -> Locator:
        return self._ratings(question_id).get_by_text(rating, exact=True)

    def _ratings(self, question_id: str) -> Locator:
        return self.page.get_by_role("radiogroup", name=f"Rating for {question_id}", exact=True)

    def choose(self, label: str, option: str) -> None:
        """Choose from a drop-down list; a list that the browser closed again because it scrolled is opened again."""
        box = self.page.get_by_role("combobox", name=label)
        wanted = self.page.get_by_role("option", name=option, exact=True)
        for _ in range(0 if box.input_value() == option else TRIES):
            box.press("ArrowDown")
            try:
                wanted.click(timeout=2_000)
            except PlaywrightTimeoutError:
                continue
            break
        expect(box).to_have_value(option)
        expect(self.page.get_by_role("listbox")).to_have_count(0)

    def upload(self, label: str, file: Path | FilePayload) -> None:
        with self.page.expect_file_chooser() as choosing:
            self.page.get_by_label(label, exact=True).locator("button").click()
        choosing.value.set_files(file)

    def download(self, link: str) -> Path:
        """Follow a download link and return the file under the name it came with."""
        with self.page.expect_download() as coming:
            self.link(link).click()
        path = Path(coming.value.path())
        return path.rename(path.with_name(coming.value.suggested_filename))

    @contextmanager
    def one_run(self) -> Iterator[None]:
        """Wait until the server has finished a run that starts inside the block."""
        assert self._socket is not None
        with self._socket.expect_event("framereceived", _says_finished, timeout=20_000):
            yield
        self.settled()

    def _connected(self, socket: WebSocket) -> None:
        self._socket = socket

    def _listen(self, message: ConsoleMessage) -> None:
        if (message.type == "error" or "Content Security Policy" in message.text) and not self._is_expected(message):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        about = message.location["url"]
        return (
            # A page of ours that says what is wrong has the status to match.
            about == self.page.url
            # On a page below the root Streamlit looks for its own addresses beside the page first, and finds none.
            or urlsplit(about).path.endswith(("/_stcore/health", "/_stcore/host-config"))
            or any(words in message.text for words in SAID_WHILE_THE_SERVER_IS_AWAY)
        )


def _says_finished(frame: bytes | str) -> bool:
    return isinstance(frame, bytes) and ForwardMsg.FromString(frame).WhichOneof("type") == "script_finished"
