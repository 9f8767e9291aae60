"""Moderation: a second judgement on the answer to one rated question, and whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from section11.domain.answers import Answer, AnswersByQuestion
from section11.domain.snapshots import SignedEvidence
from section11.domain.standards import Question, StandardsSet


class EvidenceQuality(StrEnum):
    """How good the evidence for an answer is, the weakest first."""

    NONE = "none"
    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    TESTED = "tested"
    SHOWS_IMPACT = "shows_impact"


QUALITY_TITLES: dict[EvidenceQuality, str] = {
    EvidenceQuality.NONE: "None",
    EvidenceQuality.ASSERTED: "Asserted",
    EvidenceQuality.DOCUMENTED: "Documented",
    EvidenceQuality.TESTED: "Tested",
    EvidenceQuality.SHOWS_IMPACT: "Shows impact",
}

QUALITY_MEANINGS: dict[EvidenceQuality, str] = {
    EvidenceQuality.NONE: "Nothing is said or shown.",
    EvidenceQuality.ASSERTED: "The answer says so, and nothing shows it.",
    EvidenceQuality.DOCUMENTED: "A document is named or attached, such as a policy or a plan.",
    EvidenceQuality.TESTED: "Somebody checked that it works: an audit, a sample, an inspection.",
    EvidenceQuality.SHOWS_IMPACT: "It shows what changed for children.",
}


class Seat(StrEnum):
    """Whose judgement it is: one moderator's, the other's, or the one both agreed on."""

    FIRST = "first"
    SECOND = "second"
    AGREED = "agreed"


class Standing(StrEnum):
    """How far the judgement of a question is."""

    NOT_JUDGED = "not_judged"
    INCOMPLETE = "incomplete"
    OUT_OF_DATE = "out_of_date"
    JUDGED = "judged"


STANDING_TITLES: dict[Standing, str] = {
    Standing.NOT_JUDGED: "Not judged yet",
    Standing.INCOMPLETE: "Not complete",
    Standing.OUT_OF_DATE: "Out of date",
    Standing.JUDGED: "Judged",
}


Attached = tuple[SignedEvidence, ...]
"""The files and links under one answer as a moderator sees them, by item id."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an organisation says to one question, all of which is judged: its answer and the evidence attached to it."""

    answer: Answer
    attached: Attached = ()


SaidByQuestion = Mapping[str, Said]


def said_by_question(
    questions: Iterable[Question], answers: AnswersByQuestion, attached: Mapping[str, Attached]
) -> dict[str, Said]:
    """Return what is said to each question, also where nothing is."""
    return {one.id: Said(answers.get(one.id, Answer(one.id)), attached.get(one.id, ())) for one in questions}


@dataclass(frozen=True, slots=True)
class Moderation:
    """One judgement on one answer. It is stored as it grows, so parts of it may still be missing.

    ``rating`` is a key of the set's scale. ``no_rating`` says that no rating belongs there: the question does not
    apply, or need not be answered. ``answer_version`` is the version of the answer that was judged, 0 where there was
    none, and ``attached`` the evidence that stood under it. ``version`` is 0 before the first save and
    rises by one with each.
    """

    question_id: str
    seat: Seat = Seat.FIRST
    rating: str | None = None
    no_rating: bool = False
    evidence_quality: EvidenceQuality | None = None
    reason: str = ""
    answer_version: int = 0
    attached: Attached = ()
    version: int = 0
    moderator_id: str = ""
    updated_at: datetime | None = None

    @property
    def has_verdict(self) -> bool:
        return self.no_rating or self.rating is not None


def differs(moderation: Moderation, answer: Answer) -> bool:
    """Return whether the moderated rating is another than the organisation's own; no rating equals no rating."""
    return moderation.has_verdict and moderation.rating != answer.rating


def missing_in(moderation: Moderation, answer: Answer) -> list[str]:
    """Return what a judgement still lacks, each as a sentence that says what to do."""
    missing = []
    if not moderation.has_verdict:
        missing.append("Choose the moderated rating.")
    if moderation.evidence_quality is None and not moderation.no_rating:
        missing.append("Choose the quality of the evidence.")
    if differs(moderation, answer) and not moderation.reason.strip():
        missing.append("Say why the rating differs from the organisation's own.")
    return missing


def is_out_of_date(moderation: Moderation, said: Said) -> bool:
    """Return whether the answer or its evidence changed after it was judged, so that it no longer applies."""
    judged = (moderation.answer_version, moderation.attached)
    return moderation.version > 0 and judged != (said.answer.version, said.attached)


def standing_of(moderation: Moderation | None, said: Said) -> Standing:
    """Return how far the judgement of an answer is; only ``JUDGED`` counts."""
    if moderation is None or moderation.version == 0:
        return Standing.NOT_JUDGED
    if is_out_of_date(moderation, said):
        return Standing.OUT_OF_DATE
    return Standing.INCOMPLETE if missing_in(moderation, said.answer) else Standing.JUDGED


def moderated_questions(standards_set: StandardsSet, organisation_type: str) -> tuple[Question, ...]:
    """Return the questions that are moderated: those asked of this type that are answered with a rating."""
    return tuple(one for one in standards_set.questions_for(organisation_type) if one.is_rated)


ModerationsByQuestion = Mapping[str, Moderation]
