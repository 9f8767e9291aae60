"""Builders for the tests of letters: one return, small enough to work every figure out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from section11.domain.answers import Action, Answer, Marker
from section11.domain.moderation import EvidenceQuality, Moderation
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet
from section11.reports.letter import LetterFacts, OpenAction, OpenQuestion

SCALE = RatingScale(
    "met",
    "Met",
    (
        Rating("fully_met", "Fully met", "", Tone.FULL),
        Rating("mostly_met", "Mostly met", "", Tone.MOST),
        Rating("partly_met", "Partly met", "", Tone.PART),
        Rating("not_met", "Not met", "", Tone.NONE),
    ),
)


def a_question(question_id: str, *, essential: bool = False, not_asked_of: tuple[str, ...] = ()) -> Question:
    return Question(
        question_id,
        f"What do you do about {question_id}?",
        {"fully_met": f"All of {question_id}."},
        arrangements=(),
        essential=essential,
        not_asked_of=frozenset(not_asked_of),
    )


SET = StandardsSet(
    "small",
    "A small set",
    "1",
    SCALE,
    (
        Standard("S1", "Leadership", (a_question("S1.1", essential=True), a_question("S1.2"))),
        Standard(
            "S2",
            "Listening",
            (a_question("S2.1", essential=True), a_question("S2.2"), a_question("S2.3", not_asked_of=("police",))),
        ),
        Standard("S3", "Schools", (a_question("S3.1", not_asked_of=("police",)),)),
    ),
)


def rated(question_id: str, rating: str) -> Answer:
    return Answer(question_id, rating=rating, version=1)


def judged(question_id: str, rating: str | None, quality: EvidenceQuality | None, reason: str = "") -> Moderation:
    return Moderation(question_id, rating=rating, no_rating=rating is None, evidence_quality=quality, reason=reason)


def a_letter(**changes: object) -> LetterFacts:
    """Return a letter to the police. In its own eyes both standards are strong: 2 of 2, and 1 of 1 (S2.2 is N/A).

    After moderation S1 is at 1 of 2 with an essential question partly met: mixed. S2 is at 0 of 1, not met: weak.
    """
    facts = LetterFacts(
        organisation="Riverdale Police",
        organisation_type_key="police",
        organisation_type="Police force",
        partnership="Riverdale",
        audit="Section 11 audit",
        cycle="Audit 2026",
        due=date(2026, 3, 31),
        day=date(2026, 5, 12),
        made_at=datetime(2026, 5, 14, 9, tzinfo=UTC),
        signed_on=date(2026, 3, 27),
        signed_by="Head of Scrutiny",
        standards_set=SET,
        answers={
            "S1.1": rated("S1.1", "fully_met"),
            "S1.2": rated("S1.2", "fully_met"),
            "S2.1": rated("S2.1", "fully_met"),
            "S2.2": Answer("S2.2", marker=Marker.NOT_APPLICABLE, version=1),
        },
        outcomes={
            "S1.1": judged("S1.1", "partly_met", EvidenceQuality.ASSERTED, "Nothing shows it."),
            "S1.2": judged("S1.2", "fully_met", EvidenceQuality.TESTED),
            "S2.1": judged("S2.1", "not_met", EvidenceQuality.ASSERTED, "Not seen at the visit."),
            "S2.2": judged("S2.2", None, None),
        },
        actions=(
            OpenAction(Action("S1.2", "Write the policy", "Chief", date(2026, 4, 30)), "S1.2, Audit 2024", True),
            OpenAction(Action("S1.1", "Train managers", "", date(2026, 9, 30)), "S1.1", False),
        ),
        open_questions=(OpenQuestion("S1.2", date(2026, 4, 2), "Which policy is it?"),),
    )
    return replace(facts, **changes)  # type: ignore[arg-type]
