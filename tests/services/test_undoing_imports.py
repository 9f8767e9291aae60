"""Undoing an import as a whole: everything is put back, and nothing where something newer rests on it."""

from datetime import date

import pytest

from section11.domain.people import Role
from section11.errors import BadInputError, NotAvailableError, NotPermittedError
from section11.services.accounts import Caller, begin_session, session_lasts
from section11.services.scrutiny import hand_back
from section11.services.taking_in.organisations import import_organisations
from section11.services.taking_in.people import import_people
from section11.services.taking_in.results import import_results
from section11.services.taking_in.survey import import_survey
from section11.services.taking_in.undoing import list_imports, undo_import
from section11.services.trail import verify_trail
from section11.storage.tables import metadata
from tests.services.builders import (
    CYCLE,
    FIRE,
    PARTNERSHIP,
    POLICE_RETURN,
    event_names,
    events,
    invite,
    open_a_cycle,
    start,
)

RESULTS = b"organisation,question,rating\nriverdale-police,S1.1,Fully met\nriverdale-fire,S1.1,n/a\n"
SURVEY = b"organisation,question,agree,responses\nriverdale-fire,S1.1,6,12\n,S1.2,40,60\n"
SURVEY_AGAIN = b"organisation,question,agree,responses\nriverdale-fire,S1.1,9,12\nriverdale-fire,S2.1,5,6\n"
ORGANISATIONS = b"""id,name,type,parent
trust,New Trust,mat,
oak,Oak School,school-maintained,trust
riverdale-fire,New Fire,fire-and-rescue,
"""
PEOPLE = b"""email,name,role,organisation
new@fire.example,New Person,contributor,riverdale-fire
admin@riverdale.example,Riverdale Administrator,board viewer,
"""
LEFT_BY_DOING = {"audit_events", "audit_heads", "imports", "invitations"}
"""A link that was made anew for somebody who had an account already is good for that account still."""


def everything(town):
    """Return every row but for the trail, the imports themselves, and the counters that only rise."""
    with town.office.store.engine.connect() as connection:
        found = {
            table.name: sorted(
                str({key: value for key, value in row._mapping.items() if key not in {"revision", "imported_at"}})
                for row in connection.execute(table.select())
            )
            for table in metadata.sorted_tables
            if table.name not in LEFT_BY_DOING
        }
    return found


def imported(town, kind):
    """Take in a file of this kind a minute later, and return the import's id."""
    town.office.clock.move(minutes=1)
    {
        "results": lambda: import_results(town.office, town.admin, CYCLE, RESULTS, "results.csv"),
        "survey": lambda: import_survey(town.office, town.admin, CYCLE, SURVEY, "survey.csv"),
        "organisations": lambda: import_organisations(town.office, town.admin, PARTNERSHIP, ORGANISATIONS, "o.csv"),
        "people": lambda: import_people(town.office, town.admin, PARTNERSHIP, PEOPLE, "people.csv"),
    }[kind]()
    return list_imports(town.office, town.admin)[0].id


KINDS = ["results", "survey", "organisations", "people"]


@pytest.mark.parametrize("kind", KINDS)
def test_another_partnership_and_other_roles_may_not_undo_and_see_nothing(town, kind):
    elmtree = start(town.office, "Elmtree")
    import_id = imported(town, kind)
    before = everything(town)

    for user, error in (
        (elmtree, NotAvailableError),
        (town.scrutiny, NotPermittedError),
        (town.contributor, NotAvailableError),
    ):
        with pytest.raises(error):
            undo_import(town.office, user, import_id)
    with pytest.raises(NotAvailableError):
        undo_import(town.office, town.admin, "no-such-import")

    assert everything(town) == before
    assert list_imports(town.office, elmtree) == []


