"""The sentences of the board pack's draft, page by page: as the figures say them, or as people put it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from section11.domain.board_packs import LONGEST_SENTENCE
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


@dataclass(frozen=True, slots=True)
class _Open:
    """A sentence as this browser has it: what its box began with, and what was last known here to be saved."""

    version: int
    start: str
    mine: str


def _box(one: DraftSentence, label: str, state: dict[str, Any]) -> str:
    # A colleague's save or new figures must not change what is being typed, so the box keeps what it began with.
    known: _Open = state.setdefault(one.key, _Open(one.version, one.words, one.words))
    typed = st.text_area(
        label, value=known.start, key=f"page.sentence.{one.key}", height=80, max_chars=LONGEST_SENTENCE
    )
    if one.words != known.mine:
        st.markdown(f"A colleague saved: {plain(one.words) or '(left out)'}")
    if one.is_edited or known.mine != one.from_figures:
        st.caption(f"The figures say now: {plain(one.from_figures)}")
    return " ".join((typed or "").split())


def _save(user: User, cycle: Cycle, one: DraftSentence, words: str, state: dict[str, Any]) -> bool:
    """Save what was typed, when it is new or has to be read again; return whether anything was saved."""
    known: _Open = state[one.key]
    if words == " ".join(known.mine.split()) and not one.is_outdated:
        return False
    try:
        version = save_words(
            office(), user, cycle.id, one.key, words, expected_version=known.version, made_from=one.from_figures
        )
    except StalePackWordsError:
        state[one.key] = replace(known, version=one.version)
        raise
    state[one.key] = replace(known, version=version, mine=words)
    return True
