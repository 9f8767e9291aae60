"""Building the demo: a fictional partnership with a few rounds of returns, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from section11.domain.organisations import DutyBasis
from section11.domain.people import OPERATOR
from section11.domain.workflow import AssessmentStatus
from section11.errors import BadInputError
from section11.services.demo.answers import Author
from section11.services.demo.board_pack import make_demo_pack
from section11.services.demo.content import DemoContent, read_content
from section11.services.demo.evidence import add_evidence, demo_evidence
from section11.services.demo.moderation import add_moderation
from section11.services.demo.organisations import demo_organisations
from section11.services.demo.outcomes import add_outcomes
from section11.services.demo.panels import add_panels
from section11.services.demo.people import DemoAccount, add_people, demo_accounts
from section11.services.demo.phrasing import Phrasing
from section11.services.demo.queries import add_queries
from section11.services.demo.ratings import character_of
from section11.services.demo.returns import DemoReturn, Form, demo_return
from section11.services.demo.rounds import Round, current_statuses, demo_rounds
from section11.services.demo.rows import PARTNERSHIP, add_partnership, add_returns, add_rounds
from section11.services.demo.survey import add_survey
from section11.services.office import Office
from section11.services.trail import partnership_stream, record

MOST_ORGANISATIONS = 2_000
MOST_CYCLES = 10
ORGANISATIONS_AT_A_TIME = 20
USED = (
    "This database is already in use, so the demo cannot be added to it: "
    "point SECTION11_DATA_DIR or SECTION11_DATABASE_URL at a new place and try again."
)


def build_demo(
    office: Office,
    *,
    agencies: int = 14,
    schools: int = 12,
    cycles: int = 2,
    seed: int = 11,
    progress: Callable[[str, float], None] | None = None,
) -> list[DemoAccount]:
    """Fill an empty database with a fictional partnership and mark it as a demo for life.

    The same seed gives the same organisations and ratings; dates follow the office's clock. Everything is
    written in one transaction, so a demo that is interrupted leaves nothing behind.

    Args:
        agencies: 1 to 2,000. The first is Riverdale Police, whose return is in progress.
        schools: 0 to 2,000.
        cycles: 1 to 10, two years apart. The last is open and due in about six weeks; all others are complete.
        progress: called with what is being done and the share done, 0 to 1.

    Returns:
        The accounts to sign in with.

    Raises:
        BadInputError: the database is in use, or a number is out of range.
    """
    _check_numbers(agencies, schools, cycles)
    say = progress or _silent
    now = office.clock()
    content = read_content()
    set_ids_by_type = office.types.usual_set_ids
    standards_sets = {set_id: office.library.load(set_id) for set_id in sorted(set(set_ids_by_type.values()))}
    content.phrases.check_covers(standards_sets[content.phrases.set_id])
    rounds = demo_rounds(now, count=cycles, partnership_id=PARTNERSHIP.id, set_ids_by_type=set_ids_by_type)
    organisations = demo_organisations(content, agencies=agencies, schools=schools, seed=seed)
    members = [(one, office.types[one.type]) for one in organisations]
    profiled = [(one, content.posts.profile_for(kind)) for one, kind in members]

    with office.store.writing() as work:
        if work.facts.kind() is not None:
            raise BadInputError(USED)
        say("Organisations and people", 0.0)
        add_partnership(work, members)
        staff = add_people(work.accounts, content.posts, profiled, PARTNERSHIP.id)
        hashes = add_rounds(work, rounds, standards_sets.values(), forms=len(members))
        forms = {
            set_id: Form(one, hashes[set_id], Phrasing(content.phrases, one)) for set_id, one in standards_sets.items()
        }
        first = organisations[0]
        first_set = standards_sets[rounds[0].cycle.set_id_for(first.type) or content.phrases.set_id]
        evidence = demo_evidence(office.evidence_files, first, first_set, rounds[0], staff[first.id].contributor_id)
        statuses = current_statuses(_rng(seed, "statuses"), [one.id for one in organisations])
        batch: list[DemoReturn] = []
        for done, (organisation, profile) in enumerate(profiled, start=1):
            form = forms[rounds[-1].cycle.set_id_for(organisation.type) or content.phrases.set_id]
            author = Author(
                organisation,
                profile,
                character_of(_rng(seed, organisation.id), profile, form.standards_set),
                contributor_id=staff[organisation.id].contributor_id,
                approver_id=staff[organisation.id].approver_id,
                is_tour=done == 1,
                evidence=evidence if done == 1 else {},
            )
            batch += _returns_of(author, form, content, rounds, statuses[organisation.id], now=now, seed=seed)
            if done % ORGANISATIONS_AT_A_TIME == 0 or done == len(profiled):
                add_returns(work, batch, at=now)
                batch.clear()
                say("Returns", done / len(profiled))
        add_evidence(work, evidence, first, rounds)
        add_queries(work, rounds, first, PARTNERSHIP.id)
        add_moderation(work, rounds, first, lambda assessment_id: _rng(seed, f"{assessment_id}/moderation"))
        agencies_judged = {one.id for one, kind in members[1:] if kind.usual_duty is DutyBasis.SECTION_11}
        for finished in rounds[:-2]:
            add_panels(work, finished, agencies_judged, lambda one: _rng(seed, f"{one}/panel"))
        for finished in rounds:
            if finished.closed_at is not None:
                add_outcomes(
                    work,
                    finished,
                    lambda organisation_id: staff[organisation_id].contributor_id,
                    lambda assessment_id: _rng(seed, f"{assessment_id}/outcomes"),
                    now=now,
                )
        add_survey(work, rounds[-1], members, PARTNERSHIP.id, _rng(seed, "survey"), now=now)
        numbers = {"agencies": agencies, "schools": schools, "cycles": cycles, "seed": seed}
        record(work, partnership_stream(PARTNERSHIP.id), OPERATOR, "demo_built", now, **numbers)
        work.commit()
    over = [one for one in rounds if one.closed_at is not None]
    if over:
        make_demo_pack(office, over[-1])
    return demo_accounts()


def _returns_of(
    author: Author,
    form: Form,
    content: DemoContent,
    rounds: Sequence[Round],
    current_status: AssessmentStatus,
    *,
    now: datetime,
    seed: int,
) -> Iterator[DemoReturn]:
    """Give one organisation's return of every round, the earliest first."""
    earlier: DemoReturn | None = None
    for one in rounds:
        earlier = demo_return(
            _rng(seed, f"{author.organisation.id}/{one.number}"),
            author,
            form,
            content,
            one,
            current_status if one.closed_at is None else AssessmentStatus.SUBMITTED,
            now=now,
            earlier=earlier,
        )
        yield earlier


def _rng(seed: int, subject: str) -> random.Random:
    """Return a source of chance of its own for each subject, so that asking for more changes nothing else."""
    return random.Random(f"{seed}/{subject}")  # noqa: S311  a demo wants the same figures again, not secrecy


def _check_numbers(agencies: int, schools: int, cycles: int) -> None:
    if not (1 <= agencies <= MOST_ORGANISATIONS and 0 <= schools <= MOST_ORGANISATIONS):
        raise BadInputError(f"Ask for 1 to {MOST_ORGANISATIONS:,} agencies and at most as many schools.")
    if not 1 <= cycles <= MOST_CYCLES:
        raise BadInputError(f"Ask for 1 to {MOST_CYCLES} cycles.")


def _silent(words: str, share: float) -> None:
    """Say nothing about progress."""
