"""Page: any question set as a kind of organisation is asked it, to read, to search and to download blank."""

from __future__ import annotations

from typing import Any

import streamlit as st

from section11.domain.people import User
from section11.domain.standards import Standard, StandardsSet
from section11.services.library import (
    EVERY_QUESTION,
    SetOnShelf,
    SetView,
    list_sets,
    search,
    usual_set_id,
    usual_type,
    view_set,
)
from section11.ui.cache import office
from section11.ui.components.choosing import chosen_from
from section11.ui.components.links import download_link, set_download_path
from section11.ui.components.question_reading import show_question
from section11.ui.components.rating_words import state_badge
from section11.ui.session import page_state, require_user
from section11.ui.words import count_of, plain

LONGEST_SEARCH = 100


def main(user: User) -> None:
    state = page_state("library")
    st.title("Question library")
    st.markdown(
        "Read any question set as a kind of organisation is asked it, and download its blank form to pass round "
        "before you start."
    )
    shelf = list_sets(office(), user)
    _unreadable(shelf)
    first = usual_set_id(office(), user)
    if first is None:
        st.write("There is no question set that can be read yet. Your administrator can add one.")
        return
    view = _chosen_view(user, [one for one in shelf if one.standards_set is not None], first, state)
    _about(view)
    words = _words_searched()
    standards = search(view, words)
    if words and standards:
        count = sum(len(standard.questions) for standard in standards)
        st.markdown(f"{count} of {count_of(view.asked, 'question')} found. Each is open below.")
    elif words:
        st.markdown("No question has all of these words. Try fewer words, or others.")
    _contents(standards)
    for standard in standards:
        _standard(standard, view.standards_set, is_open=bool(words))


def _unreadable(shelf: list[SetOnShelf]) -> None:
    for one in shelf:
        if one.standards_set is not None:
            continue
        if not one.problems:
            st.warning(f"The set “{plain(one.title)}” is not available now. Your administrator knows why.")
            continue
        faults = count_of(len(one.problems), "fault")
        st.warning(f"The set “{plain(one.title)}” is not available: it has {faults}. Correct its files.")
        with st.expander(f"Faults of {plain(one.title)}"):
            st.markdown("\n".join(f"- {plain(str(problem))}" for problem in one.problems))


def _chosen_view(user: User, readable: list[SetOnShelf], first: str, state: dict[str, Any]) -> SetView:
    types = office().types
    left, right = st.columns(2)
    with left:
        ids = [one.id for one in readable]
        set_id = chosen_from("Question set", ids, _distinct_titles(readable), name="set", usual=first)
    if state.get("set", set_id) != set_id and state["type_is_usual"]:
        # Nobody asked for this type, so another set begins with its own usual one.
        st.query_params.pop("type", None)
    usual = usual_type(office(), user, set_id)
    with right:
        keys = [EVERY_QUESTION, *types.by_key]
        titles = ["Every question, whoever is asked", *(one.title for one in types.by_key.values())]
        key = f"page.type.{set_id}"
        organisation_type = chosen_from("As asked of", keys, titles, name="type", usual=usual, key=key)
    state |= {"set": set_id, "type_is_usual": organisation_type == usual}
    return view_set(office(), user, set_id, organisation_type)


def _distinct_titles(sets: list[SetOnShelf]) -> list[str]:
    """A copied set often keeps its title, and a list cannot tell equal words apart."""
    titles = [one.title for one in sets]
    return [one.title if titles.count(one.title) == 1 else f"{one.title} ({one.id})" for one in sets]


def _about(view: SetView) -> None:
    standards_set = view.standards_set
    st.header(plain(standards_set.title))
    if standards_set.summary:
        st.markdown(plain(standards_set.summary))
    ratings = " ".join(state_badge(one.label, one.tone) for one in standards_set.scale.ratings)
    st.markdown(
        f"Version {plain(standards_set.version)}. {count_of(len(view.standards), 'standard')}, {_how_many(view)}  \n"
        f"{plain(standards_set.scale.title)}: {ratings}"
    )
    organisation_type = view.asked_of.key if view.asked_of else EVERY_QUESTION
    with st.container(horizontal=True, vertical_alignment="center"):
        workbook = set_download_path(standards_set.id, organisation_type, "xlsx")
        download_link("Blank form (Excel)", workbook, key="page.workbook", primary=True)
        printed = set_download_path(standards_set.id, organisation_type, "pdf")
        download_link("Blank form to print (PDF)", printed, key="page.print")


def _how_many(view: SetView) -> str:
    asked = count_of(view.asked, "question")
    if view.asked_of is None:
        return f"{asked}."
    if not view.left_out:
        return f"{asked}, all asked of this type of organisation."
    are = "is" if view.left_out == 1 else "are"
    return f"{asked}. {view.left_out} more {are} not asked of this type of organisation."


def _words_searched() -> str:
    wanted = st.query_params.get("words", "")
    words = st.text_input(
        "Search the questions", value=wanted, key="page.words", type="search", max_chars=LONGEST_SEARCH
    )
    words = (words or "").strip()
    if words != wanted:
        st.query_params.pop("words", None)
        if words:
            st.query_params["words"] = words
    return words


def _contents(standards: tuple[Standard, ...]) -> None:
    if len(standards) < 2:
        return
    with st.sidebar:
        st.markdown("**On this page**")
        links = [f"[{plain(standard.heading)}](#{_anchor(standard)})" for standard in standards]
        counts = [len(standard.questions) for standard in standards]
        st.markdown("\n".join(f"- {link} ({count})" for link, count in zip(links, counts, strict=True)))


def _standard(standard: Standard, standards_set: StandardsSet, *, is_open: bool) -> None:
    st.subheader(plain(standard.heading), anchor=_anchor(standard))
    if standard.summary:
        st.markdown(plain(standard.summary))
    for question in standard.questions:
        show_question(question, standards_set, is_open=is_open)


def _anchor(standard: Standard) -> str:
    return f"standard-{standard.id.lower().replace('.', '-')}"


if __name__ == "__main__":
    main(require_user())
