"""The sentences of the board pack's draft, page by page: as the figures say them, or as people put it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.cycles import Cycle
from section11.domain.people import User
from section11.errors import StalePackWordsError
from section11.services.board_packs import BoardDraft, DraftSentence, save_words
from section11.ui.cache import office
from section11.ui.components.messages import remember_success, shown_as_message
from section11.ui.words import count_of, plain


def edit_sentences(user: User, cycle: Cycle, draft: BoardDraft, state: dict[str, Any]) -> None:
    """Draw a form for each page of the pack that has sentences."""
    st.subheader("Sentences")
    if not draft.sentences:
        st.write("There are no figures to say anything about yet.")
        return
    st.write("They come from the figures. Change them as you like; clear a box to leave its sentence out.")
    if draft.outdated:
        st.warning(
            f"The figures changed after {count_of(len(draft.outdated), 'sentence')} had been edited. Read them again "
            "and save them before the pack is made final."
        )
    for number, (title, sentences) in enumerate(draft.sentences.items()):
        edited = sum(one.is_edited for one in sentences)
        outdated = any(one.is_outdated for one in sentences)
        marks = f" ({edited} edited{', read again' if outdated else ''})" if edited else ""
        with st.expander(f"{plain(title)}{marks}", expanded=number == 0 or outdated):
            _page(user, cycle, title, sentences, state)


def _page(user: User, cycle: Cycle, title: str, sentences: tuple[DraftSentence, ...], state: dict[str, Any]) -> None:
    typed = {}
    with st.form(f"page.sentences.{title}", border=False, enter_to_submit=False):
        for number, one in enumerate(sentences, start=1):
            typed[one.key] = _box(one, f"Sentence {number} of {title}", state)
        if st.form_submit_button("Save these sentences"):
            with shown_as_message():
                saved = sum(_save(user, cycle, one, typed[one.key], state) for one in sentences)
                remember_success(f"Saved {count_of(saved, 'sentence')}." if saved else "Nothing had changed.")
                st.rerun()


def _box(one: DraftSentence, label: str, state: dict[str, Any]) -> str:
    # What stood here when the page was opened: a colleague's save or new figures must not change what is being typed.
    start = state.setdefault(f"sentence {one.key}", (one.version, one.words, one.from_figures))
    version, words, _ = start
    typed = st.text_area(label, value=words, key=f"page.sentence.{one.key}", height=80, max_chars=1_000)
    if one.version != version:
        st.markdown(f"A colleague saved: {plain(one.words) or '(left out)'}")
    if one.is_edited or one.is_outdated or words != one.from_figures:
        st.caption(f"The figures say now: {plain(one.from_figures)}")
    return typed or ""


def _save(user: User, cycle: Cycle, one: DraftSentence, words: str, state: dict[str, Any]) -> bool:
    """Save what was typed, when it differs or its figures changed; return whether anything was saved."""
    version, before, _ = state[f"sentence {one.key}"]
    if " ".join(words.split()) == " ".join(before.split()) and not one.is_outdated:
        return False
    try:
        now = save_words(office(), user, cycle.id, one.key, words, expected_version=version, made_from=one.from_figures)
    except StalePackWordsError:
        state[f"sentence {one.key}"] = (one.version, words, one.from_figures)
        raise
    state[f"sentence {one.key}"] = (now, words, one.from_figures)
    return True
