"""The pages, who is offered them, and their addresses: one table."""

from __future__ import annotations

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

    Pages with ``in_menu`` false are reached through links from others.
    """

    file: str
    title: str
    url_path: str
    right: Right | None = None
    in_menu: bool = True
    or_right: Right | None = None


PAGES: tuple[PageEntry, ...] = (
    PageEntry("home.py", "Home", "home"),
    PageEntry("assessment.py", "Self-assessment", "assessment", Right.READ_RETURN, in_menu=False),
    PageEntry("whole_return.py", "Check and sign", "whole-return", Right.READ_RETURN, in_menu=False),
    PageEntry("excel_return.py", "Excel return", "excel-return", Right.READ_RETURN, in_menu=False),
    PageEntry("evidence.py", "Evidence", "evidence", Right.READ_RETURN),
    PageEntry("actions.py", "Actions", "actions", Right.UPDATE_ACTIONS),
    PageEntry("own_results.py", "Results", "results", Right.READ_RETURN),
    PageEntry("returns.py", "Returns", "returns", Right.FOLLOW_PROGRESS),
    PageEntry("heat_map.py", "Heat map", "heat-map", Right.SEE_DASHBOARDS),
    PageEntry("standard.py", "Standards", "standard", Right.SEE_DASHBOARDS),
    PageEntry("trend.py", "Trend", "trend", Right.SEE_DASHBOARDS),
    PageEntry("calibration.py", "Calibration", "calibration", Right.SEE_DASHBOARDS),
    PageEntry("checks.py", "Checks", "checks", Right.READ_RETURNED),
    PageEntry("action_register.py", "Action register", "action-register", Right.READ_ACTIONS),
    PageEntry("organisation.py", "Organisation", "organisation", Right.READ_RETURNED, in_menu=False),
    PageEntry("history.py", "What happened", "history", Right.READ_RETURN, False, or_right=Right.READ_RETURNED),
    PageEntry("board_pack.py", "Board pack", "board-pack", Right.READ_BOARD_PACK),
    PageEntry("profile.py", "Profile", "profile", Right.SEE_DASHBOARDS, in_menu=False),
    PageEntry("queries.py", "Questions and notes", "questions-and-notes", Right.ASK_QUERIES),
    PageEntry("moderation.py", "Moderation", "moderation", Right.MODERATE),
    PageEntry("moderate.py", "Moderate a return", "moderate", Right.MODERATE, in_menu=False),
    PageEntry("released.py", "Released results", "released", Right.READ_RELEASED),
    PageEntry("letters.py", "Feedback letters", "feedback-letters", Right.WRITE_LETTERS),
    PageEntry("letter_wording.py", "Wording of the letters", "letter-wording", Right.CHANGE_LETTER, in_menu=False),
    PageEntry("library.py", "Question library", "library"),
    PageEntry("organisations.py", "Organisations", "organisations", Right.MANAGE_ORGANISATIONS),
    PageEntry("people.py", "People", "people", Right.INVITE_COLLEAGUES),
    PageEntry("sent_returns.py", "Bring in returns", "bring-in-returns", Right.BRING_IN_RETURNS),
    PageEntry("cycles.py", "Cycles", "cycles", Right.MANAGE_CYCLES),
    PageEntry("imports.py", "Imports", "imports", Right.IMPORT_RESULTS),
    PageEntry("mail.py", "E-mails", "e-mails", Right.MANAGE_MAIL),
    PageEntry("data_api.py", "Data API", "data-api", Right.MANAGE_API_TOKENS),
)


def pages_for(user: User) -> list[StreamlitPage]:
    """Return the pages this person is offered; the services refuse what is not theirs in any case."""
    return [
        st.Page(
            PAGES_DIR / entry.file,
            title=entry.title,
            url_path=entry.url_path,
            default=entry.file == "home.py",
            visibility="visible" if entry.in_menu else "hidden",
        )
        for entry in PAGES
        if entry.right is None or any(may_somewhere(user, one) for one in (entry.right, entry.or_right) if one)
    ]


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
