"""Many people saving the same few answers at once: none is lost, and everybody who came second is told."""

import os
import random
from collections import Counter
from threading import Barrier, Thread

from section11.domain.people import OPERATOR
from section11.errors import StaleAnswerError
from section11.services.answering import save_answer
from section11.services.trail import verify_trail
from tests.conftest import office_on
from tests.services.builders import POLICE_RETURN, QUESTIONS, a_town, stored_answers

SAVES = int(os.environ.get("SECTION11_RACING_SAVES", "600"))
"""For each kind of database; a drill before a release sets more."""
PEOPLE = 6


def test_of_racing_saves_none_is_lost_and_every_conflict_is_told(database_url, tmp_path):
    office = office_on(database_url)
    town = a_town(office, tmp_path)
    raced = QUESTIONS[:2]
    start, texts, told = Barrier(PEOPLE), {one: {} for one in raced}, Counter()

    def save_again_and_again(number):
        chance, known = random.Random(number), dict.fromkeys(raced, 0)  # noqa: S311
        start.wait()
        for turn in range(SAVES // PEOPLE):
            question_id, text = chance.choice(raced), f"Person {number}, text {turn}"
            try:
                saved = save_answer(
                    town.office, town.contributor, POLICE_RETURN, question_id,
                    expected_version=known[question_id], evidence=text,
                )  # fmt: skip
                assert saved.version not in texts[question_id], "two people were given the same version"
                texts[question_id][saved.version] = text
                known[question_id] = saved.version
                told["saved"] += 1
            except StaleAnswerError:
                told["conflict"] += 1
                known[question_id] = stored_answers(town, POLICE_RETURN)[question_id].version

    people = [Thread(target=save_again_and_again, args=(number,)) for number in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()

    attempts = PEOPLE * (SAVES // PEOPLE)
    assert told["saved"] + told["conflict"] == attempts
    assert told["conflict"] > 0
    answers = stored_answers(town, POLICE_RETURN)
    with office.store.reading() as work:
        events = work.audit_trail.events(f"assessment:{POLICE_RETURN}")
    saves = [one.details for one in events if one.name == "answer_saved"]
    for question_id in raced:
        versions = texts[question_id]
        assert sorted(versions) == list(range(1, len(versions) + 1))
        assert answers[question_id].version == len(versions)
        assert answers[question_id].evidence == versions[len(versions)]
        written = {one["version"]: one["changed"]["evidence"] for one in saves if one["question"] == question_id}
        assert written == versions
    assert verify_trail(office, OPERATOR).faults == ()
    office.store.close()
