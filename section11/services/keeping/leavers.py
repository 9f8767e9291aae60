"""People who left long ago: their names, addresses and posts go, and what they did stays under an id."""

from __future__ import annotations

from section11.domain.people import User
from section11.domain.retention import RULES, Rule, is_due
from section11.domain.uk_time import long_date, uk_date
from section11.services.erasing_people import erase_in
from section11.services.keeping.looking import Due, Kind, Look
from section11.services.office import Office


def _due(look: Look) -> Due:
    around = look.around_people()
    left_at = look.work.personal_data.left_at(around)
    names = look.work.accounts.people_by_id(left_at)
    things, goes, stays = [], [], []
    for person_id, moment in sorted(left_at.items(), key=lambda one: one[1]):
        left_on = uk_date(moment)
        words = f"{names[person_id].name}, who left on {long_date(left_on)}"
        if is_due(left_on, look.years(Rule.LEAVERS, around[person_id]), look.today):
            things.append(person_id)
            goes.append(words)
        elif is_due(left_on, look.years(Rule.LEAVERS, [look.partnership_id]), look.today):
            stays.append(f"{words}: another partnership they belonged to keeps this longer")
    return Due(tuple(things), tuple(goes), tuple(stays))


def _remove(office: Office, actor: User, partnership_id: str, person_id: str) -> bool:
    with office.store.writing() as work:
        look = Look(work, partnership_id, office.clock())
        around = look.around_people([person_id]).get(person_id, set())
        left_at = work.personal_data.left_at([person_id]).get(person_id)
        person = work.personal_data.person(person_id)
        if left_at is None or person is None:
            return False
        if not is_due(uk_date(left_at), look.years(Rule.LEAVERS, around), look.today):
            return False
        erase_in(work, office, actor, person, RULES[Rule.LEAVERS].title)
        work.commit()
    return True


KIND = Kind(_due, _remove)
