"""The fictional demo partnership as it comes: complete, verifiable, and clearly made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from section11.domain.answers import AnswerState, state_of
from section11.domain.assessments import missing_before_sign_off, progress_of
from section11.domain.cycles import CycleStatus
from section11.domain.people import OPERATOR, ROLE_TITLES, Role
from section11.domain.question_types import type_of
from section11.domain.workflow import RETURNED, AssessmentStatus
from section11.errors import SignInRefusedError
from section11.permissions import Right
from section11.reports.moderation_figures import Comparison
from section11.services.accounts import sign_in, user_for_token
from section11.services.collating import cycle_figures
from section11.services.demo import build_demo, demo_accounts
from section11.services.demo.people import person_id_of
from section11.services.letters import LetterState, download_letter, list_letters
from section11.services.office import Office, frozen_set
from section11.services.places import find_assessment
from section11.services.queries import list_unread
from section11.services.signing import signature_of
from section11.services.trail import assessment_stream, verify_trail
from section11.storage.facts import DEMO
from tests.conftest import office_on

TOUR = "2026.riverdale-police"
COMPLETE = [*RETURNED, AssessmentStatus.AWAITING_SIGN_OFF, AssessmentStatus.HANDED_BACK]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request, tmp_path_factory, _migrated_sqlite) -> Iterator[Office]:
    """The default demo, once on each kind of database; what its tests do to it disturbs none of the others."""
    with ExitStack() as stack:
        if request.param == "postgresql":
            url = stack.enter_context(request.getfixturevalue("postgresql_server").lend())
        else:
            path = tmp_path_factory.mktemp("demo") / "demo.db"
            path.write_bytes(_migrated_sqlite.read_bytes())
            url = f"sqlite:///{path}"
        office = office_on(url)
        build_demo(office)
        yield office
        office.store.close()


def rows_of(work, cycle_id):
    return {row.assessment.id: row for row in work.assessments.in_cycle(cycle_id)}


def test_the_default_demo_has_26_organisations_two_cycles_and_a_return_of_each_in_both(demo):
    with demo.store.reading() as work:
        assert work.facts.kind() == DEMO
        assert [one.name for one in work.facts.partnerships().values()] == [
            "Riverdale Safeguarding Children Partnership"
        ]
        types = Counter(
            organisation.type.startswith(("school", "pru")) for organisation in work.organisations.all_by_id().values()
        )
        assert types == {False: 14, True: 12}
        assert len(work.organisations.members(["riverdale"])) == 26
        assert [(cycle.id, cycle.name, cycle.status) for cycle in work.cycles.all()] == [
            ("2026", "Section 11 audit 2026", CycleStatus.OPEN),
            ("2024", "Section 11 audit 2024", CycleStatus.CLOSED),
        ]
        # The tests' clock stands on 2 March 2026; 42 days later is 13 April.
        assert work.cycles.get("2026").due.isoformat() == "2026-04-13"
        assert len(rows_of(work, "2026")) == len(rows_of(work, "2024")) == 26


def test_returns_stand_where_they_would_six_weeks_before_the_end(demo):
    with demo.store.reading() as work:
        now = Counter(row.assessment.status for row in work.assessments.in_cycle("2026"))
        before = Counter(row.assessment.status for row in work.assessments.in_cycle("2024"))
    # 45 % of 26 is 11.7, so 12, of which one is released and one moderated; 25 % is 6.5, which rounds to the even 6;
    # one each of the next two; 6 are left.
    assert now == {
        AssessmentStatus.SUBMITTED: 10,
        AssessmentStatus.MODERATED: 1,
        AssessmentStatus.RELEASED: 1,
        AssessmentStatus.IN_PROGRESS: 6,
        AssessmentStatus.AWAITING_SIGN_OFF: 1,
        AssessmentStatus.HANDED_BACK: 1,
        AssessmentStatus.NOT_STARTED: 6,
    }
    assert before == {AssessmentStatus.SUBMITTED: 4, AssessmentStatus.RELEASED: 22}


def test_every_return_that_left_its_author_is_complete_and_says_who_signed(demo):
    with demo.store.reading() as work:
        organisations = work.organisations.all_by_id()
        rows = rows_of(work, "2026") | rows_of(work, "2024")
        checked = 0
        for assessment_id, row in rows.items():
            if row.assessment.status not in COMPLETE:
                continue
            missing = missing_before_sign_off(
                frozen_set(work, row.assessment.set_sha256),
                organisations[row.assessment.organisation_id].type,
                work.answers.of_assessment(assessment_id),
                work.answers.actions_of(assessment_id),
            )
            assert missing == [], assessment_id
            is_signed = row.assessment.status is not AssessmentStatus.AWAITING_SIGN_OFF
            assert (row.assessment.signed_by is not None) == is_signed
            checked += 1
    assert checked == 12 + 1 + 1 + 26


def test_progress_kept_beside_each_return_equals_a_recount(demo):
    with demo.store.reading() as work:
        organisations = work.organisations.all_by_id()
        for assessment_id, row in (rows_of(work, "2026") | rows_of(work, "2024")).items():
            questions = tuple(frozen_set(work, row.assessment.set_sha256).all_questions())
            organisation_type = organisations[row.assessment.organisation_id].type
            answers = work.answers.of_assessment(assessment_id)
            assert row.progress == progress_of(questions, organisation_type, answers)


def test_the_return_of_the_tour_is_about_60_percent_done_with_every_kind_of_gap(demo):
    with demo.store.reading() as work:
        row = rows_of(work, "2026")[TOUR]
        questions = frozen_set(work, row.assessment.set_sha256).questions_for("police-force")
        answers = work.answers.of_assessment(TOUR)
        states = Counter(state_of(question, "police-force", answers.get(question.id)) for question in questions)
    # The police are asked 65 questions, of which 4 may be left empty and 2 were. 62 % of 63 answers are 39: 38 settled
    # and one unsure; then 6 brought from 2024, and 20 left. 38 of the 61 that are asked for are 62 %.
    assert row.assessment.status is AssessmentStatus.IN_PROGRESS
    assert row.progress.percent == 62
    assert states == {
        AnswerState.RATED: 38,
        AnswerState.DONT_KNOW_YET: 1,
        AnswerState.NOT_CONFIRMED: 6,
        AnswerState.NOT_ANSWERED: 20,
    }


def test_the_audit_trail_verifies_and_every_started_return_has_its_stream(demo):
    report = verify_trail(demo, OPERATOR)

    # 26 returns of 2024, 20 started ones of 2026, the partnership's own stream, and the evidence of the police.
    assert report.faults == ()
    assert report.streams == 26 + 20 + 1 + 1
    with demo.store.reading() as work:
        names = [event.name for event in work.audit_trail.events("partnership:riverdale")]
        moments = [event.at for event in work.audit_trail.events("assessment:2024.riverdale-police")]
    assert names == [
        "partnership_started",
        "cycle_created",
        "cycle_opened",
        "cycle_closed",
        "cycle_created",
        "cycle_opened",
        "internal_note_written",
        "demo_built",
        *["board_pack_edited"] * 3,
        "board_pack_made_final",
    ]
    assert moments == sorted(moments)


def test_nothing_in_the_demo_happened_after_it_was_built(demo):
    with demo.store.reading() as work:
        for stream in work.audit_trail.heads():
            assert all(event.at <= demo.clock() for event in work.audit_trail.events(stream))
        for assessment_id in rows_of(work, "2026"):
            answers = work.answers.of_assessment(assessment_id).values()
            assert all(answer.updated_at <= demo.clock() for answer in answers)


def test_the_accounts_of_the_organisation_belong_to_the_return_of_the_tour(demo):
    with demo.store.reading() as work:
        for mailbox in ("contributor", "approver"):
            person = work.accounts.person_by_email(f"{mailbox}@riverdale.example")
            grants = work.accounts.user(person.id).grants
            assert {grant.organisation_id for grant in grants} == {"riverdale-police"}


def test_each_kind_of_organisation_answers_its_usual_set_with_figures_that_can_be_right(demo):
    with demo.store.reading() as work:
        rows = rows_of(work, "2026")
        sets = {key: frozen_set(work, row.assessment.set_sha256) for key, row in rows.items()}
        returned = work.answers.in_cycle("2026", RETURNED)
    used = {rows[key].assessment.organisation_type: one.id for key, one in sets.items()}
    values = [
        (sets[key].questions_by_id[question_id], answer.value)
        for key, answers in returned.items()
        for question_id, answer in answers.items()
        if answer.value is not None
    ]

    five_kinds = ("police-force", "school-maintained", "vcse", "early-years-group", "childminder")
    assert {used[kind] for kind in five_kinds} == {
        "section11-2026", "education-2026", "voluntary-2026", "early-years-2026", "childminders-2026",
    }  # fmt: skip
    assert {question.type for question, _ in values} >= {"number", "percentage", "date", "yes_no", "short_text"}
    assert all(type_of(question).read(value, question) == value for question, value in values)


def test_every_signed_return_of_the_demo_says_what_was_signed_and_the_trail_has_its_hash(demo):
    with demo.store.reading() as work:
        rows = rows_of(work, "2024") | rows_of(work, "2026")
        signed = [one.assessment for one in rows.values() if one.assessment.signed_at is not None]
        assert TOUR.replace("2026", "2024") in [one.id for one in signed]
        for assessment in signed:
            signature = signature_of(work, find_assessment(work, OPERATOR, assessment.id, Right.READ_RETURN))
            assert signature is not None, assessment.id
            assert (signature.at, signature.by) == (assessment.signed_at, assessment.signed_by)
            events = work.audit_trail.events(assessment_stream(assessment.id))
            assert [one.details["sha256"] for one in events if one.name == "signed_off"] == [signature.sha256]


def test_the_demo_has_a_question_that_waits_for_its_first_organisation_and_a_reply_that_waits_for_scrutiny(demo):
    def unread_by(role):
        with demo.store.reading() as work:
            user = work.accounts.user(person_id_of(role))
        return [(one.assessment_id.partition(".")[0], one.count) for one in list_unread(demo, user)]

    assert unread_by(Role.CONTRIBUTOR) == unread_by(Role.APPROVER) == [("2024", 1)]
    assert unread_by(Role.SCRUTINY_LEAD) == [("2026", 1)]
    with demo.store.reading() as work:
        [back] = [row.assessment for row in rows_of(work, "2026").values() if row.assessment.status == "handed_back"]
        request = work.hand_backs.latest(back.id)
    assert request.reason == back.hand_back_reason
    assert len(request.question_ids) == 3


def test_returns_of_the_demo_are_moderated_and_released_with_their_letters(demo):
    with demo.store.reading() as work:
        scrutiny, contributor = (
            work.accounts.user(person_id_of(role)) for role in (Role.SCRUTINY_LEAD, Role.CONTRIBUTOR)
        )
    made = download_letter(demo, contributor, "2024.riverdale-police", "pdf")
    figures = cycle_figures(demo, scrutiny, "2024")
    moderated = [one.moderation for one in figures.sets if one.moderation.returns]

    assert made.content.startswith(b"%PDF")
    ready = {cycle_id: list_letters(demo, scrutiny, cycle_id)[1] for cycle_id in ("2024", "2026")}
    counts = {key: Counter(line.state for line in lines) for key, lines in ready.items()}
    assert counts["2024"] == {LetterState.READY: 22, LetterState.PREVIEW: 4}
    assert counts["2026"] == {LetterState.READY: 1, LetterState.PREVIEW: 11, LetterState.NONE: 14}
    assert sum(one.returns for one in moderated) == 22
    assert all(0 < one.total.counts[Comparison.LOWER] < one.total.n / 3 for one in moderated)


def test_each_role_has_one_account_that_can_sign_in_and_nobody_else_can(demo):
    accounts = demo_accounts()

    assert accounts == demo_accounts()
    assert [account.role_title for account in accounts] == [
        ROLE_TITLES[role] for role in Role if role is not Role.OPERATOR
    ]
    for account in accounts:
        user = user_for_token(demo, sign_in(demo, account.email, account.password).token)
        assert [ROLE_TITLES[grant.role] for grant in user.grants] == [account.role_title]
    with pytest.raises(SignInRefusedError):
        sign_in(demo, "approver@elmtree-learning-trust.riverdale.example", accounts[0].password)
