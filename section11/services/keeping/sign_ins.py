"""What is kept of signing in: sessions, one-time links, known browsers, and how people signed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from section11.domain.people import User
from section11.domain.retention import RULES, Rule
from section11.services.accounts import person_stream
from section11.services.erased_contents import erase_contents
from section11.services.keeping.looking import Due, Kind, Look
from section11.services.office import Office

EVENTS = "details of sign-ins in the audit trail"


def _due(look: Look) -> Due:
    counted: Counter[str] = Counter()
    things: list[str] = []
    until = _until_by_person(look, look.around_people())
    for moment in sorted(set(until.values())):
        rows = look.work.personal_data.old_sign_ins(moment)
        told = look.work.audit_trail.streams_about(person_stream(""), moment)
        for person_id in sorted(one for one, theirs in until.items() if theirs == moment):
            found = dict(rows.get(person_id, {}))
            if told.get(person_stream(person_id)):
                found[EVENTS] = told[person_stream(person_id)]
            if found:
                counted.update(found)
                things.append(person_id)
    return Due(tuple(things), tuple(f"{kind.capitalize()}: {number:,}" for kind, number in counted.items()))


def _until_by_person(look: Look, around: Mapping[str, set[str]]) -> dict[str, datetime]:
    """Return until when each person's sign-ins are over; nobody whose partnerships keep them for ever."""
    found = {}
    for person_id, partnership_ids in around.items():
        years = look.years(Rule.SIGN_INS, partnership_ids)
        if years is not None:
            found[person_id] = look.before(years)
    return found


def _remove(office: Office, actor: User, partnership_id: str, person_id: str) -> bool:
    with office.store.writing() as work:
        look = Look(work, partnership_id, office.clock())
        until = _until_by_person(look, look.around_people([person_id])).get(person_id)
        if until is None:
            return False
        work.personal_data.forget_sign_ins(person_id, until)
        erase_contents(
            work,
            office,
            actor,
            person_stream(person_id),
            RULES[Rule.SIGN_INS].title,
            only=lambda event: bool(event.details) and event.at < until,
        )
        work.commit()
    return True


KIND = Kind(_due, _remove)
