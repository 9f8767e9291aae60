"""Of whom the questions of section11-2026 are asked: health bodies, commissioners, organisations without cases."""

from __future__ import annotations

import re

from tests.shipped import LIBRARY, TYPES

SET = LIBRARY.load("section11-2026")
QUESTIONS = tuple(SET.all_questions())
USUALLY_ANSWERED_BY = sorted(
    key for key in TYPES.keys if TYPES.usual_set_ids.get(key, TYPES.usual_set_ids["*"]) == SET.id
)

HEALTH = {"icb", "nhs-acute", "nhs-community", "nhs-mental-health", "ambulance", "gp-practice", "independent-health"}
COMMISSIONERS = {"icb", "pcc", "public-health", "la-childrens-services", "la-adult-services"}
WITHOUT_CASES = {"licensing-leisure-culture", "public-health", "fire-and-rescue", "housing-provider", "pcc", "icb"}


def test_every_organisation_type_a_question_names_exists():
    named = {key for question in QUESTIONS for key in question.asked_of | question.not_asked_of}

    assert named <= TYPES.keys
    assert named, "the set leaves some questions out for small organisations"


def test_only_health_bodies_are_asked_about_designated_and_named_health_roles():
    about_health_roles = [question for question in QUESTIONS if "health role" in question.text]

    assert [question.id for question in about_health_roles] == ["S8.5", "P.9"]
    assert all(question.asked_of and question.asked_of <= HEALTH for question in about_health_roles)


def test_no_other_question_says_what_health_bodies_do():
    health_words = re.compile(
        r"\b(health (bodies|organisations)|wards?|patients?|named (doctor|nurse|midwife|GP))\b", re.I
    )
    others = [question for question in QUESTIONS if not question.asked_of]

    speaking = {question.id for question in others if health_words.search(f"{question.text} {question.help}")}
    assert speaking == {"S7.4"}, "S7.4 lists moves of every kind, wards among them"


def test_commissioners_are_asked_about_commissioning_and_only_they_about_what_only_they_can_answer():
    commissioning = {question.id for question in SET.standards[2].questions}

    assert {key for key in TYPES.keys if SET.questions_by_id["S3.5"].is_asked_of(key)} == COMMISSIONERS
    for organisation_type in COMMISSIONERS:
        assert commissioning <= {question.id for question in SET.questions_for(organisation_type)}


def test_organisations_without_cases_are_not_asked_about_handing_a_case_over():
    assert {key for key in USUALLY_ANSWERED_BY if not SET.questions_by_id["S7.4"].is_asked_of(key)} == WITHOUT_CASES


def test_most_of_the_set_is_asked_of_everyone_who_usually_answers_it():
    few = {
        key: count
        for key in USUALLY_ANSWERED_BY
        if (count := sum(question.is_rated for question in SET.questions_for(key))) < 50
    }

    assert few == {}


def test_every_type_is_still_asked_most_of_the_essential_questions():
    few = {
        key: count
        for key in TYPES.keys
        if (count := sum(question.essential for question in SET.questions_for(key))) < 15
    }

    assert few == {}
