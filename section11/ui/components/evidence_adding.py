"""Adding evidence: a file, a link, or what the organisation keeps already. What is typed stays until it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from section11.domain.evidence import LARGEST_FILE_MB, NOBODY_IDENTIFIABLE, Description, EvidenceItem
from section11.domain.file_types import ACCEPTED, BY_ENDING
from section11.domain.people import User
from section11.errors import BadInputError, Section11Error
from section11.services.attaching import QuestionPlace, attach_evidence
from section11.services.evidence import add_file, add_link, list_evidence
from section11.ui.cache import office
from section11.ui.words import plain

WAYS = {"file": "Upload a file", "link": "Add a link", "kept": "Use what we keep"}
NO_FILE = "Choose a file first."
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class Adding:
    """Where evidence is added: to an organisation and, if given, to a question. ``about`` goes into every label."""

    user: User
    organisation_id: str
    key: str
    about: str = ""
    attach_to: QuestionPlace | None = None
    attached: tuple[EvidenceItem, ...] = ()

    def label(self, words: str) -> str:
        return f"{words} ({plain(self.about)})" if self.about else words

    def input_key(self, name: str) -> str:
        """Return the key of an input; after each success there is a fresh set of them."""
        return f"{self.key}.{name}.{st.session_state.get(f'{self.key}.round', 0)}"

    def typed(self, name: str) -> Any:
        return st.session_state.get(self.input_key(name))


def show_adding(adding: Adding) -> None:
    """Draw the ways to add evidence, and the inputs of the chosen one."""
    ways = [way for way in WAYS if way != "kept" or adding.attach_to is not None]
    way = st.radio(
        adding.label("Add evidence"),
        ways,
        index=None,
        format_func=WAYS.__getitem__,
        horizontal=True,
        key=adding.input_key("way"),
    )
    if way == "file":
        choose_file(adding.label("File"), key=adding.input_key("file"))
        _description(adding)
        _button(adding, "Keep this file", _keep_file)
    elif way == "link":
        st.text_input(adding.label("Web address, beginning with https://"), key=adding.input_key("url"))
        st.caption(NOBODY_IDENTIFIABLE)
        _description(adding)
        _button(adding, "Keep this link", _keep_link)
    elif way == "kept":
        _choose_kept(adding)
    show_outcome(adding.key)


def choose_file(label: str, *, key: str) -> None:
    """Draw the choice of a file with what is accepted and the warning beside it."""
    endings = [ending.removeprefix(".") for ending in BY_ENDING]
    st.markdown(f":material/warning: **{NOBODY_IDENTIFIABLE}**")
    st.file_uploader(label, type=endings, key=key, max_upload_size=LARGEST_FILE_MB)
    st.caption(f"{ACCEPTED}, at most {LARGEST_FILE_MB} MB.")


def day_input(label: str, *, key: str, **more: Any) -> None:
    st.date_input(label, key=key, min_value=EARLIEST, max_value=LATEST, format="DD/MM/YYYY", width=260, **more)


def outcome(key: str, act: Callable[[], str]) -> bool:
    """Do something a button asks for, and keep what to say about it; True when it was done."""
    try:
        st.session_state[f"{key}.said"] = ("done", act())
    except Section11Error as error:
        st.session_state[f"{key}.said"] = ("refused", error.user_message)
        return False
    return True


def just_done(key: str) -> bool:
    """Return whether the last button did what it says, as long as that has not been shown."""
    return bool(st.session_state.get(f"{key}.said", ("",))[0] == "done")


def show_outcome(key: str) -> None:
    """Say once what became of the last button."""
    how, words = st.session_state.pop(f"{key}.said", (None, ""))
    if how == "done":
        st.markdown(f":green[:material/check_circle: {plain(words)}]")
    elif how == "refused":
        st.error(plain(words))


def _description(adding: Adding) -> None:
    st.text_input(adding.label("Title"), key=adding.input_key("title"))
    left, right = st.columns(2)
    with left:
        day_input(adding.label("Date of the evidence, if it has one"), key=adding.input_key("dated"), value=None)
    with right:
        day_input(adding.label("Expires, if it does"), key=adding.input_key("expires"), value=None)


def _button(adding: Adding, label: str, keep: Callable[[Adding], str]) -> None:
    st.button(adding.label(label), key=adding.input_key("keep"), type="primary", on_click=_pressed, args=(adding, keep))


def _pressed(adding: Adding, keep: Callable[[Adding], str]) -> None:
    if outcome(adding.key, lambda: keep(adding)):
        st.session_state[f"{adding.key}.round"] = st.session_state.get(f"{adding.key}.round", 0) + 1


def _keep_file(adding: Adding) -> str:
    file = adding.typed("file")
    if file is None:
        raise BadInputError(NO_FILE)
    about, content = _typed(adding), file.getvalue()
    item = add_file(
        office(), adding.user, adding.organisation_id, about, file.name, content, attach_to=adding.attach_to
    )
    return f"“{item.title}” is kept."


def _keep_link(adding: Adding) -> str:
    url = adding.typed("url") or ""
    item = add_link(office(), adding.user, adding.organisation_id, _typed(adding), url, attach_to=adding.attach_to)
    return f"“{item.title}” is kept."


def _typed(adding: Adding) -> Description:
    return Description(adding.typed("title") or "", adding.typed("dated"), adding.typed("expires"))


def _choose_kept(adding: Adding) -> None:
    kept = list_evidence(office(), adding.user, adding.organisation_id).lines
    titles = {line.item.id: line.item.title for line in kept if line.item not in adding.attached}
    if not titles:
        st.write("Your organisation keeps no other evidence yet.")
        return
    st.selectbox(
        adding.label("Evidence you keep already"),
        list(titles),
        format_func=titles.__getitem__,
        key=adding.input_key("kept"),
        width=480,
    )
    _button(adding, "Attach", _attach)


def _attach(adding: Adding) -> str:
    if adding.attach_to is not None:
        attach_evidence(office(), adding.user, adding.attach_to, adding.typed("kept") or "")
    return "Attached."
