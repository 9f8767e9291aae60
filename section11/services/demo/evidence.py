"""A few made-up pieces of evidence of the demo's first organisation: a file, one that has expired, and a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from section11.domain.assessments import assessment_id_for
from section11.domain.evidence import EvidenceItem, EvidenceKind, Revision, evidence_id
from section11.domain.file_types import TEXT
from section11.domain.organisations import Organisation
from section11.domain.standards import StandardsSet
from section11.services.demo.rounds import Round
from section11.services.trail import organisation_stream
from section11.storage.evidence_files import EvidenceFiles
from section11.storage.unit_of_work import UnitOfWork

WORDS = "This is a made-up document of the demo. A real one would be the policy or record named in its title.\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """``question`` counts the rated questions asked, from 0; days are counted from the first cycle's opening."""

    title: str
    question: int
    url: str = ""
    expires_after_days: int | None = None


PIECES = (
    _Piece("Safeguarding children policy", 0, expires_after_days=365 * 4),
    _Piece("Record of safeguarding training", 1, expires_after_days=365),
    _Piece("Minutes of the safeguarding board", 0, url="https://intranet.riverdale.example/safeguarding/minutes"),
)


def add_evidence(
    work: UnitOfWork,
    files: EvidenceFiles,
    organisation: Organisation,
    standards_set: StandardsSet,
    rounds: list[Round],
    added_by: str,
) -> None:
    """Add the pieces as they were kept when the first cycle opened, attached to the returns of every cycle."""
    added_at = rounds[0].opened_at
    asked = [one.id for one in standards_set.rated_questions if one.is_asked_of(organisation.type)]
    for number, piece in enumerate(PIECES, start=1):
        content = f"{piece.title}\n\n{WORDS}".encode()
        expires = added_at + timedelta(days=piece.expires_after_days) if piece.expires_after_days else None
        item = EvidenceItem(
            evidence_id(organisation.id, number),
            organisation.id,
            EvidenceKind.LINK if piece.url else EvidenceKind.FILE,
            piece.title,
            None if piece.url else added_at.date(),
            expires.date() if expires else None,
            (
                Revision(1, added_at, added_by, url=piece.url)
                if piece.url
                else Revision(
                    1, added_at, added_by, "", files.keep(content), len(content), TEXT.media_type, f"demo-{number}.txt"
                ),
            ),
        )
        work.evidence.add(item)
        for one in rounds:
            work.evidence.attach(assessment_id_for(one.cycle.id, organisation.id), asked[piece.question], item.id)
        work.audit_trail.append(
            organisation_stream(organisation.id),
            at=added_at,
            actor=added_by,
            name="evidence_added",
            details={"item": item.id, "title": item.title},
        )
