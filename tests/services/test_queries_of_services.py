"""What reads many returns asks the database as often for 24 organisations as for 6, on both databases."""

from __future__ import annotations

import pytest

from section11.domain.people import Role
from section11.domain.workflow import RETURNED
from section11.permissions import Right
from section11.reports.question_counts import set_counts_of
from section11.reports.selection import ALL_RETURNS, RatingsBy, Selection
from section11.services import (
    action_register,
    asking,
    chasing,
    collating,
    cycles,
    directory,
    filters,
    good_practice,
    letters,
    moderation_views,
    profiles,
    queries,
    readings,
    released,
    scrutiny,
    stamps,
    trends,
)
from section11.services.demo import build_demo
from section11.services.demo.people import person_id_of
from section11.storage.migrations import migrate
from tests.conftest import office_on
from tests.storage.statements import asked

FEW, MANY = (3, 3), (12, 12)
"""Agencies and schools."""
S, A = Role.SCRUTINY_LEAD, Role.ADMINISTRATOR
TABLE = [
    (S, collating.collate, lambda o, u, cycle: collating.collate(o, u, cycle)),
    (S, collating.cycle_figures, lambda o, u, cycle: collating.cycle_figures(o, u, cycle)),
    (S, released.released_figures, lambda o, u, cycle: released.released_figures(o, u, cycle)),
    (S, released.released_counts, lambda o, u, cycle: released.released_counts(o, u, cycle, RatingsBy.ORGANISATION)),
    (S, released.released_trends, lambda o, u, cycle: released.released_trends(o, u, cycle, RatingsBy.MODERATION)),
    (S, released.released_of_cycles, lambda o, u, cycle: released.released_of_cycles(o, u)),
    (S, collating.return_rates, lambda o, u, cycle: collating.return_rates(o, u, cycle)),
    (S, stamps.figures_stamp, lambda o, u, cycle: stamps.figures_stamp(o, cycle)),
    (S, filters.filter_choices, lambda o, u, cycle: filters.filter_choices(o, u, cycle)),
    (S, trends.cycle_trends, lambda o, u, cycle: trends.cycle_trends(o, u, cycle)),
    (S, profiles.collate_for_profiles, lambda o, u, cycle: profiles.collate_for_profiles(o, cycle)),
    (S, readings.notices_of_cycle, lambda o, u, cycle: readings.notices_of_cycle(o, u, cycle)),
    (S, readings.readings_stamp, lambda o, u, cycle: readings.readings_stamp(o, cycle)),
    (S, scrutiny.list_returns, lambda o, u, cycle: scrutiny.list_returns(o, u, cycle)),
    (S, scrutiny.progress_of_cycles, lambda o, u, cycle: scrutiny.progress_of_cycles(o, u)),
    (A, chasing.chase_list, lambda o, u, cycle: chasing.chase_list(o, u, cycle)),
    (S, action_register.action_register, lambda o, u, cycle: action_register.action_register(o, u)),
    (S, moderation_views.moderation_work, lambda o, u, cycle: moderation_views.moderation_work(o, u, cycle)),
    (S, letters.list_letters, lambda o, u, cycle: letters.list_letters(o, u, cycle)),
    (S, queries.list_threads, lambda o, u, cycle: queries.list_threads(o, u, cycle)),
    (S, queries.list_unread, lambda o, u, cycle: queries.list_unread(o, u)),
    (S, good_practice.good_practice_in, lambda o, u, cycle: good_practice.good_practice_in(o, u, cycle)),
    (A, cycles.list_cycles, lambda o, u, cycle: cycles.list_cycles(o, u, Right.MANAGE_CYCLES)),
    (A, directory.list_people, lambda o, u, cycle: directory.list_people(o, u)),
    (A, directory.list_members, lambda o, u, cycle: directory.list_members(o, u)),
    (A, directory.count_members, lambda o, u, cycle: directory.count_members(o, u)),
]


@pytest.mark.timeout(120)
def test_what_reads_many_returns_asks_no_more_often_for_more_organisations(database_url, another_database_url):
    found = []
    for url, size in ((database_url, FEW), (another_database_url, MANY)):
        office = office_on(url)
        migrate(office.store.engine)
        found.append(_asked_by_each(office, size))
        office.store.close()
    few, many = found

    assert few == many
    assert all(1 <= count <= 40 for count in few.values()), few


def test_what_the_database_counts_for_trends_is_what_is_counted_from_the_answers_themselves(office):
    build_demo(office, agencies=8, schools=6, cycles=3)
    with office.store.reading() as work:
        scrutiny_lead = work.accounts.user(person_id_of(S))
        cycle_ids = [one.id for one in work.cycles.all()]

    for cycle_id in cycle_ids:
        collated = collating.collate(office, scrutiny_lead, cycle_id)
        for selection in (
            ALL_RETURNS,
            Selection(types=frozenset({"police-force"})),
            Selection(partnership_id="elm"),
            Selection(ratings_by=RatingsBy.MODERATION),
            Selection(types=frozenset({"school-academy", "school-maintained"}), ratings_by=RatingsBy.MODERATION),
        ):
            counted = trends.cycle_set_counts(office, scrutiny_lead, cycle_id, selection)
            assert counted == set_counts_of(collated, selection), selection


def _asked_by_each(office, size) -> dict[str, int]:
    agencies, schools = size
    build_demo(office, agencies=agencies, schools=schools, cycles=2)
    with office.store.reading() as work:
        people = {role: work.accounts.user(person_id_of(role)) for role in (S, A)}
        _latest, before = (one.id for one in work.cycles.all())
    _talk_about_every_return(office, people[S], before)
    found = {}
    for role, service, call in TABLE:
        call(office, people[role], before)
        with asked(office) as statements:
            call(office, people[role], before)
        found[service.__name__] = len(statements)
    return found


def _talk_about_every_return(office, scrutiny_lead, cycle_id):
    with office.store.reading() as work:
        statuses = sorted(one.value for one in RETURNED)
        answers = work.answers.in_cycle(cycle_id, statuses)
    for assessment_id, given in answers.items():
        question_id = next(one.question_id for one in given.values() if one.evidence)
        asking.ask(office, scrutiny_lead, assessment_id, question_id, "Which policy is that?")
        good_practice.pick_good_practice(office, scrutiny_lead, assessment_id, question_id, "It names who follows up.")
