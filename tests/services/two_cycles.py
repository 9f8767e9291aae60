"""What people do in Riverdale over two cycles, 2024 and 2026; test_two_cycles says what must come of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from section11.domain.actions import Report
from section11.domain.answers import Action, Marker
from section11.domain.moderation import EvidenceQuality, Seat, Standing
from section11.services.action_register import verify_action
from section11.services.actions import finish_action
from section11.services.answering import save_action
from section11.services.attaching import QuestionPlace, evidence_of_return
from section11.services.cycles import close_cycle
from section11.services.earlier_evidence import confirm_answer
from section11.services.moderating import finish_moderation, save_moderation
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import view_moderation
from section11.services.releasing import release_cycle
from section11.services.scrutiny import hand_back
from section11.services.signing import send_for_sign_off, sign_off
from tests.services.builders import (
    FIRE,
    MINDER,
    POLICE,
    Town,
    answer,
    open_a_cycle,
    tracked_action,
)
from tests.services.evidence_builders import a_link

NONE, ASSERTED, DOCUMENTED, TESTED = list(EvidenceQuality)[:4]
P24, F24, M24 = (f"2024.{one}" for one in (POLICE, FIRE, MINDER))
P26, F26, M26 = (f"2026.{one}" for one in (POLICE, FIRE, MINDER))
FULLY, MOSTLY, PARTLY, NOT = "fully_met", "mostly_met", "partly_met", "not_met"


def on(town: Town, year: int, month: int, day: int) -> None:
    town.office.clock.now = datetime(year, month, day, 10, tzinfo=UTC)  # type: ignore[attr-defined]


def sign(town: Town, assessment_id: str) -> None:
    contributor, approver = {
        POLICE: (town.contributor, town.approver),
        FIRE: (town.fire_contributor, town.fire_approver),
        MINDER: (town.minder, town.minder),
    }[assessment_id.partition(".")[2]]
    send_for_sign_off(town.office, contributor, assessment_id)
    sign_off(town.office, approver, assessment_id, agreed=True)


def judge(
    town: Town, assessment_id: str, question_id: str, rating: str | None, quality: EvidenceQuality | None
) -> None:
    view = view_moderation(town.office, town.scrutiny, assessment_id, first_look=False)
    said = view.said_to(question_id)
    save_moderation(
        town.office,
        town.scrutiny,
        assessment_id,
        question_id,
        expected_version=view.judgement(question_id, Seat.FIRST).version,
        expected_answer_version=said.answer.version,
        expected_attached=said.attached,
        **({"rating": rating} if rating else {"no_rating": True}),  # type: ignore[typeddict-item]
        evidence_quality=quality,
        reason="" if rating == said.answer.rating else "What is shown says otherwise.",
    )


def answers_of_2024(town: Town) -> None:
    on(town, 2024, 3, 18)
    police, fire = town.contributor, town.fire_contributor
    answer(town, police, P24, "S1.1", rating=MOSTLY, evidence="Board minutes of February 2024.")
    answer(town, police, P24, "S1.2", rating=FULLY, evidence="Training record of January 2024.")
    answer(town, police, P24, "S2.1", rating=PARTLY, evidence="Two teams asked children.")
    answer(town, police, P24, "S2.2", rating=NOT, evidence="To be planned.")
    a_link(town.office, police, attach_to=QuestionPlace(P24, "S1.1"))
    save_action(
        town.office, police, P24, Action("S2.1", "Ask children in every team", "Head of youth", date(2024, 9, 30))
    )
    save_action(town.office, police, P24, Action("S2.2", "Plan it", "Head of plans", date(2024, 12, 31)))
    answer(town, fire, F24, "S1.1", rating=NOT, evidence="The duty officer covers it.")
    answer(town, fire, F24, "S1.2", rating=MOSTLY, evidence="Reviewed in November 2023.")
    answer(town, fire, F24, "S2.1", rating=FULLY, evidence="A children's panel met in June 2023.")
    answer(town, fire, F24, "S2.2", marker=Marker.NOT_APPLICABLE, reason="We never meet them.")
    save_action(town.office, fire, F24, Action("S1.1", "Name a senior lead", "Chief officer", date(2026, 6, 30)))
    for question_id in ("S1.1", "S1.2", "S2.1"):
        answer(town, town.minder, M24, question_id, rating=FULLY, evidence=f"Shown for {question_id} in 2023.")


def whole_round_of_2024(town: Town) -> None:
    on(town, 2024, 2, 1)
    open_a_cycle(town, name="2024", due=date(2024, 3, 31))
    answers_of_2024(town)
    for day, assessment_id in ((20, P24), (28, M24)):
        on(town, 2024, 3, day)
        sign(town, assessment_id)
    on(town, 2024, 4, 5)
    sign(town, F24)
    on(town, 2024, 4, 20)
    for assessment_id, judged in (
        (P24, ((MOSTLY, DOCUMENTED), (PARTLY, ASSERTED), (PARTLY, TESTED), (PARTLY, DOCUMENTED))),
        (F24, ((NOT, NONE), (MOSTLY, DOCUMENTED), (MOSTLY, ASSERTED), (None, None))),
    ):
        assign_moderator(town.office, town.scrutiny, assessment_id, Seat.FIRST, town.scrutiny.id)
        for question_id, (rating, quality) in zip(("S1.1", "S1.2", "S2.1", "S2.2"), judged, strict=True):
            judge(town, assessment_id, question_id, rating, quality)
        finish_moderation(town.office, town.scrutiny, assessment_id)
    assert release_cycle(town.office, town.scrutiny, "2024") == 2
    on(town, 2024, 5, 1)


def between_the_cycles(town: Town) -> None:
    first = tracked_action(town, P24, "S2.1").id
    on(town, 2024, 9, 1)
    finish_action(
        town.office, town.contributor, first, Report("All teams.", "Records of every team.", "They are heard.")
    )
    on(town, 2024, 10, 15)
    verify_action(town.office, town.scrutiny, first, Report("Seen in three teams."))
    close_cycle(town.office, town.admin, "2024")


def carried_forward_to_2026(town: Town) -> None:
    on(town, 2026, 2, 1)
    for name, before, after in (
        ("s1.yaml", "What do you do about S1.2?", "What does everyone do about S1.2?"),
        ("set.yaml", "version: '1'", "version: '2'"),
    ):
        file = town.standards / "small-set" / name
        file.write_text(file.read_text().replace(before, after))
    open_a_cycle(town, name="2026", due=date(2026, 3, 31))


def answers_of_2026(town: Town) -> None:
    police, fire = town.contributor, town.fire_contributor
    on(town, 2026, 3, 9)
    confirm_answer(town.office, police, P26, "S1.1", expected_version=1)
    assert [one.title for one in evidence_of_return(town.office, police, P26)["S1.1"]] == ["Training record"]
    answer(town, police, P26, "S1.2", rating=FULLY, evidence="")
    answer(
        town,
        police,
        P26,
        "S2.1",
        rating=FULLY,
        evidence="Every team now asks each child and writes down what they say.",
    )
    answer(town, police, P26, "S2.2", rating=PARTLY, evidence="Planned with the board.")
    save_action(town.office, police, P26, Action("S2.2", "Carry it out", "Head of plans", date(2026, 9, 30)))
    on(town, 2026, 3, 10)
    sign(town, P26)
    on(town, 2026, 3, 25)
    answer(town, fire, F26, "S1.1", rating=FULLY)
    answer(town, fire, F26, "S1.2", evidence="Reviewed in January 2026.")
    answer(town, fire, F26, "S2.1", evidence="A children's panel met in June 2025.")
    confirm_answer(town.office, fire, F26, "S2.2", expected_version=1)
    sign(town, F26)
    confirm_answer(town.office, town.minder, M26, "S1.1", expected_version=1)


def hand_back_and_judge(town: Town) -> None:
    on(town, 2026, 3, 11)
    assign_moderator(town.office, town.scrutiny, P26, Seat.FIRST, town.scrutiny.id)
    judged = {"S1.1": MOSTLY, "S1.2": PARTLY, "S2.1": FULLY, "S2.2": PARTLY}
    for question_id, rating in judged.items():
        judge(town, P26, question_id, rating, DOCUMENTED)
    on(town, 2026, 3, 12)
    hand_back(town.office, town.scrutiny, P26, "By when?", ["S2.2"])
    on(town, 2026, 3, 20)
    answer(town, town.contributor, P26, "S2.2", evidence="Planned with the board for May.")
    sign(town, P26)
    view = view_moderation(town.office, town.scrutiny, P26, first_look=False)
    assert {key: view.standing(key) for key in judged} == dict.fromkeys(judged, Standing.JUDGED) | {
        "S2.2": Standing.OUT_OF_DATE
    }
    judge(town, P26, "S2.2", PARTLY, DOCUMENTED)
    finish_moderation(town.office, town.scrutiny, P26)
