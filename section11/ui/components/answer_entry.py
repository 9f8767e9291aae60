"""What a question is answered with: a rating, a choice, a figure, a date or words, or why it is not answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from section11.domain.answers import MARKER_TITLES, Marker
from section11.domain.question_types import Entry, type_of, value_words
from section11.domain.question_types.day import EARLIEST, LATEST
from section11.ui.components.answer_saving import Card, save
from section11.ui.words import plain

MARKER_CAPTIONS = {
    Marker.NOT_APPLICABLE: "This does not apply to your organisation. You will be asked why.",
    Marker.DONT_KNOW_YET: "You need to find out. Answer it before sign-off.",
}


def show_entry(card: Card) -> None:
    """Draw what the question is answered with; it saves itself when it changes."""
    _ENTRIES[card.entry](card)


def is_not_applicable(card: Card) -> bool:
    """Return whether "not applicable" is chosen at this moment."""
    name = {Entry.RATING: "rating", Entry.ONE_OF: "value"}.get(card.entry, "marker")
    return bool(st.session_state.get(card.state.keys[name]) == Marker.NOT_APPLICABLE)


def words_of_choices(card: Card) -> dict[str, str]:
    """Return the words for everything that may be chosen, and for what is stored, by its key."""
    if card.question.is_rated:
        labels = {rating.key: rating.label for rating in card.standards_set.scale.ratings}
    else:
        labels = dict(type_of(card.question).options(card.question))
        stored = card.state.answer.value
        if stored:
            labels[stored] = value_words(card.question, stored)
    return labels | dict(MARKER_TITLES)


def _rating(card: Card) -> None:
    scale, question = card.standards_set.scale, card.question
    labels = {rating.key: rating.label for rating in scale.ratings}
    captions = [question.descriptors.get(rating.key) or rating.meaning for rating in scale.ratings]
    _buttons(card, "rating", f"Rating for {question.id}", labels, captions)


def _one_of(card: Card) -> None:
    options = type_of(card.question).options(card.question)
    _buttons(card, "value", _label(card), options, ["" for _ in options])


def _buttons(card: Card, name: str, label: str, options: Mapping[str, str], captions: list[str]) -> None:
    labels = dict(options) | dict(MARKER_TITLES)
    st.radio(
        label,
        list(labels),
        index=None,
        format_func=lambda key: plain(labels[key]),
        captions=[*(plain(caption) for caption in captions), *MARKER_CAPTIONS.values()],
        key=card.state.keys[name],
        disabled=not card.can_edit,
        on_change=save,
        args=(card, name),
        width="stretch",
    )


def _line(card: Card) -> None:
    _advise(card)
    st.text_input(_label(card), width=560, key=card.state.keys["value"], **_saving(card))
    _markers(card)


def _number(card: Card) -> None:
    _advise(card)
    st.text_input(_label(card), width=260, key=card.state.keys["value"], **_saving(card))
    _markers(card)


def _text(card: Card) -> None:
    _advise(card)
    height = 110 if card.can_edit else "content"
    st.text_area(_label(card), height=height, key=card.state.keys["value"], **_saving(card))  # type: ignore[arg-type]
    _markers(card)


def _day(card: Card) -> None:
    _advise(card)
    st.date_input(
        _label(card),
        value=None,
        min_value=EARLIEST,
        max_value=LATEST,
        format="DD/MM/YYYY",
        width=260,
        key=card.state.keys["value"],
        **_saving(card),
    )
    _markers(card)


def _advise(card: Card) -> None:
    st.markdown(plain(type_of(card.question).advice(card.question)))


def _label(card: Card) -> str:
    """The question itself, for people who hear the page: they come to the box without its heading."""
    return f"{card.question.id} {plain(card.question.text)}"


def _saving(card: Card) -> dict[str, Any]:
    return {"label_visibility": "collapsed", "disabled": not card.can_edit, "on_change": save, "args": (card, "value")}


def _markers(card: Card) -> None:
    """Where there is nothing to write, people can still say why; choosing the same again takes it back.

    What may be left empty needs no reason why. Beside something written there is no such button: one press would
    throw it away.
    """
    answer = card.state.answer
    if answer.value or (card.question.optional and answer.marker is None):
        return
    st.pills(
        f"Or, if you cannot answer it ({card.question.id})",
        list(MARKER_TITLES),
        format_func=lambda marker: MARKER_TITLES[marker],
        key=card.state.keys["marker"],
        disabled=not card.can_edit,
        on_change=save,
        args=(card, "marker"),
    )


_ENTRIES: dict[Entry, Callable[[Card], None]] = {
    Entry.RATING: _rating,
    Entry.ONE_OF: _one_of,
    Entry.NUMBER: _number,
    Entry.DAY: _day,
    Entry.LINE: _line,
    Entry.TEXT: _text,
}
