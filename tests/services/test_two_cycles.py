"""A story over two cycles, 2024 and 2026, through the services as people use them. Every number is counted by hand.

Riverdale has four organisations: the police (P), the fire service (F), a childminder (M), and the Blue Light Group,
which never returns anything. F+ is fully met, M+ mostly, P- partly, N- not met, n/a not applicable; "own>judged".

2024, due 31 March                 P (signed 20 Mar)  F (signed 5 Apr, late)  M (28 Mar)  counted
S1.1 essential                     M+ > M+            N- > N-                 F+          F 1, M 1, N 1, n 3
S1.2                               F+ > P-            M+ > M+                 F+          F 2, M 1, n 3
S2.1                               P- > P-            F+ > M+                 F+          F 2, P 1, n 3
S2.2 (childminders are not asked)  N- > P-            n/a > no rating         not asked   N 1, n 1, n/a 1
evidence quality                   doc asr tes doc    none doc asr            -           none 1, asr 2, doc 3, tes 1
                       all: fully 5, mostly 2, partly 1, not 2; n 10 of 11 asked -> 50.00, 20.00, 10.00, 20.00 %
                       self and moderated: 2 returns, n 7: higher 1 (P S2.2), same 4, lower 2 (P S1.2, F S2.1), none 1
Actions: A1 for P S2.1, due 30 Sep 2024: done 1 Sep, verified 15 Oct 2024.
         A2 for P S2.2, due 31 Dec 2024: never done, so overdue in 2026.
         A3 for F S1.1, due 30 Jun 2026: open.
Returned 3 of 4 = 75 %, one late, one overdue; P and F are released.

2026, due 31 March, S1.2 reworded  P (10 Mar, 20 Mar)     F (25 Mar)      M             counted
S1.1                               M+ confirmed > M+      F+ changed      confirmed     F 1, M 1, n 2
S1.2                               F+ text taken out > P- M+ confirmed    not confirmed F 1, M 1, n 2
S2.1                               F+ changed > F+        F+ confirmed    not confirmed F 2, n 2
S2.2                               P- changed > P-        n/a confirmed   not asked     P 1, n 1, n/a 1
                       all: fully 4, mostly 2, partly 1, not 0; n 7 of 8 asked -> 57.14, 28.57, 14.29, 0.00 %
                       self and moderated: 1 return, n 4: same 3, lower 1 (P S1.2)
Action A4 for P S2.2, due 30 Sep 2026: open. The register then has 4: open 3, of which overdue 1 (A2), and verified 1.
Handed back on 12 March about S2.2, whose words P changes; after that one judgement of four is out of date.
On 28 March 2 of 4 returned = 50 %, none late or overdue; on 2 April two are overdue.
Notices of 2026: P S1.2 best rating without evidence (70), F S1.1 three ratings better with nothing new (65), P S1.1
evidence older than the period (40).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from section11.domain.actions import Report
from section11.domain.answers import Action, Marker
from section11.domain.moderation import EvidenceQuality, Seat, Standing
from section11.reports.figures_json import figures_json
from section11.reports.word_differences import stretches
from section11.services.action_register import action_register, verify_action
from section11.services.actions import finish_action
from section11.services.answering import save_action, view_assessment
from section11.services.attaching import QuestionPlace, evidence_of_return
from section11.services.changes import changes_since_last_time
from section11.services.collating import cycle_figures
from section11.services.cycles import close_cycle
from section11.services.earlier_evidence import confirm_answer, earlier_evidence
from section11.services.exports import download_workbook
from section11.services.form_reading import read_form
from section11.services.moderating import finish_moderation, save_moderation
from section11.services.moderation_panels import assign_moderator
from section11.services.moderation_views import view_moderation
from section11.services.readings import notices_of_cycle
from section11.services.releasing import list_released, release_cycle
from section11.services.scrutiny import hand_back, list_returns
from section11.services.signing import send_for_sign_off, sign_off
from section11.services.trail import verify_trail
from tests.services.builders import (
    FIRE,
    MINDER,
    POLICE,
    Town,
    a_quiet_town,
    answer,
    kept_progress,
    open_a_cycle,
    stored_answers,
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


def numbers(town: Town, cycle_id: str) -> dict:
    return figures_json(cycle_figures(town.office, town.scrutiny, cycle_id))


def tally(row: dict) -> tuple[int, ...]:
    """Return fully, mostly, partly, not met; n; not applicable; not confirmed and not answered; not asked."""
    counts = [row["ratings"][key]["count"] for key in (FULLY, MOSTLY, PARTLY, NOT)]
    return (*counts, row["n"], row["not_applicable"], row["not_confirmed"] + row["not_answered"], row["not_asked"])


def shares(row: dict) -> list[float]:
    return [row["ratings"][key]["percent"] for key in (FULLY, MOSTLY, PARTLY, NOT)]


def rates(found: dict) -> tuple[object, ...]:
    row = found["return_rates"]["overall"]
    return tuple(row[key] for key in ("expected", "returned", "returned_percent", "outstanding", "late", "overdue"))


def compared(row: dict) -> tuple[int, ...]:
    """Return n, higher, same, lower, no rating from either; then the evidence from none to shows impact."""
    return (*(row[key] for key in ("n", "higher", "same", "lower", "no_rating")), *row["evidence_quality"].values())


def actions(row: dict) -> tuple[int, ...]:
    return tuple(row[key] for key in ("n", "open", "overdue", "done", "verified", "dropped"))


def check_the_figures_of_2024(town: Town) -> None:
    found = numbers(town, "2024")
    [of_set] = found["sets"]
    assert rates(found) == (4, 3, 75.0, 1, 1, 1)
    assert {key: count for key, count in found["return_rates"]["overall"]["by_status"].items() if count} == {
        "not_started": 1, "submitted": 1, "released": 2,
    }  # fmt: skip
    assert {row["id"]: row["timing"] for row in found["organisations"]} == {
        POLICE: "on_time", FIRE: "late", MINDER: "on_time", "blue-light": "overdue",
    }  # fmt: skip
    assert {row["id"]: tally(row) for row in of_set["questions"]} == {
        "S1.1": (1, 1, 0, 1, 3, 0, 0, 0),
        "S1.2": (2, 1, 0, 0, 3, 0, 0, 0),
        "S2.1": (2, 0, 1, 0, 3, 0, 0, 0),
        "S2.2": (0, 0, 0, 1, 1, 1, 0, 1),
    }
    assert (tally(of_set["total"]), shares(of_set["total"])) == ((5, 2, 1, 2, 10, 1, 0, 1), [50.0, 20.0, 10.0, 20.0])
    moderation = of_set["moderation"]
    assert (moderation["returns"], compared(moderation["total"])) == (2, (7, 1, 4, 2, 1, 1, 2, 3, 1, 0))
    assert {row["id"]: compared(row) for row in moderation["questions"]} == {
        "S1.1": (2, 0, 2, 0, 0, 1, 0, 1, 0, 0),
        "S1.2": (2, 0, 1, 1, 0, 0, 1, 1, 0, 0),
        "S2.1": (2, 0, 1, 1, 0, 0, 1, 0, 1, 0),
        "S2.2": (1, 1, 0, 0, 1, 0, 0, 1, 0, 0),
    }
    assert list(list_released(town.office, town.board, "2024")) == [F24, P24]
    assert [one.notice for one in notices_of_cycle(town.office, town.scrutiny, "2024").notices] == []


def sheet(town: Town, cycle_id: str, title: str) -> list[dict[str, object]]:
    """Return the rows of a sheet of the partnership workbook by heading, from the row that holds the headings."""
    content = download_workbook(town.office, town.scrutiny, cycle_id).content
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(content))[title].iter_rows()]
    first = next(number for number, row in enumerate(rows) if row[1] is not None and None not in row[:3])
    headings = [str(one) for one in rows[first]]
    return [dict(zip(headings, row, strict=True)) for row in rows[first + 1 :] if any(one is not None for one in row)]


def by_question(town: Town, cycle_id: str) -> dict[object, tuple[object, ...]]:
    """Return n, the count of each rating and "not applicable" by question id, from the partnership workbook."""
    keys = ("n", "Fully met", "Mostly met", "Partly met", "Not met", "Not applicable")
    return {row["Question id"]: tuple(row[key] for key in keys) for row in sheet(town, cycle_id, "By question")}


def check_the_workbook_of_2024(town: Town) -> None:
    [*by_type, overall] = sheet(town, "2024", "Return rates")
    assert [overall[key] for key in ("Expected", "Returned", "Outstanding", "Returned %", "Late", "Overdue")] == [
        4, 3, 1, 0.75, 1, 1,
    ]  # fmt: skip
    assert sum(int(row["Expected"]) for row in by_type) == 4  # type: ignore[call-overload]
    assert by_question(town, "2024") == {
        "S1.1": (3, 1, 1, 0, 1, 0), "S1.2": (3, 2, 1, 0, 0, 0), "S2.1": (3, 2, 0, 1, 0, 0), "S2.2": (1, 0, 0, 0, 1, 1),
        "All": (10, 5, 2, 1, 2, 1),
    }  # fmt: skip
    judged = sheet(town, "2024", "Self and moderated")
    keys = ("n", "Moderated higher", "The same", "Moderated lower", "No rating from either", "Evidence: documented")
    assert {row["Question id"]: tuple(row[key] for key in keys) for row in judged} == {
        "S1.1": (2, 0, 2, 0, 0, 1), "S1.2": (2, 0, 1, 1, 0, 1), "S2.1": (2, 0, 1, 1, 0, 0),
        "S2.2": (1, 1, 0, 0, 1, 1), None: (7, 1, 4, 2, 1, 3),
    }  # fmt: skip
    assert sorted((row["Question id"], row["Status"], row["Overdue"]) for row in sheet(town, "2024", "Actions")) == [
        ("S1.1", "Open", "No"), ("S2.1", "Open", "No"), ("S2.2", "Open", "No"),
    ]  # fmt: skip


def carried_forward_to_2026(town: Town) -> None:
    on(town, 2026, 2, 1)
    for name, before, after in (
        ("s1.yaml", "What do you do about S1.2?", "What does everyone do about S1.2?"),
        ("set.yaml", "version: '1'", "version: '2'"),
    ):
        file = town.standards / "small-set" / name
        file.write_text(file.read_text().replace(before, after))
    open_a_cycle(town, name="2026", due=date(2026, 3, 31))


def check_what_was_carried(town: Town) -> None:
    carried = {one: stored_answers(town, one) for one in (P26, F26, M26, "2026.blue-light")}
    assert [len(one) for one in carried.values()] == [4, 4, 3, 0]
    assert {each.carried_from for one in carried.values() for each in one.values()} == {"2024"}
    assert [kept_progress(town, one).settled for one in (P26, F26, M26)] == [0, 0, 0]
    assert tally(numbers(town, "2026")["sets"][0]["total"])[4] == 0
    earlier = view_assessment(town.office, town.contributor, P26).earlier
    assert {key: one.match.kind.value for key, one in earlier.items()} == {
        "S1.1": "same", "S1.2": "reworded", "S2.1": "same", "S2.2": "same",
    }  # fmt: skip
    assert earlier["S1.2"].answers[0].question.text == "What do you do about S1.2?"
    forms = read_form(town.office, town.contributor, P26), read_form(town.office, town.fire_contributor, F26)
    open_then = {key: lines for form in forms for key, lines in form.open_actions.items()}
    assert {key: [(one.cycle.name, one.is_overdue) for one in lines] for key, lines in open_then.items()} == {
        "S2.2": [("2024", True)], "S1.1": [("2024", False)],
    }  # fmt: skip
    evidence = earlier_evidence(town.office, town.contributor, P26)
    assert {key: [(one.item.title, one.cycle.name) for one in kept] for key, kept in evidence.items()} == {
        "S1.1": [("Training record", "2024")]
    }
    assert evidence_of_return(town.office, town.contributor, P26) == {}
    question = earlier["S1.2"].answers[0].question.text
    now = view_assessment(town.office, town.contributor, P26).standards_set.questions_by_id["S1.2"].text
    assert [(one.gone, one.come) for one in stretches(question, now) or ()] == [
        ("What", "What"), ("do you", "does everyone"), ("do about S1.2?", "do about S1.2?"),
    ]  # fmt: skip


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


def check_the_changes_since_last_time(town: Town) -> None:
    changes = changes_since_last_time(town.office, town.scrutiny, P26)
    assert changes is not None
    assert [one.question.id for one in changes.answers] == ["S2.2"]
    [field] = changes.answers[0].fields
    assert (field.title, [(one.gone, one.come) for one in field.parts or () if not one.is_same]) == (
        "Evidence", [("board.", "board for May.")],
    )  # fmt: skip


def check_the_figures_of_2026(town: Town) -> None:
    on(town, 2026, 3, 28)
    found = numbers(town, "2026")
    [of_set] = found["sets"]
    assert rates(found) == (4, 2, 50.0, 2, 0, 0)
    assert {row["id"]: tally(row) for row in of_set["questions"]} == {
        "S1.1": (1, 1, 0, 0, 2, 0, 0, 0),
        "S1.2": (1, 1, 0, 0, 2, 0, 0, 0),
        "S2.1": (2, 0, 0, 0, 2, 0, 0, 0),
        "S2.2": (0, 0, 1, 0, 1, 1, 0, 0),
    }
    assert (tally(of_set["total"]), shares(of_set["total"])) == ((4, 2, 1, 0, 7, 1, 0, 0), [57.14, 28.57, 14.29, 0.0])
    moderation = of_set["moderation"]
    assert (moderation["returns"], compared(moderation["total"])) == (1, (4, 0, 3, 1, 0, 0, 0, 4, 0, 0))
    assert actions(found["actions"]) == (1, 1, 0, 0, 0, 0)
    assert actions(numbers(town, "2024")["actions"]) == (3, 2, 1, 0, 1, 0)
    lines = {
        line.assessment.id: line.progress.settled for line in list_returns(town.office, town.scrutiny, "2026").lines
    }
    assert (lines[P26], lines[F26], lines[M26], lines["2026.blue-light"]) == (4, 4, 1, 0)
    notices = notices_of_cycle(town.office, town.scrutiny, "2026").notices
    assert [(one.organisation.id, one.notice.check, one.notice.question_ids, one.notice.weight) for one in notices] == [
        (POLICE, "fully-met-without-evidence", ("S1.2",), 70),
        (FIRE, "jump", ("S1.1",), 65),
        (POLICE, "old-evidence", ("S1.1",), 40),
    ]
    on(town, 2026, 4, 2)
    assert rates(numbers(town, "2026")) == (4, 2, 50.0, 2, 0, 2)


def check_the_register_and_the_workbook_of_2026(town: Town) -> None:
    register = action_register(town.office, town.scrutiny)
    total = register.figures.total
    assert (total.n, total.open, total.overdue, total.done, total.verified, total.dropped) == (4, 3, 1, 0, 1, 0)
    rows = sheet(town, "2024", "Actions")
    assert sorted((row["Question id"], row["Status"], row["Overdue"]) for row in rows) == [
        ("S1.1", "Open", "No"), ("S2.1", "Verified", "No"), ("S2.2", "Open", "Yes"),
    ]  # fmt: skip
    [action] = sheet(town, "2026", "Actions")
    assert (action["Question id"], action["Status"], action["Updates"]) == ("S2.2", "Open", 0)
    assert by_question(town, "2026") == {
        "S1.1": (2, 1, 1, 0, 0, 0), "S1.2": (2, 1, 1, 0, 0, 0), "S2.1": (2, 2, 0, 0, 0, 0), "S2.2": (1, 0, 0, 1, 0, 1),
        "All": (7, 4, 2, 1, 0, 1),
    }  # fmt: skip
    [*_, total_row] = sheet(town, "2026", "Self and moderated")
    assert (total_row["n"], total_row["The same"], total_row["Moderated lower"]) == (4, 3, 1)


def test_two_cycles_come_to_the_numbers_that_were_counted_by_hand(office, tmp_path):
    town = a_quiet_town(office, tmp_path)

    whole_round_of_2024(town)
    check_the_figures_of_2024(town)
    assert actions(numbers(town, "2024")["actions"]) == (3, 3, 0, 0, 0, 0)
    check_the_workbook_of_2024(town)

    between_the_cycles(town)
    carried_forward_to_2026(town)
    check_what_was_carried(town)

    answers_of_2026(town)
    hand_back_and_judge(town)
    check_the_changes_since_last_time(town)
    check_the_figures_of_2026(town)
    check_the_register_and_the_workbook_of_2026(town)

    # Three signed in 2024; the police twice and the fire service once in 2026.
    report = verify_trail(town.office, town.admin)
    assert (report.faults, report.signed_versions) == ((), 6)
