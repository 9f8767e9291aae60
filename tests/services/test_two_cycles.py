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

from io import BytesIO

from openpyxl import load_workbook

from section11.reports.figures_json import figures_json
from section11.reports.word_differences import stretches
from section11.services.action_register import action_register
from section11.services.answering import view_assessment
from section11.services.attaching import evidence_of_return
from section11.services.changes import changes_since_last_time
from section11.services.collating import cycle_figures
from section11.services.earlier_evidence import earlier_evidence
from section11.services.exports import download_workbook
from section11.services.form_reading import read_form
from section11.services.readings import notices_of_cycle
from section11.services.releasing import list_released
from section11.services.scrutiny import list_returns
from section11.services.trail import verify_trail
from tests.services.builders import (
    FIRE,
    MINDER,
    POLICE,
    Town,
    a_quiet_town,
    kept_progress,
    stored_answers,
)
from tests.services.two_cycles import (
    F24,
    F26,
    FULLY,
    M26,
    MOSTLY,
    NOT,
    P24,
    P26,
    PARTLY,
    answers_of_2026,
    between_the_cycles,
    carried_forward_to_2026,
    hand_back_and_judge,
    on,
    whole_round_of_2024,
)


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
