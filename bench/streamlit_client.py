"""One browser tab without a browser: opens a Streamlit page, changes its fields and waits for the server's answer.

It says what Streamlit's own front end says: the first message asks for the page in the
address; a change sends the values of every field on the page and the fragment it is in.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol, cast
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

FIELD_KINDS = frozenset({"radio", "text_area", "text_input", "date_input"})
LARGEST_MESSAGE = 64 * 1024 * 1024
OPENING_SECONDS = 120.0
COMPLETE = frozenset({ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY})


class PageFailedError(Exception):
    """The server answered with an error, or not with what was asked for."""


class _FieldElement(Protocol):
    """What the elements of ``FIELD_KINDS`` have in common."""

    id: str
    label: str
    default: str | int
    value: str
    set_value: bool


@dataclass
class PageField:
    """One field as the tab knows it. ``state`` is what the next message says about it."""

    kind: str
    label: str
    options: tuple[str, ...]
    fragment_id: str
    state: WidgetState

    @property
    def text(self) -> str:
        return self.state.string_value


@dataclass
class Reply:
    """What came back from one run of the page."""

    seconds: float = 0.0
    texts: list[str] = field(default_factory=list)
    bytes: int = 0
    """Of all messages of the run, before they are packed for the line."""


class Tab:
    """An open page. ``fields`` holds its fields by their key, or by their label where they have none."""

    def __init__(self, connection: ClientConnection, query: str, page_name: str, context_url: str) -> None:
        self._connection = connection
        self._query = query
        self._page_name = page_name
        self._context_url = context_url
        self._page_script_hash = ""
        self.fields: dict[str, PageField] = {}

    @classmethod
    async def open(cls, host: str, page_name: str, query: dict[str, str], cookie: str = "") -> tuple[Tab, Reply]:
        """Open a page and wait until it is drawn.

        Args:
            host: name and port of the server, such as ``localhost:8501``.
            page_name: the page's part of the address, empty for the first page.
            cookie: sent as the browser would, ``name=value``.

        Raises:
            PageFailedError: the page showed an error.
            OSError, TimeoutError, websockets.WebSocketException: the connection failed.
        """
        connection = await connect(
            f"ws://{host}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": cookie} if cookie else None,
            max_size=LARGEST_MESSAGE,
            open_timeout=OPENING_SECONDS,
            ping_interval=None,
            proxy=None,
        )
        tab = cls(connection, urlencode(query), page_name, f"http://{host}/{page_name}")
        try:
            return tab, await tab._run(fragment_id="")
        except BaseException:
            await connection.close()
            raise

    async def change(self, key: str, value: str) -> Reply:
        """Give one field a new value and wait until the server has finished answering.

        Raises:
            PageFailedError: the page showed an error or did not run to its end.
        """
        changed = self.fields[key]
        changed.state.string_value = value
        return await self._run(fragment_id=changed.fragment_id)

    async def go(self, query: dict[str, str]) -> Reply:
        """Follow a link to the same page with another address, and wait until it is drawn.

        Raises:
            PageFailedError: the page showed an error or did not run to its end.
        """
        self._query = urlencode(query)
        self.fields.clear()
        return await self._run(fragment_id="")

    async def close(self) -> None:
        await self._connection.close()

    async def _run(self, *, fragment_id: str) -> Reply:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self._query
        asked.fragment_id = fragment_id
        asked.page_script_hash = self._page_script_hash
        if not self._page_script_hash:
            asked.page_name = self._page_name
        asked.context_info.url = self._context_url
        asked.context_info.timezone = "Europe/London"
        asked.context_info.locale = "en-GB"
        asked.widget_states.widgets.extend(one.state for one in self.fields.values())
        payload = message.SerializeToString()
        reply = Reply()
        began = time.perf_counter()
        await self._connection.send(payload)
        while True:
            data = await self._connection.recv(decode=False)
            received = time.perf_counter()
            reply.bytes += len(data)
            answer = ForwardMsg()
            answer.ParseFromString(data)
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue  # The page asked to be drawn again: the answer is what follows.
                if answer.script_finished not in COMPLETE:
                    raise PageFailedError("The page did not run to its end.")
                reply.seconds = received - began
                return reply
            if kind == "new_session":
                self._page_script_hash = answer.new_session.page_script_hash
            elif kind == "navigation":
                # The page that is drawn; when a session begins, the server names the first page whatever was asked.
                self._page_script_hash = answer.navigation.page_script_hash
            elif kind == "page_not_found":
                raise PageFailedError(f"There is no page {self._page_name!r}.")
            elif kind == "delta":
                self._take(answer.delta, reply)

    def _take(self, delta: Delta, reply: Reply) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        element = delta.new_element
        kind = element.WhichOneof("type") or ""
        if kind == "exception":
            raise PageFailedError(f"{element.exception.type}: {element.exception.message}")
        if kind == "alert" and element.alert.format == element.alert.ERROR:
            raise PageFailedError(element.alert.body)
        if kind == "markdown":
            reply.texts.append(element.markdown.body)
        elif kind == "alert":
            reply.texts.append(element.alert.body)
        elif kind in FIELD_KINDS:
            self._take_field(kind, element, delta.fragment_id)

    def _take_field(self, kind: str, element: Element, fragment_id: str) -> None:
        shown = cast(_FieldElement, getattr(element, kind))
        key = _user_key(shown.id) or shown.label
        known = self.fields.get(key)
        if known is None or known.state.id != shown.id:
            state = WidgetState(id=shown.id)
            self.fields[key] = known = PageField(kind, shown.label, (), fragment_id, state)
            _fill(known, element, is_first=True)
        elif shown.set_value:
            _fill(known, element, is_first=False)
        known.fragment_id = fragment_id
        known.options = tuple(element.radio.options) if kind == "radio" else ()


def _user_key(element_id: str) -> str:
    """Return the key the program gave a field; its id ends with it, or with ``None``."""
    key = element_id.removeprefix("$$ID-").partition("-")[2]
    return "" if key == "None" else key


def _fill(one: PageField, element: Element, *, is_first: bool) -> None:
    """Take over the value the server wants in a field, or on first sight its default."""
    state = one.state
    if one.kind == "radio":
        radio = element.radio
        if radio.set_value and radio.HasField("raw_value"):
            state.string_value = radio.raw_value
        elif is_first and not radio.set_value and radio.HasField("default"):
            state.string_value = radio.options[radio.default]
    elif one.kind == "date_input":
        date = element.date_input
        state.string_array_value.data[:] = date.value if date.set_value else date.default
    else:
        text = element.text_area if one.kind == "text_area" else element.text_input
        state.string_value = text.value if text.set_value else text.default
