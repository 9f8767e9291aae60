"""Importing organisations from our own layout: every fault at once, all or nothing, and never another's."""

import hashlib
from dataclasses import replace

import pytest

from section11.domain.organisations import DutyBasis, Organisation
from section11.domain.people import OPERATOR
from section11.errors import NotAvailableError, NotOurFileError, NotPermittedError, Problem, ProblemsFoundError
from section11.services.taking_in.organisations import import_organisations, preview_organisations
from tests.services.import_builders import (
    ADMIN,
    ELMTREE,
    ELMTREE_POLICE,
    OAKFIELD,
    POLICE,
    POLICE_APPROVER,
    RIVERDALE,
    SCRUTINY,
    csv_file,
    events_in,
    organisations_in,
    with_members,
    with_partnerships,
    xlsx_file,
)

FILE = csv_file(
    """
    id,name,type,duty,urn,ods_code,parent,status
    oakfield,Oakfield Primary School,school-maintained,,990001,,northfield,open
    ,Riverdale Police,Police force,,,,,
    northfield,Northfield Learning Trust,MAT,By choice,,,,closed
    ,Dr Café & Partners,gp-practice,,,a81001,,
    """
)


@pytest.fixture(autouse=True)
def partnerships(office):
    with_partnerships(office)


def run(office, content, *, user=ADMIN, partnership=RIVERDALE):
    return import_organisations(office, user, partnership.id, content, "organisations.csv")


def problems_in(office, content, *, user=ADMIN):
    preview = preview_organisations(office, user, RIVERDALE.id, content, "organisations.csv")
    with pytest.raises(ProblemsFoundError) as refused:
        run(office, content, user=user)
    assert refused.value.problems == preview.problems
    return [str(problem) for problem in preview.problems]


def test_organisations_are_added_with_their_duty_and_one_event(office):
    preview = run(office, FILE)

    assert organisations_in(office) == {
        "oakfield": Organisation(
            "oakfield", "Oakfield Primary School", "school-maintained", urn="990001", parent_id="northfield"
        ),
        "riverdale-police": POLICE,
        "northfield": Organisation("northfield", "Northfield Learning Trust", "mat", is_open=False),
        "dr-cafe-partners": Organisation("dr-cafe-partners", "Dr Café & Partners", "gp-practice", ods_code="A81001"),
    }
    duties = {one.organisation.id: one.duty for one in preview.new}
    assert duties["oakfield"] is DutyBasis.EQUIVALENT
    assert duties["northfield"] is DutyBasis.VOLUNTARY
    [event] = events_in(office, "partnership:riverdale")
    assert (event.name, event.actor) == ("organisations_imported", ADMIN.id)
    assert event.details == {
        "file_sha256": hashlib.sha256(FILE).hexdigest(),
        "new": 4,
        "joined": 0,
        "changed": 0,
        "unchanged": 0,
        "skipped": {},
    }


def test_a_preview_changes_nothing(office):
    preview = preview_organisations(office, ADMIN, RIVERDALE.id, FILE, "organisations.csv")

    assert len(preview.new) == 4
    assert organisations_in(office) == {}
    assert events_in(office, "partnership:riverdale") == []


def test_the_same_file_again_changes_nothing(office):
    run(office, FILE)
    preview = run(office, FILE.replace(b"By choice", b""))
    assert (preview.new, preview.changed, preview.unchanged) == ((), (), 4)


def test_a_workbook_is_read_like_a_csv_file(office):
    run(office, xlsx_file([["Name", "Type", "URN"], ["Oakfield Primary School", "Maintained school", 990001]]))
    assert organisations_in(office)["oakfield-primary-school"].urn == "990001"


def test_what_a_file_leaves_out_stays_and_the_rest_changes(office):
    with_members(office, replace(OAKFIELD, ods_code="X1"))

    preview = run(office, csv_file("id,name,type,status\noakfield,Oakfield Academy,school-academy,closed"))

    after = replace(OAKFIELD, name="Oakfield Academy", type="school-academy", ods_code="X1", is_open=False)
    assert [change.after for change in preview.changed] == [after]
    assert organisations_in(office) == {"oakfield": after}


def test_a_row_without_an_id_finds_its_organisation_by_urn_even_under_a_new_name(office):
    with_members(office, OAKFIELD)

    run(office, csv_file("name,type,urn\nOakfield Academy,school-academy,990001"))

    assert organisations_in(office) == {"oakfield": replace(OAKFIELD, name="Oakfield Academy", type="school-academy")}


def test_two_organisations_of_one_name_get_two_ids_and_keep_them(office):
    content = csv_file("name,type\nSt Mary's,faith\nSt Mary’s,faith\nSt Mary's,faith")

    run(office, content)
    again = run(office, content)

    assert sorted(organisations_in(office)) == ["st-marys", "st-marys-2", "st-marys-3"]
    assert (again.new, again.unchanged) == ((), 3)


