"""Builders of small cycles for the tests of figures and of what is made from them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from section11.domain.actions import TrackedAction
from section11.domain.answers import Action, Answer, Marker
from section11.domain.cycles import EVERY_TYPE, Cycle, CycleStatus
from section11.domain.moderation import Moderation
from section11.domain.organisations import DutyBasis, Organisation, OrganisationType
from section11.domain.scales import Rating, RatingScale, Tone
from section11.domain.standards import Question, Standard, StandardsSet, Thresholds
from section11.domain.workflow import AssessmentStatus
from section11.reports.collated import CollatedCycle, CollatedReturn

PUBLISHED_MATRIX = Path(__file__).parent.parent / "data" / "published-matrix-12-agencies.csv"

DUE = date(2026, 9, 30)
ON_TIME = datetime(2026, 9, 28, 15, 30, tzinfo=UTC)
LATE = datetime(2026, 10, 2, 9, 0, tzinfo=UTC)
TAKEN_AT = datetime(2026, 10, 14, 14, 2, tzinfo=UTC)

FOUR_RATINGS = RatingScale(
    id="four",
    title="Four ratings",
    ratings=(
        Rating("fully", "Fully met", "Everything is in place and works.", Tone.FULL),
        Rating("mostly", "Mostly met", "Most is in place.", Tone.MOST),
        Rating("partly", "Partly met", "Some is in place.", Tone.PART),
        Rating("not", "Not met", "Little is in place.", Tone.NONE),
    ),
)
RAG = RatingScale(
    id="rag",
    title="Red, amber, green",
    ratings=(
        Rating("green", "Green", "Met.", Tone.FULL),
        Rating("amber", "Amber", "Partly met.", Tone.PART),
        Rating("red", "Red", "Not met.", Tone.NONE),
    ),
    not_applicable_words=("grey",),
)

POLICE = OrganisationType("police", "Police force", "Police", DutyBasis.SECTION_11)
SCHOOL = OrganisationType("school", "Primary school", "Education", DutyBasis.EQUIVALENT)
CHARITY = OrganisationType("charity", "Charity", "Voluntary sector", DutyBasis.VOLUNTARY)
HOUSING = OrganisationType("housing", "Housing association", "Housing", DutyBasis.COMMISSIONED)
CLUB = OrganisationType("club", "Club", "Voluntary sector", DutyBasis.VOLUNTARY)


def question(
    question_id: str,
    *arrangements: str,
    essential: bool = False,
    not_asked_of: Iterable[str] = (),
    scale: RatingScale = FOUR_RATINGS,
) -> Question:
    """Return a question whose words name it."""
    return Question(
        id=question_id,
        text=f"Is {question_id} in place?",
        descriptors={rating.key: rating.meaning for rating in scale.ratings},
        arrangements=arrangements,
        essential=essential,
        not_asked_of=frozenset(not_asked_of),
    )


SMALL_SET = StandardsSet(
    id="small",
    title="Small set",
    version="1.0",
    scale=FOUR_RATINGS,
    standards=(
        Standard(
            "S1",
            "Leadership",
            (
                question("S1.1", "S11-01", "S11-02", essential=True),
                question("S1.2", "S11-02"),
                question("S1.3", "S11-02"),
            ),
        ),
        Standard(
            "S2",
            "Safe recruitment",
            (
                question("S2.1", "S11-01", essential=True, not_asked_of=["charity"]),
                question("S2.2", "S11-02", not_asked_of=["charity"]),
            ),
        ),
    ),
    arrangements={"S11-01": "Senior leadership", "S11-02": "Clear accountability"},
)
CLUB_SET = StandardsSet(
    id="clubs",
    title="Set for clubs",
    version="1",
    scale=RAG,
    standards=(
        Standard(
            "G1",
            "Groups",
            (
                question("G1.1", "S11-02", essential=True, scale=RAG),
                question("G1.2", "S11-02", "S11-03", scale=RAG),
                question("G1.3", "S11-03", scale=RAG),
            ),
        ),
    ),
    arrangements={"S11-02": "Somebody answers for it", "S11-03": "Listening"},
    thresholds=Thresholds(strong_from_percent=50, weak_below_percent=20),
)
"""Shares the arrangement S11-02 with the small set, in other words and on another scale."""


def rated(
    question_id: str, rating: str, *, evidence: str = "", impact: str = "", carried_from: str | None = None
) -> Answer:
    """Return a rated answer, with a line of evidence unless given."""
    evidence = evidence or f"Evidence for {question_id}."
    return Answer(question_id, rating=rating, evidence=evidence, impact=impact, carried_from=carried_from)


def not_applicable(question_id: str, reason: str = "We do not employ staff.") -> Answer:
    """Return an answer that says the question does not apply."""
    return Answer(question_id, marker=Marker.NOT_APPLICABLE, reason=reason)


def dont_know_yet(question_id: str) -> Answer:
    """Return an answer marked "Don't know yet"."""
    return Answer(question_id, marker=Marker.DONT_KNOW_YET)


def tracked(action: Action) -> TrackedAction:
    """Return an action as it is kept, with nothing reported about it unless it is tracked already."""
    if isinstance(action, TrackedAction):
        return action
    return TrackedAction(action.question_id, action.what, action.owner, action.due, began=ON_TIME.date())


def a_return(
    name: str,
    kind: OrganisationType,
    answers: Iterable[Answer] = (),
    *,
    status: AssessmentStatus = AssessmentStatus.SUBMITTED,
    signed_at: datetime | None = ON_TIME,
    standards_set: StandardsSet = SMALL_SET,
    actions: Iterable[Action] = (),
    outcomes: Iterable[Moderation] = (),
) -> CollatedReturn:
    """Return one expected return; its ids are made from the name."""
    organisation_id = name.lower().replace(" ", "-")
    return CollatedReturn(
        assessment_id=f"2026.{organisation_id}",
        organisation=Organisation(organisation_id, name, kind.key),
        organisation_type=kind,
        duty=kind.usual_duty,
        status=status,
        standards_set=standards_set,
        signed_at=signed_at,
        answers={answer.question_id: answer for answer in answers},
        actions={action.question_id: tracked(action) for action in actions},
        outcomes={outcome.question_id: outcome for outcome in outcomes},
    )


def a_cycle(
    *returns: CollatedReturn,
    taken_at: datetime = TAKEN_AT,
    is_demo: bool = False,
    set_ids: Mapping[str, str] | None = None,
) -> CollatedCycle:
    """Return a cycle due on 30 September 2026, read a fortnight later."""
    cycle = Cycle(
        id="2026",
        name="2026",
        due=DUE,
        status=CycleStatus.OPEN,
        partnership_ids=frozenset({"riverdale"}),
        set_ids_by_type=set_ids or {EVERY_TYPE: "small"},
    )
    return CollatedCycle(cycle, returns, taken_at, "Riverdale Safeguarding Children Partnership", is_demo)


def four_organisations() -> CollatedCycle:
    """Return a cycle with every kind of answer, small enough to count by hand.

    Police: everything rated. School: late, one "not applicable" with a reason, one question not answered.
    Charity: standard 1 does not apply, standard 2 is not asked. Housing: not returned, though it has a draft.
    """
    return a_cycle(
        a_return(
            "Riverdale Police",
            POLICE,
            [
                rated("S1.1", "fully"),
                rated("S1.2", "fully", evidence="=1+1 is how our form begins", impact="Staff say so."),
                rated("S1.3", "fully"),
                rated("S2.1", "partly"),
                rated("S2.2", "fully"),
            ],
            actions=[Action("S2.1", "Train every panel member", "Head of HR", date(2027, 1, 31))],
        ),
        a_return(
            "Oak School",
            SCHOOL,
            [rated("S1.1", "mostly"), not_applicable("S1.2"), rated("S2.1", "not"), rated("S2.2", "fully")],
            status=AssessmentStatus.MODERATED,
            signed_at=LATE,
        ),
        a_return(
            "Hope Charity",
            CHARITY,
            [not_applicable("S1.1"), not_applicable("S1.2"), not_applicable("S1.3")],
            status=AssessmentStatus.RELEASED,
        ),
        a_return(
            "Elm Housing",
            HOUSING,
            [rated("S1.1", "not", evidence="Draft that nobody may see")],
            status=AssessmentStatus.IN_PROGRESS,
            signed_at=None,
        ),
    )


def seven_organisations() -> CollatedCycle:
    """Return the four organisations of the small set, and three clubs with a set and a scale of their own.

    Scouts: everything rated. Choir: the essential question is red, one does not apply. Band: not returned.
    """
    draft = AssessmentStatus.IN_PROGRESS
    return a_cycle(
        *four_organisations().returns,
        a_return(
            "Scouts",
            CLUB,
            [rated("G1.1", "green"), rated("G1.2", "green"), rated("G1.3", "red")],
            standards_set=CLUB_SET,
        ),
        a_return(
            "Choir",
            CLUB,
            [rated("G1.1", "red"), rated("G1.2", "green"), not_applicable("G1.3")],
            standards_set=CLUB_SET,
        ),
        a_return("Band", CLUB, [rated("G1.1", "red")], status=draft, signed_at=None, standards_set=CLUB_SET),
    )


def published_matrix() -> CollatedCycle:
    """Return the published result of 12 agencies and 6 questions; grey means not applicable."""
    answers_by_agency: dict[str, list[Answer]] = {}
    with PUBLISHED_MATRIX.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            is_grey = row["rating"] in RAG.not_applicable_words
            answer = not_applicable(row["question"]) if is_grey else rated(row["question"], row["rating"])
            answers_by_agency.setdefault(row["organisation"], []).append(answer)
    questions = tuple(question(f"1.{number}", "S11-01", scale=RAG) for number in range(1, 7))
    rag_set = StandardsSet("published", "Published matrix", "2014", RAG, (Standard("1", "Standard 1", questions),))
    return a_cycle(
        *(a_return(name, POLICE, answers, standards_set=rag_set) for name, answers in answers_by_agency.items())
    )


def large_cycle(organisations: int, questions: int) -> CollatedCycle:
    """Return a cycle in which every organisation has answered every question, in standards of eight questions."""
    ids = [f"{number // 8 + 1}.{number % 8 + 1}" for number in range(questions)]
    standards = tuple(
        Standard(str(start // 8 + 1), f"Standard {start // 8 + 1}", tuple(question(i) for i in ids[start : start + 8]))
        for start in range(0, questions, 8)
    )
    large_set = StandardsSet("large", "Large set", "1", FOUR_RATINGS, standards)
    keys = FOUR_RATINGS.keys
    return a_cycle(
        *(
            a_return(
                f"School {number}",
                SCHOOL,
                [rated(question_id, keys[(number + at) % 4]) for at, question_id in enumerate(ids)],
                standards_set=large_set,
            )
            for number in range(organisations)
        )
    )
