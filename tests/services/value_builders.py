"""A cycle whose set has one question of each type, and what the police answer in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from section11.domain.assessments import assessment_id_for
from section11.services.cycles import create_cycle, open_cycle
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import FIRE, PARTNERSHIP, POLICE, Town, answer, stored_answers

EVERY_TYPE_SET = Path(__file__).parent.parent / "data" / "every-type"
VALUES_RETURN, FIRE_VALUES_RETURN = assessment_id_for("values", POLICE), assessment_id_for("values", FIRE)
TYPED = {
    "M1.2": "Yes",
    "M1.3": "1,250 people",
    "M1.4": "87.5%",
    "M1.5": "1 March 2026",
    "M1.6": "Holiday club",
    "M1.7": "Head of Safeguarding",
    "M1.8": "Nothing more.",
}
KEPT = {
    "M1.2": "yes",
    "M1.3": "1250",
    "M1.4": "87.5",
    "M1.5": "2026-03-01",
    "M1.6": "club",
    "M1.7": "Head of Safeguarding",
    "M1.8": "Nothing more.",
}


def open_values_cycle(town: Town) -> str:
    """Open the cycle "values" over every organisation of the town and return the police's assessment id."""
    create_cycle(
        town.office,
        town.admin,
        name="values",
        due=date(2026, 3, 31),
        set_ids_by_type={"*": str(EVERY_TYPE_SET)},
        partnership_ids=frozenset({PARTNERSHIP}),
    )
    open_cycle(town.office, town.admin, "values")
    return VALUES_RETURN


def values_submitted(town: Town) -> str:
    """Answer everything of the cycle "values" for the police, and sign it."""
    answer(town, town.contributor, VALUES_RETURN, "M1.1", rating="fully_met")
    for question_id, typed in TYPED.items():
        answer(town, town.contributor, VALUES_RETURN, question_id, value=typed)
    send_for_sign_off(town.office, town.contributor, VALUES_RETURN)
    sign_off(town.office, town.approver, VALUES_RETURN, agreed=True)
    return VALUES_RETURN


def kept_values(town: Town, assessment_id: str = VALUES_RETURN) -> dict[str, str | None]:
    return {key: one.value for key, one in stored_answers(town, assessment_id).items() if key != "M1.1"}
