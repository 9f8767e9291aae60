"""What was answered last time, in the few words that stand in grey beside the question of now."""

from __future__ import annotations

from section11.domain.carrying import Earlier, EarlierAnswer
from section11.domain.question_types import said_words

LONGEST_EXCERPT = 400
"""Characters of each text; the whole stands in last time's return."""


def last_time_words(earlier: Earlier) -> str:
    """Return the cycle, what was chosen, and the beginning of each text; for each question that stood for this one."""
    return "\n\n".join(_one(one, earlier) for one in earlier.answers)


def _one(one: EarlierAnswer, earlier: Earlier) -> str:
    said = said_words(one.question, one.answer, earlier.standards_set) or "no rating"
    which = f" (question {one.question.id})" if len(earlier.answers) > 1 else ""
    texts = (
        ("Why not applicable", one.answer.reason),
        ("Evidence", one.answer.evidence),
        ("Impact", one.answer.impact),
    )
    lines = [f"{earlier.cycle_name}{which}: {said}"]
    return "\n".join(lines + [f"{title}: {_beginning(text)}" for title, text in texts if text.strip()])


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST_EXCERPT else text[: LONGEST_EXCERPT - 1].rstrip() + "…"
