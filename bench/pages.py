"""The pages with many rows: which of them the benchmark of looking opens, and who looks."""

from __future__ import annotations

from dataclasses import dataclass

from section11.domain.people import Role

SCRUTINY, ADMINISTRATOR, BOARD = Role.SCRUTINY_LEAD, Role.ADMINISTRATOR, Role.BOARD_VIEWER
E1 = "education-2026/E1"


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its address; ``{latest}`` is the open cycle, ``{before}`` the last complete one."""

    title: str
    name: str
    query: dict[str, str]
    role: Role = SCRUTINY
    is_dashboard: bool = True


PAGES = (
    Page("Heat map, by arrangement", "heat-map", {"cycle": "{before}", "by": "arrangement"}),
    Page("Heat map, one set", "heat-map", {"cycle": "{before}", "by": "standard"}),
    Page("One standard", "standard", {"cycle": "{before}", "standard": E1}),
    Page("One question", "standard", {"cycle": "{before}", "standard": E1, "question": "E1.1"}),
    Page("Profile", "profile", {"assessment": "{before}.riverdale-police"}),
    Page("Trend", "trend", {"cycle": "{latest}"}),
    Page("Calibration", "calibration", {"cycle": "{before}", "set": "section11-2026 1"}),
    Page("Returns, with whom to remind", "returns", {"cycle": "{latest}"}),
    Page("Action register", "action-register", {"cycle": "{before}"}),
    Page("Moderation", "moderation", {"cycle": "{before}"}),
    Page("Released results", "released", {"cycle": "{before}"}, BOARD),
    Page("Board figures, returns", "board-figures", {"cycle": "{before}", "view": "returns"}, BOARD),
    Page("Board figures, standards", "board-figures", {"cycle": "{before}", "view": "standards"}, BOARD),
    Page("Board figures, trend", "board-figures", {"cycle": "{before}", "view": "trend"}, BOARD),
    Page("Board figures, actions", "board-figures", {"cycle": "{before}", "view": "actions"}, BOARD),
    Page("Home, scrutiny", "", {}, is_dashboard=False),
    Page("Home, board", "", {}, BOARD, is_dashboard=False),
    Page("Home, administrator", "", {}, ADMINISTRATOR, is_dashboard=False),
    Page("Checks", "checks", {"cycle": "{before}"}, is_dashboard=False),
    Page("Board pack, draft", "board-pack", {"cycle": "{before}"}, is_dashboard=False),
    Page("One return", "organisation", {"assessment": "{before}.riverdale-police"}, is_dashboard=False),
    Page("What happened", "history", {"assessment": "{before}.riverdale-police"}, is_dashboard=False),
    Page("Feedback letters", "feedback-letters", {"cycle": "{before}"}, is_dashboard=False),
    Page("Questions and notes", "questions-and-notes", {"cycle": "{latest}"}, is_dashboard=False),
    Page("People", "people", {}, ADMINISTRATOR, is_dashboard=False),
    Page("Organisations", "organisations", {}, ADMINISTRATOR, is_dashboard=False),
)
RELEASED_PAGES = (
    Page("Board figures, standards", "board-figures", {"cycle": "{before}", "view": "standards"}, BOARD),
    Page("Board figures, trend", "board-figures", {"cycle": "{before}", "view": "trend"}, BOARD),
    Page(
        "Board figures, moderated trend",
        "board-figures",
        {"cycle": "{before}", "view": "trend", "ratings": "moderated"},
        BOARD,
    ),
    Page("Heat map, moderated", "heat-map", {"cycle": "{before}", "ratings": "moderated"}),
    Page("Trend, moderated", "trend", {"cycle": "{before}", "ratings": "moderated"}),
    Page("Profile", "profile", {"assessment": "{before}.riverdale-police"}),
    Page("Calibration", "calibration", {"cycle": "{before}", "set": "section11-2026 1"}),
    Page("Action register, every cycle", "action-register", {}),
)
"""Pages that are opened once more when every return of the past cycles is moderated and released."""
