"""A made-up letter, to show how a wording reads: it has something in every part."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

from section11.domain.answers import Action, Answer
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.letter import LetterFacts, OpenAction, OpenQuestion

_SCALE = RatingScale(
    "sample",
    "Sample",
    (
        Rating("full", "Fully met", "", Tone.FULL),
        Rating("most", "Mostly met", "", Tone.MOST),
        Rating("part", "Partly met", "", Tone.PART),
        Rating("none", "Not met", "", Tone.NONE),
    ),
)


@cache
def sample_letter() -> LetterFacts:
    """Return what a letter to Example Primary School would be made from."""
    questions = (
        _question("S1.1", "A named senior leader is responsible for safeguarding.", essential=False),
        _question("S1.2", "Leaders look at safeguarding at every meeting.", essential=False),
        _question("S2.1", "Staff know how to pass on a concern.", essential=True),
    )
    return LetterFacts(
        organisation="Example Primary School",
        organisation_type_key="sample",
        organisation_type="Maintained school",
        partnership="Example Safeguarding Children Partnership",
        audit="Section 11 audit",
        cycle="Section 11 audit 2026",
        due=date(2026, 3, 31),
        day=date(2026, 5, 12),
        made_at=datetime(2026, 5, 12, 9, tzinfo=UTC),
        signed_on=date(2026, 3, 27),
        signed_by="Scrutiny lead",
        standards_set=StandardsSet(
            "sample",
            "Sample",
            "1",
            _SCALE,
            (
                Standard("S1", "Leadership", questions[:2]),
                Standard("S2", "Concerns", questions[2:]),
            ),
        ),
        answers={one.id: Answer(one.id, rating="full", version=1) for one in questions},
        outcomes={
            "S1.1": Moderation("S1.1", rating="full", evidence_quality=EvidenceQuality.TESTED),
            "S1.2": Moderation("S1.2", rating="full", evidence_quality=EvidenceQuality.DOCUMENTED),
            "S2.1": Moderation(
                "S2.1",
                rating="part",
                evidence_quality=EvidenceQuality.ASSERTED,
                reason="The answer names training, and nothing shows who had it.",
            ),
        },
        actions=(
            OpenAction(Action("S1.2", "Put safeguarding on every agenda", "Chair", date(2026, 4, 30)), "S1.2", True),
            OpenAction(Action("S2.1", "Train everybody again", "Headteacher", date(2026, 9, 30)), "S2.1", False),
        ),
        open_questions=(OpenQuestion("S2.1", date(2026, 4, 20), "When was the last training, and who was there?"),),
    )


def _question(question_id: str, text: str, *, essential: bool) -> Question:
    meanings = {"full": "Everybody can say what they would do, and somebody has checked."}
    return Question(question_id, text, meanings, arrangements=(), essential=essential)
