"""What the staff of the fictional agencies say in the survey of the current round."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from section11.domain.organisations import DutyBasis, Organisation, OrganisationType
from section11.domain.survey import SurveyResult
from section11.services.demo.rounds import Round
from section11.storage.unit_of_work import UnitOfWork

ASKED = ("S2.5", "S4.1", "S5.1", "S6.1", "S7.1", "S8.1", "S11.1", "S12.1")
"""Questions of the section 11 set that practitioners can judge as well as managers."""


def add_survey(
    work: UnitOfWork,
    current: Round,
    members: Sequence[tuple[Organisation, OrganisationType]],
    partnership_id: str,
    rng: random.Random,
    *,
    now: datetime,
) -> None:
    """Write how many staff of each agency agree; they are somewhat less content than the returns say."""
    results = []
    for organisation, kind in members:
        if kind.usual_duty is not DutyBasis.SECTION_11:
            continue
        responses = rng.randint(6, 90)
        for question_id in ASKED:
            agree = round(responses * min(1.0, max(0.2, rng.gauss(0.7, 0.15))))
            results.append(SurveyResult(partnership_id, organisation.id, question_id, agree, responses))
    work.survey_results.put_all(current.cycle.id, results, at=now)
