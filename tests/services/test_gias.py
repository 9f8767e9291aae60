"""The schools extract as downloaded: one local authority's open schools and their trusts, and a yearly update."""

from dataclasses import replace

import pytest

from section11.domain.organisations import Organisation
from section11.domain.people import OPERATOR
from section11.errors import BadInputError, ProblemsFoundError
from section11.services.taking_in.organisation_matching import ELSEWHERE
from section11.services.taking_in.organisations import import_organisations, preview_organisations
from tests.services.import_builders import (
    ADMIN,
    ELMTREE,
    ELMTREE_ADMIN,
    OAKFIELD,
    RIVERDALE,
    gias_file,
    gias_file_with,
    organisations_in,
    with_members,
    with_partnerships,
)

TRUST = Organisation("trust-9001", "Northfield Learning Trust", "mat")


@pytest.fixture(autouse=True)
def partnerships(office):
    with_partnerships(office)


def run(office, content=None, *, la="990", user=ADMIN, partnership=RIVERDALE):
    return import_organisations(office, user, partnership.id, content or gias_file(), "edubasealldata.csv", la_code=la)


def test_the_sample_has_every_column_of_the_real_extract_in_windows_letters():
    heading, *rows = gias_file().split(b"\r\n")
    assert len(heading.split(b",")) == 140
    assert heading.startswith(b"URN,LA (code),LA (name),")
    assert heading.endswith(b",AccreditationExpiryDate")
    assert b"St Mary\x92s Caf\xe9" in rows[1]


def test_the_open_schools_of_one_local_authority_come_in_with_their_type(office):
    preview = run(office)

    found = organisations_in(office)
    assert {key: (one.name, one.type) for key, one in found.items()} == {
        "urn-990001": ("Oakfield Primary School", "school-maintained"),
        "urn-990002": ("St Mary’s Café Nursery School", "school-maintained"),
        "urn-990003": ("Riverdale Academy", "school-academy"),
        "urn-990004": ("Hill Top Academy", "school-academy"),
        "urn-990005": ("Riverside Free School", "school-academy"),
        "urn-990010": ("The Bridge", "pru-ap"),
        "urn-990011": ("Willow Special School", "school-special"),
        "trust-9001": ("Northfield Learning Trust", "mat"),
    }
    assert found["urn-990001"].urn == "990001"
    assert preview.skipped == {
        "Closed": 1,
        "Proposed to open": 1,
        "Welsh establishment: not a type that takes part": 1,
        "British schools overseas: not a type that takes part": 1,
    }


def test_a_multi_academy_trust_becomes_the_parent_and_no_other_kind_of_trust(office):
    run(office)
    parents = {key: one.parent_id for key, one in organisations_in(office).items() if one.parent_id}
    assert parents == {"urn-990003": "trust-9001", "urn-990004": "trust-9001"}


@pytest.mark.parametrize("la", ["990", "Riverdale", " riverdale "])
def test_the_local_authority_is_chosen_by_code_or_name(office, la):
    assert len(run(office, la=la).new) == 8


@pytest.mark.parametrize(
    ("la", "says"),
    [
        (None, "schools of 2 local authorities. Choose one by its code or name: 990 Riverdale, 991 Elmtree."),
        ("Riverdal", 'no local authority "Riverdal". Choose one it has: 990 Riverdale.'),
        ("123", 'no local authority "123". Choose one it has: 990 Riverdale, 991 Elmtree.'),
    ],
)
def test_without_a_local_authority_of_the_file_the_choice_is_shown(office, la, says):
    with pytest.raises(BadInputError) as refused:
        run(office, la=la)
    assert says in refused.value.user_message


def test_a_file_of_one_local_authority_needs_no_choice(office):
    lines = gias_file().split(b"\r\n")
    assert len(run(office, b"\r\n".join(lines[:12]), la=None).new) == 8


def test_the_same_extract_again_changes_nothing(office):
    run(office)
    preview = run(office)
    assert (preview.new, preview.changed, preview.unchanged) == ((), (), 8)


def test_next_years_extract_renames_closes_and_moves_schools(office):
    run(office)
    no_trust = {"TrustSchoolFlag (name)": "Not applicable", "Trusts (code)": "", "Trusts (name)": ""}
    content = gias_file_with(
        {
            "990001": {"EstablishmentName": "Oakfield Infant School"},
            "990002": {"EstablishmentStatus (name)": "Closed"},
            "990004": no_trust,
        }
    )

    preview = run(office, content)

    after = organisations_in(office)
    assert len(preview.changed) == 3
    assert after["urn-990001"].name == "Oakfield Infant School"
    assert not after["urn-990002"].is_open
    assert after["urn-990004"].parent_id is None
    assert preview.skipped["Closed"] == 1


def test_a_school_that_was_added_by_hand_is_found_by_its_urn(office):
    with_members(office, replace(OAKFIELD, ods_code="X1"))

    run(office)

    after = organisations_in(office)
    assert after["oakfield"] == replace(OAKFIELD, ods_code="X1")
    assert "urn-990001" not in after


def test_a_trust_that_another_partnership_keeps_is_left_alone(office):
    with_members(office, replace(TRUST, name="Northfield"), partnership=ELMTREE)

    preview = run(office)

    after = organisations_in(office)
    assert preview.skipped[ELSEWHERE] == 1
    assert "trust-9001" not in after
    assert after["urn-990003"].parent_id is None
    assert organisations_in(office, ELMTREE)["trust-9001"].name == "Northfield"


def test_the_operator_lets_a_trust_join_every_partnership_it_has_schools_in(office):
    run(office, la="991", user=ELMTREE_ADMIN, partnership=ELMTREE)

    preview = run(office, user=OPERATOR)

    assert [one.organisation for one in preview.joining] == [TRUST]
    assert organisations_in(office)["urn-990003"].parent_id == "trust-9001"
    assert len(organisations_in(office, ELMTREE)) == 3


def test_a_damaged_extract_is_refused_as_a_whole(office):
    content = gias_file_with({"990001": {"EstablishmentName": ""}, "990003": {"URN": "9900x3"}})

    with pytest.raises(ProblemsFoundError) as refused:
        run(office, content)

    assert [problem.place for problem in refused.value.problems] == ["row 2", "row 4"]
    assert organisations_in(office) == {}


def test_a_preview_of_the_extract_changes_nothing(office):
    preview = preview_organisations(office, ADMIN, RIVERDALE.id, gias_file(), "e.csv", la_code="990")
    assert len(preview.new) == 8
    assert organisations_in(office) == {}


def test_the_types_that_take_no_part_are_the_ones_left_out_on_purpose(office):
    secure_unit, offshore, welsh, overseas, secure_academy = 24, 25, 30, 37, 57
    codes_of_april_2025 = {*range(1, 4), *range(5, 9), 10, 11, 12, 14, 15, 18, *range(24, 47), 49, 56, 57}
    mapped = office.types.key_by_gias_code.keys()
    assert codes_of_april_2025 - mapped == {secure_unit, offshore, welsh, overseas, secure_academy}
