"""The reference pages that are generated: the workflow, the permissions, and which questions test what the law asks."""

from __future__ import annotations

from collections.abc import Sequence

from section11.domain.people import ROLE_TITLES
from section11.domain.standards import StandardsSet
from section11.domain.workflow import EDITABLE, OWNERS, RETURNED, STATUS_TITLES, TRANSITIONS, AssessmentStatus
from section11.permissions import HOLDERS, Right

_MADE = "<!-- Made by “make docs” from the code. Change the table there, not this page. -->"
_MADE_FROM_SETS = "<!-- Made by “make docs” from the question sets. Change them, not this page. -->"


def reference_pages(sets: Sequence[StandardsSet]) -> dict[str, str]:
    """Return each page's text by its file name; ``sets`` are those of the library."""
    return {
        "status.md": status_page(),
        "permissions.md": permissions_page(),
        "arrangements.md": arrangements_page(sets),
    }


def status_page() -> str:
    """Return the statuses of a return as a diagram and a table."""
    lines = [_MADE, "", "# The statuses of a return", "", "```mermaid", "stateDiagram-v2"]
    lines.append(f"    [*] --> {AssessmentStatus.NOT_STARTED}")
    lines += [f"    {one.start} --> {one.end}: {one.move.name.lower().replace('_', ' ')}" for one in TRANSITIONS]
    lines += [
        "```",
        "",
        "| status | whose turn | answers may change | scrutiny sees the answers |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {STATUS_TITLES[status]} | {OWNERS[status]} | {_yes(status in EDITABLE)} | {_yes(status in RETURNED)} |"
        for status in AssessmentStatus
    ]
    lines += ["", "| from | move | to | event written |", "|---|---|---|---|"]
    lines += [
        f"| {STATUS_TITLES[one.start]} | {one.move.name.lower().replace('_', ' ')} | {STATUS_TITLES[one.end]} "
        f"| `{one.move}` |"
        for one in TRANSITIONS
    ]
    return "\n".join(lines) + "\n"


def permissions_page() -> str:
    """Return who may do what as a table of rights by roles."""
    roles = list(ROLE_TITLES)
    lines = [
        _MADE,
        "",
        "# Who may do what",
        "",
        "A contributor's and an approver's rights hold for their own organisation; all others hold for their own "
        "partnership. Somebody with a role in a parent organisation may read the returns of its sites.",
        "",
        "| to | " + " | ".join(ROLE_TITLES[role] for role in roles) + " |",
        "|---" * (len(roles) + 1) + "|",
    ]
    lines += [
        f"| {right.value} | " + " | ".join("yes" if role in HOLDERS[right] else "" for role in roles) + " |"
        for right in Right
    ]
    return "\n".join(lines) + "\n"


def arrangements_page(sets: Sequence[StandardsSet]) -> str:
    """Return the statutory arrangements by sets, with the ids of the questions that test each."""
    titles = {key: title for one in reversed(sets) for key, title in one.arrangements.items()}
    lines = [
        _MADE_FROM_SETS,
        "",
        "# Which questions test which arrangement",
        "",
        "Down: the arrangements for keeping children safe, as the question sets list them. Across: the sets. In the "
        "cells: the ids of the questions that test the arrangement.",
        "",
        "| arrangement | " + " | ".join(one.id for one in sets) + " |",
        "|---" * (len(sets) + 1) + "|",
    ]
    lines += [
        f"| **{key}** {titles[key]} | " + " | ".join(_tested_by(one, key) for one in sets) + " |"
        for key in sorted(titles)
    ]
    return "\n".join(lines) + "\n"


def _tested_by(standards_set: StandardsSet, arrangement: str) -> str:
    return ", ".join(one.id for one in standards_set.rated_questions if arrangement in one.arrangements)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
