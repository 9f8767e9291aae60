"""The board pack of the demo: of the last round that is over, with what its scrutiny lead wrote, and final."""

from __future__ import annotations

from datetime import timedelta

from section11.domain.board_packs import RECOMMENDATIONS, THEMES, PlannedAction
from section11.domain.people import Role
from section11.domain.uk_time import uk_date
from section11.services.board_packs import make_final, save_plan, save_words
from section11.services.demo.people import person_id_of
from section11.services.demo.rounds import Round
from section11.services.office import Office

_THEMES = (
    "Leadership is in place nearly everywhere; what leaders hear from staff is less certain.",
    "Children are listened to one by one. Few organisations can show what changed for all of them.",
    "Evidence names policies more often than what came of them.",
)
_RECOMMENDATIONS = (
    "Ask every organisation for one example of a change that children asked for.",
    "Agree one short staff survey for all partners, so that answers can be laid beside what staff say.",
)
_PLAN = (
    ("Write the staff survey and try it with three partners", "Practice and learning group", 60),
    ("Hold a challenge day on listening to children", "Independent scrutineer", 120),
    ("Report to the board on overdue actions", "Scrutiny lead", 180),
)
"""What, who leads, and in how many days."""


def make_demo_pack(office: Office, finished: Round) -> None:
    """Write the draft of a round's pack as its scrutiny lead, and make it final."""
    with office.store.reading() as work:
        scrutiny = work.accounts.user(person_id_of(Role.SCRUTINY_LEAD))
    if scrutiny is None:
        raise LookupError("the demo has no scrutiny lead")
    cycle_id = finished.cycle.id
    for part, points in ((THEMES, _THEMES), (RECOMMENDATIONS, _RECOMMENDATIONS)):
        save_words(office, scrutiny, cycle_id, part, "\n".join(points), expected_version=0)
    today = uk_date(office.clock())
    plan = [PlannedAction(what, who, today + timedelta(days=days)) for what, who, days in _PLAN]
    save_plan(office, scrutiny, cycle_id, plan, expected_version=0)
    make_final(office, scrutiny, cycle_id)
