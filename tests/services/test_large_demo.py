"""A demo of seventy organisations and three rounds: its ratings, texts and promises are what a board could believe."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from section11.domain.actions import COMPLETED
from section11.domain.uk_time import uk_date
from section11.domain.workflow import RETURNED
from section11.reports.action_figures import action_totals_of
from section11.services.demo import build_demo
from section11.services.office import Office
from tests.conftest import office_on
from tests.services.builders import ratings_of


@pytest.fixture(scope="module")
def large_demo(tmp_path_factory, _migrated_sqlite) -> Iterator[Office]:
    path = tmp_path_factory.mktemp("demo") / "large.db"
    path.write_bytes(_migrated_sqlite.read_bytes())
    office = office_on(f"sqlite:///{path}")
    build_demo(office, agencies=40, schools=30, cycles=3)
    yield office
    office.store.close()


def test_ratings_are_mostly_good_with_weaker_standards_and_improve_from_cycle_to_cycle(large_demo):
    def fully_met_percent(cycle_id, standard="S"):
        rated = [
            rating
            for (_, question_id), (rating, _) in ratings_of(large_demo, cycle_id).items()
            if rating and question_id.startswith(standard)
        ]
        return 100 * rated.count("fully_met") / len(rated)

    assert 45 < fully_met_percent("2022") < fully_met_percent("2024") < 75
    assert fully_met_percent("2024", "S6.") + 20 < fully_met_percent("2024", "S1.")
    assert fully_met_percent("2024", "S4.") + 20 < fully_met_percent("2024", "S9.")


def test_not_applicable_is_used_and_always_has_a_reason(large_demo):
    with large_demo.store.reading() as work:
        answers = [
            answer
            for assessment in work.answers.in_cycle("2026", RETURNED).values()
            for answer in assessment.values()
            if answer.marker is not None
        ]
    assert answers
    assert all(answer.reason for answer in answers)


def test_texts_are_filled_in_and_every_address_is_one_that_nobody_can_own(large_demo):
    with large_demo.store.reading() as work:
        everybody = work.accounts.users_in(
            partnership_ids=["riverdale"], organisation_ids=work.organisations.all_by_id()
        )
        returned = work.answers.in_cycle("2024", RETURNED).values()
        promised = work.actions.in_cycle("2024", RETURNED).values()
    texts = [text for found in returned for one in found.values() for text in (one.evidence, one.impact, one.reason)]
    texts += [text for found in promised for one in found.values() for text in (one.what, one.owner)]
    # Two people in each of 70 organisations and four in the partnership.
    assert len(everybody) == 2 * 70 + 4
    assert all(re.fullmatch(r"[a-z_]+@([a-z0-9-]+\.)?riverdale\.example", user.person.email) for user in everybody)
    assert not any(sign in text for text in texts for sign in "@{}")


def test_of_the_actions_of_the_last_round_most_are_done_and_some_are_overdue(large_demo):
    with large_demo.store.reading() as work:
        found = [one for each in work.actions.in_cycle("2024", RETURNED).values() for one in each.values()]
        updates = work.actions.updates_of(one.id for one in found)
    now = large_demo.clock()
    totals = action_totals_of(found, uk_date(now))
    shares = [number / totals.n for number in (totals.verified, totals.done, totals.dropped, totals.overdue)]
    assert totals.n > 200
    assert shares == pytest.approx([0.30, 0.35, 0.08, 0.27], abs=0.06)
    assert totals.overdue == totals.open
    assert all(one.began is not None and one.due is not None and one.began <= one.due for one in found)
    assert all(one.completion for one in found if one.status in COMPLETED)
    assert all(told.at <= now for each in updates.values() for told in each)
    assert all(updates[one.id][0].status is one.status for one in found if one.id in updates)
