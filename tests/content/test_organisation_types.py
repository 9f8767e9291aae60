"""Organisation types: whole, readable, and every GIAS code either mapped once or left out on purpose."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml

from section11.definitions.organisation_types import read_organisation_types
from section11.domain.organisations import DutyBasis
from section11.errors import ProblemsFoundError
from tests.conftest import PROJECT_DIR

TYPES_FILE = PROJECT_DIR / "orgs" / "types.yaml"
TYPES = read_organisation_types(TYPES_FILE)

TYPE_BY_GIAS_CODE = {
    1: "school-maintained",  # Community school
    2: "school-maintained",  # Voluntary aided school
    3: "school-maintained",  # Voluntary controlled school
    5: "school-maintained",  # Foundation school
    6: "school-academy",  # City technology college
    7: "school-special",  # Community special school
    8: "school-special",  # Non-maintained special school
    10: "school-special",  # Other independent special school
    11: "school-independent",  # Other independent school
    12: "school-special",  # Foundation special school
    14: "pru-ap",  # Pupil referral unit
    15: "school-maintained",  # Local authority nursery school
    18: "college",  # Further education
    26: "other",  # Service children's education
    27: "other",  # Miscellaneous
    28: "school-academy",  # Academy sponsor led
    29: "post-16-other",  # Higher education institutions
    31: "college",  # Sixth form centres
    32: "post-16-other",  # Special post 16 institution
    33: "school-special",  # Academy special sponsor led
    34: "school-academy",  # Academy converter
    35: "school-academy",  # Free schools
    36: "school-special",  # Free schools special
    38: "pru-ap",  # Free schools alternative provision
    39: "post-16-other",  # Free schools 16 to 19
    40: "school-academy",  # University technical college
    41: "school-academy",  # Studio schools
    42: "pru-ap",  # Academy alternative provision converter
    43: "pru-ap",  # Academy alternative provision sponsor led
    44: "school-special",  # Academy special converter
    45: "post-16-other",  # Academy 16-19 converter
    46: "post-16-other",  # Academy 16 to 19 sponsor led
    49: "school-independent",  # Online provider
    56: "post-16-other",  # Institution funded by other government department
}
NOT_MAPPED = {
    24: "Secure units: the setting takes part in its own right and is added by hand",
    25: "Offshore schools: outside England",
    30: "Welsh establishment: outside England",
    37: "British schools overseas: outside England",
    57: "Academy secure 16 to 19: the setting takes part in its own right and is added by hand",
}

GROUPS = [
    "Council",
    "Health",
    "Police and fire",
    "Justice and borders",
    "Education",
    "Early years",
    "Care and housing",
    "Voluntary and other",
]


def test_every_gias_code_is_mapped_as_listed_here():
    assert TYPES.key_by_gias_code == TYPE_BY_GIAS_CODE


def test_no_gias_code_stands_twice_in_the_file():
    content = yaml.safe_load(TYPES_FILE.read_text(encoding="utf-8"))
    codes = [code for group in content["groups"] for one in group["types"] for code in one.get("gias_codes", [])]

    assert [code for code, count in Counter(codes).items() if count > 1] == []


def test_the_codes_left_out_are_left_out_on_purpose():
    assert NOT_MAPPED.keys().isdisjoint(TYPES.key_by_gias_code)
    assert len(NOT_MAPPED) + len(TYPE_BY_GIAS_CODE) == 39


def test_types_stand_in_eight_groups_in_order():
    assert list(dict.fromkeys(one.group for one in TYPES.by_key.values())) == GROUPS
    assert len(TYPES.by_key) == 43


def test_no_two_types_have_the_same_title():
    assert len({one.title for one in TYPES.by_key.values()}) == len(TYPES.by_key)


def test_every_basis_of_duty_has_a_title_and_a_statement():
    assert set(TYPES.duty_titles) == set(DutyBasis)
    assert set(TYPES.duty_statements) == set(DutyBasis)


@pytest.mark.parametrize(
    ("key", "duty"),
    [
        ("la-childrens-services", DutyBasis.SECTION_11),
        ("district-council", DutyBasis.SECTION_11),
        ("icb", DutyBasis.SECTION_11),
        ("nhs-mental-health", DutyBasis.SECTION_11),
        ("police-force", DutyBasis.SECTION_11),
        ("british-transport-police", DutyBasis.SECTION_11),
        ("national-crime-agency", DutyBasis.SECTION_11),
        ("probation", DutyBasis.SECTION_11),
        ("youth-justice-service", DutyBasis.SECTION_11),
        ("secure-setting", DutyBasis.SECTION_11),
        ("school-maintained", DutyBasis.EQUIVALENT),
        ("school-academy", DutyBasis.EQUIVALENT),
        ("immigration", DutyBasis.EQUIVALENT),
        ("cafcass", DutyBasis.EQUIVALENT),
        ("childminder", DutyBasis.EQUIVALENT),
        ("fire-and-rescue", DutyBasis.VOLUNTARY),
        ("vcse", DutyBasis.VOLUNTARY),
        ("commissioned-provider", DutyBasis.COMMISSIONED),
    ],
)
def test_the_usual_basis_follows_the_law(key, duty):
    assert TYPES.by_key[key].usual_duty is duty


def test_only_the_smallest_organisations_may_sign_alone():
    alone = {key for key, one in TYPES.by_key.items() if one.sole_signer}

    assert alone == {"childminder", "vcse", "faith", "sport"}


def test_a_type_that_was_taken_from_the_file_is_still_shown_by_its_key():
    gone = TYPES["fire-cadets"]

    assert (gone.title, gone.group, gone.usual_duty, gone.sole_signer) == (
        "Fire cadets",
        "Other",
        DutyBasis.VOLUNTARY,
        False,
    )


WHOLE = """\
duties:
  s11: {title: Section 11 duty, statement: Named in section 11.}
  equivalent: {title: Equivalent duty, statement: Under other law.}
  commissioned: {title: Commissioned, statement: Works for another body.}
  voluntary: {title: By choice, statement: By agreement.}
