"""The pages, who is offered them, and their addresses: one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page as StreamlitPage

from section11.domain.people import User
from section11.permissions import Right, may_somewhere

# Not called "pages": Streamlit serves a folder of that name beside its script by itself, without our app.py.
PAGES_DIR = Path(__file__).parent / "screens"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page file, its title and address, and the right it needs somewhere to be offered; either of two will do.

    Pages with ``in_menu`` false are reached through links from others. A long menu is folded into its sections; pages
    of none stand in it by themselves.
    """

    file: str
    title: str
    url_path: str
    right: Right | None = None
    in_menu: bool = True
    or_right: Right | None = None
    section: str = ""


RETURNS, COMPARE, MODERATION, BOARD, SET_UP = SECTIONS = ("Returns", "Compare", "Moderation", "Board", "Set up")
MOST_IN_A_ROW = 8
"""A menu with more pages than this is folded into sections."""

PAGES: tuple[PageEntry, ...] = (
    PageEntry("home.py", "Home", "home"),
    PageEntry("assessment.py", "Self-assessment", "assessment", Right.READ_RETURN, in_menu=False),
    PageEntry("whole_return.py", "Check and sign", "whole-return", Right.READ_RETURN, in_menu=False),
    PageEntry("excel_return.py", "Excel return", "excel-return", Right.READ_RETURN, in_menu=False),
    PageEntry("evidence.py", "Evidence", "evidence", Right.READ_RETURN),
    PageEntry("actions.py", "Actions", "actions", Right.UPDATE_ACTIONS),
    PageEntry("own_results.py", "Results", "results", Right.READ_RETURN),
    PageEntry("returns.py", "Returns", "returns", Right.FOLLOW_PROGRESS, section=RETURNS),
    PageEntry("heat_map.py", "Heat map", "heat-map", Right.SEE_DASHBOARDS, section=COMPARE),
    PageEntry("standard.py", "Standards", "standard", Right.SEE_DASHBOARDS, section=COMPARE),
    PageEntry("trend.py", "Trend", "trend", Right.SEE_DASHBOARDS, section=COMPARE),
    PageEntry("calibration.py", "Calibration", "calibration", Right.SEE_DASHBOARDS, section=COMPARE),
    PageEntry("checks.py", "Checks", "checks", Right.READ_RETURNED, section=RETURNS),
    PageEntry("action_register.py", "Action register", "action-register", Right.READ_ACTIONS, section=RETURNS),
    PageEntry("organisation.py", "Organisation", "organisation", Right.READ_RETURNED, in_menu=False),
    PageEntry("history.py", "What happened", "history", Right.READ_RETURN, False, or_right=Right.READ_RETURNED),
    PageEntry("board_figures.py", "Board figures", "board-figures", Right.READ_RELEASED, section=BOARD),
    PageEntry("board_pack.py", "Board pack", "board-pack", Right.READ_BOARD_PACK, section=BOARD),
    PageEntry("profile.py", "Profile", "profile", Right.SEE_DASHBOARDS, in_menu=False),
    PageEntry("queries.py", "Questions and notes", "questions-and-notes", Right.ASK_QUERIES, section=RETURNS),
    PageEntry("moderation.py", "Moderation", "moderation", Right.MODERATE, section=MODERATION),
    PageEntry("moderate.py", "Moderate a return", "moderate", Right.MODERATE, in_menu=False),
    PageEntry("released.py", "Released results", "released", Right.READ_RELEASED, section=MODERATION),
    PageEntry("letters.py", "Feedback letters", "feedback-letters", Right.WRITE_LETTERS, section=MODERATION),
    PageEntry("letter_wording.py", "Wording of the letters", "letter-wording", Right.CHANGE_LETTER, in_menu=False),
    PageEntry("library.py", "Question library", "library"),
    PageEntry("organisations.py", "Organisations", "organisations", Right.MANAGE_ORGANISATIONS, section=SET_UP),
    PageEntry("people.py", "People", "people", Right.INVITE_COLLEAGUES, section=SET_UP),
    PageEntry("sent_returns.py", "Bring in returns", "bring-in-returns", Right.BRING_IN_RETURNS, section=RETURNS),
    PageEntry("cycles.py", "Cycles", "cycles", Right.MANAGE_CYCLES, section=SET_UP),
    PageEntry("imports.py", "Imports", "imports", Right.IMPORT_RESULTS, section=SET_UP),
    PageEntry("mail.py", "E-mails", "e-mails", Right.MANAGE_MAIL, section=SET_UP),
    PageEntry("data_api.py", "Data API", "data-api", Right.MANAGE_API_TOKENS, section=SET_UP),
    PageEntry("retention.py", "Keeping and deleting", "keeping-and-deleting", Right.SET_RETENTION, section=SET_UP),
)


def offered_to(user: User) -> list[PageEntry]:
    """Return the pages this person is offered; the services refuse what is not theirs in any case."""
    return [
        entry
        for entry in PAGES
        if entry.right is None or any(may_somewhere(user, one) for one in (entry.right, entry.or_right) if one)
    ]


def menu_of(entries: Sequence[PageEntry]) -> dict[str, list[PageEntry]]:
    """Return the pages by the section they stand under; a short menu, and a section of one page, has none."""
    in_menu = Counter(entry.section for entry in entries if entry.in_menu)
    is_long = in_menu.total() > MOST_IN_A_ROW
    menu: dict[str, list[PageEntry]] = {section: [] for section in ("", *SECTIONS)}
    for entry in entries:
        is_folded = is_long and entry.in_menu and in_menu[entry.section] > 1
        menu[entry.section if is_folded else ""].append(entry)
    return {section: found for section, found in menu.items() if found}


def pages_for(user: User) -> dict[str, list[StreamlitPage]]:
    """Return the menu of this person as ``st.navigation`` takes it."""
    return {
        section: [
            st.Page(
                PAGES_DIR / entry.file,
                title=entry.title,
                url_path=entry.url_path,
                default=entry.file == "home.py",
                visibility="visible" if entry.in_menu else "hidden",
            )
            for entry in entries
        ]
        for section, entries in menu_of(offered_to(user)).items()
    }


@cache
def linked_page(file: str) -> StreamlitPage:
    """Return a page as ``st.page_link`` may be given it: quicker than its path, and also while a part of a page runs.

    Only links use it, and they only read it, so it serves every session.
    """
    entry = next(one for one in PAGES if one.file == file)
    return st.Page(PAGES_DIR / file, title=entry.title, url_path=entry.url_path, default=file == "home.py")


def page_path(file: str) -> str:
    """Return what ``st.page_link`` and ``st.switch_page`` call a page."""
    return str(PAGES_DIR / file)
