"""What a panel came to is the same read with the texts of the reasons and without, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from section11.domain.moderation import EvidenceQuality, Moderation, Seat
from section11.domain.snapshots import SignedEvidence
from section11.services.collating import Depth, collate
from section11.services.moderating import finish_moderation, say_done
from tests.services.builders import CYCLE, POLICE_RETURN, QUESTIONS
from tests.services.moderation_builders import Panel, judge_everything

AT_REST = {
    "rating": "fully_met",
    "no_rating": False,
    "evidence_quality": EvidenceQuality.DOCUMENTED,
    "reason": "",
    "answer_version": 1,
    "attached": (),
}
TABLE = [
    # of the first, of the second, the rating it comes to or why not, whose judgements stand
    ({}, {}, "fully_met", 2),
    ({"reason": "Seen."}, {"reason": " "}, "fully_met", 2),
    ({"rating": "partly_met"}, {"rating": "partly_met", "reason": " \n\t\u2003\xa0"}, "nothing", 0),
    ({"rating": "partly_met", "reason": "\n One site."}, {"rating": "partly_met", "reason": "."}, "partly_met", 2),
    ({"rating": "partly_met", "reason": "One site."}, {}, "nothing", 2),
    ({}, {"evidence_quality": EvidenceQuality.TESTED}, "nothing", 2),
    ({"evidence_quality": None}, {"evidence_quality": None}, "nothing", 0),
    ({"answer_version": 7}, {"answer_version": 7}, "nothing", 0),
    ({}, {"answer_version": 0}, "nothing", 1),
    ({"attached": (SignedEvidence("riverdale-police.e1", 1),)}, {}, "nothing", 1),
    ({"rating": None}, {"rating": None}, "nothing", 0),
    ({"rating": None, "no_rating": True, "reason": "No staff."}, {"rating": None, "no_rating": True}, "nothing", 1),
    (*({"rating": None, "no_rating": True, "reason": "No staff."},) * 2, None, 2),
]
"""What is judged of S1.1, which the organisation rates "Fully met", and what comes of it."""


@pytest.fixture
def judged(pair: Panel) -> Panel:
    """Both judged everything "Fully met", and it is settled."""
    for user in (pair.ann, pair.ben):
        judge_everything(pair, user)
        say_done(pair.office, user, POLICE_RETURN)
    finish_moderation(pair.office, pair.ann, POLICE_RETURN)
    return pair


def put(panel: Panel, *judgements: Moderation) -> None:
    """Keep these judgements as they are, whatever a moderator may still do."""
    with panel.office.store.writing() as work:
        stored = work.moderations.of_assessment(POLICE_RETURN)
        for one in judgements:
            before = stored[one.seat].get(one.question_id, one)
            at = panel.office.clock()
            assert work.moderations.save(POLICE_RETURN, one, expected_version=before.version, at=at)
        work.commit()


def comes_to(panel: Panel, depth: Depth) -> tuple[dict[str, object], dict[str, object]]:
    """Return the outcomes by question id, and the judgements that stand by seat, without reasons and who judged."""
    collated = collate(panel.office, panel.ann, CYCLE, depth)
    one = next(one for one in collated.returns if one.assessment_id == POLICE_RETURN)
    standing = {f"{seat} {key}": said_in(each) for seat, found in one.judgements.items() for key, each in found.items()}
    return {key: said_in(each) for key, each in one.outcomes.items()}, standing


def said_in(one: Moderation) -> tuple[object, ...]:
    return one.rating, one.no_rating, one.evidence_quality


def test_what_is_blank_out_of_date_or_not_agreed_on_comes_to_nothing_however_it_is_read(judged):
    for first, second, rating, standing in TABLE:
        here = [Moderation("S1.1", seat, moderator_id=judged.ann.id) for seat in (Seat.FIRST, Seat.SECOND)]
        put(judged, *(replace(one, **(AT_REST | change)) for one, change in zip(here, (first, second), strict=True)))

        found = comes_to(judged, Depth.RATINGS)

        assert found == comes_to(judged, Depth.EVERYTHING)
        assert found[0].get("S1.1", ("nothing",))[0] == rating, (first, second)
        assert sum(key.endswith("S1.1") for key in found[1]) == standing, (first, second)
        assert len(found[0]) == len(QUESTIONS) - (rating == "nothing")


def test_what_two_agreed_on_stands_for_both(judged):
    at_rest = Moderation("S1.1", moderator_id=judged.ann.id, **AT_REST)
    lower = {"rating": "partly_met", "reason": "One site of two."}
    put(judged, replace(at_rest, seat=Seat.SECOND, **lower), replace(at_rest, seat=Seat.AGREED, **lower))

    found = comes_to(judged, Depth.RATINGS)

    assert found[0]["S1.1"] == ("partly_met", False, EvidenceQuality.DOCUMENTED)
    assert found == comes_to(judged, Depth.EVERYTHING)