def test_every_fault_of_every_row_is_named_at_once_and_nothing_is_imported(office):
    with_members(office, OAKFIELD)
    content = csv_file(
        """
        id,name,type,duty,urn,parent,status
        fine,Fine,faith,,,,
        fine,Fine again,faith,,,,
        ,,police-forse,,,,
        Not An Id,Hill Top,faith,sometimes,,nowhere,perhaps
        hill,Hill,school-maintained,,990001,,
        loop-a,Loop A,faith,,,loop-b,
        loop-b,Loop B,faith,,,loop-a,
        ,***,faith,,,,
        """
    )

    assert problems_in(office, content) == [
        'row 3: The organisation "fine" stands in row 2 already. Keep one of the two.',
        "row 4: The name is missing. Write the organisation's name.",
        'row 4: "police-forse" is not a known type. The nearest is "police-force".',
        'row 5: "sometimes" is not a known duty. Use one of: s11, equivalent, commissioned, voluntary.',
        'row 5: "Not An Id" cannot be an id. Use a to z, 0 to 9 and hyphens, or leave the id empty.',
        'row 5: "perhaps" is not a status. Write open or closed.',
        'row 5: The parent "nowhere" is not known. Write the id of an organisation here or in this file.',
        'row 6: The URN 990001 belongs to "oakfield" already. Use that id, or put the URN right.',
        "row 7: This organisation would be its own parent. Put the parent right.",
        "row 8: This organisation would be its own parent. Put the parent right.",
        "row 9: No id can be made from this name. Write one in the id column, with letters a to z.",
    ]
    assert organisations_in(office) == {"oakfield": OAKFIELD}
    assert events_in(office, "partnership:riverdale") == []


def test_a_fault_in_a_workbook_names_its_cell(office):
    content = xlsx_file([["name", "type"], ["Oakfield", "Academy or free schol"]], title="List")
    message = '"Academy or free schol" is not a known type. The nearest is "school-academy".'
    assert problems_in(office, content) == [f"List!B2: {message}"]


def test_a_column_that_is_not_known_is_named_with_the_nearest(office):
    assert problems_in(office, csv_file("name,type,perent\nOakfield,faith,x")) == [
        'row 1: The column "perent" is not known. Did you mean "parent"?'
    ]


def test_a_stored_duty_is_not_changed_by_a_file(office):
    with_members(office, POLICE)
    content = csv_file("id,name,type,duty\nriverdale-police,Riverdale Police,police-force,voluntary")
    assert problems_in(office, content) == [
        'row 2: The duty of "riverdale-police" is stored as "s11" and a file does not change it. '
        "Leave the duty empty in this row."
    ]


def test_a_file_of_something_else_is_refused(office):
    with pytest.raises(NotOurFileError):
        run(office, csv_file("colour,size\nred,7"))


def test_another_partnerships_organisation_cannot_be_taken_changed_or_made_a_parent(office):
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)
    content = csv_file(
        """
        id,name,type,parent
        elmtree-police,Ours Now,police-force,
        fine,Fine,faith,elmtree-police
        """
    )

    assert problems_in(office, content) == [
        'row 2: The id "elmtree-police" is taken. Leave the id empty to get a new one.',
        'row 3: The parent "elmtree-police" is not known. Write the id of an organisation here or in this file.',
    ]
    assert organisations_in(office, ELMTREE) == {"elmtree-police": ELMTREE_POLICE}


def test_a_new_organisation_never_gets_an_id_that_is_used_elsewhere(office):
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)

    run(office, csv_file("name,type\nElmtree Police,police-force"))

    assert list(organisations_in(office)) == ["elmtree-police-2"]


def test_the_operator_may_let_an_organisation_join_a_second_partnership(office):
    with_members(office, ELMTREE_POLICE, partnership=ELMTREE)

    preview = run(office, csv_file("id,name,type\nelmtree-police,Elmtree Police,police-force"), user=OPERATOR)

    assert [one.organisation for one in preview.joining] == [ELMTREE_POLICE]
    assert organisations_in(office) == organisations_in(office, ELMTREE) == {"elmtree-police": ELMTREE_POLICE}


@pytest.mark.parametrize(("user", "error"), [(SCRUTINY, NotPermittedError), (POLICE_APPROVER, NotAvailableError)])
def test_only_those_who_manage_organisations_may_import_them(office, user, error):
    with pytest.raises(error):
        run(office, FILE, user=user)
    with pytest.raises(error):
        preview_organisations(office, user, RIVERDALE.id, FILE, "organisations.csv")
    assert organisations_in(office) == {}


def test_a_partnership_that_does_not_exist_is_not_available(office):
    with pytest.raises(NotAvailableError):
        import_organisations(office, OPERATOR, "nowhere", FILE, "organisations.csv")


def test_problems_carry_a_place_and_a_sentence(office):
    preview = preview_organisations(office, ADMIN, RIVERDALE.id, csv_file("name,type\n,faith"), "organisations.csv")
    assert preview.problems == (Problem("row 2", "The name is missing. Write the organisation's name."),)
