"""Whole returns whose time is over: those that were released, of cycles that closed long ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from section11.domain.people import User
from section11.domain.retention import RULES, Rule
from section11.services.erased_contents import erase_contents
from section11.services.keeping.looking import NOT_RELEASED, Due, Kind, Look
from section11.services.office import Office
from section11.services.trail import assessment_stream


def _due(look: Look) -> Due:
    things: list[str] = []
    goes, stays = [], []
    for cycle in look.own_cycles:
        if not look.is_over(cycle, Rule.RETURNS):
            continue
        reasons = look.reasons_to_keep(cycle)
        going = sorted(one for one, why in reasons.items() if not why)
        things += going
        if going:
            goes.append(f"{cycle.name}: {_returns(len(going))}")
        stays += [f"{cycle.name}: {line}" for line in _kept(reasons)]
    return Due(tuple(things), tuple(goes), tuple(stays))


def _kept(reasons: dict[str, str]) -> Iterator[str]:
    for why, number in Counter(one for one in reasons.values() if one).items():
        yield f"{_returns(number)} {why}"


def _returns(number: int) -> str:
    return f"{number:,} {'return' if number == 1 else 'returns'}"


def _remove(office: Office, actor: User, partnership_id: str, assessment_id: str) -> bool:
    with office.store.writing() as work:
        assessment = work.assessments.lock_for_change(assessment_id)
        if assessment is None:
            return False
        look = Look(work, partnership_id, office.clock())
        cycle = look.cycles[assessment.cycle_id]
        if not look.is_over(cycle, Rule.RETURNS) or look.reasons_to_keep(cycle).get(assessment_id, NOT_RELEASED):
            return False
        work.retention.remove_return(assessment_id)
        work.cycles.count_removed_return(cycle.id)
        erase_contents(work, office, actor, assessment_stream(assessment_id), RULES[Rule.RETURNS].title)
        work.commit()
    return True


KIND = Kind(_due, _remove)
