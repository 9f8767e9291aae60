"""Builders for the workbook tests: a small question set, a return form, and a file as a person edits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from section11.domain.answers import Action, Answer
from section11.domain.cycles import Cycle, CycleStatus
from section11.domain.organisations import DutyBasis, Organisation, OrganisationType
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from section11.workbooks.return_form import ReturnForm
from section11.workbooks.return_reader import ReturnFile, read_return
from section11.workbooks.return_writer import write_return

SCALE = RatingScale(
    "four-point",
    "Four points",
    (
        Rating("fully_met", "Fully met", "It is in place and it works.", Tone.FULL),
        Rating("mostly_met", "Mostly met", "It is in place with small gaps.", Tone.MOST),
        Rating("partly_met", "Partly met", "It has begun.", Tone.PART),
        Rating("not_met", "Not met", "It is not in place.", Tone.NONE),
    ),
)


def a_question(question_id: str, **changes: Any) -> Question:
    descriptors = {rating.key: f"{rating.meaning} ({question_id})" for rating in SCALE.ratings}
    return replace(Question(question_id, f"What do you do about {question_id}?", descriptors, ("S11-01",)), **changes)


SMALL_SET = StandardsSet(
    "small",
    "A small set",
    "2026",
    SCALE,
    (
        Standard(
            "1",
            "Senior leadership",
            (
                a_question("S1.1", essential=True, help="Name the post.", evidence_prompts=("Job description",)),
                a_question("S1.2", impact_prompt="What changed for children?"),
            ),
        ),
        Standard(
            "2",
            "Listening to children",
            (a_question("S2.1"), a_question("S2.2", not_asked_of=frozenset({"police"}))),
        ),
        Standard("3", "For schools", (a_question("S3.1", asked_of=frozenset({"school"})),)),
    ),
)
"""Police are asked S1.1, S1.2 and S2.1. They stand in rows 5, 6 and 8 of the Answers sheet and of the Action plan."""

POLICE = OrganisationType("police", "Police force", "Police", DutyBasis.SECTION_11)
RIVERDALE = Organisation("riverdale-police", "Riverdale Police", "police")
CYCLE_2026 = Cycle("2026", "2026 cycle", date(2026, 9, 30), CycleStatus.OPEN, frozenset({"riverdale"}), {"*": "small"})
A_HASH = "ab" * 32


def a_form(answers: tuple[Answer, ...] = (), actions: tuple[Action, ...] = (), **changes: Any) -> ReturnForm:
    form = ReturnForm(
        organisation=RIVERDALE,
        organisation_type=POLICE,
        cycle=CYCLE_2026,
        partnership_name="Riverdale Safeguarding Partnership",
        standards_set=SMALL_SET,
        set_sha256=A_HASH,
        answers={answer.question_id: answer for answer in answers},
        actions={action.question_id: action for action in actions},
        made_at=datetime(2026, 6, 1, 14, 2, tzinfo=UTC),
    )
    return replace(form, **changes)


def opened(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def edited(content: bytes, edit: Callable[[Any], None], sheet: str = "Answers") -> bytes:
    """Return the file after somebody edited one of its sheets."""
    workbook = opened(content)
    edit(workbook[sheet])
    return saved(workbook)


def filled_in(form: ReturnForm, cells: Mapping[str, object]) -> ReturnFile:
    """Return the read file after somebody typed these values into cells; of the Answers sheet unless they name one."""
    workbook = opened(write_return(form))
    for place, value in cells.items():
        sheet, _, cell = place.rpartition("!")
        workbook[sheet or "Answers"][cell] = value
    return read_return(saved(workbook))
