"""A few made-up pieces of evidence of the demo's first organisation: a file, one that has expired, and a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


EvidenceByQuestion = dict[str, tuple[EvidenceItem, ...]]


def demo_evidence(
    files: EvidenceFiles, organisation: Organisation, standards_set: StandardsSet, first_round: Round, added_by: str
) -> EvidenceByQuestion:
    """Return the pieces as they were kept when the first cycle opened, by the id of their question."""
    asked = [one.id for one in standards_set.rated_questions if one.is_asked_of(organisation.type)]
    found: EvidenceByQuestion = {}
    for number, piece in enumerate(PIECES, start=1):
        item = _item(files, organisation, number, piece, first_round.opened_at, added_by)
        question_id = asked[piece.question]
        found[question_id] = (*found.get(question_id, ()), item)
    return found


def add_evidence(
    work: UnitOfWork, evidence: EvidenceByQuestion, organisation: Organisation, rounds: Sequence[Round]
) -> None:
    """Add the pieces and attach them to the organisation's returns of every cycle, which are there already."""
    kept = [(question_id, item) for question_id, items in evidence.items() for item in items]
    for question_id, item in sorted(kept, key=lambda pair: pair[1].id):
        work.evidence.add(item)
        for one in rounds:
            work.evidence.attach(assessment_id_for(one.cycle.id, organisation.id), question_id, item.id)
        work.audit_trail.append(
            organisation_stream(organisation.id),
            at=item.latest.added_at,
            actor=item.latest.added_by,
            name="evidence_added",
            details={"item": item.id, "title": item.title},
        )


def _item(
    files: EvidenceFiles, organisation: Organisation, number: int, piece: _Piece, added_at: datetime, added_by: str
) -> EvidenceItem:
    if piece.url:
        revision = Revision(1, added_at, added_by, url=piece.url)
    else:
        content = f"{piece.title}\n\n{WORDS}".encode()
        sha256 = files.keep(content)
        revision = Revision(1, added_at, added_by, "", sha256, len(content), TEXT.media_type, f"demo-{number}.txt")
    expires = added_at + timedelta(days=piece.expires_after_days) if piece.expires_after_days else None
    return EvidenceItem(
        evidence_id(organisation.id, number),
        organisation.id,
        EvidenceKind.LINK if piece.url else EvidenceKind.FILE,
        piece.title,
        None if piece.url else added_at.date(),
        expires.date() if expires else None,
        (revision,),
    )
