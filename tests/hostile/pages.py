"""A Streamlit page without a browser: opens it, sets its fields to anything, presses buttons, sends files."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.hostile.site import COOKIE, Site
from tests.hostile.wire import Answer

LARGEST_MESSAGE = 64 * 1024 * 1024
WITHIN_SECONDS = 60.0
BUG = b"Something went wrong"


class Page:
    """An open page. ``elements`` are what was drawn since the last run began, ``fields`` all that have an id."""

    def __init__(self, connection: ClientConnection, site: Site) -> None:
        self._connection, self._site = connection, site
        self._hash, self._query = "", dict[str, str]()
        self.session_id = ""
        self.fields: dict[str, tuple[str, Message, str]] = {}
        self.states: dict[str, WidgetState] = {}
        self.elements: list[tuple[str, Message]] = []
        self.received = b""

    def run(self, page: str = "", query: dict[str, str] | None = None, *, fragment: str = "") -> Page:
        """Ask for the page, with what stands in ``states``, and wait until it is drawn."""
        message = BackMsg()
        asked = message.rerun_script
        self._query = self._query if query is None else query
        asked.query_string = urlencode(self._query)
        asked.page_script_hash, asked.fragment_id = self._hash, fragment
        if not self._hash:
            asked.page_name = page
        asked.context_info.url = f"{self._site.product.url}/{page}"
        asked.widget_states.widgets.extend(self.states.values())
        self.elements, self.received = [], b""
        self._connection.send(message.SerializeToString())
        while not self._take(self._connection.recv(timeout=WITHIN_SECONDS)):
            pass
        return self

    def _take(self, data: bytes | str) -> bool:
        assert isinstance(data, bytes)
        self.received += data
        answer = ForwardMsg.FromString(data)
        kind = answer.WhichOneof("type")
        if kind == "new_session":
            self.session_id = answer.new_session.initialize.session_id
        elif kind == "navigation":
            self._hash = answer.navigation.page_script_hash
        elif kind == "delta" and answer.delta.WhichOneof("type") == "new_element":
            element = answer.delta.new_element
            name = element.WhichOneof("type") or ""
            one = getattr(element, name)
            self.elements.append((name, one))
            if getattr(one, "id", ""):
                self.fields[one.id] = (name, one, answer.delta.fragment_id)
        return kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def field(self, label: str) -> str:
        """Return the id of the field or button with this label."""
        return next(key for key, (_, one, _) in self.fields.items() if getattr(one, "label", "") == label)

    def press(self, label: str) -> Page:
        key = self.field(label)
        self.states[key] = WidgetState(id=key, trigger_value=True)
        self.run(fragment=self.fields[key][2])
        del self.states[key]
        return self

    def choose(self, label: str, value: str) -> Page:
        key = self.field(label)
        self.states[key] = WidgetState(id=key, string_value=value)
        return self.run(fragment=self.fields[key][2])

    def send(self, label: str, name: str, content: bytes, token: str, *, size: int | None = None) -> Answer:
        """Upload a file into a field, as a browser would, and draw the page with it; return the upload's answer."""
        key = self.field(label)
        message = BackMsg()
        message.file_urls_request.request_id = "1"
        message.file_urls_request.file_names.append(name)
        message.file_urls_request.session_id = self.session_id
        self._connection.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self._connection.recv(timeout=WITHIN_SECONDS))
            if answer.WhichOneof("type") == "file_urls_response":
                break
        urls = answer.file_urls_response.file_urls[0]
        sent = self._site.wire.ask("PUT", urls.upload_url, **uploading(token, name, content))
        if sent.status == 204:
            state = WidgetState(id=key)
            info = state.file_uploader_state_value.uploaded_file_info.add()
            info.file_id, info.name, info.size = urls.file_id, name, len(content) if size is None else size
            info.file_urls.CopyFrom(urls)
            self.states[key] = state
            self.run(fragment=self.fields[key][2])
        return sent

    @property
    def text(self) -> str:
        return self.received.decode("utf-8", "replace")

    @property
    def is_broken(self) -> bool:
        """Whether the page ran into a fault of ours."""
        return BUG in self.received or any(name == "exception" for name, _ in self.elements)


def uploading(token: str, name: str, content: bytes, xsrf: str = "2|00000000|00|1700000000") -> dict[str, object]:
    """Return what ``Wire.ask`` takes to send a file the way Streamlit's own page does."""
    edge = b"-------edge"
    quoted = name.replace("\\", "\\\\").replace('"', "%22").encode("utf-8", "replace")
    head = (
        b'Content-Disposition: form-data; name="file"; filename="' + quoted + b'"\r\nContent-Type: text/plain\r\n\r\n'
    )
    body = b"--" + edge + b"\r\n" + head + content + b"\r\n--" + edge + b"--\r\n"
    headers = {"Content-Type": f"multipart/form-data; boundary={edge.decode()}", "X-Xsrftoken": xsrf}
    return {"cookies": {COOKIE: token, "_streamlit_xsrf": xsrf}, "headers": headers, "body": body}


@contextmanager
def open_page(site: Site, token: str | None, **headers: str) -> Iterator[Page]:
    """Open the websocket of a page.

    Raises:
        websockets.WebSocketException, OSError: the server refused it.
    """
    sent = {"Cookie": f"{COOKIE}={token}"} if token is not None else {}
    connection = connect(
        f"ws://{headers.pop('Host', 'localhost')}:{site.product.port}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", site.product.port), timeout=WITHIN_SECONDS),
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={**sent, **headers},
        max_size=LARGEST_MESSAGE,
        proxy=None,
        open_timeout=10,
    )
    with connection:
        yield Page(connection, site)