@pytest.mark.parametrize("kind", KINDS)
def test_everything_an_import_changed_is_put_back_once(town, kind):
    before = everything(town)
    import_id = imported(town, kind)
    assert everything(town) != before

    undo_import(town.office, town.admin, import_id)

    assert everything(town) == before
    [line] = [line for line in list_imports(town.office, town.admin) if line.id == import_id]
    assert line.record.undone_at == town.office.clock()
    with pytest.raises(BadInputError, match="undone already"):
        undo_import(town.office, town.admin, import_id)
    assert [event.name for event in events(town, f"partnership:{PARTNERSHIP}")].count("import_undone") == 1
    assert verify_trail(town.office, town.admin).faults == ()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_undone_can_be_imported_again(town, kind):
    undo_import(town.office, town.admin, imported(town, kind))
    before = everything(town)

    again = imported(town, kind)

    assert everything(town) != before
    undo_import(town.office, town.admin, again)
    assert everything(town) == before


def refused(town, import_id, match):
    before = everything(town)
    with pytest.raises(BadInputError, match=match):
        undo_import(town.office, town.admin, import_id)
    assert everything(town) == before
    assert "import_undone" not in [event.name for event in events(town, f"partnership:{PARTNERSHIP}")]


def test_results_that_scrutiny_worked_with_since_stay(town):
    import_id = imported(town, "results")
    hand_back(town.office, town.scrutiny, POLICE_RETURN, "Say more")

    refused(town, import_id, "The return of Riverdale Police was changed")
    assert "results_import_undone" not in event_names(town, POLICE_RETURN)


def test_results_that_a_later_return_began_with_stay(town):
    import_id = imported(town, "results")
    open_a_cycle(town, name="2027", due=date(2027, 3, 31))

    refused(town, import_id, "A later return of Riverdale Police began with these answers")


def test_a_survey_that_was_imported_again_is_undone_in_order(town):
    first = imported(town, "survey")
    between = everything(town)
    import_survey(town.office, town.admin, CYCLE, SURVEY_AGAIN, "again.csv")
    second = next(one.id for one in list_imports(town.office, town.admin) if one.record.filename == "again.csv")

    refused(town, first, "Undo that import first")
    undo_import(town.office, town.admin, second)
    assert everything(town) == between
    undo_import(town.office, town.admin, first)


def test_organisations_that_are_in_use_or_were_changed_since_stay(town):
    import_id = imported(town, "organisations")
    invite(town.office, Role.CONTRIBUTOR, organisation_id="oak")
    import_organisations(
        town.office, town.admin, PARTNERSHIP, f"id,name,type\n{FIRE},Newer Fire,fire-and-rescue\n".encode(), "o2.csv"
    )

    refused(town, import_id, "New Fire was changed since. Oak School has people with a role.")


def test_people_who_have_another_role_by_now_stay(town):
    import_id = imported(town, "people")
    import_people(
        town.office,
        town.admin,
        PARTNERSHIP,
        b"email,name,role\nnew@fire.example,New Person,scrutiny lead\n",
        "more.csv",
    )

    refused(town, import_id, "New Person has signed up, or was given another role, since.")


def test_who_loses_a_role_by_undoing_signs_in_again(town):
    lead = f"email,name,role\n{town.contributor.person.email},Somebody,scrutiny lead\n".encode()
    town.office.clock.move(minutes=1)
    import_people(town.office, town.admin, PARTNERSHIP, lead, "more.csv")
    person = town.contributor.person
    with town.office.store.writing() as work:
        token = begin_session(work, town.office, person, Caller("127.0.0.1"), way="password").token
        work.commit()
    assert session_lasts(town.office, token)

    undo_import(town.office, town.admin, list_imports(town.office, town.admin)[0].id)

    assert not session_lasts(town.office, token)


def test_a_file_that_changes_nothing_is_no_import(town):
    imported(town, "organisations")
    before = len(list_imports(town.office, town.admin))

    import_organisations(town.office, town.admin, PARTNERSHIP, ORGANISATIONS, "o.csv")

    assert len(list_imports(town.office, town.admin)) == before