groups:
  - title: Education
    types:
      - {key: school, title: School, duty: equivalent, gias_codes: [1]}
      - {key: college, title: College, duty: equivalent, gias_codes: [18]}
"""


def faults_of(path):
    with pytest.raises(ProblemsFoundError) as found:
        read_organisation_types(path)
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize(
    ("right", "wrong", "faults"),
    [
        ("college, title", "school, title", [':10: The type "school" stands here twice.']),
        ("School, duty: equivalent", "School, duty: statutory", [':9: "statutory" is not a basis of duty.']),
        (
            "School, duty",
            "School, dooty",
            [
                ':9: "duty" is missing. Add it here.',
                ':9: "dooty" is not a key that is known here. Did you mean "duty"?',
            ],
        ),
    ],
)
def test_a_fault_in_the_file_names_its_line(tmp_path, right, wrong, faults):
    path = tmp_path / "types.yaml"
    path.write_text(WHOLE.replace(right, wrong), encoding="utf-8")

    assert faults_of(path) == [f"{path}{fault}" for fault in faults]


def test_a_gias_code_given_to_two_types_is_a_fault(tmp_path):
    path = tmp_path / "types.yaml"
    path.write_text(WHOLE.replace("[18]", "[18, 1]"), encoding="utf-8")

    assert [one.startswith(f"{path}:10: ") for one in faults_of(path)] == [True]


def test_a_basis_of_duty_without_words_is_a_fault(tmp_path):
    path = tmp_path / "types.yaml"
    without = "".join(line for line in WHOLE.splitlines(keepends=True) if "voluntary" not in line)
    path.write_text(without, encoding="utf-8")

    assert [one.startswith(f"{path}:1: ") for one in faults_of(path)] == [True]
