"""Two people write, two judge, one signs and one hands back, in any order: nothing is lost and nothing mixed up.

Most rounds are shuffled by a seed, and in every fifth all work at the same moment. ``make drill`` runs two thousand on
each database, as before a release; every run of the tests has the first few hundred of them.
"""

import os
import random
from threading import Barrier, Thread

import pytest

from section11.domain.moderation import Seat
from section11.errors import NotPermittedError, StaleModerationError
from section11.services.moderating import save_moderation
from section11.services.scrutiny import hand_back
from tests.services.builders import POLICE_RETURN, stored_assessment
from tests.services.interleaving import (
    a_crowd,
    at_once,
    scripts_for,
    shuffled,
)
from tests.services.interleaving_checks import check_everything, check_that_judgements_are_of_what_was_read
from tests.services.moderation_builders import a_panel

ROUNDS_OF_A_PART = 100
PARTS = int(os.environ.get("SECTION11_INTERLEAVINGS", "100")) // ROUNDS_OF_A_PART


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_lost_and_no_judgement_is_of_what_its_moderator_did_not_read(office, tmp_path, part):
    crowd = a_crowd(office, tmp_path)
    for number in range(ROUNDS_OF_A_PART):
        rng = random.Random(part * ROUNDS_OF_A_PART + number)  # noqa: S311
        scripts = scripts_for(crowd, rng)
        if number % 5:
            shuffled(scripts, rng)
        else:
            at_once(scripts)
        check_that_judgements_are_of_what_was_read(crowd)
    check_everything(crowd)

    told = crowd.told
    assert min(len(told.texts), len(told.judged), len(told.signed), told.done.count("handed back")) > 5
    assert {"attached", "replaced", "stale answers", "judged an old text"} <= set(told.done)


def test_two_at_the_same_moment_one_saves_and_the_other_is_told(office, tmp_path):
    """The same moderator in two windows, both on the page as it was: exactly one judgement is kept each time."""
    panel = a_panel(office, tmp_path)
    for version in range(20):
        barrier, told = Barrier(2), []

        def save(rating, version=version, barrier=barrier, told=told):
            barrier.wait()
            try:
                save_moderation(
                    panel.office, panel.ann, POLICE_RETURN, "S1.1",
                    expected_version=version, expected_answer_version=1, rating=rating, reason=f"{rating} {version}",
                )  # fmt: skip
                told.append(rating)
            except StaleModerationError:
                told.append("stale")

        windows = [Thread(target=save, args=(rating,)) for rating in ("partly_met", "not_met")]
        for one in windows:
            one.start()
        for one in windows:
            one.join()

        with panel.office.store.reading() as work:
            kept = work.moderations.of_assessment(POLICE_RETURN)[Seat.FIRST]["S1.1"]
        assert sorted(told) == sorted(["stale", kept.rating])
        assert (kept.version, kept.reason) == (version + 1, f"{kept.rating} {version}")


@pytest.mark.parametrize("seed", range(5))
def test_a_hand_back_and_a_judgement_at_the_same_moment_leave_one_of_two_clear_states(office, tmp_path, seed):
    panel = a_panel(office, tmp_path)
    barrier, said = Barrier(2), []

    def judge_it():
        barrier.wait()
        try:
            save_moderation(
                panel.office, panel.ann, POLICE_RETURN, "S1.1", expected_version=0, expected_answer_version=1,
                rating="not_met", reason="Because.",
            )  # fmt: skip
            said.append("saved")
        except NotPermittedError:
            said.append("refused")

    def give_back():
        barrier.wait()
        hand_back(panel.office, panel.ben, POLICE_RETURN, "More.")

    both = [Thread(target=judge_it), Thread(target=give_back)]
    for one in both if seed % 2 else reversed(both):
        one.start()
    for one in both:
        one.join()

    with panel.office.store.reading() as work:
        is_stored = "S1.1" in work.moderations.of_assessment(POLICE_RETURN)[Seat.FIRST]
    assert said == (["saved"] if is_stored else ["refused"])
    assert stored_assessment(panel.town, POLICE_RETURN).status == "handed_back"
