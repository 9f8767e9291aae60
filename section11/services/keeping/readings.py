"""Who read and downloaded things long ago: that it was read stays in the trail, and who it was goes."""

from __future__ import annotations

from datetime import datetime

from section11.domain.erased_events import ERASED_ACTOR
from section11.domain.people import OPERATOR, User
from section11.domain.retention import RULES, Rule
from section11.services.erased_contents import erase_contents
from section11.services.keeping.looking import Due, Kind, Look
from section11.services.office import Office
from section11.services.trail import assessment_stream, organisation_stream, partnership_stream

READINGS = frozenset(
    {
        "return_read", "return_downloaded", "return_form_downloaded", "history_downloaded", "evidence_opened",
        "letter_downloaded", "letter_previewed", "letters_downloaded", "letter_document_downloaded",
        "table_downloaded", "results_downloaded", "figures_exported", "workbook_downloaded", "set_form_downloaded",
        "data_downloaded", "data_read", "board_pack_downloaded", "board_pack_draft_downloaded", "board_pack_presented",
    }
)  # fmt: skip
"""The events of reading; another way to read or take something away is one more name."""
NOBODY = frozenset({ERASED_ACTOR, OPERATOR.id})
"""Actors that are no person."""


def _due(look: Look) -> Due:
    things: list[str] = []
    number = 0
    for moment in sorted({look.before(years) for years in look.all_years(Rule.READINGS)}):
        found = look.work.audit_trail.streams_with(READINGS, moment, not_by=NOBODY)
        here = sorted(stream for stream in found if _until(look, stream) == moment)
        things += here
        number += sum(found[one] for one in here)
    words = f"{number:,} {'reading or download' if number == 1 else 'readings and downloads'}"
    return Due(tuple(things), (words,) if number else ())


def _until(look: Look, stream: str) -> datetime | None:
    """Return until when the readings in a stream are over; None where they are not this partnership's, or stay."""
    partnership_ids = _partnerships_of(look, stream)
    years = look.years(Rule.READINGS, partnership_ids) if look.partnership_id in partnership_ids else None
    return None if years is None else look.before(years)


def _partnerships_of(look: Look, stream: str) -> set[str]:
    kind, _, thing = stream.partition(":")
    if stream == partnership_stream(thing):
        return {thing}
    if stream == organisation_stream(thing):
        return look.partnerships_of.get(thing, set())
    assessment = look.work.assessments.get(thing) if kind == assessment_stream("")[:-1] else None
    return set(look.cycles[assessment.cycle_id].partnership_ids) if assessment else set()


def _remove(office: Office, actor: User, partnership_id: str, stream: str) -> bool:
    with office.store.writing() as work:
        until = _until(Look(work, partnership_id, office.clock()), stream)
        if until is None:
            return False
        number = erase_contents(
            work,
            office,
            actor,
            stream,
            RULES[Rule.READINGS].title,
            only=lambda event: event.name in READINGS and event.at < until and event.actor not in NOBODY,
            keeps_actor=False,
        )
        work.commit()
    return bool(number)


KIND = Kind(_due, _remove)
