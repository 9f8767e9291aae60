"""What the sets for schools, early years, childminders and charities must ask about, whatever else they ask."""

from __future__ import annotations

import re

import pytest

from tests.shipped import LIBRARY, TYPES

SETS = {
    set_id: LIBRARY.load(set_id)
    for set_id in ("early-years-2026", "childminders-2026", "education-2026", "voluntary-2026")
}
EARLY_YEARS, CHILDMINDERS, EDUCATION, VOLUNTARY = SETS.values()

EARLY_YEARS_MUST_ASK = {
    "references before start": "references.*before any new member of staff starts",
    "vetting record": "record of the vetting",
    "whistleblowing policy": "written whistleblowing policy",
    "absence follow-up": "follow up quickly every time a child is away",
    "two emergency contacts": "at least two emergency contacts",
    "training within two years": "training with the right content, renewed within the last two years",
    "designated safeguarding lead": "designated safeguarding lead",
    "safer eating": "safe while they eat",
    "toileting privacy": "privacy when they use the toilet",
    "paediatric first aid": "paediatric first aid.*trainees",
    "phones and cameras": "mobile phones, cameras",
    "designated officer": "designated officer within one working day",
    "regulator": "reports to the regulator",
}

EDUCATION_STANDARDS = {
    "E1": "Leadership",
    "E2": "Policies",
    "E3": "Alternative provision, lettings, trips and visitors",
    "E4": "Listening",
    "E5": "Whistleblowing",
    "E6": "Escalation",
    "E7": "Information sharing",
    "E8": "Designated safeguarding lead, deputies and link governor",
    "E9": "Safer recruitment",
    "E10": "Allegations",
    "E11": "Training",
    "E12": "Culture",
    "E13": "Online safety, filtering and monitoring",
    "E14": "Child-on-child abuse, attendance and missing education",
    "E15": "Curriculum, Prevent, mental health and SEND",
    "E16": "Single central record and governance",
}

VOLUNTARY_STANDARDS = [
    "A trustee who leads",
    "A policy that people use",
    "Someone to tell",
    "Safe people",
    "Safe activities",
    "Listening to children",
    "Sharing and writing down",
    "Learning and getting better",
]


@pytest.mark.parametrize("topic", EARLY_YEARS_MUST_ASK)
def test_nurseries_are_asked_about(topic):
    wanted = re.compile(EARLY_YEARS_MUST_ASK[topic], re.IGNORECASE)

    assert [question.id for question in EARLY_YEARS.rated_questions if wanted.search(question.text)]


def test_childminders_have_a_form_of_their_own_of_about_20_questions():
    assert 18 <= len(CHILDMINDERS.rated_questions) <= 22
    assert TYPES.usual_set_ids["childminder"] == CHILDMINDERS.id


@pytest.mark.parametrize("set_id", ["early-years-2026", "childminders-2026", "voluntary-2026"])
def test_small_settings_answer_yes_partly_or_no(set_id):
    assert [rating.label for rating in SETS[set_id].scale.ratings] == ["Yes", "Partly", "No"]


def test_a_nursery_that_a_school_runs_is_told_not_to_answer_twice():
    assert "if a school runs your nursery" in EARLY_YEARS.summary


def test_schools_have_16_standards_each_on_its_subject():
    titles = {standard.id: standard.title for standard in EDUCATION.rated_standards}

    assert titles.keys() == EDUCATION_STANDARDS.keys()
    assert [key for key, subject in EDUCATION_STANDARDS.items() if subject not in titles[key]] == []


def test_schools_look_back_over_a_year_and_send_one_return_for_each_site_with_its_own_lead():
    assert "academic year that has just ended" in EDUCATION.summary
    assert "one return for each site with its own designated safeguarding lead" in EDUCATION.summary


def test_every_law_that_binds_a_kind_of_school_is_cited_for_its_policy():
    cited = set(EDUCATION.questions_by_id["E2.1"].references)

    assert cited >= {"ea2002-s175", "ea2002-s157", "issr2014", "nmssr2015", "etwca2021", "kcsie2026"}


def test_charities_have_eight_standards_and_about_24_questions_under_the_name_they_asked_for():
    assert VOLUNTARY.title == "Organisational Safeguarding Assessment"
    assert [standard.title for standard in VOLUNTARY.rated_standards] == VOLUNTARY_STANDARDS
    assert len(VOLUNTARY.rated_questions) == 24


@pytest.mark.parametrize("set_id", SETS)
def test_every_set_names_the_four_reasons_to_tell_the_designated_officer_and_the_time(set_id):
    asking = [one for one in SETS[set_id].rated_questions if "wt2023-ch4-p223" in one.references]
    words = " ".join(f"{one.text} {one.help}" for one in asking)

    for reason in ("may have harmed a child", "crime", "risk", r"suitable|unsuitable", "within one working day"):
        assert re.search(reason, words), reason


@pytest.mark.parametrize("set_id", SETS)
def test_every_set_asks_about_racism_or_unfair_treatment_and_cites_the_guidance_of_2026(set_id):
    asking = [one for one in SETS[set_id].rated_questions if "wt2026-ch1" in one.references]

    assert [one.id for one in asking if re.search(r"racism|unfair|unkind words about who people are", one.text)]
