"""Places the pages are tested in, besides the small town: an empty partnership, and a published result."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from section11.domain.people import OPERATOR, Role, User
from section11.services.cycles import create_cycle, open_cycle
from section11.services.office import Office
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.results import import_results
from tests.services.builders import invite, start

DATA = Path(__file__).parent.parent / "data"
MATRIX_SET = DATA / "published-matrix"
MATRIX_RESULTS = DATA / "published-matrix-12-agencies.csv"
MATRIX_ORGANISATIONS = """name,type
NTW,nhs-mental-health
NHCFT,nhs-acute
Cafcass,cafcass
Housing,la-housing
NFRS,fire-and-rescue
Northumbria Police,police-force
Public Health,public-health
CCG,icb
Barnardos,vcse
Childrens Social Care,la-childrens-services
Adults,la-adult-services
Voices,vcse
"""
FIVE_KINDS = """id,name,type
police,Riverdale Police,police-force
fire,Riverdale Fire and Rescue,fire-and-rescue
school,Oak School,school-academy
nursery,Bright Stars Nursery,early-years-group
minder,Lily Lane Childminding,childminder
charity,Hope Charity,vcse
"""


@dataclass(frozen=True)
class Place:
    """One partnership and the people it has from the start."""

    office: Office
    partnership_id: str
    admin: User
    scrutiny: User
    board: User


def fresh_partnership(office: Office, name: str = "Newtown") -> Place:
    """Start a partnership that has no organisation and no cycle yet."""
    admin = start(office, name)
    partnership_id = name.lower()
    return Place(
        office,
        partnership_id,
        admin,
        invite(office, Role.SCRUTINY_LEAD, partnership_id=partnership_id),
        invite(office, Role.BOARD_VIEWER, partnership_id=partnership_id),
    )


def add_cycle(place: Place, *, name: str = "2026", set_id: str = "section11-2026", is_open: bool = True) -> str:
    """Create a cycle due on 31 March 2026 and open it."""
    cycle = create_cycle(
        place.office,
        place.admin,
        name=name,
        due=date(2026, 3, 31),
        set_ids_by_type={"*": set_id},
        partnership_ids=frozenset({place.partnership_id}),
    )
    if is_open:
        open_cycle(place.office, place.admin, cycle.id)
    return cycle.id


def published_matrix(office: Office) -> Place:
    """Take in the published result of 12 agencies: 66 green, 3 amber, 3 not applicable, of standard 1."""
    place = fresh_partnership(office)
    import_organisations(office, OPERATOR, place.partnership_id, MATRIX_ORGANISATIONS.encode(), "organisations.csv")
    cycle_id = add_cycle(place, name="Published", set_id=str(MATRIX_SET))
    import_results(office, OPERATOR, cycle_id, MATRIX_RESULTS.read_bytes(), MATRIX_RESULTS.name)
    return place


def five_kinds(office: Office, answers: Mapping[tuple[str, str], str]) -> Place:
    """Take in a cycle in which five kinds of organisation answer five sets; Fire and Rescue has not returned.

    ``answers`` has a rating, "n/a" or nothing ("") by organisation id and question id. Every other question that
    is asked and rated has the best rating.
    """
    place = fresh_partnership(office, "Riverdale")
    import_organisations(office, OPERATOR, place.partnership_id, FIVE_KINDS.encode(), "organisations.csv")
    cycle = create_cycle(
        office,
        place.admin,
        name="2026",
        due=date(2026, 3, 31),
        set_ids_by_type=office.types.usual_set_ids,
        partnership_ids=frozenset({place.partnership_id}),
    )
    open_cycle(office, place.admin, cycle.id)
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(["organisation", "question", "rating"])
    for organisation_id, name, kind in list(csv.reader(FIVE_KINDS.splitlines()))[1:]:
        standards_set = office.library.load(cycle.set_id_for(kind) or "")
        asked = [one.id for one in standards_set.rated_questions if one.is_asked_of(kind)]
        ratings = [answers.get((organisation_id, one), standards_set.scale.best.key) for one in asked]
        rows = [(name, one, rating) for one, rating in zip(asked, ratings, strict=True) if rating]
        table.writerows(rows if organisation_id != "fire" else [])
    import_results(office, OPERATOR, cycle.id, file.getvalue().encode(), "results.csv")
    return place
