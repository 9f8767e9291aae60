"""The reference pages that are generated from the tables in the code: the workflow and the permissions."""

from __future__ import annotations

from section11.domain.people import ROLE_TITLES
from section11.domain.workflow import EDITABLE, OWNERS, RETURNED, STATUS_TITLES, TRANSITIONS, AssessmentStatus
from section11.permissions import HOLDERS, Right

_MADE = "<!-- Made by “make docs” from the code. Change the table there, not this page. -->"


def reference_pages() -> dict[str, str]:
    """Return each page's text by its file name."""
    return {"status.md": status_page(), "permissions.md": permissions_page()}


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


def _yes(value: bool) -> str:
    return "yes" if value else "no"
