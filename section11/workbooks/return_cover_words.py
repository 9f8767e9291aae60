"""What the first sheet of an Excel return says, and that of a set's blank form, which is no return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from section11.domain.uk_time import long_date, uk_date, uk_time
from section11.workbooks.return_form import ReturnForm, SetForm
from section11.workbooks.return_layout import ACTION_PLAN, ANSWERS, CONFIRMED, PROFILE, sheets_of

SHEETS = {
    ANSWERS: "“Answers” has the questions you rate",
    ACTION_PLAN: "“Action plan” what you will do, who and by when",
    PROFILE: "“About you” asks for numbers and facts",
}
FILLING_IN = (
    "Choose a rating for each question from the list in the cell. What each rating means stands beside it. "
    "Some questions ask for a number, a date, a choice or a few words instead; there it says what to write.",
    "Write your evidence and the difference it makes for children. Alt + Enter starts a new line.",
    "“Not applicable” needs a reason. “Don't know yet” does not count as answered.",
    "An essential question rated in the lower half of the scale needs an action, its owner's post and a date. "
    "The sheet “Action plan” says where one is still to be written.",
    "Please name posts, never children, families or other people.",
)
IMPORTING = (
    "Save the file as an Excel workbook (.xlsx) and import it on your return's page. You will see every change "
    "before anything is saved, and you can import as often as you like."
)
NOT_IMPORTING = (
    "This file cannot be imported. When you know your answers, give them on screen, or in your organisation's own "
    "Excel return: sign in, and download it from your home page under “Excel return”."
)
HOW_TO_BROUGHT_FORWARD = (
    f"Answers brought forward from an earlier cycle count once you choose “{CONFIRMED}” in their row. "
    "An answer you change is confirmed when you import it."
)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the sheet says; ``facts`` are words by label."""

    title: str
    purpose: str
    notices: Sequence[str]
    facts: Mapping[str, str]
    steps: Sequence[str]


def cover_of_return(form: ReturnForm) -> Cover:
    """Return the words of an organisation's own return, which can be imported."""
    brought_forward = any(answer.carried_from for answer in form.answers.values())
    return Cover(
        title=f"{form.cycle.audit_name}: Excel return",
        purpose="The self-assessment of one organisation, to fill in here and import back.",
        notices=_demo_notice(form),
        facts={
            "Organisation": form.organisation.name,
            "Type of organisation": form.organisation_type.title,
            "Partnership": form.partnership_name,
            "Cycle": form.cycle.name,
            "Due": long_date(form.cycle.due),
            **({"Who to ask": "\n".join(form.contacts)} if form.contacts else {}),
            **({"Signed off": form.signed} if form.signed else {}),
            **_facts(form),
        },
        steps=[_sheets(form), *FILLING_IN, IMPORTING, *([HOW_TO_BROUGHT_FORWARD] if brought_forward else [])],
    )


def cover_of_set(form: SetForm) -> Cover:
    """Return the words of a set's blank form, which belongs to no return."""
    return Cover(
        title=f"{form.standards_set.title}: blank form",
        purpose="The questions, to read and to pass round before you start.",
        notices=[*_demo_notice(form), "This file cannot be imported: it belongs to no return."],
        facts={
            "Asked of": form.organisation_type.title if form.organisation_type else "Every question, whoever is asked",
            "Questions": str(len(form.questions)),
            **_facts(form),
        },
        steps=[_sheets(form), *FILLING_IN, NOT_IMPORTING],
    )


def _demo_notice(form: SetForm) -> list[str]:
    return ["Demonstration. The organisations, people and answers are fictional."] if form.is_demo else []


def _sheets(form: SetForm) -> str:
    return "; ".join(SHEETS[one] for one in sheets_of(form)) + ". Fill in the white cells; the grey ones are locked."


def _facts(form: SetForm) -> dict[str, str]:
    return {
        "Question set": f"{form.standards_set.title}, version {form.standards_set.version}",
        "This file was made": f"{long_date(uk_date(form.made_at))} at {uk_time(form.made_at):%H:%M}",
    }
