"""Building a demo: of any size, the same for a seed, and never over what is there."""

from __future__ import annotations

import re

import pytest

from section11.domain.moderation import Seat
from section11.errors import BadInputError
from section11.permissions import Right
from section11.services.board_pack_files import present_pack
from section11.services.board_packs import list_packs
from section11.services.cycles import list_cycles
from section11.services.demo import build_demo
from section11.services.demo.content import read_content
from section11.services.demo.organisations import demo_organisations
from section11.storage.facts import REAL
from tests.conftest import office_on
from tests.services.builders import ratings_of, user_by_email


def test_a_database_in_use_is_refused_and_keeps_what_it_has(office):
    build_demo(office, agencies=2, schools=1, cycles=1)

    with pytest.raises(BadInputError, match="already in use"):
        build_demo(office)

    with office.store.reading() as work:
        assert len(work.organisations.all_by_id()) == 3


def test_a_real_database_never_becomes_a_demo(office):
    with office.store.writing() as work:
        work.facts.set_kind(REAL)
        work.commit()

    with pytest.raises(BadInputError, match="already in use"):
        build_demo(office)

    with office.store.reading() as work:
        assert work.facts.kind() == REAL


def test_an_interrupted_demo_leaves_nothing_behind(office):
    def interrupt(words, share):
        if words == "Returns":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_demo(office, progress=interrupt)

    with office.store.reading() as work:
        assert work.facts.kind() is None
        assert work.organisations.all_by_id() == {}


def test_progress_rises_to_the_end(sqlite_office):
    told = []

    build_demo(sqlite_office, agencies=25, schools=0, cycles=1, progress=lambda *said: told.append(said))

    assert told == [("Organisations and people", 0.0), ("Returns", 20 / 25), ("Returns", 1.0)]


def test_a_seed_gives_the_same_ratings_on_any_day_and_another_seed_gives_others(sqlite_office, tmp_path):
    (tmp_path / "again").mkdir()
    files = [tmp_path / "again" / "same.db", tmp_path / "again" / "other.db"]
    for file in files:
        file.write_bytes((tmp_path / "section11.db").read_bytes())
    same, other = (office_on(f"sqlite:///{file}") for file in files)
    same.clock.move(days=9)

    build_demo(sqlite_office, agencies=5, schools=3, seed=7)
    build_demo(same, agencies=5, schools=3, seed=7)
    build_demo(other, agencies=5, schools=3, seed=8)

    assert ratings_of(sqlite_office, "2024") == ratings_of(same, "2024")
    assert ratings_of(sqlite_office, "2026") == ratings_of(same, "2026")
    assert ratings_of(sqlite_office, "2024") != ratings_of(other, "2024")
    for opened in (same, other):
        opened.store.close()


def test_asking_for_more_schools_leaves_the_other_organisations_as_they_are():
    content = read_content()

    few = demo_organisations(content, agencies=45, schools=10, seed=3)
    many = demo_organisations(content, agencies=45, schools=450, seed=3)

    assert few == many[:55]
    assert len({one.id for one in many}) == len({one.name for one in many}) == 495


def test_the_largest_demo_still_finds_a_name_for_every_organisation():
    found = demo_organisations(read_content(), agencies=2_000, schools=2_000, seed=1)

    assert len({one.id for one in found}) == 4_000


def test_schools_have_numbers_no_real_school_has_and_some_academies_belong_to_a_trust():
    found = demo_organisations(read_content(), agencies=14, schools=12, seed=11)
    schools = found[14:]

    assert all(re.fullmatch(r"9\d{5}", school.urn) for school in schools)
    in_trust = [school.type for school in schools if school.parent_id == "elmtree-learning-trust"]
    assert in_trust == ["school-academy"] * 3
    assert {"school-maintained", "school-academy", "school-special", "school-independent"} <= {
        school.type for school in schools
    }


def test_every_question_of_the_set_has_phrases_that_can_be_filled_in(sqlite_office):
    phrases = read_content().phrases
    phrases.check_covers(sqlite_office.library.load(phrases.set_id))
    known = {"percent", "number", "few", "month", "older", "body", "lead"}
    texts = [*phrases.closing, *phrases.nearly, *phrases.plain, phrases.dont_know, phrases.buys_nothing]
    for standard in phrases.standards.values():
        texts += [*standard.impact, standard.weak_impact]
        for question in standard.questions.values():
            texts += [*question.shown, question.gap, question.action, question.not_applicable]

    assert len(texts) > 56 * 5
    for text in texts:
        assert {name.lower() for name in re.findall(r"\{(\w+)\}", text)} <= known, text


@pytest.mark.parametrize("numbers", [{"agencies": 0}, {"schools": -1}, {"agencies": 2_001}, {"cycles": 0}])
def test_numbers_out_of_range_are_refused_before_anything_is_written(sqlite_office, numbers):
    with pytest.raises(BadInputError, match="Ask for 1 to"):
        build_demo(sqlite_office, **numbers)

    with sqlite_office.store.reading() as work:
        assert work.facts.kind() is None


def test_a_single_organisation_is_enough(office):
    build_demo(office, agencies=1, schools=0, cycles=1)

    with office.store.reading() as work:
        assert [row.assessment.id for row in work.assessments.in_cycle("2026")] == ["2026.riverdale-police"]


def test_a_seed_gives_the_same_moderation_on_any_day(sqlite_office, tmp_path):
    (tmp_path / "again").mkdir()
    file = tmp_path / "again" / "same.db"
    file.write_bytes((tmp_path / "section11.db").read_bytes())
    same = office_on(f"sqlite:///{file}")
    same.clock.move(days=9)

    def judgements(office):
        build_demo(office, agencies=8, schools=4, seed=7)
        with office.store.reading() as work:
            found = work.moderations.in_cycle("2024", ["released"])
        return {
            (assessment_id, question_id): (one.rating, one.evidence_quality, one.reason)
            for assessment_id, by_seat in found.items()
            for question_id, one in by_seat[Seat.FIRST].items()
        }

    first, second = judgements(sqlite_office), judgements(same)

    assert first == second
    assert len(first) > 100
    same.store.close()


def test_the_board_finds_a_final_pack_of_the_round_that_is_over_with_what_scrutiny_wrote(office):
    build_demo(office, agencies=3, schools=2, cycles=2)
    board = user_by_email(office, "board@riverdale.example")
    [first, *others] = list_cycles(office, board, Right.READ_BOARD_PACK)

    [line] = list_packs(office, board, others[0].id)
    shown = present_pack(office, board, others[0].id, line.pack.number).content.decode()

    assert list_packs(office, board, first.id) == []
    assert line.made_by == "Scrutiny Lead"
    for title in ("Demonstration, fictional data", "Themes", "Recommendations", "Action plan"):
        assert title in shown
