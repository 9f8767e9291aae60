"""A person at the real app: opening pages by their address, and reading what a page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from section11.domain.people import User
from section11.services.accounts import new_token, token_hash
from section11.services.office import Office
from section11.storage.web_sessions import WebSession
from section11.ui import navigation

APP = Path(navigation.__file__).parent / "app.py"


def begin_session(office: Office, user: User) -> str:
    """Sign a person in and return the token their browser would keep."""
    token, now = new_token(), office.clock()
    with office.store.writing() as work:
        session = WebSession(user.id, created_at=now, last_seen_at=now, expires_at=now + timedelta(hours=12))
        work.web_sessions.add(token_hash(token), session)
        work.commit()
    return token


def go_to(at: AppTest, file: str, **address: str) -> AppTest:
    """Open a page by its file, with this address and nothing else in it.

    Raises:
        ValueError: the person is not offered this page.
    """
    at.query_params = dict(address)
    at.switch_page(str(Path(navigation.page_path(file)).relative_to(APP.parent)))
    return at.run()


def words_on(at: AppTest) -> str:
    """Return everything the page says, one piece on a line, as a person reads it."""
    return "\n".join(_as_read(piece) for node in _nodes(at) for piece in _pieces(node) if piece)


def links_on(at: AppTest) -> dict[str, str]:
    """Return the links of the page: their words, and what the address of their page says."""
    return {_as_read(node.value): node.proto.query_string for node in _nodes(at) if node.type == "page_link"}


def downloads_on(at: AppTest) -> dict[str, str]:
    """Return the downloads of the page: their words and their address."""
    return {_as_read(node.value): node.proto.url for node in _nodes(at) if node.type == "link_button"}


def cells_of(table: Any) -> list[list[str]]:
    """Return the rows of a table as they are shown, its first column in front."""
    values = table.value
    shown = values
    if table.proto.arrow_data.HasField("styler"):
        shown = dataframe_util.convert_arrow_bytes_to_pandas_df(table.proto.arrow_data.styler.display_values)
    frame = pd.DataFrame(shown)
    return [[str(name), *map(str, row)] for name, row in zip(values.index, frame.to_numpy().tolist(), strict=True)]


def table_on(at: AppTest, title: str) -> pd.DataFrame:
    """Return the only data frame of the page whose words for those who do not see it have this title."""
    [found] = [one.value for one in at.dataframe if title in one.proto.alt]
    return found


def field(assessment_id: str, question_id: str, name: str) -> str:
    """Return the key of one input of a question's card."""
    return f"card.{assessment_id}.{question_id}.{name}"


def _nodes(at: AppTest) -> Iterator[Any]:
    for part in (at.main, at.sidebar):
        yield from part


def _pieces(node: Any) -> Iterator[str]:
    if node.type in {"table", "arrow_data_frame", "dataframe"}:
        yield from node.value.columns.astype(str)
        yield from (" ".join(row) for row in cells_of(node))
        yield node.proto.alt
    elif node.type == "plotly_chart":
        yield node.proto.alt
    elif node.type == "progress":
        yield node.text
    else:
        yield from (text for name in ("label", "value") if isinstance(text := getattr(node, name, None), str))
        yield from getattr(getattr(node, "proto", None), "captions", ())
        yield from getattr(node, "options", ())


def _as_read(text: str) -> str:
    """Take away what keeps Markdown from changing a text: backslashes, and what parts an address."""
    text = re.sub(r":color\[(.)\]", r"\1", text)
    return re.sub(r"\\([^A-Za-z0-9\s])", r"\1", text)
