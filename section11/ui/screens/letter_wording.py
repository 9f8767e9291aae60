"""Page: the wording of feedback letters with a preview, and the partnership's own Word document."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.people import User
from section11.errors import Section11Error
from section11.permissions import Right, may_somewhere
from section11.reports.letter import PLACEHOLDERS
from section11.reports.letter_wording import LONGEST_WORDING
from section11.reports.word_safety import LARGEST_DOCUMENT
from section11.services.directory import managed_partnerships
from section11.services.letter_templates import (
    OwnLetter,
    change_letter_document,
    change_letter_wording,
    list_letter_templates,
    preview_wording,
    remove_letter_document,
)
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.letter_reading import show_blocks
from section11.ui.components.links import download_link, letter_template_path
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.navigation import page_path
from section11.ui.session import page_state, require_user
from section11.ui.words import plain

HOW_TO_WRITE = (
    "Leave an empty line between paragraphs. A line that begins with # or ## is a heading, and one that begins with - "
    "is an item of a list. Placeholders such as {{ organisation }} are replaced for each organisation. To leave "
    "something out where there is nothing to tell, write {% if open_questions %} before it and {% endif %} after it."
)


def main(user: User) -> None:
    state = page_state("letter wording")
    st.title("Wording of the letters")
    letters = list_letter_templates(office(), user)
    if not letters:
        st.write("There is no partnership whose letters you may change.")
        return
    st.write("Every feedback letter made from now on has this wording. The example shows how it reads.")
    if may_somewhere(user, Right.WRITE_LETTERS):
        st.page_link(page_path("letters.py"), label="Back to the feedback letters")
    names = {one.id: one.name for one in managed_partnerships(office(), user, Right.CHANGE_LETTER)}
    ids = list(letters)
    chosen = ids[0]
    if len(ids) > 1:
        chosen = chosen_from("Partnership", ids, [names[one] for one in ids], name="partnership")
    _wording(user, chosen, letters[chosen], state)
    _document(user, chosen, letters[chosen])


def _wording(user: User, partnership_id: str, letter: OwnLetter, state: dict[str, Any]) -> None:
    # What this person began from, however often the page is drawn again.
    read = state.setdefault(partnership_id, letter.words)
    st.header("Wording")
    _placeholders()
    left, right = st.columns(2, gap="large")
    with left:
        words = st.text_area(
            "Wording of the letter",
            value=letter.words,
            height=720,
            max_chars=LONGEST_WORDING,
            key=f"page.words.{partnership_id}",
            help="The example is drawn again when you click outside the box or press Ctrl and Enter.",
        )
        with st.container(horizontal=True):
            if st.button("Save the wording", type="primary", key="page.save"):
                _save(user, partnership_id, words or "", read, state)
            if not letter.is_usual and st.button("Go back to the usual wording", key="page.usual"):
                _save(user, partnership_id, "", read, state)
    with right:
        _example(words or "")


def _save(user: User, partnership_id: str, words: str, read: str, state: dict[str, Any]) -> None:
    try:
        change_letter_wording(office(), user, partnership_id, words, instead_of=read)
    except Section11Error as error:
        st.error(f"{plain(error.user_message)} Nothing was saved.")
        return
    state.pop(partnership_id)
    st.session_state.pop(f"page.words.{partnership_id}", None)
    remember_success("The wording is saved. Letters made from now on have it.")
    st.rerun()


def _example(words: str) -> None:
    with st.container(border=True, height=800):
        st.markdown("**How it reads**, for an organisation that is made up")
        try:
            blocks = preview_wording(words)
        except Section11Error as error:
            st.error(plain(error.user_message))
            return
        show_blocks(blocks)


def _placeholders() -> None:
    with st.expander("Placeholders, and how to write"):
        st.markdown(plain(HOW_TO_WRITE))
        lines = ["| Placeholder | What stands in its place |", "| --- | --- |"]
        lines += [f"| {plain(f'{{{{ {name} }}}}')} | {plain(meaning)} |" for name, meaning in PLACEHOLDERS.items()]
        st.markdown("\n".join(lines))


def _document(user: User, partnership_id: str, letter: OwnLetter) -> None:
    st.header("Your own Word document")
    st.markdown(
        "Letters in Word can stand in a document of your own, with your letterhead. "
        + plain("Write {{ letter }} in a paragraph of its own where the letter is to stand; ")
        + "the placeholders above can be used as well. PDF letters keep the plain layout."
    )
    if letter.document_name:
        st.markdown(f"In use: **{plain(letter.document_name)}**")
    label = "Download the document in use" if letter.document_name else "Download a document to begin with"
    with st.container(horizontal=True):
        download_link(label, letter_template_path(partnership_id), key="page.template")
        if letter.document_name and st.button("Go back to the plain layout", key="page.remove"):
            remove_letter_document(office(), user, partnership_id)
            remember_success("Word letters have the plain layout again.")
            st.rerun()
    with st.form("page.document", enter_to_submit=False, clear_on_submit=True):
        file = st.file_uploader(
            "Word document (.docx), at most 2 MB", type=["docx"], max_upload_size=LARGEST_DOCUMENT // 2**20
        )
        if st.form_submit_button("Use this document"):
            with shown_as_message():
                if file is None:
                    st.error("Choose a file first.")
                    return
                change_letter_document(office(), user, partnership_id, file.getvalue(), file.name)
                remember_success(f"Word letters now stand in {file.name}.")
                st.rerun()


if __name__ == "__main__":
    main(require_user())
